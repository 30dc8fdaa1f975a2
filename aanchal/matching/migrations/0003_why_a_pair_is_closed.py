import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Which link closed a pair, and where it stood before: so that undoing a link opens again what that link closed, and no other."""

    dependencies = [("matching", "0002_wall")]
    operations = [
        migrations.AddField(
            "candidate",
            "closed_by",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, db_index=False, related_name="+", to="matching.confirmedlink"
            ),
        ),
        migrations.AddField("candidate", "stood", models.CharField(blank=True, default="", max_length=9)),
    ]
