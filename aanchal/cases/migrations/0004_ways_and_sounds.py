from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).resolve().parents[1] / "sql" / "ways.sql"
KINDS = [("NAME", "Name"), ("SND", "Sound of the name"), ("FIR", "FIR number")]


class Migration(migrations.Migration):
    """Ways are counted by month, and a name is found in any script (docs/adr/0043)."""

    dependencies = [("cases", "0003_rescued"), ("places", "0001_initial")]
    operations = [
        migrations.AlterField("mark", "kind", models.CharField(choices=KINDS, max_length=4)),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
    ]
