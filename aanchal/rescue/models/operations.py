"""Rescue operations with their checklist, and who was rescued."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from aanchal.core.codes import household_code, shown
from aanchal.core.models import Record, Sealed
from aanchal.people.terms import Sex
from aanchal.places.models import in_language
from aanchal.rescue import rules, terms
from aanchal.rescue.models import columns
from aanchal.rescue.models.units import Lead, Unit


class Sop(models.Model):
    """A standard operating procedure: one version of the checklist of a matter, with its steps, their sources and how sure we are."""

    matter = models.CharField(max_length=13, choices=terms.Matter)
    version = models.PositiveSmallIntegerField()
    effective_from = models.DateField()
    texts = models.JSONField()
    source = models.CharField(max_length=300)
    steps = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "version"], name="sop_version_once")]

    def __str__(self):
        return f"{self.matter} {self.version}"

    @property
    def local_text(self) -> str:
        return in_language(self.texts)

    @property
    def checklist(self) -> tuple[rules.Step, ...]:
        return tuple(rules.step_of(told) for told in self.steps)


class Operation(Sealed):
    """A rescue: planned on a lead, run, and followed until every duty after it is done. Its plan (where, how) is sealed."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="operations")
    lead = models.OneToOneField(Lead, on_delete=models.PROTECT, related_name="operation")
    place = columns.place()
    place_no = models.BigIntegerField()
    sop = models.ForeignKey(Sop, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=10, choices=terms.OperationState, default=terms.OperationState.PLANNED)
    planned_for = models.DateField()
    led_by = columns.user()
    """The officer who leads it."""
    planned_at = models.DateTimeField()
    planned_by = columns.user()
    started_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["place_no", "-planned_for"], name="operation_place")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["PLANNED", "CALLED_OFF"], started_at=None) | Q(started_at__isnull=False), name="operation_started"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["DONE", "CALLED_OFF"], ended_at__isnull=False)
                | (~Q(state__in=["DONE", "CALLED_OFF"]) & Q(ended_at=None)),
                name="operation_ended",
            ),
        ]

    def __str__(self):
        return self.shown_code

    def get_absolute_url(self) -> str:
        return reverse("rescue:operation", args=[self.pk])

    @property
    def shown_code(self) -> str:
        return shown(household_code(self.pk))


class StepMark(Sealed):
    """What became of a step of the checklist: when, by whom, with which evidence. Never changed: a later mark replaces an earlier one."""

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="marks")
    place_no = models.BigIntegerField()
    key = models.CharField(max_length=30)
    mark = models.CharField(max_length=10, choices=terms.Mark)
    at = models.DateTimeField()
    """When it was done."""
    told_at = models.DateTimeField()
    by = columns.user()

    def __str__(self):
        return f"{self.key} of {self.operation_id}"


class Rescued(Sealed):
    """Someone who was rescued: known by a code. What names her is sealed; opening it needs the right to names and is on the trail."""

    code = models.CharField(max_length=6, editable=False)
    place = columns.place()
    """The district of the unit that rescued her."""
    place_no = models.BigIntegerField()
    operation = models.ForeignKey(Operation, null=True, on_delete=models.PROTECT, related_name="rescued")
    """None where she was found without an operation."""
    home = columns.place(null=True)
    """The district or state she is said to come from."""
    nationality = models.CharField(max_length=2, default="IN")
    """ISO 3166-1."""
    sex = models.CharField(max_length=11, choices=Sex)
    years = models.PositiveSmallIntegerField(null=True)
    """As declared or proved on the day of the rescue."""
    age_basis = models.CharField(max_length=10, choices=terms.AgeBasis)
    is_child = models.BooleanField()
    exploitation = models.CharField(max_length=18, choices=terms.Exploitation, default=terms.Exploitation.UNKNOWN)
    rescued_on = models.DateField()
    rescued_at = models.DateTimeField()
    found_id = models.UUIDField(null=True)
    """The found person of the search for the missing (matching, a layer above)."""
    recorded_at = models.DateTimeField()
    recorded_by = columns.user()

    class Meta:
        indexes = [
            models.Index(fields=["place_no", "-rescued_on"], name="rescued_place"),
            models.Index(fields=["code"], name="rescued_code"),
        ]

    def __str__(self):
        return self.shown_code

    def get_absolute_url(self) -> str:
        return reverse("rescue:person", args=[self.pk])

    @property
    def shown_code(self) -> str:
        return shown(self.code)

    @property
    def is_age_proved(self) -> bool:
        return self.age_basis in rules.PROVES_AGE


class CareStep(Record):
    """What was done for someone rescued: produced, certified, applied, paid. Never changed."""

    rescued = models.ForeignKey(Rescued, on_delete=models.PROTECT, related_name="care")
    place_no = models.BigIntegerField()
    care = models.CharField(max_length=10, choices=terms.Care)
    at = models.DateTimeField()
    """When it was done."""
    journey_hours = models.PositiveSmallIntegerField(default=0)
    """Of the way there, which the law does not count."""
    number = models.CharField(max_length=40, blank=True)
    """Of the order or certificate."""
    amount_paise = models.PositiveBigIntegerField(null=True)
    told_at = models.DateTimeField()
    by = columns.user()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rescued", "care"], name="care_once")]

    def __str__(self):
        return f"{self.care} of {self.rescued_id}"
