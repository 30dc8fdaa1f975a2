from pathlib import Path

from django.db import migrations

from aanchal.core.wall import Permit, Wall

SQL = Path(__file__).resolve().parents[1] / "sql" / "scheme.sql"
READ = "return.read"


class Migration(migrations.Migration):
    """The Nodal Cell sanctions, releases, accepts; a State keeps its units and certifies what it used. Each sees its own."""

    dependencies = [("nodal", "0003_scheme"), ("network", "0004_stakeholders_wall"), ("cases", "0002_wall")]
    operations = [
        Wall("nodal_sanction", read=READ, insert="return.accept", of_places=True),
        Wall("nodal_release", read=READ, insert="return.accept", of_places=True),
        Wall("nodal_use", read=READ, insert="return.record", update="return.record", of_places=True),
        Permit("nodal_use", "return.accept", insert=True, update=True),
        Wall("nodal_unit", read=READ, insert="return.record", update="return.record", of_places=True),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
    ]
