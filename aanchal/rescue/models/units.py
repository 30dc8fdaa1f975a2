"""Anti Human Trafficking Units, and what they are told."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from aanchal.core.codes import household_code, shown
from aanchal.core.models import Record, Sealed
from aanchal.rescue import rules, terms
from aanchal.rescue.models import columns


class Unit(Record):
    """A unit as it stands: where, of which tier, by whose money, with how many posts."""

    name = models.CharField(max_length=120)
    tier = models.CharField(max_length=8, choices=terms.Tier)
    place = columns.place()
    place_no = models.BigIntegerField()
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    fund = models.CharField(max_length=8, choices=terms.Fund)
    posts = models.PositiveSmallIntegerField(default=0)
    """Sanctioned, not filled."""
    notified_on = models.DateField(null=True)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "tier", "name"], name="unit_once")]

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("rescue:unit", args=[self.pk])


class Jurisdiction(Record):
    """A district for which a unit answers, from a day until a day. What an officer may see follows the posting, not this."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="jurisdiction")
    place = columns.place()
    place_no = models.BigIntegerField()
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "place"], condition=Q(until=None), name="jurisdiction_once"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="jurisdiction_ends_after_it_begins"),
        ]

    def __str__(self):
        return f"{self.place_id} of {self.unit_id}"


class Member(Record):
    """Someone who serves in a unit, from a day until a day. The head may read who told a lead."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="members")
    place_no = models.BigIntegerField()
    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=13, choices=terms.Capacity)
    since = models.DateField()
    until = models.DateField(null=True)
    by = columns.user()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "user"], condition=Q(until=None), name="unit_member_once"),
            models.UniqueConstraint(fields=["unit"], condition=Q(until=None, capacity="HEAD"), name="unit_has_one_head"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="unit_member_ends_after_it_begins"),
        ]

    def __str__(self):
        return f"{self.capacity} of {self.unit_id}"


class Lead(Sealed):
    """Information received. What was told is sealed: it may name people and a house. Who told it lies apart (`LeadSource`)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="leads")
    place = columns.place()
    place_no = models.BigIntegerField()
    matter = models.CharField(max_length=13, choices=terms.Matter)
    channel = models.CharField(max_length=8, choices=terms.Channel)
    is_child = models.BooleanField(default=False)
    is_urgent = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=terms.LeadState, default=terms.LeadState.RECEIVED)
    alert = models.OneToOneField("tracking.Alert", null=True, on_delete=models.PROTECT, related_name="+")
    """The alert of a village that was handed up, where it came that way."""
    received_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    recorded_by = columns.user()

    class Meta:
        indexes = [models.Index(fields=["place_no", "-received_at"], name="lead_place")]

    def __str__(self):
        return self.shown_code

    def get_absolute_url(self) -> str:
        return reverse("rescue:lead", args=[self.pk])

    @property
    def shown_code(self) -> str:
        return shown(household_code(self.pk))

    @property
    def is_open(self) -> bool:
        return self.state in rules.LEAD_OPEN


class LeadSource(Sealed):
    """Who told a lead. Only who wrote it down and the head of the unit reach the row, in the database too (sql/rescue.sql)."""

    lead = models.OneToOneField(Lead, on_delete=models.PROTECT, related_name="source")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    place_no = models.BigIntegerField()
    recorded_by = columns.user()

    def __str__(self):
        return f"source of {self.lead_id}"
