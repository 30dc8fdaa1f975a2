from pathlib import Path

from django.db import migrations

from aanchal.cases.wall import CaseWall
from aanchal.core.wall import Wall

SQL = Path(__file__).resolve().parents[1] / "sql"
READ = ("rehab.read", "ANY")
WHOLE = ("rehab.read", "WHOLE")
WORK = ("rehab.record", "WORK")
LEAD = ("rehab.record", "LEAD")


class Migration(migrations.Migration):
    """What hangs on a case is open to those assigned; notes to two people; resource people and counsellors by place (docs/adr/0038)."""

    dependencies = [("rehab", "0001_initial"), ("cases", "0002_wall"), ("access", "0002_scopes")]
    operations = [
        CaseWall("rehab_rehabilitation", read=READ, insert=WORK, update=WORK),
        CaseWall("rehab_gatedecision", read=READ, insert=WORK),
        CaseWall("rehab_leaning", read=READ, insert=WORK, update=WORK),
        CaseWall("rehab_learning", read=READ, insert=WORK, update=WORK),
        CaseWall("rehab_attendance", read=READ, insert=WORK, update=WORK),
        CaseWall("rehab_session", read=READ, insert=("counsel.record", "WORK")),
        CaseWall("rehab_return", read=WHOLE, insert=LEAD, update=WORK),
        CaseWall("rehab_followup", read=WHOLE, insert=WORK, update=WORK),
        CaseWall("rehab_repatriation", read=WHOLE, insert=LEAD, update=WORK),
        CaseWall("rehab_repatriationstep", read=WHOLE, insert=WORK),
        CaseWall("rehab_leaderlink", read=WHOLE, insert=LEAD, update=LEAD),
        CaseWall("rehab_ownaccess", read=WORK, insert=LEAD, update=WORK),
        CaseWall("rehab_correction", read=WHOLE, insert=WORK, update=LEAD),
        Wall("rehab_counsellor", read="counsel.supervise", insert="counsel.supervise", update="counsel.supervise"),
        Wall("rehab_traininghours", read="counsel.supervise", insert="counsel.supervise"),
        Wall("rehab_resourceperson", read="resource.read", insert="resource.record", update="resource.record"),
        Wall("rehab_engagement", read="resource.read", insert="resource.record", update="resource.record"),
        migrations.RunSQL((SQL / "functions.sql").read_text(), migrations.RunSQL.noop),
        migrations.RunSQL((SQL / "rehab.sql").read_text(), migrations.RunSQL.noop),
    ]
