from pathlib import Path

from django.db import migrations

from aanchal.core.wall import Wall

SQL = Path(__file__).resolve().parents[1] / "sql" / "rescue.sql"
READ, RECORD, EVIDENCE = {"read": "rescue.read"}, {"insert": "rescue.record"}, {"insert": "evidence.record"}
CHANGED = RECORD | {"update": "rescue.record"}


class Migration(migrations.Migration):
    """A unit's records are its district's. What was marked, said or handed over is only added to; files and hand-overs by who keeps evidence."""

    dependencies = [("rescue", "0001_initial"), ("tracking", "0002_wall"), ("access", "0002_scopes")]
    operations = [
        Wall("rescue_unit", **READ, **CHANGED),
        Wall("rescue_jurisdiction", **READ, **CHANGED),
        Wall("rescue_member", **READ, **CHANGED),
        Wall("rescue_lead", **READ, insert="lead.record", update="lead.record"),
        Wall("rescue_leadsource", read="lead.record", insert="lead.record"),
        Wall("rescue_operation", **READ, **CHANGED),
        Wall("rescue_stepmark", **READ, **RECORD),
        Wall("rescue_rescued", **READ, **CHANGED),
        Wall("rescue_carestep", **READ, **RECORD),
        Wall("rescue_accused", **READ, **CHANGED),
        Wall("rescue_fir", **READ, **CHANGED),
        Wall("rescue_firsection", **READ, **CHANGED),
        Wall("rescue_firstep", **READ, **RECORD),
        Wall("rescue_hearing", **READ, **CHANGED),
        Wall("rescue_deadline", **READ, **CHANGED),
        Wall("rescue_evidence", **READ, **EVIDENCE),
        Wall("rescue_evidencefile", read="evidence.record", insert="evidence.record"),
        Wall("rescue_custody", **READ, **EVIDENCE),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
    ]
