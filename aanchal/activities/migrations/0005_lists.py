from django.db import migrations

from aanchal.core.wall import TakeBack

TABLES = ("attendee", "session", "participant", "training", "meeting", "campaignevent")


class Migration(migrations.Migration):
    """What a file of a list made may be taken back, and nothing else is deleted."""

    dependencies = [("activities", "0004_campaign_wall"), ("network", "0006_lists_wall")]
    operations = [TakeBack(f"activities_{table}", permission="activity.record") for table in TABLES]
