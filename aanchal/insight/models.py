"""Definitions of indicators, counts and figures by place and month, targets, attention; releases, comparisons, reviews, stories."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from aanchal.core.models import Record
from aanchal.insight import rules
from aanchal.insight.terms import Better, Every, Lack, Span, Standing, StoryStanding, Unit
from aanchal.places.models import in_language
from aanchal.places.terms import Level

CELLS = ("female_child", "female_adult", "male_child", "male_adult", "other_child", "other_adult")


def _user():
    return models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")


class Definition(models.Model):
    """One version of an indicator. A figure keeps the version it was made with."""

    code = models.CharField(max_length=6)
    version = models.PositiveSmallIntegerField()
    effective_from = models.DateField()
    titles = models.JSONField()
    numerator = models.CharField(max_length=30, blank=True)
    denominator = models.CharField(max_length=30, blank=True)
    is_typical = models.BooleanField(default=False)
    """The numerator is what is typical of those whom the denominator counts, no part of them."""
    lacks = models.CharField(max_length=12, choices=Lack, blank=True)
    unit = models.CharField(max_length=7, choices=Unit)
    better = models.CharField(max_length=7, choices=Better)
    levels = ArrayField(models.CharField(max_length=11))
    every = models.CharField(max_length=7, choices=Every)
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="indicator_version_once")]

    def __str__(self):
        return f"{self.code} v{self.version}"

    @property
    def title(self) -> str:
        return in_language(self.titles)

    @property
    def is_share(self) -> bool:
        return bool(self.denominator) and not self.is_typical


class OfAMonth(models.Model):
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+", db_index=False)
    place_no = models.BigIntegerField()
    level = models.CharField(max_length=11, choices=Level)
    month = models.DateField()

    class Meta:
        abstract = True


class Counted(OfAMonth):
    """A measure of a place in a month, above nought. The six cells are nought where no persons are counted."""

    measure = models.CharField(max_length=30)
    n = models.PositiveIntegerField()
    female_child = models.PositiveIntegerField(default=0)
    female_adult = models.PositiveIntegerField(default=0)
    male_child = models.PositiveIntegerField(default=0)
    male_adult = models.PositiveIntegerField(default=0)
    other_child = models.PositiveIntegerField(default=0)
    other_adult = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["month", "measure", "place"], name="counted_once")]

    def __str__(self):
        return f"{self.measure} {self.month:%Y-%m} at {self.place_id}: {self.n}"


class Figure(OfAMonth):
    """An indicator of a place in a month, by one version of its definition; without a denominator it is a number."""

    definition = models.ForeignKey(Definition, on_delete=models.PROTECT, related_name="+", db_index=False)
    numerator = models.PositiveIntegerField()
    denominator = models.PositiveIntegerField(null=True)
    is_typical = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "month", "definition"], name="figure_once"),
            models.CheckConstraint(condition=Q(denominator=None) | Q(denominator__gt=0), name="figure_of_something"),
        ]
        indexes = [models.Index(fields=["definition", "month", "level"], name="figure_peers")]

    def __str__(self):
        return f"{self.definition_id} {self.month:%Y-%m} at {self.place_id}"

    @property
    def is_told_to_all(self) -> bool:
        """As queries.TOLD_TO_ALL."""
        if self.is_typical:
            return True
        rest = None if self.denominator is None else self.denominator - self.numerator
        return not any(n is not None and 0 < n < rules.LEAST_CASES for n in (self.numerator, rest))

    @property
    def value(self) -> float:
        return self.numerator if self.denominator is None or self.is_typical else 100 * self.numerator / self.denominator


class Attention(OfAMonth):
    """A place that somebody should look at, and why: `CODE:REASON`, the gravest first."""

    reasons = ArrayField(models.CharField(max_length=24))
    weight = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "month"], name="attention_once")]
        indexes = [models.Index(fields=["month", "level", "-weight"], name="attention_gravest")]

    def __str__(self):
        return f"{self.place_id} {self.month:%Y-%m}: {', '.join(self.reasons)}"


class Computation(Record):
    """That a month was computed: how much, and the digest of all its figures. The same counts give the same digest."""

    month = models.DateField()
    at = models.DateTimeField()
    counted = models.PositiveIntegerField()
    figures = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["month", "-at"], name="computation_newest")]

    def __str__(self):
        return f"{self.month:%Y-%m}"


class Target(Record):
    """What a place means to reach in an indicator by the end of a financial year."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()
    code = models.CharField(max_length=6)
    year = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=12, decimal_places=1)
    set_by = _user()
    set_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "code", "year"], name="target_once")]

    def __str__(self):
        return f"{self.code} {self.value}"


class Release(Record):
    """Statistics of a quarter on their way to the public: drafted, attacked, approved by a second person."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()
    title = models.CharField(max_length=120)
    starts_on = models.DateField()
    measures = ArrayField(models.CharField(max_length=30))
    standing = models.CharField(max_length=9, choices=Standing, default=Standing.DRAFT)
    reports = models.JSONField(null=True)
    """Of each measure what the attacker could do; null until it was tried."""
    refused = models.CharField(max_length=300, blank=True)
    """Why it cannot go out, where it cannot."""
    made_by = _user()
    made_at = models.DateTimeField()
    decided_by = _user()
    decided_at = models.DateTimeField(null=True)
    decide_note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "starts_on"], condition=~Q(standing="RETURNED"), name="release_of_a_quarter_once"),
            models.CheckConstraint(condition=Q(decided_by=None) | ~Q(decided_by=F("made_by")), name="release_decided_by_another"),
        ]

    def __str__(self):
        return self.title


class HeldTable(Record):
    """What a release was made of, small counts too: only the program reads it, to guard the releases that follow."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="tables")
    place_no = models.BigIntegerField()
    measure = models.CharField(max_length=30)
    starts_on = models.DateField()
    districts = ArrayField(models.BigIntegerField())
    states = ArrayField(models.BigIntegerField())
    state_of = ArrayField(models.PositiveSmallIntegerField())
    counts = models.BinaryField()
    """`counts[district, sex, age]`, 4 bytes each, little end first."""
    hidden = models.BinaryField()
    """`hidden[place, time, sex, age]` as bits; a second time is the year."""
    times = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "measure"], name="held_once")]

    def __str__(self):
        return f"{self.measure} {self.starts_on}"


class Released(models.Model):
    """A release as the public has it. Never changed."""

    id = models.UUIDField(primary_key=True)
    title = models.CharField(max_length=120)
    starts_on = models.DateField()
    published_at = models.DateTimeField()
    measures = ArrayField(models.CharField(max_length=30))
    reports = models.JSONField()

    def __str__(self):
        return self.title


class ReleasedRow(models.Model):
    """A place in a released table. A cell that is null is not told."""

    release = models.ForeignKey(Released, on_delete=models.PROTECT, related_name="rows", db_index=False)
    measure = models.CharField(max_length=30)
    is_year = models.BooleanField()
    level = models.CharField(max_length=11, choices=Level)
    code = models.BigIntegerField(null=True)
    state_code = models.BigIntegerField(null=True)
    name = models.CharField(max_length=120)
    names = models.JSONField()
    cells = ArrayField(models.PositiveIntegerField(null=True))
    """Women, men, others, all; each under 18, adult, all."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "measure", "is_year", "level", "state_code", "code"], name="released_once", nulls_distinct=False
            )
        ]

    def __str__(self):
        return f"{self.measure} {self.name}"

    @property
    def local_name(self) -> str:
        return in_language({"en": self.name} | self.names)


class Comparison(Record):
    """What changed in the pilot's blocks of a place beside blocks that were not chosen, up to a month. The program writes it."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()
    month = models.DateField()
    rules = models.PositiveSmallIntegerField()
    sets = models.JSONField()
    """[{"pilot": place, "began": day, "rank": n, "beside": [[place, rank], ...]}]."""
    changes = models.JSONField()
    """[{"code", "version", "sha256", "verdict", "sets", "blocks", "estimate", "low", "high", "chance", "before"}], in points of 100."""
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "month"], name="comparison_once")]

    def __str__(self):
        return f"{self.place_id} {self.month:%Y-%m}"


class Review(Record):
    """A place and a period for a review meeting, made once: figures as they stood, and the files made of them. No small number is in it."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()
    span = models.CharField(max_length=7, choices=Span, default=Span.MONTH)
    month = models.DateField()
    """The first of the period."""
    steps = models.PositiveSmallIntegerField()
    done = models.PositiveSmallIntegerField(default=0)
    content = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64, blank=True)
    asked_by = _user()
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["place_no", "-asked_at"], name="review_newest")]
        constraints = [models.CheckConstraint(condition=Q(done__lte=F("steps")), name="review_done_of_its_steps")]

    def __str__(self):
        return f"{self.place_id} {self.month:%Y-%m}"

    @property
    def is_ready(self) -> bool:
        return self.ready_at is not None


class ReviewFile(Record):
    """A review as a file in one language: the same content gives the same bytes."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="files")
    place_no = models.BigIntegerField()
    kind = models.CharField(max_length=4)
    language = models.CharField(max_length=2)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "kind", "language"], name="review_file_once")]

    def __str__(self):
        return f"{self.kind} {self.language} of {self.review_id}"


class SavedTable(Record):
    """A table that somebody put together and gave a name: the question, never the answer. Who opens it sees what she may see."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()
    title = models.CharField(max_length=80)
    asked = models.JSONField()
    is_shared = models.BooleanField(default=False)
    made_by = _user()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["made_by", "place", "title"], name="table_of_a_name_once")]

    def __str__(self):
        return self.title


class Story(Record):
    """What was done in a place and what was learnt, beside its numbers; of no survivor, with no face. Another account publishes it."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()
    first = models.DateField()
    last = models.DateField()
    title = models.CharField(max_length=120)
    text = models.CharField(max_length=4000)
    lesson = models.CharField(max_length=1000)
    photo = models.BinaryField(null=True)
    photo_words = models.CharField(max_length=200, blank=True)
    standing = models.CharField(max_length=9, choices=StoryStanding, default=StoryStanding.DRAFT)
    made_by = _user()
    made_at = models.DateTimeField()
    decided_by = _user()
    decided_at = models.DateTimeField(null=True)
    decide_note = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["place_no", "-last"], name="story_newest")]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="story_of_a_time"),
            models.CheckConstraint(condition=Q(photo=None) | ~Q(photo_words=""), name="story_photo_described"),
            models.CheckConstraint(condition=Q(decided_by=None) | ~Q(decided_by=F("made_by")), name="story_decided_by_another"),
            models.CheckConstraint(
                condition=~Q(standing="PUBLISHED") | Q(decided_by__isnull=False, decided_at__isnull=False), name="story_says_who_published"
            ),
        ]

    def __str__(self):
        return self.title
