"""What is due in a village and when: visits, calls to those who are away, alerts. And the life of a version of a state's own form.

The phone works out what is due without a network (app/src/rules.js); tests/field/vectors.json is executed by both.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

VISIT_DAYS: Mapping[str, int] = {"SEVERE": 15, "AT_RISK": 30, "VULNERABLE": 90, "UNKNOWN": 90, "NOT_AT_RISK": 365}
"""Days from one visit to the next: families at risk each month (Framework 4(f), monthly follow-up), the worst twice."""
URGENT_DAYS = 7
ALERT_DAYS = 1
"""An alert is looked into by the next day."""
ORDER = ("ALERT", "CHECK_IN", "VISIT")


@dataclass(frozen=True)
class Call:
    """Someone who is away, to be phoned every so many days (migration register)."""

    entry: str
    since: date
    every: int


@dataclass(frozen=True)
class Alert:
    """Something told that has to be verified: what it is, on which record, since when."""

    record: str
    what: str
    since: date


@dataclass(frozen=True)
class Family:
    id: str
    band: str
    is_urgent: bool
    visited_on: date
    calls: tuple[Call, ...] = ()
    alerts: tuple[Alert, ...] = ()


@dataclass(frozen=True)
class Task:
    kind: str
    family: str
    record: str
    what: str
    due_on: date
    late_days: int


def is_at_risk(family: Family) -> bool:
    """Counted in "Visit first"."""
    return family.is_urgent or family.band in ("SEVERE", "AT_RISK")


def tasks(families: Iterable[Family], today: date) -> list[Task]:
    """What is due by a day: alerts first, then calls, then visits; of each kind the longest due first."""
    found = [task for family in families for task in _of(family, today) if task.due_on <= today]
    return sorted(found, key=lambda one: (ORDER.index(one.kind), one.due_on, one.family, one.record))


def _of(family: Family, today: date) -> Iterable[Task]:
    for alert in family.alerts:
        yield _task("ALERT", family, alert.record, alert.what, min(today, alert.since + timedelta(ALERT_DAYS)), today)
    for call in family.calls:
        heard = max(call.since, family.visited_on)
        yield _task("CHECK_IN", family, call.entry, "", heard + timedelta(call.every), today)
    yield _task("VISIT", family, "", "URGENT" if family.is_urgent else family.band, visit_due(family), today)


def visit_due(family: Family) -> date:
    days = VISIT_DAYS.get(family.band, VISIT_DAYS["UNKNOWN"])
    return family.visited_on + timedelta(min(days, URGENT_DAYS) if family.is_urgent else days)


def _task(kind: str, family: Family, record: str, what: str, due_on: date, today: date) -> Task:
    return Task(kind, family.id, record, what, due_on, (today - due_on).days)


TRANSITIONS = {
    "DRAFT": {"PUBLISHED", "RETIRED"},
    "PUBLISHED": {"RETIRED"},
    "RETIRED": set(),
}
"""A draft is retired by the next one, a version in use by the next one or by a person. What was sent with it stays accepted."""
FORM_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,59}", re.ASCII)
VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,27}", re.ASCII)
TEST = re.compile(r"-test[0-9]{1,5}\Z")


class NotPossible(Exception):
    """A version in this state cannot go to that one."""


def check(before: str, after: str) -> None:
    if after not in TRANSITIONS[before]:
        raise NotPossible(f"{before} -> {after}")


def test_version(version: str, edition: int) -> str:
    """What a draft is called on the phones that test it: for ever apart from the version that comes of it."""
    return f"{version}-test{edition}"


def is_test(version: str) -> bool:
    return TEST.search(version) is not None


def may_be_version(version: str) -> bool:
    return VERSION.fullmatch(version) is not None and not is_test(version)
