from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql" / "scopes.sql"


class Migration(migrations.Migration):
    """What each posting grants, read by the database itself; and the table of the shared cache (rate limits)."""

    dependencies = [("access", "0001_initial"), ("core", "0002_wall")]
    operations = [
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
        migrations.RunSQL(
            "CREATE UNLOGGED TABLE aanchal_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);"
            "CREATE INDEX aanchal_cache_expires ON aanchal_cache (expires)",
            "DROP TABLE aanchal_cache",
        ),
    ]
