from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql" / "search.sql"


class Migration(migrations.Migration):
    """A search gives one page of ids and how many there are, instead of every row that is found."""

    dependencies = [("library", "0004_release_wall")]
    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
