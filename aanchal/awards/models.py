"""Awards: criteria in versions, rounds, nominations, the panel with what it declared and scored, what was given. No survivor is here."""

from django.db import models
from django.db.models import F, Q

from aanchal.awards import rules, terms
from aanchal.core.models import Record
from aanchal.network.terms import PEOPLE
from aanchal.places.models import in_language


def _user(**more):
    return models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+", **more)


def _place():
    return models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")


class Criteria(Record):
    """By what the nominees of a category are scored: one version, never changed."""

    category = models.CharField(max_length=14, choices=terms.Category)
    version = models.PositiveSmallIntegerField()
    lines = models.JSONField()
    """In order: key, weight of a hundred, titles by language."""
    source = models.CharField(max_length=200)
    by = _user()
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "criteria"
        constraints = [models.UniqueConstraint(fields=["category", "version"], name="award_criteria_once")]

    def __str__(self):
        return f"{self.category} {self.version}"

    @property
    def weights(self) -> dict[str, int]:
        return {line["key"]: line["weight"] for line in self.lines}

    @property
    def told(self) -> list[tuple[str, str, int]]:
        """Key, title, weight."""
        return [(line["key"], in_language(line["titles"]), line["weight"]) for line in self.lines]


class Round(Record):
    """The award of a year in one category. Its criteria are fixed before nominations open."""

    year = models.PositiveSmallIntegerField()
    category = models.CharField(max_length=14, choices=terms.Category)
    criteria = models.ForeignKey(Criteria, on_delete=models.PROTECT, related_name="+")
    opens_on = models.DateField()
    closes_on = models.DateField()
    most_awards = models.PositiveSmallIntegerField(default=1)
    least_scores = models.PositiveSmallIntegerField(default=rules.LEAST_SCORES)
    standing = models.CharField(max_length=9, choices=terms.Standing, default=terms.Standing.DRAFT)
    made_by = _user()
    made_at = models.DateTimeField()
    announced_at = models.DateTimeField(null=True)
    decided_by = _user()
    decided_at = models.DateTimeField(null=True)
    decide_words = models.CharField(max_length=1_000, blank=True)
    ranking = models.JSONField(null=True)
    """As it stood when it was decided."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "category"], name="award_round_once"),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="award_round_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(most_awards__gte=1, least_scores__gte=rules.LEAST_SCORES), name="award_round_has_awards"),
            models.CheckConstraint(condition=~Q(standing="DECIDED") | Q(decided_at__isnull=False), name="award_round_decided_when"),
        ]

    def __str__(self):
        return self.key

    @property
    def key(self) -> str:
        """As addresses say it: 2026-police_officer."""
        return f"{self.year}-{self.category.lower()}"

    def stage(self, on) -> terms.Stage:
        return terms.Stage(rules.stage(self.standing, self.opens_on, self.closes_on, on))


class Nomination(Record):
    """A unit, an organisation or an officer of the directory, with what was done; its name as it stood."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="nominations")
    nominee = models.ForeignKey("network.Stakeholder", on_delete=models.PROTECT, related_name="+")
    place = _place()
    place_no = models.BigIntegerField()
    state = models.ForeignKey("places.Place", null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=17)
    reasons = models.TextField(max_length=3_000)
    evidence = models.TextField(max_length=3_000, blank=True)
    document = models.ForeignKey("library.Document", null=True, on_delete=models.PROTECT, related_name="+")
    standing = models.CharField(max_length=9, choices=terms.NominationState, default=terms.NominationState.STANDS)
    nominated_by = _user()
    nominated_at = models.DateTimeField()
    withdrawn_words = models.CharField(max_length=300, blank=True)
    consented_on = models.DateField(null=True)
    """The officer said that her name may be told to everyone."""
    consent_words = models.CharField(max_length=300, blank=True)
    """How: a signed paper, its number."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "nominee"], condition=Q(standing="STANDS"), name="nominated_once"),
            models.CheckConstraint(condition=~Q(evidence="") | Q(document__isnull=False), name="nomination_has_evidence"),
            models.CheckConstraint(condition=~Q(standing="WITHDRAWN") | ~Q(withdrawn_words=""), name="nomination_withdrawn_why"),
            models.CheckConstraint(condition=Q(consented_on=None) | ~Q(consent_words=""), name="consent_says_how"),
        ]

    def __str__(self):
        return str(self.pk)

    @property
    def is_person(self) -> bool:
        return self.kind in PEOPLE

    @property
    def may_be_named(self) -> bool:
        return not self.is_person or self.consented_on is not None


class Member(Record):
    """A user who sits in the panel of a round."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    appointed_by = _user()
    appointed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "user"], name="panel_member_once"),
            models.CheckConstraint(condition=Q(appointed_by=None) | ~Q(appointed_by=F("user")), name="panel_member_by_another"),
        ]

    def __str__(self):
        return f"{self.user_id} in {self.round_id}"


class Declaration(Record):
    """What a member said of a nominee before seeing anything: an interest, or none."""

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="declarations")
    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    has_interest = models.BooleanField()
    words = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["nomination", "user"], name="declared_once"),
            models.CheckConstraint(condition=Q(has_interest=False) | ~Q(words=""), name="interest_says_why"),
        ]

    def __str__(self):
        return f"{self.user_id} of {self.nomination_id}"


class Score(Record):
    """What a member gave a nominee: 0 to 10 for each criterion."""

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="scores")
    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    points = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["nomination", "user"], name="scored_once")]

    def __str__(self):
        return f"{self.user_id} of {self.nomination_id}"


class Award(Record):
    """Given by a decision; told to everyone once its citation stands in both languages and a second person has looked at it."""

    nomination = models.OneToOneField(Nomination, on_delete=models.PROTECT, related_name="award")
    place_no = models.BigIntegerField()
    number = models.CharField(max_length=30, unique=True)
    given_on = models.DateField()
    citation_en = models.TextField(max_length=1_500, blank=True)
    citation_hi = models.TextField(max_length=1_500, blank=True)
    cited_by = _user()
    published_by = _user()
    published_at = models.DateTimeField(null=True)
    revoked_on = models.DateField(null=True)
    why_revoked = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(published_by=None) | ~Q(published_by=F("cited_by")), name="award_published_by_another"),
            models.CheckConstraint(
                condition=Q(published_at=None) | (~Q(citation_en="") & ~Q(citation_hi="")), name="award_published_with_its_citation"
            ),
            models.CheckConstraint(condition=Q(revoked_on=None) | ~Q(why_revoked=""), name="award_revoked_with_a_reason"),
        ]

    def __str__(self):
        return self.number


class OpenAward(models.Model):
    """What everyone may read of an award. An officer without consent has no name here."""

    id = models.UUIDField(primary_key=True)
    place_no = models.BigIntegerField()
    year = models.PositiveSmallIntegerField()
    category = models.CharField(max_length=14, choices=terms.Category)
    number = models.CharField(max_length=30)
    name = models.CharField(max_length=160, blank=True)
    place_names = models.JSONField()
    citation_en = models.TextField(blank=True)
    citation_hi = models.TextField(blank=True)
    given_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["-year", "category"], name="awards_newest")]

    def __str__(self):
        return self.number

    @property
    def place_name(self) -> str:
        return in_language(self.place_names)

    @property
    def citation(self) -> str:
        return in_language({"en": self.citation_en, "hi": self.citation_hi})
