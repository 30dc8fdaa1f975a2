"""Pairs of records that may be one, what people said of them, and people who may have come back. No name in any of them."""

from django.db import models
from django.db.models import Q

from aanchal.core.models import Record
from aanchal.doubles import terms


def _key(to: str, *, related_name: str = "+", **more):
    return models.ForeignKey(to, on_delete=models.PROTECT, related_name=related_name, **more)


class Double(Record):
    """Two records of persons, or of families, that may be one: what speaks for it, never a name. Asked once: two different ones stay so."""

    kind = models.CharField(max_length=9, choices=terms.Kind)
    one_person = _key("people.Person", null=True)
    other_person = _key("people.Person", null=True)
    one_household = _key("people.Household", null=True)
    other_household = _key("people.Household", null=True)
    place = _key("places.Place")
    place_no = models.BigIntegerField()
    other_place = _key("places.Place")
    other_place_no = models.BigIntegerField()
    probability = models.FloatField()
    levels = models.JSONField(default=dict)
    bits = models.JSONField(default=dict)
    members = models.JSONField(default=list)
    """Of families: [id, id, probability] of the members who pair."""
    model_version = models.CharField(max_length=40)
    standing = models.CharField(max_length=9, choices=terms.Standing, default=terms.Standing.OPEN)
    merger = models.OneToOneField("people.Merger", null=True, on_delete=models.PROTECT, related_name="double")
    found_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one_person", "other_person"], name="double_persons_once"),
            models.UniqueConstraint(fields=["one_household", "other_household"], name="double_households_once"),
            models.CheckConstraint(
                condition=Q(kind="PERSON", one_person__isnull=False, other_person__isnull=False, one_household=None, other_household=None)
                | Q(kind="HOUSEHOLD", one_person=None, other_person=None, one_household__isnull=False, other_household__isnull=False),
                name="double_is_of_two_alike",
            ),
            models.CheckConstraint(condition=~Q(standing="MERGED") | Q(merger__isnull=False), name="double_merged_by_a_merger"),
        ]
        indexes = [models.Index(fields=["place_no", "-probability"], condition=Q(standing__in=["OPEN", "UNSURE"]), name="double_waiting")]

    def __str__(self):
        return f"double {self.pk}"

    @property
    def one(self):
        return self.one_person if self.kind == terms.Kind.PERSON else self.one_household

    @property
    def other(self):
        return self.other_person if self.kind == terms.Kind.PERSON else self.other_household


class Verdict(Record):
    """What one person said of a pair, or that she split what was joined."""

    double = _key("doubles.Double", related_name="verdicts")
    place_no = models.BigIntegerField()
    other_place_no = models.BigIntegerField()
    said = models.CharField(max_length=9, choices=terms.Said)
    at = models.DateTimeField()
    by = _key("access.User", null=True)

    def __str__(self):
        return f"{self.said} {self.double_id}"


class Homecoming(Record):
    """Someone of an open register line who may be back. Who visits her says so, or not."""

    entry = _key("registers.Entry", related_name="homecomings")
    person = _key("people.Person")
    register = models.CharField(max_length=9)
    place = _key("places.Place")
    place_no = models.BigIntegerField()
    sign = models.CharField(max_length=12, choices=terms.Sign)
    seen_on = models.DateField()
    seen_in = _key("places.Place")
    by_entry = _key("registers.Entry", null=True)
    """The line of another register that says so; none where a visit did."""
    standing = models.CharField(max_length=9, choices=terms.Return, default=terms.Return.OPEN)
    noted_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = _key("access.User", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "register", "sign", "seen_on", "by_entry"], nulls_distinct=False, name="homecoming_noted_once"
            ),
            models.CheckConstraint(
                condition=Q(standing="OPEN", answered_at=None, answered_by=None) | (~Q(standing="OPEN") & Q(answered_at__isnull=False)),
                name="homecoming_answered_by_someone",
            ),
        ]
        indexes = [models.Index(fields=["place_no", "-seen_on"], condition=Q(standing="OPEN"), name="homecoming_waiting")]

    def __str__(self):
        return f"{self.register} {self.sign} {self.person_id}"
