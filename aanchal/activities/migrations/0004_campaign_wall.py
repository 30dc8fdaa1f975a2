from django.db import migrations

from aanchal.core.wall import Wall

TABLES = ("material", "plannedmessage", "question", "recall", "session", "trainedvillage", "presence")


class Migration(migrations.Migration):
    """What the campaign plans and counts, sessions and who signed in: written once, read by who follows activities there."""

    dependencies = [("activities", "0003_campaign"), ("access", "0004_guard")]
    operations = [Wall(f"activities_{table}", read="activity.read", insert="activity.record") for table in TABLES]
