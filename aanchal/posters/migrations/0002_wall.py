from pathlib import Path

from django.db import migrations

from aanchal.core.wall import Permit, Wall

SQL = Path(__file__).resolve().parents[1] / "sql" / "posters.sql"


class Migration(migrations.Migration):
    """A notice and all that belongs to it at the village of the report; its public copy is everyone's until its last day."""

    dependencies = [("posters", "0001_initial"), ("access", "0004_guard"), ("matching", "0002_wall")]
    operations = [
        Wall("posters_poster", read="poster.read", insert="poster.propose", update="poster.propose"),
        Permit("posters_poster", "poster.release", update=True),
        Wall("posters_agreement", read="poster.read", insert="poster.propose", update="poster.propose"),
        Wall("posters_seen", read="poster.read", insert="poster.propose", update="poster.propose"),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
    ]
