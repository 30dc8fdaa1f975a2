from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql" / "missed.sql"


class Migration(migrations.Migration):
    """A district is told that a target of its state's pilot was missed, as the state is."""

    dependencies = [("pilots", "0003_districts"), ("activities", "0012_courses_wall")]
    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
