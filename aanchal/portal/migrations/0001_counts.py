from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql" / "counts.sql"


class Migration(migrations.Migration):
    """Counts of many places at once, through a gate of their own."""

    initial = True
    dependencies = [("risk", "0002_wall"), ("registers", "0002_wall"), ("people", "0002_wall")]
    operations = [migrations.RunSQL(SQL.read_text(), "DROP FUNCTION portal_counts(int[], bigint[], bigint[])")]
