from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql" / "missed.sql"


class Migration(migrations.Migration):
    """A district is told that a target of its state's pilot was missed, as the state is; each person is counted once, an event struck out reached nobody."""

    dependencies = [("pilots", "0004_missed"), ("activities", "0016_same_person")]
    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
