"""The scheme of Anti Human Trafficking Units: sanctions, releases, what their use is certified by, and how far each unit has come."""

from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from aanchal.core.models import Record
from aanchal.nodal.models.base import a_place, a_user
from aanchal.nodal.terms import LineStanding, Stream, Tier, UseStanding

STANDS = Q(line="STANDS")
CORRECTED_BY_TWO = Q(corrects=None) | ~Q(why="") & (Q(decided_by__isnull=True) | ~Q(decided_by=F("by")))


class OfState(Record):
    """Of a State, in a financial year (the year it begins in), from one of the two funds. A correction names the line that was first."""

    place = a_place()
    place_no = models.BigIntegerField()
    year = models.PositiveSmallIntegerField()
    stream = models.CharField(max_length=8, choices=Stream)
    units = models.PositiveSmallIntegerField()
    order_no = models.CharField(max_length=80)
    on = models.DateField()
    by = a_user()
    at = models.DateTimeField()
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrections")
    why = models.CharField(max_length=300, blank=True)
    line = models.CharField(max_length=9, choices=LineStanding, default=LineStanding.STANDS)
    decided_by = a_user()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def financial_year(self) -> str:
        return f"{self.year}-{(self.year + 1) % 100:02}"

    @property
    def first_pk(self) -> UUID:
        """Of the line that was written first: it names the order for good."""
        return self.corrects_id or self.pk


class Sanction(OfState):
    """So many units were sanctioned by an order."""

    tier = models.CharField(max_length=8, choices=Tier)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "order_no", "tier"], condition=STANDS, name="units_sanctioned_once"),
            models.UniqueConstraint(Coalesce("corrects", "id"), condition=STANDS, name="sanction_stands_once"),
            models.CheckConstraint(condition=CORRECTED_BY_TWO, name="sanction_corrected_by_two"),
            models.CheckConstraint(condition=Q(units__gte=1), name="sanction_of_units"),
        ]

    def __str__(self):
        return self.order_no


class Release(OfState):
    """Money went to the State by an order, for so many units."""

    amount_paise = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "order_no"], condition=STANDS, name="money_released_once"),
            models.UniqueConstraint(Coalesce("corrects", "id"), condition=STANDS, name="release_stands_once"),
            models.CheckConstraint(condition=CORRECTED_BY_TWO, name="release_corrected_by_two"),
            models.CheckConstraint(condition=Q(amount_paise__gt=0), name="release_of_money"),
        ]

    def __str__(self):
        return self.order_no


class Use(Record):
    """A utilisation certificate of a release: asked for, submitted by the State, accepted or returned by the Nodal Cell."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="uses")
    place_no = models.BigIntegerField()
    standing = models.CharField(max_length=9, choices=UseStanding)
    due_on = models.DateField(null=True)
    number = models.CharField(max_length=60, blank=True)
    amount_paise = models.BigIntegerField(default=0)
    until_on = models.DateField(null=True)
    """The last day whose spending it certifies."""
    words = models.CharField(max_length=300, blank=True)
    submitted_by = a_user()
    submitted_at = models.DateTimeField(null=True)
    decided_by = a_user()
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrections")
    """The certificate as it was first accepted."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "number"], condition=~Q(number="") & ~Q(standing="CORRECTED") & Q(corrects=None), name="use_number_once"
            ),
            models.UniqueConstraint(Coalesce("corrects", "id"), condition=Q(standing="ACCEPTED"), name="use_accepted_once"),
            models.UniqueConstraint(fields=["corrects"], condition=Q(standing="SUBMITTED"), name="use_corrected_one_at_a_time"),
            models.CheckConstraint(
                condition=Q(standing="ASKED") | Q(amount_paise__gt=0, until_on__isnull=False) & ~Q(number=""), name="use_says_what"
            ),
            models.CheckConstraint(condition=~Q(standing="RETURNED") | ~Q(reason=""), name="use_returned_with_a_reason"),
            models.CheckConstraint(condition=Q(decided_by=None) | ~Q(decided_by=F("submitted_by")), name="use_accepted_by_another"),
        ]
        indexes = [models.Index(fields=["place_no", "standing"], name="nodal_use_place")]

    def __str__(self):
        return self.number


class Unit(Record):
    """A unit as it stands: notified or not, who heads it (the post, not the person), telephone, vehicles, its last return.

    It is a line of the directory (network); here is what the scheme asks of it.
    """

    state = a_place()
    place = a_place()
    place_no = models.BigIntegerField()
    organisation = models.OneToOneField("network.Stakeholder", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    tier = models.CharField(max_length=8, choices=Tier)
    stream = models.CharField(max_length=8, choices=Stream)
    order_no = models.CharField(max_length=80, blank=True)
    notified_on = models.DateField(null=True)
    head_post = models.CharField(max_length=80, blank=True)
    head_since = models.DateField(null=True)
    phone = models.CharField(max_length=20, blank=True)
    vehicles = models.PositiveSmallIntegerField(default=0)
    reported_on = models.DateField(null=True)
    by = a_user()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(notified_on=None) | ~Q(order_no=""), name="unit_notified_by_an_order"),
            models.CheckConstraint(condition=Q(head_since=None) | ~Q(head_post=""), name="unit_head_has_a_post"),
        ]
        indexes = [models.Index(fields=["place_no"], name="nodal_unit_place")]

    def __str__(self):
        return self.title
