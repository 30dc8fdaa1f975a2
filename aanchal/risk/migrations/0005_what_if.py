from pathlib import Path

from django.db import migrations, models

WHAT_IF = Path(__file__).resolve().parents[1] / "sql" / "what_if.sql"


class Migration(migrations.Migration):
    """How long a survey took; families as columns through a gate of their own."""

    dependencies = [("risk", "0004_index_wall")]
    operations = [
        migrations.AddField("survey", "seconds", models.PositiveIntegerField(null=True)),
        migrations.RunSQL(WHAT_IF.read_text(), migrations.RunSQL.noop),
    ]
