"""What every record of activities says of itself."""

from django.db import models

from aanchal.core.models import Record


def by_user(**more):
    return models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+", **more)


class Placed(Record):
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()
    recorded_by = by_user()
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True
