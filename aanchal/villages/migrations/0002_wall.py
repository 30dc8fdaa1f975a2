from django.db import migrations

from aanchal.core.wall import APP, Wall


class Changeable(migrations.RunSQL):
    """Of a recorded row only these columns may change: what was told stays as it was told."""

    def __init__(self, table: str, *columns: str):
        super().__init__(
            sql=f"REVOKE UPDATE ON {table} FROM {APP}; GRANT UPDATE ({', '.join(columns)}) ON {table} TO {APP}",
            reverse_sql=migrations.RunSQL.noop,
        )


class Migration(migrations.Migration):
    """Whoever may see a village reads its situation, map and roadmap; whoever works there records. A situation is never changed."""

    dependencies = [("villages", "0001_initial"), ("access", "0002_scopes")]
    operations = [
        Wall("villages_situation", read="village.read", insert="village.record"),
        Wall("villages_safetypoint", read="village.read", insert="village.record", update="village.record"),
        Changeable("villages_safetypoint", "withdrawn_at", "withdrawn_by_id", "withdraw_reason"),
        Wall("villages_roadmap", read="village.read", insert="village.record"),
        Wall("villages_roadmapaction", read="village.read", insert="village.record", update="village.record"),
        Changeable("villages_roadmapaction", "state", "done_on", "done_by_id", "drop_reason", "note"),
    ]
