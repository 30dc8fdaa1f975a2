"""What records of the Nodal Cell point to."""

from django.db import models


def a_user(**more):
    return models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+", **more)


def a_place(**more):
    return models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+", **more)
