"""Journeys and check-ins, alerts and what became of them, searches for the missing and the law's clocks."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext

from aanchal.core.models import Record, Sealed
from aanchal.places.models import in_language
from aanchal.tracking import rules, terms

OPEN = Q(state__in=rules.JOURNEY_OPEN)
LIVE = Q(state__in=rules.ALERT_LIVE)


def _user():
    return models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)


def _place(**more):
    return models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+", db_index=False, **more)


class Journey(Sealed):
    """Someone is away, and we keep touch. What is written of persons stays sealed in the register line; here only the code word is."""

    kind = models.CharField(max_length=9, choices=terms.JourneyKind)
    entry = models.OneToOneField("registers.Entry", on_delete=models.PROTECT, related_name="journey")
    """The line as it stands now: a correction moves it on."""
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="journeys")
    household = models.ForeignKey("people.Household", null=True, on_delete=models.PROTECT, related_name="journeys", db_index=False)
    place = _place()
    place_no = models.BigIntegerField()
    destination = _place(null=True)
    """The district or the state gone to, as the directory knows it."""
    is_abroad = models.BooleanField(default=False)
    listing = models.ForeignKey("network.Listing", null=True, on_delete=models.PROTECT, related_name="journeys", db_index=False)
    is_child = models.BooleanField()
    departed_on = models.DateField()
    expected_until = models.DateField(null=True)
    interval_days = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    heard_on = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=terms.JourneyState, default=terms.JourneyState.IN_TOUCH)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], condition=OPEN, name="journey_open_once"),
            models.CheckConstraint(
                condition=(OPEN & Q(closed_at=None)) | (~OPEN & Q(closed_at__isnull=False)), name="journey_is_open_or_closed"
            ),
            models.CheckConstraint(condition=Q(heard_on=None) | Q(heard_on__gte=models.F("departed_on")), name="heard_after_leaving"),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(state="IN_TOUCH"), name="journey_due"),
            models.Index(fields=["place_no", "due_on"], condition=OPEN, name="journey_place"),
        ]

    def __str__(self):
        return f"journey {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state in rules.JOURNEY_OPEN


class CheckIn(Sealed):
    """Someone who is away was heard of, or could not be reached. A note may name people: it is sealed."""

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="check_ins")
    place_no = models.BigIntegerField()
    way = models.CharField(max_length=7, choices=terms.Way)
    answer = models.CharField(max_length=9, choices=terms.Answer)
    on = models.DateField()
    at = models.DateTimeField()
    by = _user()
    submission_id = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["journey", "-on"], name="check_in_journey")]

    def __str__(self):
        return f"{self.answer} on {self.on}"


class Search(Record):
    """The search for someone who is missing, from the line of the register to its outcome."""

    entry = models.OneToOneField("registers.Entry", on_delete=models.PROTECT, related_name="search")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="searches")
    place = _place()
    place_no = models.BigIntegerField()
    is_child = models.BooleanField()
    state = models.CharField(max_length=9, choices=terms.SearchState)
    outcome = models.CharField(max_length=14, choices=terms.SearchOutcome, blank=True)
    reported_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=~Q(state="CLOSED"), name="search_open_once"),
            models.CheckConstraint(
                condition=(~Q(state="CLOSED") & Q(outcome="", closed_at=None))
                | (Q(state="CLOSED", closed_at__isnull=False) & ~Q(outcome="")),
                name="search_closed_with_outcome",
            ),
        ]
        indexes = [models.Index(fields=["place_no", "reported_at"], condition=~Q(state="CLOSED"), name="search_place")]

    def __str__(self):
        return f"search {self.pk}"


class StatutoryClock(models.Model):
    """A duty that the law puts a time on: editable data from a day on, with its source and how sure we are of it."""

    key = models.CharField(max_length=30)
    effective_from = models.DateField()
    starts = models.CharField(max_length=12)
    stops = ArrayField(models.CharField(max_length=12))
    hours = models.PositiveIntegerField()
    child_only = models.BooleanField()
    adult_only = models.BooleanField()
    texts = models.JSONField()
    law = models.CharField(max_length=200)
    source = models.CharField(max_length=300)
    mark = models.CharField(max_length=10, choices=terms.Mark)
    set_by = _user()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "effective_from"], name="statutory_clock_once")]

    def __str__(self):
        return self.key

    @property
    def local_text(self) -> str:
        return in_language(self.texts)

    @property
    def local_law(self) -> str:
        """What ships with the program is in its catalogues; what the nation wrote stays as it was written."""
        return gettext(self.law)

    @property
    def local_source(self) -> str:
        return gettext(self.source)

    @property
    def days(self) -> int:
        return self.hours // 24

    @property
    def duty(self) -> rules.Duty:
        return rules.Duty(self.key, self.starts, tuple(self.stops), self.hours, self.child_only, self.adult_only)


class Deadline(Record):
    """A statutory clock that runs for one search: begun once, stopped by what was done, or passed."""

    search = models.ForeignKey(Search, on_delete=models.PROTECT, related_name="deadlines")
    place_no = models.BigIntegerField()
    key = models.CharField(max_length=30)
    clock = models.ForeignKey(StatutoryClock, on_delete=models.PROTECT, related_name="+", db_index=False)
    began_at = models.DateTimeField()
    due_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    passed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["search", "key"], name="deadline_begins_once")]
        indexes = [models.Index(fields=["due_at"], condition=Q(stopped_at=None, passed_at=None), name="deadline_due")]

    def __str__(self):
        return f"{self.key} of {self.search_id}"


class Alert(Record):
    """Something about one person that must not be lost. `subject` is what it is about; of one subject and kind one alert is live.

    Nobody may delete a person, a journey or a place: the database need not lock each of them for every alert of a pass (docs/adr/0031).
    """

    kind = models.CharField(max_length=15, choices=terms.AlertKind)
    subject = models.UUIDField()
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="alerts", db_constraint=False)
    journey = models.ForeignKey(Journey, null=True, on_delete=models.PROTECT, related_name="alerts", db_constraint=False)
    search = models.ForeignKey(Search, null=True, on_delete=models.PROTECT, related_name="alerts", db_index=False)
    place = _place(db_constraint=False)
    place_no = models.BigIntegerField()
    is_child = models.BooleanField()
    state = models.CharField(max_length=7, choices=terms.AlertState, default=terms.AlertState.OPEN)
    step = models.CharField(max_length=5, choices=terms.Step)
    raised_at = models.DateTimeField()
    step_since = models.DateTimeField()
    step_due_at = models.DateTimeField(null=True)
    snoozed_until = models.DateField(null=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged", db_index=False)
    outcome = models.CharField(max_length=16, choices=terms.Outcome, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = _user()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "kind"], condition=LIVE, name="alert_live_once"),
            models.CheckConstraint(
                condition=(Q(state="CLOSED", closed_at__isnull=False) & ~Q(outcome=""))
                | (~Q(state="CLOSED") & Q(closed_at=None, outcome="")),
                name="alert_closed_with_outcome",
            ),
            models.CheckConstraint(
                condition=Q(state="SNOOZED", snoozed_until__isnull=False) | (~Q(state="SNOOZED") & Q(snoozed_until=None)),
                name="alert_snoozed_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state="MERGED", merged_into__isnull=False) | (~Q(state="MERGED") & Q(merged_into=None)),
                name="alert_merged_into_another",
            ),
        ]
        indexes = [
            models.Index(fields=["step_due_at"], condition=Q(state="OPEN", step_due_at__isnull=False), name="alert_climbs"),
            models.Index(fields=["snoozed_until"], condition=Q(state="SNOOZED"), name="alert_wakes"),
            models.Index(fields=["place_no", "raised_at"], condition=LIVE, name="alert_place"),
            models.Index(fields=["merged_into"], condition=Q(state="MERGED"), name="alert_taken_in"),
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"

    @property
    def is_live(self) -> bool:
        return self.state in rules.ALERT_LIVE


class AlertStep(Sealed):
    """What happened to an alert: when, by whom (nobody is the clock), why, and who was told. Never changed."""

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="steps", db_constraint=False)
    place_no = models.BigIntegerField()
    happening = models.CharField(max_length=9, choices=terms.Happening)
    step = models.CharField(max_length=5, choices=terms.Step)
    reason = models.CharField(max_length=16, blank=True)
    at = models.DateTimeField()
    by = _user()
    told = ArrayField(models.UUIDField(), default=list)

    def __str__(self):
        return f"{self.happening} of {self.alert_id}"
