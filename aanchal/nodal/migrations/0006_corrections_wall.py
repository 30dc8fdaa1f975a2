from pathlib import Path

from django.db import migrations

from aanchal.core.wall import Permit

SQL = Path(__file__).resolve().parents[1] / "sql" / "corrections.sql"


class Migration(migrations.Migration):
    """What was typed wrongly in the scheme is corrected by a new line and a second person."""

    dependencies = [("nodal", "0005_corrections")]
    operations = [
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
        Permit("nodal_sanction", "return.accept", update=True),
        Permit("nodal_release", "return.accept", update=True),
    ]
