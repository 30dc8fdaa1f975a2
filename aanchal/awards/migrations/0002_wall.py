from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql" / "awards.sql"


class Migration(migrations.Migration):
    """Who has an interest in a nominee reads nothing of it: the database's own rule, equal to awards.rules (docs/adr/0058)."""

    dependencies = [
        ("awards", "0001_initial"),
        ("access", "0004_guard"),
        ("network", "0004_stakeholders_wall"),
        ("library", "0002_wall"),
        ("cases", "0004_ways_and_sounds"),
    ]
    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
