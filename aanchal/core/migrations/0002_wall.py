from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql" / "wall.sql"


class Migration(migrations.Migration):
    """The functions by which the database knows who acts, and the trail's own guard."""

    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
