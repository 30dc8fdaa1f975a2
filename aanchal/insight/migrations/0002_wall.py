from pathlib import Path

from django.db import migrations

from aanchal.core.wall import Permit, Wall

SQL = Path(__file__).resolve().parents[1] / "sql" / "insight.sql"


class Migration(migrations.Migration):
    """Counts behind the wall, small ones further; releases made by one and decided by another; the public reads what was released."""

    dependencies = [("insight", "0001_initial"), ("access", "0002_scopes"), ("cases", "0002_wall")]
    operations = [
        Wall("insight_target", read="count.read", insert="target.set", update="target.set", of_places=True),
        Wall("insight_release", read="release.prepare", insert="release.prepare", update="release.prepare", of_places=True),
        Permit("insight_release", "release.approve", read=True, update=True),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
    ]
