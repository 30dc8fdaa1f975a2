from pathlib import Path

from django.db import migrations

from aanchal.core.wall import Permit, Wall

SQL = Path(__file__).resolve().parents[1] / "sql" / "advisories.sql"


class Migration(migrations.Migration):
    """An advisory is read inside its place and above it; a task and its answers where they are, by each level above."""

    dependencies = [("advisories", "0001_initial"), ("access", "0004_guard")]
    operations = [
        Wall("advisories_task", read="advisory.read", insert="advisory.issue", update="advisory.issue", of_places=True),
        Permit("advisories_task", "advisory.answer", update=True),
        Permit("advisories_task", "advisory.follow", update=True),
        Wall("advisories_answer", read="advisory.read", insert="advisory.answer", update="advisory.follow", of_places=True),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
    ]
