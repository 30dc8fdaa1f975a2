"""What was told of a family, and each reading of it by a version of the index."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from aanchal.core.models import Record
from aanchal.risk.terms import AppealState, Band, Disputer, DraftState, MeetingRole, Subject


def _user(**kwargs):
    """Who did it; null is the installation itself."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", **kwargs)


class IndexDefinition(models.Model):
    """A version of an index as it was loaded or approved; never changed, only followed by another.

    Without a place it is the nation's; a state's own goes before it in that state.
    """

    version = models.CharField(primary_key=True, max_length=40)
    subject = models.CharField(max_length=9, choices=Subject)
    effective_from = models.DateField()
    content = models.JSONField()
    place = models.ForeignKey("places.Place", null=True, on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField(null=True)
    drafted_by = _user()
    approved_by = _user()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "place", "effective_from"], nulls_distinct=False, name="one_definition_a_day_and_place"
            ),
            models.CheckConstraint(
                condition=Q(place=None, place_no=None) | Q(place__isnull=False, place_no__isnull=False), name="definition_place_and_number"
            ),
        ]

    def __str__(self):
        return self.version


class IndexDraft(Record):
    """A version that a state's expert prepares from the one in force; a second person approves it."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()
    subject = models.CharField(max_length=9, choices=Subject)
    based_on = models.ForeignKey(IndexDefinition, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    effective_from = models.DateField()
    revision = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=9, choices=DraftState, default=DraftState.DRAFT)
    drafted_by = _user()
    drafted_at = models.DateTimeField()
    decided_by = _user()
    decided_at = models.DateTimeField(null=True)
    previewed = models.PositiveIntegerField(default=0)
    previewed_seen = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="APPROVED") | Q(decided_by=None) | ~Q(decided_by=models.F("drafted_by")),
                name="draft_approved_by_another",
            )
        ]

    def __str__(self):
        return f"{self.subject} of {self.place_id}, revision {self.revision}"

    @property
    def is_previewed(self) -> bool:
        """The preview counts this revision, not an earlier one."""
        return self.previewed == self.revision


class Movement(models.Model):
    """How many families of a village would go from one band to another under a draft; counts, no family."""

    draft = models.ForeignKey(IndexDraft, on_delete=models.PROTECT, related_name="movements")
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()
    before = models.CharField(max_length=11)
    after = models.CharField(max_length=11)
    families = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "place", "before", "after"], name="movement_once")]

    def __str__(self):
        return f"{self.place_id}: {self.families} from {self.before} to {self.after}"


class OwnPoints(Record):
    """A village's own points for the state's index, signed in a meeting. Never changed: a later signature follows it."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()
    definition = models.ForeignKey(IndexDefinition, on_delete=models.PROTECT, related_name="+")
    points = models.JSONField()
    effective_from = models.DateField()
    met_on = models.DateField()
    present = models.PositiveSmallIntegerField()
    roles = ArrayField(models.CharField(max_length=14, choices=MeetingRole))
    minutes = models.CharField(max_length=2000)
    signed_by = _user()
    signed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["place_no", "-effective_from", "-id"], name="own_points_latest")]

    def __str__(self):
        return f"{self.place_id} from {self.effective_from}"


class Survey(Record):
    """All that was known of a family when a visit or a correction came, without names: what the index reads. The last that came counts."""

    household = models.ForeignKey("people.Household", on_delete=models.PROTECT, db_index=False, related_name="surveys")
    place_no = models.BigIntegerField()
    facts = models.JSONField()
    told_on = models.DateField()
    submission_id = models.UUIDField(null=True)
    seconds = models.PositiveIntegerField(null=True)
    """From the opening of the form to its end, by the phone's clock; None where it was not told or cannot be."""

    class Meta:
        indexes = [models.Index(fields=["household", "-id"], name="survey_newest")]

    def __str__(self):
        return f"{self.household_id} on {self.told_on}"


class Assessment(Record):
    """A family's score at a moment, with the version of the index that gave it: the state's default, by which places are compared.

    Beside it, in a village that signed its own points, what those say. Why it is so lies in Grounds, behind a narrower permission.
    """

    household = models.ForeignKey("people.Household", on_delete=models.PROTECT, related_name="assessments")
    place_no = models.BigIntegerField()
    definition = models.ForeignKey(IndexDefinition, on_delete=models.PROTECT, db_index=False)
    survey = models.ForeignKey(Survey, null=True, on_delete=models.PROTECT, db_index=False)
    points = models.PositiveSmallIntegerField()
    observed = models.PositiveSmallIntegerField()
    band = models.CharField(max_length=11, choices=Band)
    is_complete = models.BooleanField()
    is_urgent = models.BooleanField()
    needs = ArrayField(models.CharField(max_length=20))
    assessed_on = models.DateField()
    assessed_at = models.DateTimeField()
    is_current = models.BooleanField(default=True)
    own = models.ForeignKey(OwnPoints, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    own_points = models.PositiveSmallIntegerField(null=True)
    own_observed = models.PositiveSmallIntegerField(null=True)
    own_band = models.CharField(max_length=11, null=True, choices=Band)  # noqa: DJ001 - null beside the other three

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


class Appeal(Record):
    """An answer of a family that it or its worker disputes: to be visited again. Both answers stay in its surveys."""

    household = models.ForeignKey("people.Household", on_delete=models.PROTECT, related_name="appeals")
    place_no = models.BigIntegerField()
    definition = models.ForeignKey(IndexDefinition, on_delete=models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=20)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="appeals")
    disputed_by = models.CharField(max_length=6, choices=Disputer)
    why = models.CharField(max_length=500)
    raised_on = models.DateField()
    raised_by = _user()
    raised_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=AppealState, default=AppealState.OPEN)
    settled_by = models.ForeignKey(Survey, null=True, on_delete=models.PROTECT, related_name="settled")
    closed_at = models.DateTimeField(null=True)
    closed_by = _user()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["household", "indicator"], condition=Q(state="OPEN"), name="one_open_appeal_an_answer"),
            models.CheckConstraint(
                condition=Q(state="OPEN", closed_at=None, settled_by=None)
                | Q(state="WITHDRAWN", closed_at__isnull=False, settled_by=None)
                | Q(state__in=["UPHELD", "CHANGED"], closed_at__isnull=False, settled_by__isnull=False),
                name="appeal_says_how_it_ended",
            ),
        ]
        indexes = [models.Index(fields=["place_no", "raised_on"], condition=Q(state="OPEN"), name="appeal_open")]

    def __str__(self):
        return f"{self.household_id} {self.indicator} {self.state}"


class _Counted(models.Model):
    """Families alike in a version of the index and a social category."""

    version = models.CharField(max_length=40)
    category = models.CharField(max_length=8)
    points = models.PositiveSmallIntegerField()
    observed = models.PositiveSmallIntegerField()
    families = models.BigIntegerField()

    class Meta:
        abstract = True


class Total(_Counted):
    """A running total of a block, district, state or the nation, kept by the database (sql/totals.sql): read through `counts` alone."""

    place_no = models.BigIntegerField()
    last_no = models.BigIntegerField()
    what = models.CharField(max_length=1)
    key = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place_no", "last_no", "version", "category", "what", "key", "observed", "points"], name="total_once"
            )
        ]

    def __str__(self):
        return f"{self.place_no} {self.what}{self.key}: {self.families}"


class TotalChange(_Counted):
    """A family come into the totals (1) or gone from them (-1), not yet folded in. Written by the database when an assessment is."""

    place_no = models.BigIntegerField()
    band = models.CharField(max_length=11, choices=Band)
    is_urgent = models.BooleanField()
    deprived = ArrayField(models.CharField(max_length=20))

    class Meta:
        indexes = [models.Index(fields=["place_no"], name="totalchange_place")]

    def __str__(self):
        return f"{self.place_no} {self.families}"
