from pathlib import Path

from django.db import migrations

from aanchal.core.wall import Wall

SQL = Path(__file__).resolve().parents[1] / "sql" / "tracking.sql"


class Migration(migrations.Migration):
    """Whoever may write a register line opens the journey, search and alert that follow from it; steps and check-ins are only added."""

    dependencies = [("tracking", "0001_initial"), ("registers", "0002_wall"), ("access", "0002_scopes")]
    operations = [
        Wall("tracking_journey", read="journey.read", insert="journey.record", update="journey.record", by_range=False),
        Wall("tracking_checkin", read="journey.read", insert="journey.record"),
        Wall("tracking_search", read="journey.read", insert="journey.record", update="journey.record"),
        Wall("tracking_deadline", read="journey.read", insert="journey.record", update="journey.record", by_range=False),
        Wall("tracking_alert", read="journey.read", insert="journey.record", update="journey.record", by_range=False),
        Wall("tracking_alertstep", read="journey.read", insert="journey.record"),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
    ]
