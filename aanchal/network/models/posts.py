"""Sanctioned posts, who holds them, honoraria; resource pools."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from aanchal.core.models import Record
from aanchal.network import terms
from aanchal.network.models.listings import Kept
from aanchal.network.models.stakeholders import Stakeholder, a_user


class Post(Record, Kept):
    """A post that was sanctioned: filled or vacant, never both; which of the two is read from its tenures."""

    kind = models.CharField(max_length=16, choices=terms.PostKind)
    title = models.CharField(max_length=120)
    order_no = models.CharField(max_length=80)
    sanctioned_on = models.DateField()
    abolished_on = models.DateField(null=True)
    honorarium_paise = models.BigIntegerField(default=0)
    """For a whole month; 0 where a salary is paid elsewhere."""
    recorded_at = models.DateTimeField()
    recorded_by = a_user()

    class Meta:
        indexes = [models.Index(fields=["place_no", "kind"], name="post_place")]
        constraints = [
            models.CheckConstraint(condition=Q(honorarium_paise__gte=0), name="honorarium_not_below_zero"),
            models.CheckConstraint(
                condition=Q(abolished_on=None) | Q(abolished_on__gte=F("sanctioned_on")), name="post_ends_after_it_begins"
            ),
        ]

    def __str__(self):
        return self.title


class Tenure(Record):
    """Someone holds a post from a day until a day. Of one post and of one person no two overlap (network/sql/posts.sql)."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="tenures")
    holder = models.ForeignKey(Stakeholder, on_delete=models.PROTECT, related_name="tenures")
    place_no = models.BigIntegerField()
    since = models.DateField()
    until = models.DateField(null=True)
    order_no = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()
    recorded_by = a_user()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="tenure_ends_after_it_begins")]

    def __str__(self):
        return str(self.pk)


class Honorarium(Record):
    """Due for a month to who held the post, and paid or not. Integer paise."""

    tenure = models.ForeignKey(Tenure, on_delete=models.PROTECT, related_name="honoraria")
    place_no = models.BigIntegerField()
    month = models.DateField()
    """Its first day."""
    due_paise = models.BigIntegerField()
    paid_on = models.DateField(null=True)
    reference = models.CharField(max_length=80, blank=True)
    paid_by = a_user()

    class Meta:
        indexes = [models.Index(fields=["place_no", "-month"], name="honorarium_month")]
        constraints = [
            models.UniqueConstraint(fields=["tenure", "month"], name="honorarium_once_a_month"),
            models.CheckConstraint(condition=Q(due_paise__gt=0), name="honorarium_is_due"),
            models.CheckConstraint(
                condition=Q(paid_on=None, reference="") | (Q(paid_on__isnull=False) & ~Q(reference="")), name="honorarium_paid"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="honorarium_of_a_month"),
        ]

    def __str__(self):
        return str(self.pk)


class PoolMember(Record, Kept):
    """Someone, or an organisation, whom a state or district may call for advice and training (Framework, Sensitization of staff)."""

    stakeholder = models.ForeignKey(Stakeholder, on_delete=models.PROTECT, related_name="pools")
    topics = ArrayField(models.CharField(max_length=12, choices=terms.PoolTopic))
    languages = ArrayField(models.CharField(max_length=3, choices=terms.Language))
    since = models.DateField()
    until = models.DateField(null=True)
    recorded_by = a_user()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "stakeholder"], condition=Q(until=None), name="in_a_pool_once"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="pool_ends_after_it_begins"),
        ]

    def __str__(self):
        return str(self.pk)
