"""NGOs: registration, due diligence, engagements with deliverables, blacklisting."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from aanchal.core.models import Record
from aanchal.network import terms
from aanchal.network.models.listings import Kept
from aanchal.network.models.stakeholders import Stakeholder, a_user


class Ngo(Record):
    """What an NGO states of itself, beside its line of the directory."""

    stakeholder = models.OneToOneField(Stakeholder, on_delete=models.PROTECT, related_name="ngo")
    place_no = models.BigIntegerField()
    act = models.CharField(max_length=9, choices=terms.Act)
    registered_on = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    fcra_no = models.CharField(max_length=40, blank=True)
    fcra_until = models.DateField(null=True)
    tax_no = models.CharField(max_length=40, blank=True)
    """Registration under section 12A of the Income Tax Act, as stated."""
    areas = ArrayField(models.CharField(max_length=9, choices=terms.Area))

    def __str__(self):
        return str(self.pk)


class Diligence(Record):
    """One item of the checklist, seen or not: the newest of an item counts."""

    ngo = models.ForeignKey(Ngo, on_delete=models.PROTECT, related_name="diligence")
    place_no = models.BigIntegerField()
    item = models.CharField(max_length=12, choices=terms.Item)
    is_good = models.BooleanField()
    note = models.CharField(max_length=300, blank=True)
    on = models.DateField()
    at = models.DateTimeField()
    by = a_user()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(is_good=True) | ~Q(note=""), name="diligence_failed_with_a_note")]

    def __str__(self):
        return self.item


class Engagement(Record, Kept):
    """Terms on which an NGO does something for the pilot."""

    ngo = models.ForeignKey(Ngo, on_delete=models.PROTECT, related_name="engagements")
    area = models.CharField(max_length=9, choices=terms.Area)
    title = models.CharField(max_length=120)
    conditions = models.TextField(max_length=4000)
    chosen = models.CharField(max_length=10, choices=terms.Chosen)
    amount_paise = models.BigIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    ended_on = models.DateField(null=True)
    why_ended = models.CharField(max_length=300, blank=True)
    flagged_on = models.DateField(null=True)
    """The NGO was blacklisted while it was engaged."""
    recorded_at = models.DateTimeField()
    recorded_by = a_user()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="engagement_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(ended_on=None) | ~Q(why_ended=""), name="engagement_ended_with_a_reason"),
            models.CheckConstraint(condition=Q(amount_paise__gte=0), name="engagement_not_below_zero"),
        ]

    def __str__(self):
        return self.title


class Deliverable(Record):
    """What is owed by when; once delivered it is rated."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="deliverables")
    place_no = models.BigIntegerField()
    title = models.CharField(max_length=160)
    due_on = models.DateField()
    delivered_on = models.DateField(null=True)
    rating = models.PositiveSmallIntegerField(null=True)
    remark = models.CharField(max_length=300, blank=True)
    rated_by = a_user()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(rating=None) | Q(rating__gte=1, rating__lte=5, delivered_on__isnull=False), name="rated_once_delivered"
            )
        ]

    def __str__(self):
        return self.title


class Blacklisting(Record):
    """Nobody engages this NGO from a day on. One proposes, another decides; so it is lifted too."""

    ngo = models.ForeignKey(Ngo, on_delete=models.PROTECT, related_name="blacklistings")
    place_no = models.BigIntegerField()
    reasons = models.CharField(max_length=1000)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    state = models.CharField(max_length=13, choices=terms.ListState, default=terms.ListState.PROPOSED)
    proposed_at = models.DateTimeField()
    proposed_by = a_user()
    decided_at = models.DateTimeField(null=True)
    decided_by = a_user()
    lift_reasons = models.CharField(max_length=1000, blank=True)
    lift_proposed_by = a_user()
    lift_decided_by = a_user()
    lift_decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ngo"], condition=Q(state__in=["PROPOSED", "IN_FORCE", "LIFT_PROPOSED"]), name="blacklisted_once"
            ),
            models.CheckConstraint(condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")), name="blacklisted_by_two"),
            models.CheckConstraint(condition=Q(lift_decided_by=None) | ~Q(lift_decided_by=F("lift_proposed_by")), name="lifted_by_two"),
            models.CheckConstraint(condition=Q(state="PROPOSED") | Q(decided_at__isnull=False), name="blacklisting_decided"),
            models.CheckConstraint(condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="blacklisting_ends_after_it_begins"),
        ]

    def __str__(self):
        return self.state
