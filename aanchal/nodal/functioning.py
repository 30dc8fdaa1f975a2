"""Whether a unit works, and why not; what of a release may be certified; which step of reminding is due. Plain Python."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Unit:
    """What is told of a unit."""

    notified_on: date | None
    head_post: str
    phone: str
    vehicles: int
    reported_on: date | None


def why_not(unit: Unit, on: date, reports_within_days: int) -> tuple[str, ...]:
    """Codes of what keeps a unit from working on a day; none when it is functional (post holder, phone, vehicle, last return)."""
    if unit.notified_on is None or unit.notified_on > on:
        return ("not_notified",)
    missing = [
        ("no_head", not unit.head_post),
        ("no_phone", not unit.phone),
        ("no_vehicle", not unit.vehicles),
        ("no_return", unit.reported_on is None),
        ("old_return", unit.reported_on is not None and (on - unit.reported_on).days > reports_within_days),
    ]
    return tuple(code for code, is_so in missing if is_so)


def standing(why: Sequence[str]) -> str:
    if "not_notified" in why:
        return "PLANNED"
    return "NOTIFIED" if why else "FUNCTIONAL"


def claimed(told: Iterable[tuple[Hashable, int]]) -> int:
    """(first line of a certificate, paise): what certificates claim. While a correction waits, the greater counts."""
    most: dict[Hashable, int] = {}
    for first, paise in told:
        most[first] = max(paise, most.get(first, 0))
    return sum(most.values())


def due_step(due_on: date, on: date, steps: Sequence[int]) -> int | None:
    """The newest step (days after the day it is due; below zero before it) that a day has come to."""
    come = [step for step in steps if due_on + timedelta(days=step) <= on]
    return max(come) if come else None
