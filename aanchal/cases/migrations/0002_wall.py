from pathlib import Path

from django.db import migrations

from aanchal.cases.wall import CaseWall

SQL = Path(__file__).resolve().parents[1] / "sql"
LEAD = ("case.work", "LEAD")
WORK = ("case.work", "WORK")
WHOLE = ("case.read", "WHOLE")
SUPERVISE = ("case.supervise", "LEAD")


class Migration(migrations.Migration):
    """Cases are open to those assigned (docs/adr/0036)."""

    dependencies = [("cases", "0001_initial"), ("access", "0002_scopes"), ("core", "0002_wall")]
    operations = [
        migrations.RunSQL((SQL / "cases.sql").read_text(), migrations.RunSQL.noop),
        CaseWall("cases_case", column="id", insert=None, update=LEAD),
        CaseWall("cases_caseidentity", read=("case.identity", "NAMES"), insert=("case.identity", "LEAD"), update=("case.identity", "LEAD")),
        CaseWall("cases_mark", insert=LEAD, update=LEAD),
        CaseWall("cases_assignment", insert=LEAD, update=LEAD),
        CaseWall("cases_emergency", insert=None),
        CaseWall("cases_event", insert=WORK, update=SUPERVISE),
        CaseWall("cases_leg", insert=WORK),
        CaseWall("cases_caseconsent", insert=LEAD, update=LEAD),
        CaseWall("cases_assessment", read=WHOLE, insert=WORK, update=SUPERVISE),
        CaseWall("cases_goal", insert=WORK, update=WORK),
        CaseWall("cases_casetask", insert=WORK, update=WORK),
        CaseWall("cases_caseservice", insert=WORK, update=SUPERVISE),
        CaseWall("cases_visit", insert=WORK, update=SUPERVISE),
        CaseWall("cases_referral", insert=LEAD, update=LEAD),
        CaseWall("cases_sealedlink", insert=LEAD, update=LEAD),
        CaseWall("cases_proposal", insert=LEAD, update=SUPERVISE),
        CaseWall("cases_step", insert=LEAD),
        CaseWall("cases_disclosure", insert=WORK),
        migrations.RunSQL((SQL / "wall.sql").read_text(), migrations.RunSQL.noop),
        migrations.RunSQL((SQL / "counts.sql").read_text(), migrations.RunSQL.noop),
    ]
