from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql" / "typical.sql"


class Migration(migrations.Migration):
    """Typical values are of eleven or more: who may count reads them."""

    dependencies = [("insight", "0005_typical_and_span")]
    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
