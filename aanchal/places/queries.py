"""Reads of places."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from itertools import groupby

from django.db.models import Q, QuerySet

from aanchal.places.models import IndicatorSeries, IndicatorValue, Place
from aanchal.places.terms import Level

CLOSE_ENOUGH = 0.5
MOST_COMPARED = 20_000
KEPT_SECONDS = 30
NOWHERE = Q(pk__in=[])


def nation() -> Place:
    return Place.objects.get(level=Level.NATION)


def within(place: Place, field: str = "place_no") -> Q:
    """The rows whose number lies inside a place."""
    return Q(**{f"{field}__gte": place.place_no, f"{field}__lte": place.last_no})


def of_level(level: Level) -> QuerySet[Place]:
    """Every place of a level, a block that spans districts once."""
    return Place.objects.filter(level=level, part_of=None)


def latest_values(key: str, level: Level) -> dict[int, float]:
    """Place -> value of the newest edition of a series."""
    newest = IndicatorSeries.objects.filter(key=key, level=level).order_by("-year", "-pk").first()
    return dict(IndicatorValue.objects.filter(series=newest).values_list("place_id", "value")) if newest else {}


def villages_in(place: Place) -> QuerySet[Place]:
    return Place.objects.filter(within(place), level=Level.VILLAGE).order_by("name", "pk")


def hamlets_of(village: Place) -> QuerySet[Place]:
    return Place.objects.filter(village=village, level=Level.HAMLET).order_by("place_no")


def village_by_code(code: str) -> Place | None:
    """A village by its LGD code as a form sends it; None for what is not a code or not a village."""
    if not code.isascii() or not code.isdigit() or len(code) > 15:
        return None
    return _village(int(code), int(time.monotonic()) // KEPT_SECONDS)


@lru_cache(maxsize=20_000)
def _village(code: int, _moment: int) -> Place | None:
    """Asked for every form that comes, and changed only by an import: kept for half a minute."""
    return Place.objects.filter(level=Level.VILLAGE, lgd_code=code).first()


def forget_villages() -> None:
    """After an import, so that a new village is known at once."""
    _village.cache_clear()


def ancestors(place: Place) -> list[Place]:
    """From the state down to the place's parent, for a trail of links."""
    ids = [pk for pk in (place.state_id, place.district_id, place.block_id, place.panchayat_id, place.village_id) if pk]
    found = Place.objects.in_bulk(ids)
    return [found[pk] for pk in ids]


def holding(one: Place, other: Place) -> Place:
    """The smallest place that both lie in."""
    around = Place.objects.filter(pk__in=[one.nation_id or one.pk, one.pk, *(place.pk for place in ancestors(one))])
    return around.filter(place_no__lte=other.place_no, last_no__gte=other.place_no).latest("place_no")


def named(said: str) -> Place | None:
    """A place as a person at the command line writes it: `nation`, `603/district` (LGD code and level), or our own id."""
    if said.lower() in ("nation", "india"):
        return Place.objects.filter(level=Level.NATION).first()
    code, _, level = said.partition("/")
    if not code.isascii() or not code.isdigit() or len(code) > 15:
        return None
    if not level:
        return Place.objects.filter(pk=int(code)).first()
    return Place.objects.filter(level=level.upper(), lgd_code=int(code), part_of=None).first()


def by_name(written: str) -> Place | None:
    """The one state, district or block of this name, in any language of the directory; the largest of that name."""
    wanted = Q(name__iexact=written) | Q(names__hi__iexact=written) | Q(names__te__iexact=written)
    for level in (Level.STATE, Level.DISTRICT, Level.BLOCK):
        found = list(Place.objects.filter(wanted, level=level)[:2])
        if len(found) == 1:
            return found[0]
    return None


def alike(said: str, place: Place, levels: Iterable[Level], most: int) -> list[Place]:
    """Places inside another that a person may mean, by name in any language of the directory: those of this very name, else those that
    begin with it, else those that hold it; one more than `most` says that there are more."""
    there = Place.objects.filter(within(place), level__in=list(levels), part_of=None).order_by("-level", "name", "pk")
    for how in ("iexact", "istartswith", "icontains"):
        named_so = Q(**{f"name__{how}": said}) | Q(**{f"names__hi__{how}": said}) | Q(**{f"names__te__{how}": said})
        if found := list(there.filter(named_so).select_related("district", "state")[: most + 1]):
            return found
    return []


def by_codes(level: Level, codes: Iterable[int]) -> QuerySet[Place]:
    """Places of these LGD codes, the first part of a divided block before its others."""
    return Place.objects.filter(level=level, lgd_code__in=list(codes)).order_by("pk")


def without_code(level: Level, column: str, parents: Iterable[int]) -> QuerySet[Place]:
    return Place.objects.filter(level=level, lgd_code=None, **{f"{column}__in": list(parents)})


def nearest(level: Level, *, code: int, name: str, state: int | None) -> Place | None:
    """The place that was probably meant: of the most similar name, or when the file gives none, of the most similar code."""
    there = Place.objects.filter(level=level)
    if level != Level.STATE and there.filter(state__lgd_code=state).exists():
        there = there.filter(state__lgd_code=state)
    known = there.values_list("pk", "name" if name else "lgd_code")[:MOST_COMPARED]
    by_words = {str(words).casefold(): pk for pk, words in known}
    close = get_close_matches((name or str(code)).casefold(), by_words, n=1, cutoff=CLOSE_ENOUGH)
    return Place.objects.get(pk=by_words[close[0]]) if close else None


@dataclass(frozen=True)
class Span:
    """A block that lies in several districts: one place a district."""

    parts: tuple[Place, ...]

    def __str__(self) -> str:
        districts = [part.district.name for part in self.parts]
        return f"block {self.parts[0].lgd_code} {self.parts[0].name} spans the districts {', '.join(districts[:-1])} and {districts[-1]}"


def spanning_blocks() -> list[Span]:
    divided = Place.objects.filter(level=Level.BLOCK).filter(Q(part_of__isnull=False) | Q(parts__isnull=False))
    parts = divided.select_related("district").order_by("lgd_code", "pk").distinct()
    return [Span(tuple(group)) for _, group in groupby(parts, key=lambda part: part.lgd_code)]
