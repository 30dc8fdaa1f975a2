"""Selection of districts and blocks: each ranking as it was made, what was chosen, and who decided."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from aanchal.core.models import Record
from aanchal.places.models import Place
from aanchal.places.terms import Level
from aanchal.selection.terms import Standing, Status

LEVELS = [(level.value, level.label) for level in (Level.DISTRICT, Level.BLOCK)]


def _worker():
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")


class SelectionRun(Record):
    """One ranking of the districts or blocks of a place, with its inputs. Only the choice may change, and only while it is a draft.

    `indicators`, `incidents` and `results` hold what was known that day: titles, editions, values, percentiles, ranks. A later import
    changes none of it. The database refuses every other change (`selection/sql/runs.sql`).
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()
    level = models.CharField(max_length=11, choices=LEVELS)
    title = models.CharField(max_length=120)
    seed = models.PositiveIntegerField()
    draws = models.PositiveIntegerField()
    least_coverage = models.FloatField()
    indicators = models.JSONField()
    incidents = models.JSONField()
    results = models.JSONField()
    inputs_digest = models.CharField(max_length=64)
    copy_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    created_by = _worker()
    chosen = models.JSONField(default=list)
    status = models.CharField(max_length=9, choices=Status, default=Status.DRAFT)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = _worker()
    submit_note = models.CharField(max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = _worker()
    decide_note = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["place_no", "-created_at"], name="selection_run_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="DRAFT", submitted_at=None, decided_at=None)
                | Q(status="SUBMITTED", submitted_at__isnull=False, decided_at=None)
                | Q(status__in=("APPROVED", "RETURNED"), submitted_at__isnull=False, decided_at__isnull=False, decided_by__isnull=False),
                name="selection_run_says_who_decided",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("submitted_by")), name="selection_run_decided_by_another"
            ),
        ]

    def __str__(self):
        return f"{self.level} of {self.place_id}"

    @property
    def is_draft(self) -> bool:
        return self.status == Status.DRAFT

    @property
    def weights(self) -> list[float]:
        return [one["weight"] for one in self.indicators]


class PlaceStanding(Record):
    """Someone recorded that something the framework asks for holds of a district or block, or no longer does. The latest stands."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()
    standing = models.CharField(max_length=18, choices=Standing)
    holds = models.BooleanField()
    source = models.CharField(max_length=200)
    said_at = models.DateTimeField()
    said_by = _worker()

    class Meta:
        indexes = [models.Index(fields=["place_no", "standing", "-said_at"], name="place_standing_latest")]

    def __str__(self):
        return f"{self.standing} at {self.place_id}"


def local(texts: dict[str, str], fallback: str = "") -> str:
    """In the reader's language, or in English, of texts a run keeps."""
    return texts.get((get_language() or "en")[:2]) or texts.get("en") or fallback
