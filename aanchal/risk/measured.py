"""The measures of a place as one reader may see them: exact for who may open the lists, small places put together for others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.people.terms import SocialCategory
from aanchal.places.models import Place
from aanchal.places.terms import Level
from aanchal.registers.queries import inside
from aanchal.risk import counts, queries
from aanchal.risk.definition import Definition
from aanchal.risk.measures import Measures, Tally, measure
from aanchal.risk.pooling import closed, is_few, is_small, pooled, total
from aanchal.risk.reading import words
from aanchal.risk.steadiness import Steadiness, steadiness
from aanchal.risk.terms import Subject

BELOW = {
    Level.NATION: Level.STATE,
    Level.STATE: Level.DISTRICT,
    Level.DISTRICT: Level.BLOCK,
    Level.BLOCK: Level.VILLAGE,
    Level.PANCHAYAT: Level.VILLAGE,
}
WIDE = {Level.NATION, Level.STATE, Level.DISTRICT, Level.BLOCK}
"""Where indicators and social categories are told to who may not know the reasons of a family."""
ELSEWHERE = 0


@dataclass(frozen=True)
class Share:
    """A part of a place: its own measures, and what it adds to those of the whole. `place` is empty where several parts are one row."""

    measures: Measures
    part: Fraction
    place: Place | None = None
    label: str = ""
    groups: int = 1


@dataclass(frozen=True)
class Split:
    """A whole in its parts. `adds_up_to` is their sum, which is the M0 of the whole, exactly."""

    shares: Sequence[Share]
    adds_up_to: Fraction
    pooled: int = 0


@dataclass(frozen=True)
class Line:
    """One indicator or dimension; what is None is not told to this reader."""

    key: str
    label: str
    raw: Fraction | None
    censored: Fraction | None
    contribution: Fraction | None


@dataclass(frozen=True)
class Measured:
    version: str
    whole: Measures
    dimensions: Sequence[Line]
    indicators: Sequence[Line]
    places: Split | None
    categories: Split | None
    is_wide: bool
    has_closed: bool
    otherwise: Sequence[Place] = ()
    """States with a version of their own: their families are not in the nation's measures."""
    steadiness: Steadiness | None = None
    """How far the bands rest on the weights."""


def of(user, place: Place, on: date) -> Measured | None:
    """None where so few families are there that the measures would tell of one."""
    index = queries.definition_in_force(Subject.HOUSEHOLD, on, place)
    may_list = policy.covers(user, Permission.RISK_READ, place)
    if not may_list and not _stands_alone(user, index, place, on):
        return None
    whole = counts.tally(place, on, index)
    found = measure(index, whole)
    knows_why = policy.covers(user, Permission.RISK_REASONS, place)
    is_wide = knows_why or place.level in WIDE
    hidden, parts = (frozenset(), frozenset()) if knows_why else closed(index, whole)
    tells_dimensions = found.poor and (knows_why or not is_few(found.poor))
    return Measured(
        version=index.version,
        whole=found,
        dimensions=_dimensions(index, found, parts) if tells_dimensions else (),
        indicators=_indicators(index, found, hidden) if is_wide else (),
        places=_by_place(index, place, whole, on, is_exact=may_list),
        categories=_by_category(index, place, whole, on) if is_wide else None,
        is_wide=is_wide,
        has_closed=bool(is_wide and hidden),
        otherwise=_measured_otherwise(index, place, on),
        steadiness=_steadiness(index, place, is_exact=may_list),
    )


def _steadiness(index: Definition, place: Place, *, is_exact: bool) -> Steadiness | None:
    found = steadiness(index, counts.scores(place, index))
    if is_exact or not found.families:
        return found if found.families else None
    is_hidden = is_few(found.near) or is_few(found.families - found.near)
    return Steadiness(found.families, round(found.survival, 2), None if is_hidden else found.near)


def places_below(place: Place) -> list[Place]:
    level = BELOW.get(Level(place.level))
    if level is None:
        return []
    return list(Place.objects.filter(inside(place), level=level).prefetch_related("parts").order_by("name", "pk"))


def _stands_alone(user, index: Definition, place: Place, on: date) -> bool:
    """From the place of the posting down: a place that is put together with others above has no measures of its own.

    A state with a version of its own is not in the nation's measures: there, it is the first step.
    """
    above = [one for one in (place.nation, place.state, place.district, place.block) if one]
    steps = [one for one in (*above, place) if policy.covers(user, Permission.COUNT_READ, one)]
    steps = [one for one in steps if queries.definition_in_force(Subject.HOUSEHOLD, on, one).version == index.version]
    if is_small(index, counts.tally(steps[0], on, index)):
        return False
    for step, following in zip(steps, steps[1:], strict=False):
        cells = _cells(index, step, counts.tally(step, on, index), on)
        if following.pk not in cells or following.pk in pooled(index, cells):
            return False
    return True


def _measured_otherwise(index: Definition, place: Place, on: date) -> list[Place]:
    if place.level != Level.NATION:
        return []
    return [one for one in places_below(place) if queries.definition_in_force(Subject.HOUSEHOLD, on, one).version != index.version]


def _cells(index: Definition, place: Place, whole: Tally, on: date) -> Mapping[int, Tally]:
    """The places below, and what lies in none of them."""
    told = counts.tallies(places_below(place), on, index)
    rest = whole - total(whole.version, told.values())
    return {**told, **({ELSEWHERE: rest} if rest.households else {})}


def _by_place(index: Definition, place: Place, whole: Tally, on: date, *, is_exact: bool) -> Split | None:
    below = {one.pk: one for one in places_below(place)}
    if not below or not whole.households:
        return None
    cells = {key: counted for key, counted in _cells(index, place, whole, on).items() if counted.households}
    together = frozenset() if is_exact else pooled(index, cells)
    shares = [_share(index, whole, cells[key], place=below.get(key)) for key in cells if key not in together]
    return _split(index, whole, cells, shares, together)


def _by_category(index: Definition, place: Place, whole: Tally, on: date) -> Split | None:
    """Small groups are always one row: nobody needs to know how one family of a group fares."""
    if is_small(index, whole) or not whole.households:
        return None
    cells = {key: counted for key, counted in counts.tally_by_category(place, on).items() if counted.households}
    together = pooled(index, cells)
    shares = [_share(index, whole, cells[key], label=str(SocialCategory(key).label)) for key in cells if key not in together]
    return _split(index, whole, cells, shares, together)


def _split(index: Definition, whole: Tally, cells: Mapping, shares: list[Share], together: frozenset) -> Split:
    shares.sort(key=lambda share: -share.part)
    if together:
        shares.append(_share(index, whole, total(whole.version, [cells[key] for key in together]), groups=len(together)))
    return Split(shares, sum((share.part for share in shares), Fraction(0)), len(together))


def _share(index: Definition, whole: Tally, part: Tally, **named) -> Share:
    found = measure(index, part)
    return Share(found, Fraction(part.households, whole.households) * found.m0, **named)


def _dimensions(index: Definition, found: Measures, hidden: frozenset[str]) -> list[Line]:
    shares = found.contribution_of_dimension
    lines = [Line(one.key, words(one.title), None, None, None if one.key in hidden else shares[one.key]) for one in index.dimensions]
    return sorted(lines, key=lambda line: -(line.contribution or 0))


def _indicators(index: Definition, found: Measures, hidden: frozenset[str]) -> list[Line]:
    return [
        Line(one.key, words(one.reason), None, None, None)
        if one.key in hidden
        else Line(one.key, words(one.reason), found.raw_headcount[one.key], found.censored_headcount[one.key], found.contribution[one.key])
        for one in index.indicators
    ]
