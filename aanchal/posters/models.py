"""A missing-person notice on its way, the family's consent to it, what people told about it; and the copy that everyone reads."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from aanchal.core.codes import shown
from aanchal.core.models import Sealed
from aanchal.people.terms import Sex
from aanchal.places.models import in_language
from aanchal.posters import rules, terms


def _user():
    return models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)


class Shown(models.Model):
    """What a notice shows beside the name, and nothing else."""

    number = models.CharField(max_length=6, unique=True, editable=False)
    sex = models.CharField(max_length=11, choices=Sex)
    age = models.CharField(max_length=8, choices=terms.Age)
    years = models.PositiveSmallIntegerField(null=True)
    """Of a child, on the day last seen; of an adult only the band is told."""
    last_seen_on = models.DateField()
    languages = ArrayField(models.CharField(max_length=3), default=list)
    height = models.CharField(max_length=9, choices=terms.Height, blank=True)
    build = models.CharField(max_length=6, choices=terms.Build, blank=True)
    features = ArrayField(models.CharField(max_length=14, choices=terms.Feature), default=list)
    clothes = models.CharField(max_length=rules.CLOTHES, blank=True)
    until = models.DateField()

    class Meta:
        abstract = True

    @property
    def shown_number(self) -> str:
        return shown(self.number)


SHOWN = ("number", "sex", "age", "years", "last_seen_on", "languages", "height", "build", "features", "clothes", "until")
"""Copied as they stand into what everyone reads."""


class Poster(Sealed, Shown):
    """Asked for by one person, released by another; `told` holds the first name, if it is shown. What it says is not changed any more."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="posters")
    entry = models.ForeignKey("registers.Entry", on_delete=models.PROTECT, related_name="posters")
    """The line of the missing register as it stands: a correction moves it on."""
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()
    checks = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=terms.State, default=terms.State.PROPOSED)
    proposed_by = _user()
    proposed_at = models.DateTimeField()
    decided_by = _user()
    decided_at = models.DateTimeField(null=True)
    decide_words = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = _user()
    end = models.CharField(max_length=9, choices=terms.End, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(state__in=rules.LIVE), name="poster_live_once"),
            models.CheckConstraint(condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")), name="poster_released_by_another"),
            models.CheckConstraint(condition=~Q(state="RETURNED") | ~Q(decide_words=""), name="poster_returned_with_words"),
            models.CheckConstraint(
                condition=(Q(state="ENDED", ended_at__isnull=False) & ~Q(end="")) | (~Q(state="ENDED") & Q(ended_at=None, end="")),
                name="poster_ended_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["place_no", "-proposed_at"], name="poster_place")]

    def __str__(self):
        return self.shown_number

    @property
    def is_live(self) -> bool:
        return self.state in rules.LIVE


class Agreement(Sealed):
    """The family agreed in writing that everyone may read this notice: who, in which form and language, when. The name is sealed."""

    poster = models.ForeignKey(Poster, on_delete=models.PROTECT, related_name="agreements")
    place_no = models.BigIntegerField()
    giver = models.CharField(max_length=11, choices=terms.Giver)
    written = models.CharField(max_length=11, choices=terms.Written)
    language = models.CharField(max_length=3)
    given_on = models.DateField()
    noted_by = _user()
    noted_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poster", "given_on"], name="agreed_once_a_day")]

    def __str__(self):
        return f"{self.giver} on {self.given_on}"

    @property
    def consent(self) -> rules.Consent:
        return rules.Consent(self.giver, bool(self.written), self.given_on, self.withdrawn_at is not None)


class Seen(Sealed):
    """Someone of the public says that they saw her: their words and, if they gave it, a telephone, sealed."""

    poster = models.ForeignKey(Poster, on_delete=models.PROTECT, related_name="seen")
    place_no = models.BigIntegerField()
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    read_by = _user()

    class Meta:
        indexes = [models.Index(fields=["poster", "-at"], name="seen_of_poster")]

    def __str__(self):
        return f"told about {self.poster_id}"


class OpenPoster(Shown):
    """The notice as everyone has it, under its own id, by district: no village, no family, no photo. Deleted when it ends."""

    id = models.UUIDField(primary_key=True)
    place_no = models.BigIntegerField()
    """Of the district."""
    state_code = models.BigIntegerField()
    district_code = models.BigIntegerField()
    state_names = models.JSONField()
    district_names = models.JSONField()
    name = models.CharField(max_length=30, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state_code", "district_code", "-last_seen_on"], name="open_poster_of_district")]

    def __str__(self):
        return self.shown_number

    @property
    def state_name(self) -> str:
        return in_language(self.state_names)

    @property
    def district_name(self) -> str:
        return in_language(self.district_names)
