"""What in the surveys of a place asks for a second look: by worker, with how strong it is and the forms it rests on."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

from aanchal.access import policy
from aanchal.access.models import User
from aanchal.access.permissions import Permission
from aanchal.field import signs
from aanchal.field.models import Look
from aanchal.field.terms import Sign
from aanchal.inbox.models import Submission
from aanchal.people.models import Membership
from aanchal.places.models import Place
from aanchal.registers.queries import inside
from aanchal.risk import queries
from aanchal.risk.models import Survey
from aanchal.risk.terms import Subject

DAYS = 365
MOST_SURVEYS = 20_000
ASKED_AGES = ("STATED", "ESTIMATED")
"""A documented age prefers no digit."""


@dataclass(frozen=True)
class Told:
    """One survey as far as it is looked at here: no name, no reason."""

    submission: UUID
    worker: UUID
    place_no: int
    seconds: int | None
    facts: Mapping[str, int | None]
    ages: Sequence[int]


@dataclass(frozen=True)
class Finding:
    """`about` is the fact where the sign is about one. `value` and `usual` are what the sign compares: shares, seconds, an index."""

    sign: Sign
    about: str
    worker: User
    places: Sequence[Place]
    value: Fraction
    usual: Fraction | None
    count: int
    of: int
    is_strong: bool
    submissions: Sequence[UUID]
    looks: Sequence[Look] = ()

    @property
    def is_looked_at(self) -> bool:
        """Someone looked, and the worker has sent nothing more since."""
        return bool(self.looks) and self.looks[0].surveys >= self.of


@dataclass(frozen=True)
class _Raw:
    sign: Sign
    about: str
    worker: UUID
    value: Fraction
    usual: Fraction | None
    count: int
    of: int
    is_strong: bool
    submissions: Sequence[UUID]


def of(user, place: Place, on: date) -> list[Finding]:
    """The strongest first."""
    told = _told(user, place, on)
    by_worker = defaultdict(list)
    for one in told:
        by_worker[one.worker].append(one)
    raw = [*_fast(by_worker), *_digits(by_worker), *_identical(by_worker), *_unanswered(by_worker), *_rates(by_worker, on)]
    return _in_full(place, raw, by_worker)


def find(found: Iterable[Finding], *, sign: str, about: str, worker: str) -> Finding | None:
    return next((one for one in found if (one.sign, one.about, str(one.worker.pk)) == (sign, about, worker)), None)


def _told(user, place: Place, on: date) -> list[Told]:
    """The surveys of a year that came from a phone, the newest first."""
    surveys = policy.visible(user, Permission.QUALITY_CHECK, Survey.objects.filter(inside(place)))
    rows = surveys.filter(told_on__gt=on - timedelta(days=DAYS), submission_id__isnull=False).order_by("-pk")
    rows = list(rows.values_list("submission_id", "household_id", "place_no", "seconds", "facts")[:MOST_SURVEYS])
    sent = {pk: sender for pk, sender in Submission.objects.filter(inside(place)).values_list("pk", "sender_id")}
    ages = _ages(place)
    return [
        Told(submission, sent[submission], number, seconds, facts, ages.get(household, ()))
        for submission, household, number, seconds, facts in rows
        if submission in sent
    ]


def _ages(place: Place) -> dict[UUID, list[int]]:
    """Ages of each family, as they were last said without a paper."""
    members = Membership.objects.filter(inside(place), until=None, person__age_basis__in=ASKED_AGES, person__years__isnull=False)
    members = members.filter(person__merged_into=None)
    found = defaultdict(list)
    for household, years in members.values_list("household_id", "person__years"):
        found[household].append(years)
    return found


ByWorker = Mapping[UUID, list[Told]]


def _fast(by_worker: ByWorker) -> list[_Raw]:
    usual = signs.usual(one.seconds for told in by_worker.values() for one in told if one.seconds is not None)
    found = []
    for worker, told in by_worker.items():
        timed = [one for one in told if one.seconds is not None]
        fast = [one for one in timed if signs.is_fast(one.seconds, usual)]
        if fast and signs.are_too_many_fast(len(fast), len(timed)):
            share = Fraction(len(fast), len(timed))
            raw = _Raw(Sign.FAST, "", worker, share, Fraction(usual), len(fast), len(timed), share >= Fraction(1, 4), _ids(fast))
            found.append(raw)
    return found


def _digits(by_worker: ByWorker) -> list[_Raw]:
    counted = {worker: signs.digits(age for one in told for age in one.ages) for worker, told in by_worker.items()}
    compared = signs.beside_the_others(counted, least=signs.LEAST_AGES)
    found = []
    for worker, one in signs.outside(compared).items():
        index = signs.whipple(one.count, one.of)
        if index is not None and index >= signs.ROUGH:
            rest = [told for told in by_worker[worker] if signs.digits(told.ages)[0]]
            usual = one.expected * 500
            found.append(_Raw(Sign.DIGITS, "", worker, index, usual, one.count, one.of, one.z > signs.STRONG, _ids(rest)))
    return found


def _identical(by_worker: ByWorker) -> list[_Raw]:
    same = {worker: signs.repeated({one.submission: _answers(one) for one in told}) for worker, told in by_worker.items()}
    return _above(Sign.IDENTICAL, by_worker, lambda one: one.submission in same[one.worker])


def _unanswered(by_worker: ByWorker) -> list[_Raw]:
    return _above(Sign.UNANSWERED, by_worker, lambda one: signs.is_unanswered(one.facts.values()))


def _rates(by_worker: ByWorker, on: date) -> list[_Raw]:
    """Answers that are told openly: of what was told in private, no list of forms is ever made."""
    index = queries.definition_in_force(Subject.HOUSEHOLD, on)
    asked = [fact.key for fact in index.facts if not fact.is_number and not fact.is_private]
    return [raw for key in asked for raw in _rate(by_worker, key)]


def _rate(by_worker: ByWorker, key: str) -> list[_Raw]:
    answered = {worker: [one for one in told if one.facts.get(key) is not None] for worker, told in by_worker.items()}
    return _above(Sign.RATE, answered, lambda one: bool(one.facts[key]), about=key, low=True)


def _above(sign: Sign, by_worker: ByWorker, holds, *, about: str = "", low: bool = False) -> list[_Raw]:
    """Workers of whom a share lies outside the funnel of the place. What is too seldom rests on all their forms."""
    held = {worker: [one for one in told if holds(one)] for worker, told in by_worker.items()}
    compared = signs.beside_the_others({worker: (len(held[worker]), len(told)) for worker, told in by_worker.items()})
    return [
        _Raw(
            sign, about, worker, one.share, one.expected, one.count, one.of, abs(one.z) > signs.STRONG,
            _ids(held[worker] if one.z > 0 else by_worker[worker]),
        )
        for worker, one in signs.outside(compared, low=low).items()
    ]  # fmt: skip


def _in_full(place: Place, found: list[_Raw], by_worker: ByWorker) -> list[Finding]:
    workers = User.objects.in_bulk({one.worker for one in found})
    villages = _villages(by_worker, workers)
    looks = defaultdict(list)
    for look in Look.objects.filter(inside(place)).select_related("by").order_by("-pk"):
        looks[look.sign, look.about, look.worker_id].append(look)
    whole = [
        Finding(**{**vars(one), "worker": workers[one.worker], "places": villages[one.worker]},
                looks=looks.get((one.sign, one.about, one.worker), ()))
        for one in found
    ]  # fmt: skip
    return sorted(whole, key=lambda one: (one.is_looked_at, not one.is_strong, list(Sign).index(one.sign), one.worker.name, one.about))


def _villages(by_worker: ByWorker, workers: Iterable[UUID]) -> dict[UUID, list[Place]]:
    numbers = {worker: {one.place_no for one in by_worker[worker]} for worker in workers}
    places = {one.place_no: one for one in Place.objects.filter(place_no__in=set().union(*numbers.values()))} if numbers else {}
    return {worker: [places[number] for number in sorted(held) if number in places] for worker, held in numbers.items()}


def _answers(one: Told) -> str:
    return json.dumps(one.facts, sort_keys=True)


def _ids(told: Iterable[Told]) -> list[UUID]:
    return [one.submission for one in told]
