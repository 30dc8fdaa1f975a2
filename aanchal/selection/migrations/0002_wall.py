from pathlib import Path

from django.db import migrations

from aanchal.core.wall import Wall

SQL = Path(__file__).resolve().parents[1] / "sql" / "runs.sql"


class Migration(migrations.Migration):
    """A run and what is recorded of a place are read where selections may be read; nothing is deleted, nothing changed after submission.

    They hold no person, so that the nation's roles read them too.
    """

    dependencies = [("selection", "0001_initial"), ("access", "0002_scopes")]
    operations = [
        Wall("selection_selectionrun", read="selection.read", insert="selection.prepare", update="selection.prepare", of_places=True),
        Wall("selection_placestanding", read="selection.read", insert="selection.prepare", of_places=True),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
    ]
