"""Returns of the States by edition and head, and figures as NCRB published them. Counts of places; nobody is named."""

from django.db import models
from django.db.models import F, Q

from aanchal.core.models import Record
from aanchal.nodal import rules
from aanchal.nodal.models.base import a_place, a_user
from aanchal.nodal.terms import Doubt, EditionKind, Event, PeriodKind, Role, Standing
from aanchal.places.models import in_language


class Edition(models.Model):
    """What a set of heads counts, from a day on. Never edited: another edition is another series."""

    key = models.CharField(max_length=30, unique=True)
    kind = models.CharField(max_length=9, choices=EditionKind)
    texts = models.JSONField()
    definition = models.JSONField()
    source = models.CharField(max_length=300)
    effective_from = models.DateField()
    checks = models.JSONField()

    def __str__(self):
        return self.key

    @property
    def title(self) -> str:
        return in_language(self.texts)

    @property
    def says(self) -> str:
        return in_language(self.definition)


class Head(models.Model):
    """One figure an edition asks for. `group` is a key of editions.yaml; heads of two editions with one key are a series with a break."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="heads")
    key = models.CharField(max_length=30)
    number = models.PositiveSmallIntegerField()
    group = models.CharField(max_length=12)
    texts = models.JSONField()
    definition = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "key"], name="head_once_in_an_edition")]

    def __str__(self):
        return f"{self.edition_id}: {self.key}"

    @property
    def title(self) -> str:
        return in_language(self.texts)

    @property
    def says(self) -> str:
        return in_language(self.definition) if self.definition else ""


class Call(Record):
    """The Nodal Cell asks every State for the figures of a period by a day."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="calls")
    period = models.CharField(max_length=7, choices=PeriodKind)
    starts_on = models.DateField()
    ends_on = models.DateField()
    due_on = models.DateField()
    by = a_user()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "starts_on"], name="call_once_for_a_period"),
            models.CheckConstraint(condition=Q(due_on__gt=F("ends_on"), ends_on__gt=F("starts_on")), name="call_due_after_its_period"),
        ]
        indexes = [models.Index(fields=["-starts_on", "period"], name="nodal_calls")]

    def __str__(self):
        return f"{self.period} from {self.starts_on}"

    @property
    def slug(self) -> str:
        """In its address: month-2026-07-01."""
        return f"{self.period.lower()}-{self.starts_on}"


class Return(Record):
    """A State's answer to a call. Locked, it changes only by an amendment, which is a return of its own beside it."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="returns")
    place = a_place()
    place_no = models.BigIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    amends = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="amendment")
    reason = models.CharField(max_length=300, blank=True)
    standing = models.CharField(max_length=9, choices=Standing)
    made_by = a_user()
    made_at = models.DateTimeField()
    submitted_by = a_user()
    submitted_at = models.DateTimeField(null=True)
    approved_by = a_user()
    approved_at = models.DateTimeField(null=True)
    accepted_by = a_user()
    accepted_at = models.DateTimeField(null=True)
    locked_by = a_user()
    locked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "place", "version"], name="return_once"),
            models.CheckConstraint(condition=Q(version=1, amends=None) | Q(version__gt=1, amends__isnull=False), name="amendment_amends"),
            models.CheckConstraint(condition=Q(amends=None) | ~Q(reason=""), name="amendment_says_why"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | (~Q(approved_by=F("submitted_by")) & ~Q(approved_by=F("made_by"))),
                name="return_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(accepted_by=None)
                | (~Q(accepted_by=F("approved_by")) & ~Q(accepted_by=F("submitted_by")) & ~Q(accepted_by=F("made_by"))),
                name="return_accepted_by_another",
            ),
        ]
        indexes = [models.Index(fields=["place_no", "call"], name="nodal_returns_of")]

    def __str__(self):
        return f"{self.place_id} {self.call_id} {self.version}"

    @property
    def is_open(self) -> bool:
        """Its figures may be changed."""
        return self.standing in rules.WRITTEN_IN


class Figure(models.Model):
    """A count under a head, with the edition and definition that its head has; of the whole State, or of one district."""

    of = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="figures")
    place_no = models.BigIntegerField()
    head = models.ForeignKey(Head, on_delete=models.PROTECT, related_name="+")
    district = a_place(null=True)
    value = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "head", "district"], name="nodal_figure_once", nulls_distinct=False),
            models.CheckConstraint(condition=Q(value__gte=0, value__lte=rules.MOST), name="figure_is_a_count"),
        ]
        indexes = [models.Index(fields=["place_no"], name="nodal_figure_place")]

    def __str__(self):
        return f"{self.head_id}: {self.value}"


class Explanation(Record):
    """Why an odd figure is right. It holds for the numbers it was written about."""

    of = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="explanations")
    place_no = models.BigIntegerField()
    finding = models.CharField(max_length=160)
    told = models.JSONField()
    words = models.CharField(max_length=300)
    by = a_user()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "finding", "told"], name="explained_once")]

    def __str__(self):
        return self.finding


class Step(Record):
    """What happened to a return, by whom, with what words: a question, its answer."""

    of = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="history")
    place_no = models.BigIntegerField()
    event = models.CharField(max_length=7, choices=Event)
    words = models.CharField(max_length=500, blank=True)
    by = a_user()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(event="QUERY") | ~Q(words=""), name="query_asks_something")]

    def __str__(self):
        return f"{self.event} of {self.of_id}"


class Upload(Record):
    """A sheet as it came, kept with what was wrong in it: (sheet, row, column, code) each."""

    of = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="uploads")
    place_no = models.BigIntegerField()
    file_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    faults = models.JSONField()
    taken = models.PositiveIntegerField()
    """Cells that went into the draft."""
    by = a_user()
    at = models.DateTimeField()

    def __str__(self):
        return f"{self.file_name}: {self.taken} taken"


class Published(models.Model):
    """A figure as NCRB printed it, of the nation, a State or a police district; with what does not add up in it."""

    head = models.ForeignKey(Head, on_delete=models.PROTECT, related_name="published")
    place = a_place()
    place_no = models.BigIntegerField()
    label = models.CharField(max_length=120)
    """The State or police district in the print's own words: two of its rows may be one place today."""
    year = models.PositiveSmallIntegerField()
    value = models.BigIntegerField()
    doubt = models.CharField(max_length=6, choices=Doubt, blank=True)
    doubt_told = models.JSONField(default=dict)
    file_name = models.CharField(max_length=120)
    line = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["head", "place", "label", "year"], name="published_once"),
            models.CheckConstraint(condition=Q(value__gte=0), name="published_is_a_count"),
        ]
        indexes = [models.Index(fields=["place_no", "year"], name="nodal_published_place")]

    def __str__(self):
        return f"{self.label} {self.year}: {self.value}"


class AreaNote(Record):
    """What an officer thinks of a district that stands out, what is to be done about it, and the numbers it was said about."""

    place = a_place()
    place_no = models.BigIntegerField()
    role = models.CharField(max_length=11, choices=Role)
    told = models.JSONField()
    words = models.CharField(max_length=500)
    action = models.CharField(max_length=300, blank=True)
    due_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    done_words = models.CharField(max_length=300, blank=True)
    by = a_user()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(action="") | Q(due_on__isnull=False), name="area_action_has_a_day"),
            models.CheckConstraint(condition=Q(done_on=None) | ~Q(done_words=""), name="area_action_done_how"),
        ]
        indexes = [models.Index(fields=["place_no"], name="nodal_note_place")]

    def __str__(self):
        return f"{self.role} {self.place_id}"
