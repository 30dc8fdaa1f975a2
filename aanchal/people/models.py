"""Households, persons, and what identifies them, kept apart."""

from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from aanchal.core.codes import shown
from aanchal.core.models import Record
from aanchal.people.rules import Age
from aanchal.people.terms import (
    AgeBasis,
    ChangeState,
    Choice,
    ConflictState,
    ConsentGiver,
    ConsentPurpose,
    Relation,
    Sex,
    SocialCategory,
)  # fmt: skip


class Standing(models.Manager):
    """Records that stand for themselves: not those merged into another, which are kept for their history."""

    def get_queryset(self):
        return super().get_queryset().filter(merged_into=None)


class Mergeable(Record):
    """A record that may turn out to be another one, told twice (docs/adr/0030). It then points to the one that stays, and is kept."""

    merged_into_id: UUID | None
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    holds = ArrayField(models.UUIDField(), default=list)
    """The records merged into this one, and into those: so that no question is asked where there are none."""

    objects = Standing()
    every = models.Manager()

    class Meta:
        abstract = True

    @property
    def records(self) -> list[UUID]:
        """The ids under which this one was ever told."""
        return [self.pk, *self.holds]


class Household(Mergeable):
    """A family that shares a hearth. Known by its code; the names lie in Identity."""

    code = models.CharField(max_length=6, editable=False)
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, db_index=False)
    place_no = models.BigIntegerField()
    hamlet = models.CharField(max_length=80, blank=True)
    social_category = models.CharField(max_length=8, choices=SocialCategory, default=SocialCategory.UNKNOWN)
    house_type = models.CharField(max_length=12, blank=True)
    land_class = models.CharField(max_length=12, blank=True)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    visited_on = models.DateField()
    recorded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    """One more with every visit and correction that was applied: what a phone counts too."""
    is_new = False
    """Set by the action that recorded it for the first time."""
    merge: Any = None
    """Set by the action that recorded it again: the `changes.Merge` which its facts take part in."""
    is_followed = False
    """It was asked for by the id of a record merged into it: nobody can say what lay before who asks."""
    present: Any = frozenset()
    """Set by the action that recorded it again: who was told to be at home."""

    class Meta:
        indexes = [
            models.Index(fields=["place_no", "code"], name="household_place"),
            models.Index(fields=["place_no"], condition=Q(merged_into__isnull=False), name="household_merged"),
        ]

    def __str__(self):
        return self.shown_code

    @property
    def shown_code(self) -> str:
        return shown(self.code)


class Person(Mergeable):
    """Someone of the village: sex and age, never a name."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, db_index=False)
    place_no = models.BigIntegerField()
    sex = models.CharField(max_length=11, choices=Sex)
    age_basis = models.CharField(max_length=10, choices=AgeBasis)
    born_on = models.DateField(null=True)
    years = models.PositiveSmallIntegerField(null=True)
    told_on = models.DateField(null=True)
    marital_status = models.CharField(max_length=10, blank=True)
    school_status = models.CharField(max_length=14, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(age_basis="DOCUMENTED") | Q(born_on__isnull=False), name="documented_age_has_a_date")
        ]
        indexes = [models.Index(fields=["place_no"], name="person_place")]

    def __str__(self):
        return str(self.pk)

    @property
    def age(self) -> Age:
        return Age(basis=self.age_basis, born_on=self.born_on, years=self.years, told_on=self.told_on)


class Membership(Record):
    """A person belongs to a household, from a day until a day."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    place_no = models.BigIntegerField()
    relation = models.CharField(max_length=15, choices=Relation)
    since = models.DateField()
    until = models.DateField(null=True)
    home_id: UUID | None = None
    """Set by `queries.members_of_all`: the family that stands, where the record that told of it was merged."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["household", "person"], condition=Q(until=None), name="member_once"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="membership_ends_after_it_begins"),
        ]

    def __str__(self):
        return f"{self.relation} of {self.household_id}"


class Identity(models.Model):
    """Name, guardian's name and phone of one person, sealed under the person's own key. Reading is an action: it is on the trail."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.PROTECT, related_name="identity")
    place_no = models.BigIntegerField()
    wrapped_key = models.BinaryField()
    name = models.BinaryField()
    guardian_name = models.BinaryField(null=True)
    phone = models.BinaryField(null=True)
    likeness = models.BinaryField(max_length=16)

    class Meta:
        indexes = [models.Index(fields=["likeness"], name="identity_likeness")]

    def __str__(self):
        return str(self.person_id)


class Consent(Record):
    """Who agreed to what, in which language; or the duty in law that stands in its place (domain.md 5; DPDP Act s.6, s.7)."""

    household = models.ForeignKey(Household, null=True, on_delete=models.PROTECT, related_name="consents")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="consents")
    place_no = models.BigIntegerField()
    giver = models.CharField(max_length=15, choices=ConsentGiver)
    purposes = ArrayField(models.CharField(max_length=14, choices=ConsentPurpose))
    lawful_basis = models.CharField(max_length=60)
    language = models.CharField(max_length=5)
    given_on = models.DateField()
    withdrawn_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(household__isnull=False) ^ Q(person__isnull=False), name="consent_is_of_one"),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("given_on")),
                name="consent_withdrawn_after_given",
            ),
        ]

    def __str__(self):
        return f"{self.giver} on {self.given_on}"


class FieldChange(Record):
    """One field of a family or a member that a visit or a person changed, once. Its first survey is no change: the values of any version

    follow from what stands and what was changed since. A name is sealed under the person's own key.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="changes")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="changes")
    place_no = models.BigIntegerField()
    field = models.CharField(max_length=30)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    sealed_before = models.BinaryField(null=True)
    sealed_after = models.BinaryField(null=True)
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=11, choices=ChangeState)
    submission_id = models.UUIDField(null=True)
    told_again = ArrayField(models.UUIDField(), default=list)
    """Submissions that told the same, not knowing of this one."""
    entered_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    told_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["household", "version"], name="change_of_household"),
            models.Index(fields=["submission_id"], name="change_of_submission"),
        ]

    def __str__(self):
        return f"{self.field} of {self.person_id or self.household_id}, version {self.version}"


class Conflict(Record):
    """Two persons told differently of one field, neither knowing of the other. What stood stays until a person decides."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="conflicts")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="conflicts")
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()
    field = models.CharField(max_length=30)
    stands = models.ForeignKey(FieldChange, null=True, on_delete=models.PROTECT, related_name="+")
    """The change that brought what stood; none where the first survey told it."""
    other = models.OneToOneField(FieldChange, on_delete=models.PROTECT, related_name="conflict")
    state = models.CharField(max_length=7, choices=ConflictState, default=ConflictState.OPEN)
    raised_at = models.DateTimeField()
    choice = models.CharField(max_length=7, choices=Choice, blank=True)
    note = models.CharField(max_length=300, blank=True)
    settled_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settlement = models.ForeignKey(FieldChange, null=True, on_delete=models.PROTECT, related_name="+")
    """The change the decision made; none where what stood was kept."""

    class Meta:
        indexes = [models.Index(fields=["place_no", "raised_at"], condition=Q(state="OPEN"), name="conflict_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="OPEN", settled_by=None, settled_at=None, choice="", settlement=None)
                | (Q(state="SETTLED", settled_by__isnull=False, settled_at__isnull=False) & ~Q(choice="")),
                name="conflict_settled_by_someone",
            )
        ]

    def __str__(self):
        return f"{self.field} of {self.person_id or self.household_id}"


class Merger(Record):
    """Two records of one person, or of one family, are one from here on; a split takes it back. What either says stays where it is."""

    household = models.ForeignKey(Household, null=True, on_delete=models.PROTECT, related_name="mergers")
    into_household = models.ForeignKey(Household, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="mergers")
    into_person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()
    into_place_no = models.BigIntegerField()
    part_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")
    """The members of two families merge with them."""
    set_aside = ArrayField(models.UUIDField(), default=list)
    """Register lines that both records told: they count once."""
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    split_at = models.DateTimeField(null=True)
    split_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["household"], condition=Q(split_at=None), name="household_merged_once"),
            models.UniqueConstraint(fields=["person"], condition=Q(split_at=None), name="person_merged_once"),
            models.CheckConstraint(
                condition=Q(household__isnull=False, into_household__isnull=False, person=None, into_person=None)
                | Q(household=None, into_household=None, person__isnull=False, into_person__isnull=False),
                name="merger_is_of_two_alike",
            ),
            models.CheckConstraint(condition=Q(split_at=None, split_by=None) | Q(split_at__isnull=False), name="split_has_a_day"),
        ]

    def __str__(self):
        return f"{self.household_id or self.person_id} into {self.into_household_id or self.into_person_id}"
