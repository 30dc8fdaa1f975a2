import django.db.models.deletion
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models

from aanchal.core.wall import Wall


class Migration(migrations.Migration):
    """What was written of someone found before it was corrected."""

    dependencies = [("matching", "0004_engine"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel(
            name="FoundChange",
            fields=[
                ("id", models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ("sealed", models.BinaryField(null=True)),
                ("wrapped_key", models.BinaryField(null=True)),
                ("place_no", models.BigIntegerField()),
                ("before", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("found", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="matching.foundperson")),
            ],
            options={"abstract": False},
        ),
        Wall("matching_foundchange", read="match.review", insert="found.record"),
    ]
