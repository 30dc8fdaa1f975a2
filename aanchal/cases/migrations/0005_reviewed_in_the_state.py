from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql" / "lone.sql"


class Migration(migrations.Migration):
    """A lone supervisor's emergency access is reviewed in her State; the sound of a name is as closed as the name (docs/adr/0043)."""

    dependencies = [("cases", "0004_ways_and_sounds"), ("access", "0001_initial"), ("places", "0001_initial")]
    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
