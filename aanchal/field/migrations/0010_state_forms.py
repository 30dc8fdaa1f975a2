import django.db.models.deletion
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from aanchal.core.wall import Wall

USER = settings.AUTH_USER_MODEL
STATES = [("DRAFT", "Draft"), ("PUBLISHED", "In use"), ("RETIRED", "Retired")]


def _id():
    return ("id", models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False))


def _to(model, **more):
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=model, **more)


def _one(name, **more):
    return models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name=name, to="field.publishedform", **more)


class Migration(migrations.Migration):
    """The forms of a state, what is sent to test them, and what is sent with them, behind the wall."""

    dependencies = [
        ("field", "0003_entity_step"),
        ("access", "0005_device_end_and_wipe"),
        ("places", "0001_initial"),
        migrations.swappable_dependency(USER),
    ]
    operations = [
        migrations.AddField("publishedform", "place", _to("places.place", null=True)),
        migrations.AddField("publishedform", "is_test", models.BooleanField(default=False)),
        migrations.AddConstraint(
            "publishedform",
            models.CheckConstraint(condition=Q(is_test=False) | Q(place__isnull=False), name="test_is_of_a_state"),
        ),
        migrations.CreateModel(
            name="StateForm",
            fields=[
                _id(),
                ("place_no", models.BigIntegerField()),
                ("form_id", models.CharField(max_length=200)),
                ("version", models.CharField(max_length=200)),
                ("edition", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=300)),
                ("state", models.CharField(choices=STATES, default="DRAFT", max_length=9)),
                ("xform", models.BinaryField()),
                ("workbook", models.BinaryField()),
                ("file_name", models.CharField(max_length=120)),
                ("problems", models.JSONField(default=list)),
                ("remarks", models.JSONField(default=list)),
                ("drafted_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(null=True)),
                ("retired_at", models.DateTimeField(null=True)),
                ("place", _to("places.place")),
                ("test", _one("tested")),
                ("published", _one("own")),
                ("drafted_by", _to(USER, null=True)),
                ("published_by", _to(USER, null=True)),
                ("retired_by", _to(USER, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["place", "form_id", "edition"], name="edition_once"),
                    models.UniqueConstraint(condition=Q(state="DRAFT"), fields=["place", "form_id"], name="one_draft_of_a_form"),
                    models.UniqueConstraint(condition=Q(state="PUBLISHED"), fields=["place", "form_id"], name="one_version_in_use"),
                    models.CheckConstraint(condition=~Q(state="PUBLISHED") | Q(published_at__isnull=False), name="in_use_since"),
                    models.CheckConstraint(
                        condition=Q(state="RETIRED", retired_at__isnull=False) | (~Q(state="RETIRED") & Q(retired_at=None)),
                        name="retired_when",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="TestPhone",
            fields=[
                _id(),
                ("place_no", models.BigIntegerField()),
                (
                    "device",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.device"),
                ),
                ("place", _to("places.place")),
            ],
        ),
        migrations.CreateModel(
            name="TestAnswers",
            fields=[
                _id(),
                ("place_no", models.BigIntegerField()),
                ("instance_id", models.CharField(max_length=200, unique=True)),
                ("received_at", models.DateTimeField()),
                ("faults", models.JSONField(default=list)),
                ("wrapped_key", models.BinaryField()),
                ("sealed", models.BinaryField()),
                ("form", _to("field.publishedform")),
                ("place", _to("places.place")),
                ("sender", _to(USER)),
            ],
            options={"indexes": [models.Index(fields=["form", "received_at"], name="test_answers_form")]},
        ),
        migrations.CreateModel(
            name="FormAnswers",
            fields=[
                _id(),
                ("place_no", models.BigIntegerField()),
                ("submission_id", models.UUIDField(unique=True)),
                ("received_at", models.DateTimeField()),
                ("wrapped_key", models.BinaryField()),
                ("sealed", models.BinaryField()),
                ("form", _to("field.publishedform")),
                ("place", _to("places.place")),
                ("sender", _to(USER)),
            ],
            options={"indexes": [models.Index(fields=["form", "place_no", "received_at"], name="answers_form")]},
        ),
        Wall("field_stateform", read="form.manage", insert="form.manage", update="form.manage", of_places=True),
        Wall("field_testphone", read="form.manage", insert="form.manage", of_places=True),
        Wall("field_testanswers", read="form.manage", insert="form.manage"),
        Wall("field_formanswers", read="form.read", insert="submission.send"),
    ]
