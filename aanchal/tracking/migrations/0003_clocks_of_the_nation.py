from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).resolve().parents[1] / "sql" / "clock_of_the_nation.sql"


class Migration(migrations.Migration):
    """A clock of the law is changed for the whole nation or not at all; some run only for adults."""

    dependencies = [("tracking", "0002_wall"), ("places", "0001_initial")]
    operations = [
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
        migrations.AddField("statutoryclock", "adult_only", models.BooleanField(default=False), preserve_default=False),
    ]
