from pathlib import Path

from django.db import migrations

from aanchal.core.wall import Wall

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    """What families applied for, received and borrowed behind the wall; bookings that add up and stay; counts through a gate."""

    dependencies = [("benefits", "0001_initial"), ("access", "0002_scopes"), ("risk", "0002_wall"), ("people", "0001_initial")]
    operations = [
        Wall("benefits_told", read="risk.reasons", insert="entitlement.record"),
        Wall("benefits_proposed", read="entitlement.read", insert="entitlement.record", update="entitlement.record"),
        Wall("benefits_entitlement", read="entitlement.read", insert="entitlement.record", update="entitlement.record"),
        Wall("benefits_step", read="entitlement.read", insert="entitlement.record"),
        Wall("benefits_service", read="entitlement.read", insert="entitlement.record"),
        Wall("benefits_cbo", read="fund.read", insert="entitlement.record"),
        Wall("benefits_groupmember", read="fund.read", insert="entitlement.record", update="entitlement.record"),
        Wall("benefits_fund", read="fund.read", insert="fund.keep", update="fund.keep"),
        Wall("benefits_loan", read="fund.read", insert="fund.request", update="fund.keep"),
        Wall("benefits_voucher", read="fund.read", insert="fund.keep"),
        Wall("benefits_line", read="fund.read", insert="fund.keep"),
        Wall("benefits_training", read="entitlement.read", insert="entitlement.record", update="entitlement.record"),
        Wall("benefits_livelihoodplan", read="entitlement.read", insert="entitlement.record", update="entitlement.record"),
        migrations.RunSQL((SQL / "wall.sql").read_text(), migrations.RunSQL.noop),
        migrations.RunSQL((SQL / "counts.sql").read_text(), migrations.RunSQL.noop),
    ]
