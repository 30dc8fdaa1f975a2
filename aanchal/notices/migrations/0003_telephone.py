from pathlib import Path

import django.db.models.deletion
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).resolve().parents[1] / "sql" / "telephone.sql"


class Migration(migrations.Migration):
    """A worker's telephone is confirmed by a code; she alone reaches her codes."""

    dependencies = [("notices", "0002_wall"), ("access", "0004_guard"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel(
            name="PhoneCheck",
            fields=[
                ("id", models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ("phone", models.CharField(max_length=15)),
                ("code_hash", models.BinaryField(max_length=32)),
                ("on", models.DateField()),
                ("sent_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="phone_checks", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
    ]
