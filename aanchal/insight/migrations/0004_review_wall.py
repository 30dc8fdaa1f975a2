from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql" / "review.sql"


class Migration(migrations.Migration):
    """Comparisons, reviews, tables and stories behind the wall; a story is decided by another than who wrote it."""

    dependencies = [("insight", "0003_reviews"), ("access", "0004_guard")]
    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
