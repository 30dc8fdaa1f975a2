"""What every count that goes up tells: how many, of which sex and age, in which place. No id, no name."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import Count, QuerySet

UNDER_18, ADULT = "UNDER_18", "ADULT"
FEMALE, MALE, OTHER = "FEMALE", "MALE", "OTHER"
ANYONE = ""


class Tally(NamedTuple):
    place_no: int
    sex: str
    """FEMALE, MALE, OTHER (transgender or not told), or "" where no persons are counted."""
    age: str
    """UNDER_18, ADULT (or not known), or ""."""
    n: int


class Part(NamedTuple):
    """A piece of a mean, a share or a median: what one thing, or `whole` things together, bring to it."""

    place_no: int
    part: int
    whole: int = 1


def of_people(rows: Iterable[tuple[int, str, bool | None, int]]) -> Iterator[Tally]:
    """From (place, sex as it was told, whether a child, how many)."""
    for place_no, sex, is_child, n in rows:
        yield Tally(place_no, sex if sex in (FEMALE, MALE) else OTHER, UNDER_18 if is_child else ADULT, n)


def of_rows(rows: QuerySet, weight: str = "") -> Iterator[Tally]:
    """Each row once, or with as many as it tells in a column."""
    if weight:
        return of_things(rows.order_by().values_list("place_no", weight))
    return of_things(rows.order_by().values_list("place_no").annotate(tallied=Count("pk")))


def of_things(rows: Iterable[tuple[int, int]]) -> Iterator[Tally]:
    """From (place, how many)."""
    for place_no, n in rows:
        yield Tally(place_no, ANYONE, ANYONE, n)
