from pathlib import Path

from django.db import migrations

from aanchal.core.wall import Permit, Wall

SQL = Path(__file__).resolve().parents[1] / "sql" / "library.sql"


class Migration(migrations.Migration):
    """A document is read inside its place and above it, by words too; the public reads what was released."""

    dependencies = [("library", "0001_initial"), ("access", "0004_guard")]
    operations = [
        Wall("library_practice", read="practice.submit", insert="practice.submit", update="practice.submit", of_places=True),
        Permit("library_practice", "practice.review", read=True, update=True),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
    ]
