from pathlib import Path

from django.db import migrations

from aanchal.core.wall import Wall

COUNTS = Path(__file__).resolve().parents[1] / "sql" / "counts.sql"


class Migration(migrations.Migration):
    """Assessments behind the wall, their grounds behind a narrower one; counts through a gate of their own."""

    dependencies = [("risk", "0001_initial"), ("access", "0002_scopes")]
    operations = [
        Wall("risk_survey", read="risk.reasons", insert="household.record"),
        Wall("risk_assessment", read="risk.read", insert="household.record", update="household.record"),
        Wall("risk_grounds", read="risk.reasons", insert="household.record"),
        Wall("risk_villageassessment", read="village.read", insert="village.record", update="village.record"),
        migrations.RunSQL(COUNTS.read_text(), migrations.RunSQL.noop),
    ]
