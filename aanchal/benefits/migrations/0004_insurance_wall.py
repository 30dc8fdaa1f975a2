from pathlib import Path

from django.db import migrations

from aanchal.core.wall import Wall

SQL = Path(__file__).resolve().parents[1] / "sql" / "above.sql"


class Migration(migrations.Migration):
    """Premiums and claims behind the wall; the funds of a federation seen from the villages that belong to it; a state's own norms."""

    dependencies = [("benefits", "0003_insurance_and_norms")]
    operations = [
        Wall("benefits_premium", read="entitlement.read", insert="entitlement.record"),
        Wall("benefits_claim", read="entitlement.read", insert="entitlement.record", update="entitlement.record"),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
    ]
