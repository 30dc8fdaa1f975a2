from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql" / "coordination.sql"


class Migration(migrations.Migration):
    """The Nodal Cell calls and minutes, a State sees what it was called to and answers what is its own; officers trained, in counts."""

    dependencies = [("activities", "0008_coordination"), ("access", "0004_guard")]
    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
