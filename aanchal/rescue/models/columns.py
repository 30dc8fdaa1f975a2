"""Columns that many tables of rescue have."""

from django.db import models


def user(**more):
    return models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False, **more)


def place(**more):
    return models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+", db_index=False, **more)
