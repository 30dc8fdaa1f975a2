from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql" / "outcomes.sql"


class Migration(migrations.Migration):
    """Families helped and survivors placed, counted for who reads the money of a whole state."""

    dependencies = [("portal", "0002_families_once"), ("benefits", "0004_insurance_wall"), ("rehab", "0002_wall"), ("cases", "0004_ways_and_sounds"), ("access", "0004_guard")]
    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
