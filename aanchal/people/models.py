"""Households, persons, and what identifies them, kept apart."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from aanchal.core.codes import shown
from aanchal.core.models import Record
from aanchal.people.rules import Age
from aanchal.people.terms import AgeBasis, ConsentGiver, ConsentPurpose, Relation, Sex, SocialCategory


class Household(Record):
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
    is_new = False
    """Set by the action that recorded it for the first time."""

    class Meta:
        indexes = [models.Index(fields=["place_no", "code"], name="household_place")]

    def __str__(self):
        return self.shown_code

    @property
    def shown_code(self) -> str:
        return shown(self.code)


class Person(Record):
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
            models.CheckConstraint(
                condition=~Q(age_basis="DOCUMENTED") | Q(born_on__isnull=False), name="documented_age_has_a_date"
            )
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

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["household", "person"], condition=Q(until=None), name="member_once"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="membership_ends_after_it_begins"
            ),
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
            models.CheckConstraint(
                condition=Q(household__isnull=False) ^ Q(person__isnull=False), name="consent_is_of_one"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("given_on")),
                name="consent_withdrawn_after_given",
            ),
        ]

    def __str__(self):
        return f"{self.giver} on {self.given_on}"
