"""What was told of a family, and each reading of it by a version of the index."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from aanchal.core.models import Record
from aanchal.risk.terms import Band, Subject


class IndexDefinition(models.Model):
    """A version of an index as it was loaded; never changed, only followed by another."""

    version = models.CharField(primary_key=True, max_length=40)
    subject = models.CharField(max_length=9, choices=Subject)
    effective_from = models.DateField()
    content = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "effective_from"], name="one_definition_a_day")]

    def __str__(self):
        return self.version


class Survey(Record):
    """The facts of a family on a day, without names: what the index reads."""

    household = models.ForeignKey("people.Household", on_delete=models.PROTECT, related_name="surveys")
    place_no = models.BigIntegerField()
    facts = models.JSONField()
    told_on = models.DateField()
    submission_id = models.UUIDField(null=True)
    seconds = models.PositiveIntegerField(null=True)
    """From the opening of the form to its end, by the phone's clock; None where it was not told or cannot be."""

    class Meta:
        indexes = [models.Index(fields=["household", "-told_on"], name="survey_latest")]

    def __str__(self):
        return f"{self.household_id} on {self.told_on}"


class Assessment(Record):
    """A family's score at a moment, with the version of the index that gave it.

    Why it is so lies in Grounds, behind a narrower permission.
    """

    household = models.ForeignKey("people.Household", on_delete=models.PROTECT, related_name="assessments")
    place_no = models.BigIntegerField()
    definition = models.ForeignKey(IndexDefinition, on_delete=models.PROTECT)
    survey = models.ForeignKey(Survey, null=True, on_delete=models.PROTECT)
    points = models.PositiveSmallIntegerField()
    observed = models.PositiveSmallIntegerField()
    band = models.CharField(max_length=11, choices=Band)
    is_complete = models.BooleanField()
    is_urgent = models.BooleanField()
    needs = ArrayField(models.CharField(max_length=20))
    assessed_on = models.DateField()
    assessed_at = models.DateTimeField()
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["household"], condition=Q(is_current=True), name="one_current_assessment")]
        indexes = [models.Index(fields=["place_no", "band"], condition=Q(is_current=True), name="assessment_current")]

    def __str__(self):
        return f"{self.household_id} {self.band} {self.points}/{self.observed}"


class Grounds(models.Model):
    """Why an assessment is as it is, with what was told in private: for the worker and the officer, never for a village list."""

    assessment = models.OneToOneField(Assessment, primary_key=True, on_delete=models.PROTECT, related_name="grounds")
    place_no = models.BigIntegerField()
    deprived = ArrayField(models.CharField(max_length=20))
    unknown = ArrayField(models.CharField(max_length=20))
    overrides = ArrayField(models.CharField(max_length=30))
    is_urgent = models.BooleanField()

    def __str__(self):
        return str(self.assessment_id)


class VillageAssessment(Record):
    """A village's own score, from its situation analysis: a number beside the families' measures, never mixed with them."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()
    definition = models.ForeignKey(IndexDefinition, on_delete=models.PROTECT)
    situation = models.ForeignKey("villages.Situation", on_delete=models.PROTECT)
    points = models.PositiveSmallIntegerField()
    observed = models.PositiveSmallIntegerField()
    band = models.CharField(max_length=11)
    is_complete = models.BooleanField()
    deprived = ArrayField(models.CharField(max_length=20))
    unknown = ArrayField(models.CharField(max_length=20))
    assessed_at = models.DateTimeField()
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place"], condition=Q(is_current=True), name="one_current_village_assessment")]

    def __str__(self):
        return f"{self.place_id} {self.band} {self.points}/{self.observed}"
