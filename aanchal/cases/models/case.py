"""A survivor's case: known by its code, open to those assigned; her identity lies apart."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from aanchal.cases import rules, terms
from aanchal.core.models import Record, Sealed


def _user(**more):
    return models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", db_index=False, **more)


def _place(**more):
    return models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+", db_index=False, **more)


def _case(name: str):
    return models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name=name)


def _some(choices):
    return ArrayField(models.CharField(max_length=21, choices=choices), default=list, blank=True)


class Case(Record):
    """What is known of what was done to her, in HTCDS 2.0 terms, without a name."""

    code = models.CharField(max_length=8, unique=True, editable=False)
    pseudonym = models.CharField(max_length=40, blank=True)
    """The name she chose to be called by here; never her own."""
    state = models.CharField(max_length=12, choices=terms.State, default=terms.State.ACTIVE)
    place = _place()
    place_no = models.BigIntegerField()
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="cases")
    rescued = models.OneToOneField("rescue.Rescued", null=True, on_delete=models.PROTECT, related_name="case")
    """As whom the unit that rescued her wrote her down."""
    opened_on = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = _user()
    closed_on = models.DateField(null=True)
    outcome = models.CharField(max_length=14, choices=terms.Outcome, blank=True)
    gender = models.CharField(max_length=12, choices=terms.Gender)
    years = models.PositiveSmallIntegerField(null=True)
    """Completed years on the day the case was opened."""
    years_when_trafficked = models.PositiveSmallIntegerField(null=True)
    is_child = models.BooleanField()
    citizenship = models.CharField(max_length=2, default="IN")
    language = models.CharField(max_length=3, blank=True)
    status = models.CharField(max_length=10, choices=terms.Status, default=terms.Status.SUSPECTED)
    decided_by = models.CharField(max_length=10, choices=terms.DecidedBy, blank=True)
    acts = _some(terms.Act)
    means = _some(terms.Means)
    purposes = _some(terms.Purpose)
    controls = _some(terms.Control)
    recruitment = _some(terms.Recruitment)
    recruiter = models.CharField(max_length=11, choices=terms.Recruiter, blank=True)
    industry = models.CharField(max_length=14, choices=terms.Industry, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(state__in=["ACTIVE", "FOLLOW_UP"]), name="case_open_once_of_a_person"),
            models.CheckConstraint(
                condition=Q(state__in=rules.LIVE, closed_on=None, outcome="")
                | (~Q(state__in=rules.LIVE) & Q(closed_on__isnull=False) & ~Q(outcome="")),
                name="case_closed_with_outcome",
            ),
            models.CheckConstraint(condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")), name="case_closed_after_opened"),
        ]
        indexes = [models.Index(fields=["place_no", "opened_on"], name="case_place")]

    def __str__(self):
        return self.shown_code

    @property
    def shown_code(self) -> str:
        return rules.shown(self.code)

    @property
    def is_live(self) -> bool:
        return self.state in rules.LIVE


class OfCase(models.Model):
    """A row of a case carries the case's place, for the counts and the trail; who may see it is said by the assignments."""

    place_no = models.BigIntegerField()

    class Meta:
        abstract = True


class CaseIdentity(Sealed, OfCase):
    """Who she is: name, guardian, telephone, address, papers. Each reading is on the trail; erasing destroys its key."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="identity")
    likeness = models.BinaryField(max_length=16, null=True)
    """Keyed mark of name, guardian and gender in her district: the same person is not opened twice."""
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["likeness"], name="case_likeness")]

    def __str__(self):
        return f"identity of {self.case_id}"


class Mark(Record, OfCase):
    """A keyed mark by which a case is found: of the full name, per district, or of an FIR number."""

    case = _case("marks")
    kind = models.CharField(max_length=4, choices=terms.MarkKind)
    mark = models.BinaryField(max_length=16)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "kind", "mark"], name="case_mark_once")]
        indexes = [models.Index(fields=["mark"], name="case_mark")]

    def __str__(self):
        return f"{self.kind} of {self.case_id}"


class Event(Sealed, OfCase):
    """Recruitment, transit or exploitation: where and when (HTCDS Historic Trafficking Events)."""

    case = _case("events")
    kind = models.CharField(max_length=12, choices=terms.EventKind)
    on = models.DateField(null=True)
    district = _place(null=True)
    country = models.CharField(max_length=2, default="IN")

    def __str__(self):
        return f"{self.kind} of {self.case_id}"


class Leg(Record, OfCase):
    """One stretch of the way she was taken, district to district: what the corridors count."""

    case = _case("legs")
    number = models.PositiveSmallIntegerField()
    origin = _place(null=True)
    origin_country = models.CharField(max_length=2, default="IN")
    destination = _place(null=True)
    destination_country = models.CharField(max_length=2, default="IN")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="leg_once")]
        indexes = [models.Index(fields=["origin", "destination"], name="leg_corridor")]

    def __str__(self):
        return f"leg {self.number} of {self.case_id}"
