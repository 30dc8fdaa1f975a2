from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql" / "counts.sql"


class Migration(migrations.Migration):
    """Counts through a gate (docs/adr/0043)."""

    dependencies = [("rescue", "0002_wall")]
    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
