from pathlib import Path

from django.db import migrations

from aanchal.core.wall import TakeBack, Wall

SQL = Path(__file__).resolve().parents[1] / "sql" / "courses.sql"


class Migration(migrations.Migration):
    """Enrolments are seen where the person works; the nation reads how many, by State, rank and sex."""

    dependencies = [
        ("activities", "0011_courses"),
        ("access", "0004_guard"),
        ("network", "0006_lists_wall"),
        ("cases", "0004_ways_and_sounds"),
    ]
    operations = [
        Wall("activities_enrolment", read="activity.read", insert="activity.record", update="activity.record"),
        TakeBack("activities_enrolment", permission="activity.record"),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
    ]
