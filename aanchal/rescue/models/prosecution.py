"""The accused, the FIR with its sections, the case in court, and the law's clocks that run meanwhile."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from aanchal.core.models import Record, Sealed
from aanchal.people.terms import Sex
from aanchal.rescue import rules, terms
from aanchal.rescue.models import columns
from aanchal.rescue.models.operations import Operation, Rescued
from aanchal.rescue.models.units import Unit


class Fir(Record):
    """A first information report and the case that follows from it. `station_key` is the station's name as it is compared."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="firs")
    operation = models.ForeignKey(Operation, null=True, on_delete=models.PROTECT, related_name="firs")
    place = columns.place()
    place_no = models.BigIntegerField()
    station = models.CharField(max_length=80)
    station_key = models.CharField(max_length=80)
    number = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    registered_on = models.DateField()
    offence_on = models.DateField(null=True)
    is_zero = models.BooleanField(default=False)
    """Registered where the offence did not happen, to be passed on."""
    court = models.CharField(max_length=120, blank=True)
    court_number = models.CharField(max_length=40, blank=True)
    stage = models.CharField(max_length=14, choices=terms.Stage, default=terms.Stage.INVESTIGATION)
    changed_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = columns.user()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "station_key", "number", "year"], name="fir_once")]
        indexes = [models.Index(fields=["place_no", "-registered_on"], name="fir_place")]

    def __str__(self):
        return self.shown_number

    def get_absolute_url(self) -> str:
        return reverse("rescue:fir", args=[self.pk])

    @property
    def shown_number(self) -> str:
        return f"{self.number}/{self.year}"

    @property
    def is_open(self) -> bool:
        return bool(rules.PROSECUTION[self.stage]) and self.stage not in rules.ENDED


class FirSection(Record):
    """A section of law in an FIR, from a day until a day (`sections.yaml`)."""

    fir = models.ForeignKey(Fir, on_delete=models.PROTECT, related_name="sections")
    place_no = models.BigIntegerField()
    code = models.CharField(max_length=20)
    added_on = models.DateField()
    dropped_on = models.DateField(null=True)
    by = columns.user()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fir", "code"], condition=Q(dropped_on=None), name="section_once")]

    def __str__(self):
        return self.code


class FirStep(Record):
    """How the case went on. Never changed."""

    fir = models.ForeignKey(Fir, on_delete=models.PROTECT, related_name="steps")
    place_no = models.BigIntegerField()
    stage = models.CharField(max_length=14, choices=terms.Stage)
    on = models.DateField()
    number = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    by = columns.user()

    def __str__(self):
        return f"{self.stage} of {self.fir_id}"


class Hearing(Record):
    """A day in court."""

    fir = models.ForeignKey(Fir, on_delete=models.PROTECT, related_name="hearings")
    place_no = models.BigIntegerField()
    on = models.DateField()
    purpose = models.CharField(max_length=9, choices=terms.Purpose)
    held = models.CharField(max_length=9, choices=terms.Held, default=terms.Held.AWAITED)
    witnesses = models.PositiveSmallIntegerField(default=0)
    """Heard on that day."""
    recorded_at = models.DateTimeField()
    by = columns.user()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fir", "on"], name="hearing_once_a_day")]
        indexes = [models.Index(fields=["place_no", "on"], condition=Q(held="AWAITED"), name="hearing_awaited")]

    def __str__(self):
        return f"{self.purpose} on {self.on}"


class Accused(Sealed):
    """Someone accused, by a number within the operation or FIR. Names are sealed."""

    operation = models.ForeignKey(Operation, null=True, on_delete=models.PROTECT, related_name="accused")
    fir = models.ForeignKey(Fir, null=True, on_delete=models.PROTECT, related_name="accused")
    place_no = models.BigIntegerField()
    number = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=11, choices=terms.AccusedRole)
    sex = models.CharField(max_length=11, choices=Sex)
    state = models.CharField(max_length=10, choices=terms.AccusedState, default=terms.AccusedState.NAMED)
    arrested_on = models.DateField(null=True)
    changed_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = columns.user()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(operation__isnull=False) | Q(fir__isnull=False), name="accused_of_something"),
            models.UniqueConstraint(fields=["operation", "number"], name="accused_number_in_operation"),
            models.UniqueConstraint(fields=["fir", "number"], name="accused_number_in_fir"),
        ]

    def __str__(self):
        return self.label

    @property
    def label(self) -> str:
        return f"A{self.number}"


class Deadline(Record):
    """A clock of the law that runs for someone rescued or for an FIR: begun once, stopped by what was done, or passed."""

    rescued = models.ForeignKey(Rescued, null=True, on_delete=models.PROTECT, related_name="deadlines")
    fir = models.ForeignKey(Fir, null=True, on_delete=models.PROTECT, related_name="deadlines")
    place_no = models.BigIntegerField()
    key = models.CharField(max_length=30)
    clock = models.ForeignKey("tracking.StatutoryClock", on_delete=models.PROTECT, related_name="+", db_index=False)
    began_at = models.DateTimeField()
    due_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    passed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(rescued=None, fir__isnull=False) | Q(rescued__isnull=False, fir=None), name="clock_of_one"),
            models.UniqueConstraint(fields=["rescued", "key"], name="rescue_clock_once"),
            models.UniqueConstraint(fields=["fir", "key"], name="fir_clock_once"),
        ]
        indexes = [models.Index(fields=["place_no", "due_at"], condition=Q(stopped_at=None), name="rescue_clock_due")]

    def __str__(self):
        return f"{self.key} of {self.rescued_id or self.fir_id}"
