from pathlib import Path

from django.db import migrations

from aanchal.core.wall import Permit, Wall

SQL = Path(__file__).resolve().parents[1] / "sql" / "ledger.sql"
DECIDED = ("money_budget", "money_reappropriation", "money_certificate")


class Migration(migrations.Migration):
    """The state's money behind the wall; bookings that add up and stay; made by one and decided by another."""

    dependencies = [("money", "0001_initial"), ("access", "0002_scopes")]
    operations = [
        *(Wall(table, read="money.read", insert="money.record", update="money.record") for table in DECIDED),
        *(Permit(table, "money.approve", update=True) for table in DECIDED),
        Wall("money_budgetline", read="money.read", insert="money.record", update="money.record"),
        *(Wall(f"money_{table}", read="money.read", insert="money.record") for table in ("commitment", "advance", "voucher", "line")),
        *(Permit(f"money_{table}", "money.approve", insert=True) for table in ("voucher", "line")),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
    ]
