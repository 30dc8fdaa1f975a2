from pathlib import Path

from django.db import migrations

from aanchal.core.wall import Wall

SQL = Path(__file__).resolve().parents[1] / "sql" / "registers.sql"


class Migration(migrations.Migration):
    """The registers behind the wall; a line may only cease to stand; counts without reading the lines."""

    dependencies = [("registers", "0001_initial"), ("people", "0002_wall"), ("access", "0002_scopes")]
    operations = [
        Wall("registers_entry", read="entry.read", insert="entry.record", update="entry.record"),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
    ]
