from django.db import migrations

from aanchal.core.wall import Wall

STAYS = """
CREATE TRIGGER corrigenda_stay BEFORE UPDATE OR DELETE ON activities_corrigendum FOR EACH ROW EXECUTE FUNCTION activities_stays();
"""


class Migration(migrations.Migration):
    """What a later order says of a task force's order stands beside it and stays."""

    dependencies = [("activities", "0006_order"), ("access", "0004_guard")]
    operations = [
        Wall("activities_corrigendum", read="activity.read", insert="activity.record"),
        migrations.RunSQL(STAYS, migrations.RunSQL.noop),
    ]
