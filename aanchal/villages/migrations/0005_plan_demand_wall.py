from django.db import migrations

from aanchal.core.wall import APP, Wall

TOLD = "families, given_on, taken, taken_on, reached, reached_on, recorded_at, recorded_by_id"


class Migration(migrations.Migration):
    """Whoever may know the families of a village reads how many ask for what; whoever records there writes and corrects it."""

    dependencies = [("villages", "0004_plan_demand")]
    operations = [
        Wall("villages_plandemand", read="risk.read", insert="village.record", update="village.record"),
        migrations.RunSQL(
            f"REVOKE UPDATE ON villages_plandemand FROM {APP}; GRANT UPDATE ({TOLD}) ON villages_plandemand TO {APP}", migrations.RunSQL.noop
        ),
    ]
