import django.contrib.postgres.fields
import django.db.models.deletion
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models

from aanchal.core.wall import Wall


def key(to, *, related_name="+", **more):
    return models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to=to, **more)


def ids():
    return django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)


def pointing(model):
    """A record points to the one it was merged into, and that one knows those it holds; empty for what is copied in, as the benches do."""
    return [
        migrations.AddField(model, "merged_into", key(f"people.{model}", db_index=False)),
        migrations.AddField(model, "holds", ids()),
        migrations.RunSQL(f"ALTER TABLE people_{model} ALTER COLUMN holds SET DEFAULT '{{}}'", migrations.RunSQL.noop),
    ]


class Migration(migrations.Migration):
    """Two records of one person or family: joined, and split again (docs/adr/0030)."""

    dependencies = [("people", "0004_field_changes"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        *pointing("household"),
        *pointing("person"),
        migrations.AddIndex(
            "household",
            models.Index(condition=models.Q(("merged_into__isnull", False)), fields=["place_no"], name="household_merged"),
        ),
        migrations.CreateModel(
            name="Merger",
            fields=[
                ("id", models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ("place_no", models.BigIntegerField()),
                ("into_place_no", models.BigIntegerField()),
                ("set_aside", ids()),
                ("merged_at", models.DateTimeField()),
                ("split_at", models.DateTimeField(null=True)),
                ("household", key("people.household", related_name="mergers")),
                ("into_household", key("people.household")),
                ("person", key("people.person", related_name="mergers")),
                ("into_person", key("people.person")),
                ("part_of", key("people.merger", related_name="parts")),
                ("merged_by", key(settings.AUTH_USER_MODEL)),
                ("split_by", key(settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("split_at", None)), fields=("household",), name="household_merged_once"),
                    models.UniqueConstraint(condition=models.Q(("split_at", None)), fields=("person",), name="person_merged_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("household__isnull", False), ("into_household__isnull", False), ("into_person", None), ("person", None)),
                            models.Q(("household", None), ("into_household", None), ("into_person__isnull", False), ("person__isnull", False)),
                            _connector="OR",
                        ),
                        name="merger_is_of_two_alike",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("split_at", None), ("split_by", None)), ("split_at__isnull", False), _connector="OR"),
                        name="split_has_a_day",
                    ),
                ],
            },
        ),
        Wall("people_merger", read="household.read", insert="household.record", update="household.record", also="into_place_no"),
    ]
