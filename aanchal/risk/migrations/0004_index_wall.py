from pathlib import Path

from django.db import migrations

from aanchal.core.wall import Wall

INDEX = Path(__file__).resolve().parents[1] / "sql" / "index.sql"


class Migration(migrations.Migration):
    """What a village signed and what a family disputes behind the wall; versions and drafts written only for one's own state."""

    dependencies = [("risk", "0003_index_of_states_and_villages"), ("access", "0002_scopes")]
    operations = [
        Wall("risk_movement", read="index.edit", insert="index.edit", update="index.edit", delete="index.edit", of_places=True),
        Wall("risk_ownpoints", read="index.read", insert="index.adjust"),
        Wall("risk_appeal", read="risk.reasons", insert="appeal.record", update="household.record"),
        migrations.RunSQL(INDEX.read_text(), migrations.RunSQL.noop),
    ]
