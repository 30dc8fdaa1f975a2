"""What the public is told of an employer, when a centre is open, who may be engaged, who may hold a post. Plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from aanchal.network.terms import FEDERATED, PEOPLE, Standing, VisitOutcome, Weekday

GOOD_FOR = timedelta(days=365)
"""A visit older than this verifies nobody."""
ORDER = (Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU, Weekday.FRI, Weekday.SAT, Weekday.SUN)


class NotPossible(Exception):
    """The message is a key of `words.REFUSALS`."""


@dataclass(frozen=True)
class Known:
    """What the directory knows of one listing."""

    has_licence: bool
    licence_until: date | None
    visited_on: date | None
    visit_outcome: str
    open_complaints: int
    upheld_complaints: int


def standing(known: Known, on: date) -> Standing:
    """The worst that is known counts. Verified is only who was visited within a year, found good, with a licence that still holds."""
    if known.upheld_complaints or known.visit_outcome in (VisitOutcome.BAD, VisitOutcome.NOT_FOUND):
        return Standing.WARNED
    if known.open_complaints:
        return Standing.COMPLAINTS
    if is_expired(known, on):
        return Standing.EXPIRED
    is_fresh = known.visited_on is not None and on - known.visited_on <= GOOD_FOR
    return Standing.VERIFIED if known.has_licence and is_fresh and known.visit_outcome == VisitOutcome.GOOD else Standing.NOT_VERIFIED


def is_expired(known: Known, on: date) -> bool:
    return known.has_licence and known.licence_until is not None and known.licence_until < on


def check_visit(known: Known, outcome: str, *, on: date, today: date) -> None:
    """Nobody is found good on a licence that has expired."""
    if on > today:
        raise NotPossible("future")
    if outcome == VisitOutcome.GOOD and is_expired(known, on):
        raise NotPossible("expired")
    if outcome == VisitOutcome.GOOD and not known.has_licence:
        raise NotPossible("no_licence")


def is_open_on(days: Iterable[str], on: date) -> bool:
    return ORDER[on.weekday()] in set(days)


class Refused(ValueError):
    """What was told cannot be so; `faults` are (field, code) pairs, codes of `words.FAULTS`."""

    def __init__(self, faults: Iterable[tuple[str, str]]):
        self.faults = tuple(faults)
        super().__init__(", ".join(f"{field}: {code}" for field, code in self.faults))


CONFIRMED_FOR = timedelta(days=365)
"""A line of the directory that nobody confirmed for a year is stale."""


def is_fresh(confirmed_on: date | None, on: date) -> bool:
    return confirmed_on is not None and on - confirmed_on <= CONFIRMED_FOR


def parent_fits(kind: str, parent_kind: str) -> bool:
    """A group belongs to an organisation of groups above it; everything else to any organisation, nothing to a person."""
    if kind in FEDERATED:
        return parent_kind in FEDERATED[kind]
    return parent_kind not in PEOPLE


@dataclass(frozen=True)
class Candidate:
    """An NGO as it stands before an engagement."""

    valid_until: date | None
    good: frozenset[str]
    """Items of the checklist that were found good last."""
    is_barred: bool


def check_engaged(ngo: Candidate, starts_on: date, ends_on: date, required: Iterable[str]) -> None:
    """Raises Refused with every reason at once: blacklisted, due diligence not done, registration that ends before the engagement."""
    faults = []
    if ends_on < starts_on:
        faults.append(("ends_on", "ends_before_it_begins"))
    if ngo.is_barred:
        faults.append(("", "blacklisted"))
    if not set(required) <= ngo.good:
        faults.append(("", "no_due_diligence"))
    if ngo.valid_until is not None and ngo.valid_until < ends_on:
        faults.append(("ends_on", "registration_ends"))
    if faults:
        raise Refused(faults)


@dataclass(frozen=True)
class Held:
    """Someone holds a post from a day until a day, both included."""

    since: date
    until: date | None

    def overlaps(self, other: "Held") -> bool:
        return (other.until is None or self.since <= other.until) and (self.until is None or other.since <= self.until)

    def holds_on(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)


def check_tenure(new: Held, *, of_post: Iterable[Held], of_person: Iterable[Held], life: Held) -> None:
    """Of one post and of one person no two tenures share a day. Raises Refused."""
    if new.until is not None and new.until < new.since:
        raise Refused([("until", "ends_before_it_begins")])
    if new.since < life.since or (life.until is not None and (new.until is None or new.until > life.until)):
        raise Refused([("since", "outside_the_post")])
    if any(new.overlaps(one) for one in of_post):
        raise Refused([("since", "post_is_filled")])
    if any(new.overlaps(one) for one in of_person):
        raise Refused([("holder", "holds_another")])


def vacant_since(sanctioned_on: date, tenures: Iterable[Held], on: date) -> date | None:
    """The first day of the vacancy that lasts on a day; None while someone holds the post."""
    held = [one for one in tenures if one.since <= on]
    if any(one.holds_on(on) for one in held):
        return None
    ends = [one.until for one in held if one.until is not None]
    return max(ends) + timedelta(days=1) if ends else sanctioned_on


def due_paise(monthly: int, held: Held, month: date, today: date) -> int:
    """What is due for the days of a month on which someone held a post, by day, halves up. 0 for a month that has not ended.

    `month` is its first day; integer paise.
    """
    next_month = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    last = next_month - timedelta(days=1)
    if last >= today:
        return 0
    first_day, last_day = max(month, held.since), min(last, held.until or last)
    days = (last_day - first_day).days + 1
    return (2 * monthly * days + last.day) // (2 * last.day) if days > 0 else 0
