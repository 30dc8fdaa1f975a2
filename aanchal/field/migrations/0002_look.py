import django.db.models.deletion
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models

from aanchal.core.wall import Wall

SIGNS = [
    ("FAST", "Very short visits"),
    ("DIGITS", "Ages that end in 0 or 5"),
    ("IDENTICAL", "Families with the same answers"),
    ("UNANSWERED", "Questions left open"),
    ("RATE", "Answers unlike those of the other villages"),
]


class Migration(migrations.Migration):
    """What officers noted about the surveys of a worker, behind the wall."""

    dependencies = [
        ("field", "0001_initial"),
        ("access", "0002_scopes"),
        ("places", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Look",
            fields=[
                ("id", models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ("sign", models.CharField(choices=SIGNS, max_length=10)),
                ("about", models.CharField(blank=True, max_length=40)),
                ("place_no", models.BigIntegerField()),
                ("surveys", models.PositiveIntegerField()),
                ("note", models.CharField(max_length=300)),
                ("looked_at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("place", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place")),
                ("worker", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={"indexes": [models.Index(fields=["place_no"], name="look_place")]},
        ),
        Wall("field_look", read="quality.check", insert="quality.check"),
    ]
