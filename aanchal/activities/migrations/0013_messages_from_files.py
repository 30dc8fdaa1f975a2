from django.db import migrations

from aanchal.core.wall import TakeBack


class Migration(migrations.Migration):
    """What villages are to hear comes from a file too, and goes with it."""

    dependencies = [("activities", "0012_courses_wall")]
    operations = [TakeBack("activities_plannedmessage", permission="activity.record")]
