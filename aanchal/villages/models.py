"""A village's situation as told, its safety map, its roadmap."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from aanchal.core.models import Amended, Record
from aanchal.villages import rules
from aanchal.villages.terms import ActionState, Demand, Doer, DropReason, PointKind, PointType, WithdrawReason


def _worker(**kwargs):
    """Who did it; null is the installation itself."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", **kwargs)


def _told(*names: str, **so) -> Q:
    """A comparison with nothing would pass in the database."""
    return Q(**{f"{one}{what}__isnull": False for one in names for what in ("", "_on")}, **so)


class OfAVillage(Record):
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()

    class Meta:
        abstract = True


class Situation(OfAVillage):
    """What a village told of itself in one meeting. A row is never changed: the latest told stands, the earlier stay."""

    told_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = _worker()
    submission_id = models.UUIDField(null=True, unique=True)
    facts = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["place_no", "-told_on", "-recorded_at"], name="situation_latest")]

    def __str__(self):
        return f"{self.place_id} on {self.told_on}"

    @property
    def child_sex_ratio(self) -> int | None:
        return rules.child_sex_ratio(self.facts)


class SafetyPoint(OfAVillage):
    """A place of help, danger or calamity. Its name is what the place is called, never a person's."""

    kind = models.CharField(max_length=8, choices=PointKind)
    type = models.CharField(max_length=24, choices=PointType)
    name = models.CharField(max_length=80)
    longitude = models.FloatField()
    latitude = models.FloatField()
    note = models.CharField(max_length=1000, blank=True)
    told_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = _worker()
    submission_id = models.UUIDField(null=True, unique=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = _worker()
    withdraw_reason = models.CharField(max_length=8, choices=WithdrawReason, blank=True)

    class Meta:
        indexes = [models.Index(fields=["place_no"], condition=Q(withdrawn_at=None), name="safety_point_standing")]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdraw_reason="") | (Q(withdrawn_at__isnull=False) & ~Q(withdraw_reason="")),
                name="safety_point_withdrawn_for_a_reason",
            ),
            models.CheckConstraint(condition=Q(longitude__range=(-180, 180), latitude__range=(-90, 90)), name="safety_point_on_earth"),
            models.CheckConstraint(
                condition=models.Q(*(Q(kind=kind, type__in=types) for kind, types in rules.POINT_TYPES.items()), _connector="OR"),
                name="safety_point_type_of_its_kind",
            ),
        ]

    def __str__(self):
        return f"{self.type} {self.pk}"

    @property
    def is_standing(self) -> bool:
        return self.withdrawn_at is None


class Roadmap(Amended, OfAVillage):
    """A Village Organisation adopted its roadmap, in a meeting (Framework, Sensitization of NRLM CBOs)."""

    adopted_on = models.DateField()
    meeting = models.CharField(max_length=120)
    village_organisation = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()
    recorded_by = _worker()

    class Meta:
        constraints = [
            *Amended.Meta.constraints,
            models.UniqueConstraint(fields=["place"], condition=Q(stands=True), name="roadmap_once"),
        ]

    def __str__(self):
        return f"{self.place_id} on {self.adopted_on}"


class ActionsThatStand(models.Manager):
    def get_queryset(self):
        return super().get_queryset().filter(roadmap__stands=True)


class RoadmapAction(OfAVillage):
    """Who does what by when. `titles` holds the languages an action of the framework comes with. Of a roadmap struck out, none is read."""

    roadmap = models.ForeignKey(Roadmap, on_delete=models.PROTECT, related_name="actions")
    title = models.CharField(max_length=200)
    titles = models.JSONField(default=dict)
    who = models.CharField(max_length=10, choices=Doer)
    source = models.CharField(max_length=120, blank=True)
    due_on = models.DateField()
    state = models.CharField(max_length=7, choices=ActionState, default=ActionState.PLANNED)
    done_on = models.DateField(null=True)
    done_by = _worker()
    drop_reason = models.CharField(max_length=12, choices=DropReason, blank=True)
    note = models.CharField(max_length=300, blank=True)

    objects = ActionsThatStand()

    class Meta:
        indexes = [models.Index(fields=["place_no", "state", "due_on"], name="roadmap_action_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="PLANNED", done_on=None, done_by=None, drop_reason="")
                | Q(state="DONE", done_on__isnull=False, drop_reason="")
                | (Q(state="DROPPED", done_on=None, done_by=None) & ~Q(drop_reason="")),
                name="roadmap_action_says_how_it_ended",
            )
        ]

    def __str__(self):
        return f"{self.who} {self.pk}"

    @property
    def local_title(self) -> str:
        return self.titles.get((get_language() or "en")[:2]) or self.title

    def is_overdue_on(self, day: date) -> bool:
        return rules.is_overdue(self.state, self.due_on, day)

    @staticmethod
    def overdue(on: date) -> Q:
        """Still to do after its day (`rules.is_overdue`, for a list)."""
        return Q(state=ActionState.PLANNED, due_on__lt=on)


class PlanDemand(OfAVillage):
    """How many families at risk ask one thing of the plan of a year (VPRP), and what the panchayat (GPDP) made of it. No family."""

    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Demand)
    families = models.PositiveSmallIntegerField()
    given_on = models.DateField()
    taken = models.PositiveSmallIntegerField(null=True)
    taken_on = models.DateField(null=True)
    reached = models.PositiveSmallIntegerField(null=True)
    reached_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = _worker()

    class Meta:
        indexes = [models.Index(fields=["place_no", "given_on"], name="plan_demand_place")]
        constraints = [
            models.UniqueConstraint(fields=["place", "year", "kind"], name="plan_demand_once"),
            models.CheckConstraint(
                condition=Q(families__gt=0)
                & (Q(taken=None, taken_on=None) | _told("taken", taken__lte=F("families"), taken_on__gte=F("given_on")))
                & (Q(reached=None, reached_on=None) | _told("reached", "taken", reached__lte=F("taken"), reached_on__gte=F("taken_on"))),
                name="plan_demand_in_order",
            ),
        ]

    def __str__(self):
        return f"{self.kind} of {self.place_id}, {self.year}"

    @property
    def shown_year(self) -> str:
        return rules.shown_year(self.year)
