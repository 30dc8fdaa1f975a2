from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql" / "release.sql"


class Migration(migrations.Migration):
    """A later file of a public document waits for another's release, in the database too."""

    dependencies = [("library", "0003_release_of_each_file")]
    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
