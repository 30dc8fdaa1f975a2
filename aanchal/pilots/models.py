"""A state's pilot: where, until when, its aims, phases and strategy; and roadmaps that trained villages are offered. No family is named."""

from django.db import models
from django.db.models import F, Q

from aanchal.core.models import Record
from aanchal.pilots.terms import Measure


def _place():
    return models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")


def _user():
    return models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")


class Pilot(Record):
    """Of a state (Framework: "Nature of the AHT pilots to be undertaken")."""

    place = _place()
    place_no = models.BigIntegerField()
    title = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField()
    recorded_by = _user()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="pilot_ends_after_it_begins")]

    def __str__(self):
        return self.title


class PilotPlace(Record):
    """A district or block of a pilot, and the approved selection that it comes from."""

    pilot = models.ForeignKey(Pilot, on_delete=models.PROTECT, related_name="places")
    place = _place()
    place_no = models.BigIntegerField()
    run = models.ForeignKey("selection.SelectionRun", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pilot", "place"], name="pilot_place_once")]

    def __str__(self):
        return f"{self.place_id} in {self.pilot_id}"


class Aim(Record):
    """So many by a day: counted, or told by hand with the day it was told."""

    pilot = models.ForeignKey(Pilot, on_delete=models.PROTECT, related_name="aims")
    place_no = models.BigIntegerField()
    measure = models.CharField(max_length=9, choices=Measure)
    words = models.CharField(max_length=160)
    unit = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    by_on = models.DateField()
    reached = models.PositiveIntegerField(null=True)
    reached_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="aim_at_something"),
            models.CheckConstraint(condition=Q(measure="TOLD") | Q(reached=None), name="what_is_counted_is_not_told"),
        ]

    def __str__(self):
        return self.words


class Phase(Record):
    """A step of the pilot's plan."""

    pilot = models.ForeignKey(Pilot, on_delete=models.PROTECT, related_name="phases")
    place_no = models.BigIntegerField()
    title = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField()
    done_on = models.DateField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="phase_ends_after_it_begins")]

    def __str__(self):
        return self.title


class Strategy(Record):
    """The strategy document as it was filed; a later one stands beside it. Its checksum says that a copy is the same."""

    pilot = models.ForeignKey(Pilot, on_delete=models.PROTECT, related_name="strategies")
    place_no = models.BigIntegerField()
    nth = models.PositiveSmallIntegerField()
    file = models.BinaryField()
    file_kind = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    by = _user()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pilot", "nth"], name="strategies_in_order")]

    def __str__(self):
        return f"{self.nth} of {self.pilot_id}"


class RoadmapOffer(Record):
    """A village's Village Organisation was trained: the roadmap is offered to it to adopt (Framework, Sensitization of NRLM CBOs)."""

    place = _place()
    place_no = models.BigIntegerField()
    training = models.ForeignKey("activities.Training", on_delete=models.PROTECT, related_name="+")
    trained_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "training"], name="roadmap_offered_once")]

    def __str__(self):
        return f"{self.place_id} on {self.trained_on}"
