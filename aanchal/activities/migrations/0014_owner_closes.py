from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql" / "owner.sql"


class Migration(migrations.Migration):
    """A decision is closed by who keeps the minutes, or by who was given it."""

    dependencies = [("activities", "0013_messages_from_files"), ("cases", "0004_ways_and_sounds")]
    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
