from pathlib import Path

from django.db import migrations

from aanchal.core.wall import Wall

SQL = Path(__file__).resolve().parents[1] / "sql" / "activities.sql"
CHANGED = ("taskforce", "member", "meeting", "actionpoint", "training", "attendee", "certificate", "participant")
KEPT = ("attendance", "minutes", "mastertrainer", "trainer", "target", "campaignevent")


class Migration(migrations.Migration):
    """Task forces, meetings and trainings are seen by who follows them there; whether a certificate stands, by everyone."""

    dependencies = [("activities", "0001_initial"), ("access", "0004_guard")]
    operations = [
        *(Wall(f"activities_{t}", read="activity.read", insert="activity.record", update="activity.record") for t in CHANGED),
        *(Wall(f"activities_{t}", read="activity.read", insert="activity.record") for t in KEPT),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
    ]
