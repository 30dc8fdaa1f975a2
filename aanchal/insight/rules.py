"""Who needs attention, and why. A small district is not branded by chance: it is set beside its peers with its own uncertainty."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

VERSION = 1
BEYOND = 3.0
"""Standard errors beyond the peers' rate before it is more than chance (funnel limits; Spiegelhalter 2005, doi 10.1002/sim.1970)."""
LEAST_CASES = 11
"""Nothing is said of a rate over fewer."""
FALLING = 3
"""So many months, each worse than the one before."""
WEIGHT = {"WORSE": 3, "TARGET": 2, "FALLING": 1}
SILENT = "SILENT"
WEIGHT_OF_SILENCE = 5
MONTHS_OF_A_YEAR = 12
FIRST_MONTH = 4
MONTHS = {"MONTH": 1, "QUARTER": 3, "YEAR": 12}
LONG_NUMBER = re.compile(r"\d(?:[\s.\-–]?\d){9,}")
"""Ten digits or more. Shorter ones are amounts, days, counts."""
MAIL = re.compile(r"\S+@\S+\.\w")


@dataclass(frozen=True)
class Rate:
    """`n` of `of`; whether more is better; the last months' values, oldest first; a target in per cent, or None."""

    code: str
    n: int
    of: int
    more_is_better: bool
    past: tuple[float, ...] = ()
    target: float | None = None


def reasons(rates: Sequence[Rate], peers: dict[str, float]) -> list[str]:
    """`CODE:REASON`, the gravest first. `peers` is the rate of all places of the same kind together, by code, between 0 and 1."""
    found = [f"{rate.code}:{why}" for rate in rates for why in _of(rate, peers.get(rate.code))]
    return sorted(found, key=lambda one: (-WEIGHT[one.partition(":")[2]], one))


def weight(found: Sequence[str], *, is_silent: bool) -> int:
    return sum(WEIGHT[one.partition(":")[2]] for one in found) + WEIGHT_OF_SILENCE * is_silent


def _of(rate: Rate, peer: float | None) -> list[str]:
    if rate.of < LEAST_CASES:
        return []
    share, better = rate.n / rate.of, 1 if rate.more_is_better else -1
    found = []
    if peer is not None and 0 < peer < 1 and better * (share - peer) < -BEYOND * sqrt(peer * (1 - peer) / rate.of):
        found.append("WORSE")
    if rate.target is not None and better * (100 * share - rate.target) < 0:
        found.append("TARGET")
    last = rate.past[-FALLING:]
    if len(last) == FALLING and all(better * (after - before) < 0 for before, after in zip(last, [*last[1:], 100 * share], strict=True)):
        found.append("FALLING")
    return found


def month_of(day: date) -> date:
    return day.replace(day=1)


def month_after(month: date, n: int = 1) -> date:
    """n months later, or earlier where n is below nought."""
    year, number = divmod(month.year * MONTHS_OF_A_YEAR + month.month - 1 + n, MONTHS_OF_A_YEAR)
    return date(year, number + 1, 1)


def year_of(day: date) -> int:
    """The financial year that began on 1 April."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def quarter_of(day: date) -> date:
    """The first day of the quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def first_of(span: str, day: date) -> date:
    """The first day of the month, quarter or financial year of a day."""
    return {"MONTH": month_of(day), "QUARTER": quarter_of(day), "YEAR": date(year_of(day), FIRST_MONTH, 1)}[span]


def months_of(span: str, first: date) -> tuple[date, ...]:
    """Of a period by its first day."""
    return tuple(month_after(first, n) for n in range(MONTHS[span]))


def finds_a_person(text: str) -> bool:
    """A telephone, Aadhaar or other long number, or an address of electronic mail: digits of any script, with blanks or dashes between."""
    return bool(LONG_NUMBER.search(text) or MAIL.search(text))
