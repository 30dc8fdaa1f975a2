from django.db import migrations, models
from django.db.models import Q

from aanchal.core.wall import Moves


class Migration(migrations.Migration):
    """Someone found can be struck; and where her place was wrong, what was said and changed before goes with her."""

    dependencies = [("matching", "0005_found_change")]
    operations = [
        migrations.AddField("foundperson", "is_struck", models.BooleanField(default=False)),
        migrations.AddConstraint(
            "foundperson",
            models.CheckConstraint(condition=Q(is_struck=False) | Q(is_open=False), name="found_struck_is_not_looked_for"),
        ),
        Moves("matching_foundchange", "match.review"),
        Moves("matching_decision", "match.review", "found_place_no"),
    ]
