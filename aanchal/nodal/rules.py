"""Returns of the States: periods, what may follow what and who may do it, and what is wrong with a set of figures. Plain Python."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import sqrt
from typing import Any

VERSION = 1
MOST = 1_000_000_000
FIRST_MONTHS = {"MONTH": range(1, 13), "QUARTER": (1, 4, 7, 10), "YEAR": (1,)}
LEAST = 11
"""Smaller counts, but nought, do not leave the country."""
NARROWEST = 6
"""A hidden count is never told within two."""
MONTHS = {"MONTH": 1, "QUARTER": 3, "YEAR": 12}
"""NCRB counts calendar years."""
TRANSITIONS: Mapping[str, Mapping[str, str]] = {
    "DRAFT": {"SUBMIT": "SUBMITTED"},
    "SUBMITTED": {"QUERY": "QUERIED", "APPROVE": "APPROVED"},
    "QUERIED": {"SUBMIT": "SUBMITTED"},
    "APPROVED": {"QUERY": "QUERIED", "ACCEPT": "ACCEPTED"},
    "ACCEPTED": {"LOCK": "LOCKED"},
    "LOCKED": {"REPLACE": "AMENDED"},
    "AMENDED": {},
}
"""State of a return -> what happens -> the state after it. A query that is answered is submitted again."""
WRITTEN_IN = ("DRAFT", "QUERIED")
"""Its figures may be changed."""
TOLD = ("SUBMITTED", "APPROVED", "ACCEPTED", "LOCKED")
"""The state has reported."""
COUNTED = ("ACCEPTED", "LOCKED")
"""Part of the national tables."""
LEAST_CHANGE, SIGMAS = 10, 3
"""A count is asked about when it moved by more than ten and more than three standard errors of the difference of two Poisson counts."""

Figures = Mapping[str, int]
Fault = tuple[str, str]


class Refused(ValueError):
    """What was told cannot be so; `faults` are (field, code) pairs, `told` fills the words of the code."""

    def __init__(self, faults: Iterable[Fault], **told: str):
        self.faults, self.told = tuple(faults), told
        super().__init__(", ".join(f"{field}: {code}" for field, code in self.faults))


@dataclass(frozen=True)
class Checks:
    """What an edition promises of its figures, by keys of its heads."""

    sums: Sequence[tuple[str, Sequence[str]]] = ()
    """Total, parts."""
    balances: Sequence[tuple[Sequence[str], Sequence[str]]] = ()
    """What was there and came; what went and is left."""
    carried: Sequence[tuple[str, str]] = ()
    """At the start of this period; at the end of the last."""
    at_most: Sequence[tuple[str, str]] = ()
    """The first is not more than the second within one period; earlier periods may explain it."""
    needs: Sequence[tuple[str, str]] = ()
    """The first is not above zero where the second is zero."""
    equal: Sequence[tuple[str, str]] = ()
    """The law asks for the second wherever there is the first."""
    watched: Sequence[str] = ()
    """Compared with the last period."""


@dataclass(frozen=True)
class Finding:
    """Something wrong or odd: its kind, the head it is about, the district or None for the whole state, and the numbers it rests on."""

    code: str
    head: str
    severity: str
    told: Mapping[str, int] = field(default_factory=dict)
    heads: Sequence[str] = ()
    """Others it speaks of."""
    district: int | None = None

    @property
    def key(self) -> str:
        return ":".join([self.code, self.head, *self.heads, str(self.district or "")])


def checks(told: Mapping[str, Any]) -> Checks:
    """From an edition as it is kept. Raises TypeError for a check that does not exist."""
    rows: dict[str, Any] = {name: tuple(tuple(one) if isinstance(one, list) else one for one in said) for name, said in told.items()}
    return Checks(**rows)


def step(standing: str, event: str) -> str:
    """Raises Refused."""
    after = TRANSITIONS[standing].get(event)
    if after is None:
        raise Refused([("", "locked" if standing in ("LOCKED", "AMENDED") else "not_from_here")])
    return after


def is_period(kind: str, starts_on: date) -> bool:
    return starts_on.day == 1 and starts_on.month in FIRST_MONTHS[kind]


def last_day(kind: str, starts_on: date) -> date:
    """Of the period that starts on this day."""
    months = starts_on.month - 1 + MONTHS[kind]
    return date(starts_on.year + months // 12, months % 12 + 1, 1) - timedelta(days=1)


def before(kind: str, starts_on: date) -> date:
    """The first day of the period before."""
    months = starts_on.year * 12 + starts_on.month - 1 - MONTHS[kind]
    return date(months // 12, months % 12 + 1, 1)


def findings(
    told: Figures, heads: Sequence[str], asked: Checks, *, previous: Figures | None = None, districts: Mapping[int, Figures] | None = None
) -> list[Finding]:
    """Of a whole return, first what must be put right. `districts` are figures of police districts, as far as they are told."""
    found = [Finding("empty", head, "HARD") for head in heads if head not in told]
    found += arithmetic(told, asked)
    for district, figures in sorted((districts or {}).items()):
        found += arithmetic(figures, asked, district)
    found += _rates(told, asked)
    found += _against_last(told, asked, previous) if previous else []
    found += _against_districts(told, heads, list((districts or {}).values())) if districts else []
    return sorted(found, key=lambda one: one.severity != "HARD")


def arithmetic(told: Figures, asked: Checks, district: int | None = None) -> list[Finding]:
    """Totals that do not add up, and flows that lose or invent a case. Where a part is not told nothing is said."""
    found = []
    for total, parts in asked.sums:
        if total in told and all(part in told for part in parts):
            added = sum(told[part] for part in parts)
            if added != told[total]:
                numbers = {"total": told[total], "added": added}
                found.append(Finding("sum", total, "HARD", numbers, (parts[0], parts[-1]), district))
    for came, went in asked.balances:
        if all(head in told for head in (*came, *went)):
            numbers = {"came": sum(told[head] for head in came), "went": sum(told[head] for head in went)}
            if numbers["came"] != numbers["went"]:
                found.append(Finding("balance", went[-1], "HARD", numbers, (came[0],), district))
    return found


def _rates(told: Figures, asked: Checks) -> Iterator[Finding]:
    for part, whole in asked.at_most:
        if part in told and whole in told and told[part] > told[whole]:
            yield Finding("more_than", part, "EXPLAIN", {"part": told[part], "whole": told[whole]}, (whole,))
    for some, needed in asked.needs:
        if told.get(some) and told.get(needed) == 0:
            yield Finding("without", some, "EXPLAIN", {"n": told[some]}, (needed,))
    for first, second in asked.equal:
        if first in told and second in told and told[second] < told[first]:
            yield Finding("fewer_than", second, "EXPLAIN", {"part": told[second], "whole": told[first]}, (first,))


def _against_last(told: Figures, asked: Checks, previous: Figures) -> list[Finding]:
    found = [
        Finding("carried", now, "EXPLAIN", {"now": told[now], "then": previous[then]}, (then,))
        for now, then in asked.carried
        if now in told and then in previous and told[now] != previous[then]
    ]
    return found + [
        Finding("moved", head, "EXPLAIN", {"now": told[head], "then": previous[head]})
        for head in asked.watched
        if head in told and head in previous and has_moved(told[head], previous[head])
    ]


def has_moved(now: int, then: int) -> bool:
    return abs(now - then) > max(LEAST_CHANGE, SIGMAS * sqrt(now + then))


def _against_districts(told: Figures, heads: Sequence[str], districts: Sequence[Figures]) -> Iterator[Finding]:
    """The state is at least the sum of its districts; more than it, when every district told this head, asks for words."""
    for head in heads:
        parts = [one[head] for one in districts if head in one]
        if head not in told or not parts:
            continue
        numbers = {"state": told[head], "districts": sum(parts)}
        if told[head] < sum(parts):
            yield Finding("below_districts", head, "HARD", numbers)
        elif told[head] > sum(parts) and len(parts) == len(districts):
            yield Finding("above_districts", head, "EXPLAIN", numbers)


@dataclass(frozen=True)
class Change:
    """What an amendment changes of one figure; None where there is none."""

    head: str
    district: int | None
    before: int | None
    after: int | None


def difference(old: Mapping[tuple[str, int | None], int], new: Mapping[tuple[str, int | None], int]) -> list[Change]:
    keys = sorted(old.keys() | new.keys(), key=lambda one: (one[1] or 0, one[0]))
    return [Change(head, district, old.get((head, district)), new.get((head, district)))
            for head, district in keys if old.get((head, district)) != new.get((head, district))]  # fmt: skip


def hidden_parts(parts: Mapping[str, int]) -> set[str]:
    """Parts that are not told beside their sum: from 1 to 10, and of the others the smallest, until no sum narrows a small one down.

    What is looked at are the bounds that who reads the rest can work out. Where hiding one after the other does not help, no part is told.
    """
    small = {key for key, n in parts.items() if 0 < n < LEAST}
    hidden = set(small)
    others = sorted((key for key, n in parts.items() if n >= LEAST), key=lambda key: (parts[key], key))
    while small and not _is_wide(len(small), len(hidden) - len(small), sum(parts[key] for key in hidden)):
        if not others:
            return set(parts)
        hidden.add(others.pop(0))
    return hidden


def _is_wide(small: int, others: int, total: int) -> bool:
    """Whether each of so many small ones may be any of NARROWEST values, when what is hidden is known to sum to this."""
    least = 1 if others else max(1, total - (small - 1) * (LEAST - 1))
    most = min(LEAST - 1, total - (small - 1) - others * LEAST)
    return most - least + 1 >= NARROWEST


def count_of(cell: object) -> tuple[int | None, str]:
    """A cell of a sheet as a count; otherwise None and why: a key of `words.CELLS`. An empty cell is neither."""
    if cell is None or isinstance(cell, str) and not cell.strip():
        return None, ""
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return None, "letters"
    if isinstance(cell, str):
        text = cell.strip().replace(",", "")
        if not text.isdecimal():
            return None, _no_count(text)
        cell = int(text)
    if cell != cell or cell in (float("inf"), float("-inf")) or int(cell) != cell:
        return None, "not_whole"
    if cell < 0:
        return None, "negative"
    return (int(cell), "") if cell <= MOST else (None, "too_large")


def _no_count(text: str) -> str:
    whole, _, rest = text.partition(".")
    if text.startswith("="):
        return "formula"
    if text[:1] in "-−" and text[1:].isdecimal():
        return "negative"
    return "not_whole" if whole.isdecimal() and rest.isdecimal() else "letters"
