"""What a what-if answers, as one reader may see it: exact for who may know the reasons, rounded and put together for who may only count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

import numpy as np

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.people.models import Household
from aanchal.people.terms import SocialCategory
from aanchal.places.models import Place
from aanchal.risk import columns, queries, what_if
from aanchal.risk.batch import Bools
from aanchal.risk.definition import Definition
from aanchal.risk.measured import WIDE, places_below
from aanchal.risk.pooling import held_together, is_few, together
from aanchal.risk.terms import Subject
from aanchal.risk.what_if import Aim, Answer, Families, Scenario

ROUNDED_TO = 10
FAMILIES_SHOWN = 200


@dataclass(frozen=True)
class Change:
    """One figure before and after."""

    before: int | Fraction
    after: int | Fraction


@dataclass(frozen=True)
class Part:
    """A place or a social category. What is None is not told; `groups` says how many small ones are one row."""

    label: str
    place: Place | None
    families: int
    listed: Change
    headcount: Change
    m0: Change
    entered: int | None
    left: int | None
    target: int | None = None
    missed: int | None = None
    groups: int = 1


@dataclass(frozen=True)
class Supposed:
    version: str
    families: int
    listed: Change
    headcount: Change
    intensity: Change
    m0: Change
    entered: int | None
    left: int | None
    aim_before: Aim | None
    aim_after: Aim | None
    places: Sequence[Part]
    categories: Sequence[Part]
    is_exact: bool
    is_few: bool = False
    """For who may only count: too few families, listed or not, to say anything."""


@dataclass(frozen=True)
class Moved:
    """A family that would come on the list or leave it."""

    household: Household
    before: str
    after: str
    enters: bool


def is_exact(user, place: Place) -> bool:
    return policy.covers(user, Permission.RISK_REASONS, place)


def may_ask(user, place: Place) -> bool:
    """Who may only count asks of a block and wider: where indicators are told to them at all (measured.WIDE)."""
    return policy.covers(user, Permission.RISK_WHAT_IF, place) and (is_exact(user, place) or place.level in WIDE)


def of(user, place: Place, scenario: Scenario, target: str, on: date) -> Supposed:
    """Raises columns.TooMany."""
    index = queries.definition_in_force(Subject.HOUSEHOLD, on, place)
    families = columns.of(place, index, with_answers=any(scenario.reached.values())).columns
    answer = what_if.answer(index, families, scenario)
    aimed = what_if.targeted(index, families, answer.before, target)
    exact = is_exact(user, place)
    told = _told(index, place, families, answer, aimed, exact=exact)
    return told if exact else _rounded(told, families, answer)


def moved(place: Place, scenario: Scenario, on: date) -> tuple[list[Moved], int]:
    """The first families by code that would enter or leave, and how many do in all; for who may know the reasons."""
    index = queries.definition_in_force(Subject.HOUSEHOLD, on, place)
    read = columns.of(place, index, with_answers=any(scenario.reached.values()))
    answer = what_if.answer(index, read.columns, scenario)
    rows = np.flatnonzero(answer.entered | answer.left).tolist() if read.families else []
    households = Household.objects.select_related("place").in_bulk([read.families[row] for row in rows])
    found = [_moved(index, answer, row, households[read.families[row]]) for row in rows if read.families[row] in households]
    found.sort(key=lambda one: (not one.enters, one.household.place_no, one.household.code))
    return found[:FAMILIES_SHOWN], len(found)


def _moved(index: Definition, answer: Answer, row: int, household: Household) -> Moved:
    before, after = (index.band_keys[int(reading.band[row])] for reading in (answer.before, answer.after))
    return Moved(household, before, after, bool(answer.entered[row]))


def _told(index: Definition, place: Place, families: Families, answer: Answer, aimed: Bools, *, exact: bool) -> Supposed:
    before, after = what_if.figures(answer.before), what_if.figures(answer.after)
    return Supposed(
        version=index.version,
        families=len(families),
        listed=Change(before.listed, after.listed),
        headcount=Change(before.headcount, after.headcount),
        intensity=Change(before.intensity, after.intensity),
        m0=Change(before.m0, after.m0),
        entered=int(answer.entered.sum()),
        left=int(answer.left.sum()),
        aim_before=what_if.aim(answer.before.listed, aimed),
        aim_after=what_if.aim(answer.after.listed, aimed),
        places=_by_place(place, families, answer, exact=exact),
        categories=_by_category(families, answer, aimed),
        is_exact=True,
    )


def _by_place(place: Place, families: Families, answer: Answer, *, exact: bool) -> list[Part]:
    """Those that move most first; for who may only count, small places are one row."""
    below = {one.pk: one for one in places_below(place)}
    rows = {pk: _rows_in(one, families) for pk, one in below.items()}
    rows = {pk: held for pk, held in rows.items() if held.any()}
    pool = frozenset() if exact else together({pk: _sizes(answer, held) for pk, held in rows.items()})
    parts = [_part(answer, held, place=below[pk]) for pk, held in rows.items() if pk not in pool]
    parts.sort(key=lambda one: (-abs(one.listed.after - one.listed.before), one.label))
    if pool:
        parts.append(_part(answer, np.logical_or.reduce([rows[pk] for pk in pool]), groups=len(pool)))
    return parts


def _rows_in(place: Place, families: Families) -> Bools:
    held = np.zeros(len(families), np.bool_)
    for part in (place, *place.parts.all()):
        held |= (families.places >= part.place_no) & (families.places <= part.last_no)
    return held


def _by_category(families: Families, answer: Answer, aimed: Bools) -> list[Part]:
    """Small groups are always one row, and who would be missed is told only where it points at nobody: the audit needs no family."""
    rows = {key: families.categories == key for key in SocialCategory.values}
    rows = {key: held for key, held in rows.items() if held.any()}
    pool = together({key: _sizes(answer, held) for key, held in rows.items()})
    parts = {key: _part(answer, held, label=str(SocialCategory(key).label), aimed=aimed) for key, held in rows.items() if key not in pool}
    if pool:
        held = np.logical_or.reduce([rows[key] for key in pool])
        parts["POOL"] = _part(answer, held, aimed=aimed, groups=len(pool))
    return _without_small(parts)


def _sizes(answer: Answer, rows: Bools) -> tuple[int, ...]:
    """Nothing of these may be small, nor what is left of them."""
    listed = [int((reading.listed & rows).sum()) for reading in (answer.before, answer.after)]
    whole = int(rows.sum())
    return (whole, *listed, *(whole - one for one in listed))


def _without_small(parts: Mapping[str, Part]) -> list[Part]:
    missed = {key: part.missed or 0 for key, part in parts.items()}
    few = {key for key, part in parts.items() if is_few(missed[key]) or is_few((part.target or 0) - missed[key])}
    hidden = held_together(few, missed)
    shown = [replace(part, missed=None, target=None) if key in hidden else part for key, part in parts.items()]
    return [replace(part, entered=_big(part.entered), left=_big(part.left)) for part in shown]


def _part(answer: Answer, rows: Bools, *, label: str = "", place: Place | None = None, aimed: Bools | None = None, groups: int = 1) -> Part:
    before, after = what_if.figures(answer.before, rows), what_if.figures(answer.after, rows)
    target = None if aimed is None else aimed & rows
    return Part(
        label=label or (place.local_name if place else ""),
        place=place,
        families=before.families,
        listed=Change(before.listed, after.listed),
        headcount=Change(before.headcount, after.headcount),
        m0=Change(before.m0, after.m0),
        entered=int((answer.entered & rows).sum()),
        left=int((answer.left & rows).sum()),
        target=None if target is None else int(target.sum()),
        missed=None if target is None else int((target & ~answer.after.listed).sum()),
        groups=groups,
    )


def _rounded(told: Supposed, families: Families, answer: Answer) -> Supposed:
    """Counts to ten and shares to whole per cent, small places as one row: so that two answers set beside each other tell of no family."""
    sizes = _sizes(answer, np.ones(len(families), np.bool_))
    return replace(
        told,
        families=_to_ten(told.families),
        **_rounded_figures(told),
        aim_before=_aim(told.aim_before),
        aim_after=_aim(told.aim_after),
        categories=[_rounded_part(part) for part in told.categories],
        places=sorted(map(_rounded_part, told.places), key=lambda one: (not one.label, one.label)),
        is_exact=False,
        is_few=any(map(is_few, sizes)),
    )


def _rounded_part(part: Part) -> Part:
    told = {name: None if getattr(part, name) is None else _to_ten(getattr(part, name)) for name in ("target", "missed")}
    return replace(part, families=_to_ten(part.families), **_rounded_figures(part), **told)


def _rounded_figures(told: Part | Supposed) -> dict:
    shares = {name: Change(*map(_to_percent, vars(getattr(told, name)).values())) for name in _SHARES if hasattr(told, name)}
    moved = {name: _big(getattr(told, name)) for name in ("entered", "left")}
    counts = {name: None if count is None else _to_ten(count) for name, count in moved.items()}
    return {"listed": Change(_to_ten(told.listed.before), _to_ten(told.listed.after)), **shares, **counts}


_SHARES = ("headcount", "intensity", "m0")


def _aim(exact: Aim | None) -> Aim | None:
    """Nothing of a target of which one part is small."""
    if exact is None or any(map(is_few, (exact.target, exact.beside, exact.missed, exact.listed - exact.beside))):
        return None
    beside, missed, both = map(_to_ten, (exact.beside, exact.missed, exact.listed - exact.beside))
    return Aim(target=both + missed, listed=both + beside, beside=beside, missed=missed)


def _to_ten(count: int) -> int:
    return (count + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO


def _to_percent(share: Fraction) -> Fraction:
    return Fraction(round(share * 100), 100)


def _big(count: int | None) -> int | None:
    return None if count is None or is_few(count) else count
