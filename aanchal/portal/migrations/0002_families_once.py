from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql" / "families_once.sql"


class Migration(migrations.Migration):
    """A family that two records told counts once."""

    dependencies = [("portal", "0001_counts"), ("people", "0005_mergers")]
    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
