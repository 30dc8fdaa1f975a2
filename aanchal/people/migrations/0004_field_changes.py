import django.contrib.postgres.fields
import django.db.models.deletion
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models

from aanchal.core.wall import Wall

CHANGE_STATES = [
    ("APPLIED", "Applied"),
    ("IN_CONFLICT", "Waits for a decision"),
    ("TAKEN", "Decided for"),
    ("SET_ASIDE", "Decided against"),
]
STATES = [("OPEN", "Two answers, to be decided"), ("SETTLED", "Decided by a person")]
CHOICES = [
    ("STANDS", "Keep the answer that stands"),
    ("OTHER", "Take the other answer"),
    ("ANOTHER", "Neither: write the right answer"),
]


def key(to, *, related_name="+", **more):
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to=to, **more)


def own_id():
    return models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)


class Migration(migrations.Migration):
    """What was changed of each field, and where two persons told differently: behind the wall, with what was told in private."""

    dependencies = [
        ("people", "0003_indexes_somebody_walks"),
        ("places", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField("household", "version", models.PositiveIntegerField(default=1)),
        migrations.RunSQL(
            "ALTER TABLE people_household ALTER COLUMN version SET DEFAULT 1",  # for what is copied in, as the benches do
            migrations.RunSQL.noop,
        ),
        migrations.CreateModel(
            name="FieldChange",
            fields=[
                ("id", own_id()),
                ("place_no", models.BigIntegerField()),
                ("field", models.CharField(max_length=30)),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
                ("sealed_before", models.BinaryField(null=True)),
                ("sealed_after", models.BinaryField(null=True)),
                ("version", models.PositiveIntegerField()),
                ("state", models.CharField(choices=CHANGE_STATES, max_length=11)),
                ("submission_id", models.UUIDField(null=True)),
                ("told_again", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ("told_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("entered_by", key(settings.AUTH_USER_MODEL, null=True)),
                ("household", key("people.household", related_name="changes")),
                ("person", key("people.person", related_name="changes", null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["household", "version"], name="change_of_household"),
                    models.Index(fields=["submission_id"], name="change_of_submission"),
                ]
            },
        ),
        migrations.CreateModel(
            name="Conflict",
            fields=[
                ("id", own_id()),
                ("place_no", models.BigIntegerField()),
                ("field", models.CharField(max_length=30)),
                ("state", models.CharField(choices=STATES, default="OPEN", max_length=7)),
                ("raised_at", models.DateTimeField()),
                ("choice", models.CharField(blank=True, choices=CHOICES, max_length=7)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("settled_at", models.DateTimeField(null=True)),
                ("household", key("people.household", related_name="conflicts")),
                (
                    "other",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="conflict", to="people.fieldchange"),
                ),
                ("person", key("people.person", related_name="conflicts", null=True)),
                ("place", key("places.place")),
                ("settled_by", key(settings.AUTH_USER_MODEL, null=True)),
                ("settlement", key("people.fieldchange", null=True)),
                ("stands", key("people.fieldchange", null=True)),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("state", "OPEN")), fields=["place_no", "raised_at"], name="conflict_open")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("choice", ""), ("settled_at", None), ("settled_by", None), ("settlement", None), ("state", "OPEN")),
                            models.Q(
                                ("settled_at__isnull", False),
                                ("settled_by__isnull", False),
                                ("state", "SETTLED"),
                                models.Q(("choice", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="conflict_settled_by_someone",
                    )
                ],
            },
        ),
        Wall("people_fieldchange", read="risk.reasons", insert="household.record", update="household.record"),
        Wall("people_conflict", read="risk.reasons", insert="household.record", update="submission.review"),
    ]
