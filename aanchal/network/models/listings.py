"""Employers and agencies, safe migration centres, what is known of destinations and trades. No person of a village is named here."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from aanchal.core.models import Record, Sealed
from aanchal.network import terms
from aanchal.places.models import in_language


def _user(**more):
    return models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", **more)


class Kept(models.Model):
    """Kept by whoever works at a place: a centre's village, a block, a district."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()

    class Meta:
        abstract = True


class Listing(Record, Kept):
    """An employer or agency in the directory. The public reads its name, kind, address, licence, visits, and complaints counted."""

    kind = models.CharField(max_length=16, choices=terms.ListingKind)
    name = models.CharField(max_length=120)
    works_in = models.CharField(max_length=160)
    destination = models.ForeignKey("places.Place", null=True, on_delete=models.PROTECT, related_name="+")
    trade = models.CharField(max_length=13, choices=terms.Trade)
    phone = models.CharField(max_length=20, blank=True)
    licence_kind = models.CharField(max_length=15, choices=terms.LicenceKind, default=terms.LicenceKind.NONE)
    licence_no = models.CharField(max_length=60, blank=True)
    licence_until = models.DateField(null=True)
    visited_on = models.DateField(null=True)
    visit_outcome = models.CharField(max_length=9, choices=terms.VisitOutcome, blank=True)
    open_complaints = models.PositiveIntegerField(default=0)
    upheld_complaints = models.PositiveIntegerField(default=0)
    is_public = models.BooleanField(default=True)
    recorded_at = models.DateTimeField()
    recorded_by = _user(null=True)

    class Meta:
        indexes = [models.Index(fields=["place_no", "name"], name="listing_place")]
        constraints = [
            models.CheckConstraint(condition=Q(licence_kind="NONE") | ~Q(licence_no=""), name="listing_licence_has_a_number"),
            models.CheckConstraint(
                condition=Q(visited_on=None, visit_outcome="") | (Q(visited_on__isnull=False) & ~Q(visit_outcome="")),
                name="listing_visit_has_an_outcome",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.name


class Verification(Record):
    """A visit to an employer or agency: what was found, by whom."""

    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="verifications")
    place_no = models.BigIntegerField()
    on = models.DateField()
    outcome = models.CharField(max_length=9, choices=terms.VisitOutcome)
    at = models.DateTimeField()
    by = _user(null=True)

    def __str__(self):
        return f"{self.outcome} on {self.on}"


class Complaint(Sealed):
    """What someone said of an employer or agency. Who said it is not kept; what was said may name people, so it is sealed."""

    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="complaints")
    place_no = models.BigIntegerField()
    topic = models.CharField(max_length=10, choices=terms.ComplaintTopic)
    state = models.CharField(max_length=10, choices=terms.ComplaintState, default=terms.ComplaintState.OPEN)
    received_at = models.DateTimeField()
    received_by = _user(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = _user(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="OPEN", settled_at=None) | (~Q(state="OPEN") & Q(settled_at__isnull=False)),
                name="complaint_settled_has_a_day",
            )
        ]

    def __str__(self):
        return f"{self.topic} of {self.listing_id}"


class Centre(Record, Kept):
    """A safe migration centre: where people ask before they go (Framework 7)."""

    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200)
    phone = models.CharField(max_length=20, blank=True)
    days = ArrayField(models.CharField(max_length=3, choices=terms.Weekday))
    opens = models.TimeField()
    closes = models.TimeField()
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="centre_closes_after_it_opens"),
            models.CheckConstraint(condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")), name="centre_ends_after_it_begins"),
        ]

    def __str__(self):
        return self.name


class Staff(Record):
    """Someone who works at a centre. A survivor leader is there by her own choice, with the day she chose; never shown to the public."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="staff")
    place_no = models.BigIntegerField()
    user = _user()
    capacity = models.CharField(max_length=15, choices=terms.Capacity)
    since = models.DateField()
    until = models.DateField(null=True)
    chose_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "user"], condition=Q(until=None), name="staff_once"),
            models.CheckConstraint(condition=~Q(capacity="SURVIVOR_LEADER") | Q(chose_on__isnull=False), name="survivor_leader_chose"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="staff_ends_after_it_begins"),
        ]

    def __str__(self):
        return f"{self.capacity} of {self.centre_id}"


class Enquiry(Record):
    """What someone asked at a centre and what was advised; nobody is named."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="enquiries")
    place_no = models.BigIntegerField()
    on = models.DateField()
    asker = models.CharField(max_length=6, choices=terms.Asker)
    topic = models.CharField(max_length=8, choices=terms.EnquiryTopic)
    trade = models.CharField(max_length=13, choices=terms.Trade, blank=True)
    listing = models.ForeignKey(Listing, null=True, on_delete=models.PROTECT, related_name="+")
    advice = ArrayField(models.CharField(max_length=11, choices=terms.Advice))
    recorded_at = models.DateTimeField()
    recorded_by = _user(null=True)

    class Meta:
        indexes = [models.Index(fields=["centre", "-on"], name="enquiry_centre")]

    def __str__(self):
        return f"{self.topic} on {self.on}"


class RiskNote(models.Model):
    """What to know of a trade or a destination before going. Ships with the program; a state adds its own from a day on."""

    key = models.CharField(max_length=40)
    trade = models.CharField(max_length=13, choices=terms.Trade, blank=True)
    state_code = models.BigIntegerField(null=True)
    texts = models.JSONField()
    source = models.CharField(max_length=200)
    is_verified = models.BooleanField(default=False)
    effective_from = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "effective_from"], name="risk_note_once")]

    def __str__(self):
        return self.key

    @property
    def local_text(self) -> str:
        return in_language(self.texts)
