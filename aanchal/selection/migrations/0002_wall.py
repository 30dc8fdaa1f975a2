from pathlib import Path

from django.db import migrations

from aanchal.core.wall import Wall

SQL = Path(__file__).resolve().parents[1] / "sql" / "runs.sql"


class Migration(migrations.Migration):
    """A run and what is recorded of a place are read where selections may be read; nothing is deleted, nothing changed after submission.

    They hold no person, so that the nation's roles read them too: not FORCEd, which is the mark of tables of persons (tests/trust).
    The policies bind the application's role all the same; only the tables' owner, who migrates, stands outside.
    """

    dependencies = [("selection", "0001_initial"), ("access", "0002_scopes")]
    operations = [
        Wall("selection_selectionrun", read="selection.read", insert="selection.prepare", update="selection.prepare"),
        Wall("selection_placestanding", read="selection.read", insert="selection.prepare"),
        migrations.RunSQL(
            "ALTER TABLE selection_selectionrun NO FORCE ROW LEVEL SECURITY; ALTER TABLE selection_placestanding NO FORCE ROW LEVEL SECURITY",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
    ]
