from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    """A case knows as whom she was rescued; the same rescue opens no second case."""

    dependencies = [("cases", "0002_wall"), ("rescue", "0002_wall")]
    operations = [
        migrations.AddField(
            "case",
            "rescued",
            models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="case", to="rescue.rescued"),
        ),
        migrations.RunSQL((SQL / "rescued.sql").read_text(), migrations.RunSQL.noop),
    ]
