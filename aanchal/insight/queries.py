"""Reads of definitions, figures, targets and releases."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet, Sum

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.insight import rules
from aanchal.insight.models import (
    Attention,
    Comparison,
    Computation,
    Counted,
    Definition,
    Figure,
    Release,
    Released,
    ReleasedRow,
    Review,
    SavedTable,
    Story,
    Target,
)
from aanchal.insight.terms import StoryStanding
from aanchal.places.models import Place
from aanchal.places.queries import within
from aanchal.places.rules import Interval
from aanchal.places.terms import Level

KEPT = (Level.BLOCK, Level.DISTRICT, Level.STATE, Level.NATION)
TREND = 12
ANY = Q()
TOLD_TO_ALL = Q(is_typical=True) | (Q(numerator=0) | Q(numerator__gte=rules.LEAST_CASES)) & (
    Q(denominator=None) | Q(denominator=F("numerator")) | Q(denominator__gte=F("numerator") + rules.LEAST_CASES)
)
"""Figures that everyone who may count there may know, as the database's policy says it (sql/insight.sql)."""
BELOW: dict[str, Level] = {Level.NATION: Level.DISTRICT, Level.STATE: Level.DISTRICT, Level.DISTRICT: Level.BLOCK}
"""Of which places below a page says that they need attention."""


def definitions(on: date) -> list[Definition]:
    """The newest version of each indicator that held on a day, in the order of their codes."""
    found: dict[str, Definition] = {}
    for one in Definition.objects.filter(effective_from__lte=on).order_by("version"):
        found[one.code] = one
    return [found[code] for code in sorted(found)]


def definitions_of(measure: str, month: date) -> list[Definition]:
    """Those of a month that name a measure."""
    return [one for one in definitions(rules.month_after(month)) if measure in (one.numerator, one.denominator)]


def counted(place: Place, month: date, measure: str) -> int | None:
    """As it was counted, where this reader may know it."""
    return Counted.objects.filter(place=place, month=month, measure=measure).values_list("n", flat=True).first()


def months() -> list[date]:
    """Months that were computed, the newest first."""
    return list(Computation.objects.order_by("-month").values_list("month", flat=True).distinct())


def units() -> list[Place]:
    """Every place figures are kept of, in a fixed order, with its parts."""
    return list(Place.objects.filter(level__in=KEPT, part_of=None).prefetch_related("parts").order_by("place_no", "pk"))


def intervals(place: Place) -> list[Interval]:
    return [part.interval for part in (place, *place.parts.all())]


def trends(place: Place, month: date, only: Q = ANY) -> dict[int, list[Figure]]:
    """Definition -> figures of the last twelve months, oldest first: what this reader may know."""
    since = rules.month_after(month, 1 - TREND)
    found = defaultdict(list)
    for figure in Figure.objects.filter(only, place=place, month__gte=since, month__lte=month).order_by("month"):
        found[figure.definition_id].append(figure)
    return found


def figures(place: Place, months: Sequence[date]) -> dict[int, dict[date, Figure]]:
    """Definition -> month -> figure, small ones too where the reader may know them."""
    found: dict[int, dict[date, Figure]] = defaultdict(dict)
    for figure in Figure.objects.filter(place=place, month__in=months):
        found[figure.definition_id][figure.month] = figure
    return found


def peers(place: Place, month: date, only: Q = ANY, *, months: Sequence[date] = ()) -> dict[int, float]:
    """Definition -> all places of the same level together, in the state or the nation; only those whose figures this reader may know.

    Of a month, or of several: shares are added up. What is typical of them together stands at the state or the nation, for a month.
    """
    around = place.state if place.level in (Level.BLOCK, Level.DISTRICT) else place.nation
    if around is None:
        return {}
    rows = Figure.objects.filter(only, within(around), level=place.level, month__in=months or [month], denominator__gt=0, is_typical=False)
    told = rows.order_by().values("definition_id").annotate(n=Sum("numerator"), of=Sum("denominator"), places=Count("place", distinct=True))
    found = {row["definition_id"]: 100 * row["n"] / row["of"] for row in told if row["places"] > 1}
    if not months:
        found |= {one.definition_id: one.value for one in Figure.objects.filter(only, place=around, month=month, is_typical=True)}
    return found


def targets(place: Place, month: date) -> dict[str, Target]:
    return {one.code: one for one in Target.objects.filter(place=place, year=rules.year_of(month))}


def attention(place: Place, month: date) -> QuerySet[Attention]:
    """Places below that need attention, the gravest first."""
    level = BELOW.get(place.level)
    found = Attention.objects.filter(within(place), month=month, level=level).select_related("place", "place__state", "place__district")
    return found.order_by("-weight", "place__name", "pk")


def releases(user) -> QuerySet[Release]:
    may = policy.visible(user, Permission.RELEASE_PREPARE, Release.objects.all())
    return (may | policy.visible(user, Permission.RELEASE_APPROVE, Release.objects.all())).order_by("-starts_on", "-made_at")


def published() -> QuerySet[Released]:
    """What the public may read, by the connection that can read nothing else."""
    return Released.objects.using(settings.PUBLIC_READS_BY).order_by("-starts_on")


def rows_told(release: Released) -> QuerySet[ReleasedRow]:
    return ReleasedRow.objects.using(settings.PUBLIC_READS_BY).filter(release_id=release.pk).order_by("level", "name", "pk")


def drafts_before(release: Release) -> Sequence[Release]:
    """Published releases of the earlier quarters of its financial year, in their order."""
    began = date(rules.year_of(release.starts_on), rules.FIRST_MONTH, 1)
    found = Release.objects.filter(place=release.place_id, standing="PUBLISHED", starts_on__gte=began, starts_on__lt=release.starts_on)
    return list(found.order_by("starts_on"))


def comparison(place: Place, until: date = date.max) -> Comparison | None:
    """The newest of a place, of months up to one."""
    return Comparison.objects.filter(place=place, month__lte=until).order_by("-month").first()


def computed(month: date) -> Computation | None:
    return Computation.objects.filter(month=month).order_by("-at").first()


def reviews(place: Place) -> QuerySet[Review]:
    return Review.objects.filter(place=place).select_related("asked_by").order_by("-asked_at", "-pk").defer("content")


def tables(user, place: Place) -> QuerySet[SavedTable]:
    """One's own of a place, and those that others share."""
    mine = Q(made_by=user.pk) | Q(is_shared=True)
    return SavedTable.objects.filter(mine, place=place).select_related("made_by").order_by("title", "pk")


def stories(user, place: Place) -> QuerySet[Story]:
    """One's own, those that wait for one's decision, and what was published of a place and those in it; without their photos."""
    here = Story.objects.filter(within(place))
    reads = policy.visible(user, Permission.COUNT_READ, here.filter(standing=StoryStanding.PUBLISHED))
    decides = policy.visible(user, Permission.STORY_DECIDE, here.exclude(standing=StoryStanding.DRAFT))
    writes = policy.visible(user, Permission.STORY_WRITE, here.filter(made_by=user.pk))
    return (reads | decides | writes).select_related("place", "made_by").defer("photo").order_by("-last", "-pk")


def versions(told: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Definition]:
    """These versions of these indicators."""
    wanted = set(told)
    found = Definition.objects.filter(code__in={code for code, _ in wanted})
    return {(one.code, one.version): one for one in found if (one.code, one.version) in wanted}
