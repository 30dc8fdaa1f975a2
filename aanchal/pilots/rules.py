"""When a pilot may be as it is told. Plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


class Refused(ValueError):
    """What was told cannot be so; `faults` are (field, code) pairs."""

    def __init__(self, faults: Iterable[tuple[str, str]]):
        self.faults = tuple(faults)
        super().__init__(", ".join(f"{field}: {code}" for field, code in self.faults))


@dataclass(frozen=True)
class Span:
    """From a day until a day, both within."""

    first: date
    last: date


def check_span(one: Span, *, within: Span | None = None) -> None:
    if one.last < one.first:
        raise Refused([("ends_on", "ends_before_it_begins")])
    if within and not within.first <= one.first <= one.last <= within.last:
        raise Refused([("starts_on", "outside_the_pilot")])


def standing(span: Span, *, is_late: bool, on: date) -> str:
    """NOT_BEGUN, ENDED, LATE when a phase or a target is past its day, else RUNNING: a key of `terms.Standing`."""
    if on < span.first:
        return "NOT_BEGUN"
    if on > span.last:
        return "ENDED"
    return "LATE" if is_late else "RUNNING"


def percent(reached: int, number: int) -> int:
    return min(reached * 100 // number, 100) if number else 0
