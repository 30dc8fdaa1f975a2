import django.db.models.deletion
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models

from aanchal.core.wall import Wall


class Migration(migrations.Migration):
    """Visits of runs made without a network, as they were applied, behind the wall."""

    dependencies = [
        ("field", "0002_look"),
        ("access", "0002_scopes"),
        ("places", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="EntityStep",
            fields=[
                ("id", models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ("entity", models.UUIDField()),
                ("branch", models.UUIDField()),
                ("base", models.PositiveIntegerField()),
                ("submission_id", models.UUIDField(unique=True)),
                ("place_no", models.BigIntegerField()),
                ("is_forced", models.BooleanField()),
                ("applied_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(null=True)),
                ("place", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place")),
                (
                    "seen_by",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["entity", "branch", "base"], name="step_run"),
                    models.Index(condition=models.Q(("is_forced", True), ("seen_at", None)), fields=["place_no"], name="step_unsettled"),
                ]
            },
        ),
        Wall("field_entitystep", read="household.read", insert="household.record", update="submission.review"),
    ]
