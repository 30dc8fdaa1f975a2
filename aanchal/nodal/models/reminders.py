"""Which steps of reminding were taken."""

from django.db import models


class Reminded(models.Model):
    """A step of reminding, taken once: of a call, of a certificate that is asked for."""

    about = models.UUIDField()
    step = models.SmallIntegerField()
    """Days after the day it was due; below zero before it."""
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["about", "step"], name="reminded_once")]

    def __str__(self):
        return f"{self.step} of {self.about}"
