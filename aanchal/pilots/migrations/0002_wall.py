from pathlib import Path

from django.db import migrations

from aanchal.core.wall import Wall

SQL = Path(__file__).resolve().parents[1] / "sql" / "pilots.sql"
CHANGED = ("aim", "phase")
KEPT = ("pilot", "pilotplace", "strategy")


class Migration(migrations.Migration):
    """Who follows activities in the state sees its pilot; a village sees the roadmap that is offered to it."""

    dependencies = [("pilots", "0001_initial"), ("access", "0004_guard")]
    operations = [
        *(Wall(f"pilots_{t}", read="activity.read", insert="activity.record", update="activity.record") for t in CHANGED),
        *(Wall(f"pilots_{t}", read="activity.read", insert="activity.record") for t in KEPT),
        Wall("pilots_roadmapoffer", read="village.read", insert="activity.record"),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
    ]
