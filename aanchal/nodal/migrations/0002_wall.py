from pathlib import Path

from django.db import migrations

from aanchal.core.wall import Permit, Wall

SQL = Path(__file__).resolve().parents[1] / "sql" / "returns.sql"
READ = "return.read"


class Migration(migrations.Migration):
    """Returns are seen by their State and by the Nodal Cell; made by one, approved by another, accepted by the Cell, then locked."""

    dependencies = [("nodal", "0001_initial"), ("access", "0004_guard")]
    operations = [
        Wall("nodal_return", read=READ, insert="return.record", update="return.record", of_places=True),
        Permit("nodal_return", "return.approve", update=True),
        Permit("nodal_return", "return.accept", update=True),
        Wall("nodal_figure", read=READ, insert="return.record", delete="return.record", of_places=True),
        Wall("nodal_explanation", read=READ, insert="return.record", update="return.record", of_places=True),
        Wall("nodal_step", read=READ, insert="return.record", of_places=True),
        Permit("nodal_step", "return.approve", insert=True),
        Permit("nodal_step", "return.accept", insert=True),
        Wall("nodal_upload", read=READ, insert="return.record", of_places=True),
        Wall("nodal_areanote", read=READ, insert="return.approve", update="return.approve", of_places=True),
        Permit("nodal_areanote", "return.accept", insert=True, update=True),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
    ]
