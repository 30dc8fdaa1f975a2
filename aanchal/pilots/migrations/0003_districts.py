from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql" / "districts.sql"


class Migration(migrations.Migration):
    """A district reads the pilot that it is part of."""

    dependencies = [("pilots", "0002_wall")]
    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
