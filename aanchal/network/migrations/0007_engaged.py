from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql" / "engaged.sql"


class Migration(migrations.Migration):
    """A district knows which NGOs the state has engaged in it."""

    dependencies = [("network", "0006_lists_wall")]
    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
