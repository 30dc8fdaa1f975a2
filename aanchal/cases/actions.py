"""Opening a case, her identity, and what is written in it."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from aanchal.access.acting import SYSTEM
from aanchal.access.permissions import Permission
from aanchal.access.policy import day_in_india
from aanchal.cases import finding, pseudonyms, queries, rules, telling, terms
from aanchal.cases.facts import CaseOpened
from aanchal.cases.models import Assessment, Assignment, Case, CaseIdentity, CaseService, CaseTask, Event, Goal, Leg, Mark, Step, Visit
from aanchal.cases.rules import NotPossible
from aanchal.core import facts, trail
from aanchal.core.action import action
from aanchal.core.codes import ALPHABET
from aanchal.core.models import Sealed
from aanchal.core.rows import insert, new
from aanchal.people.rules import folded
from aanchal.places.models import Place
from aanchal.rescue.models import Rescued

HOME_COUNTRY = "IN"


@dataclass(frozen=True)
class Identity:
    """Who she is; kept apart, sealed."""

    name: str
    guardian_name: str = ""
    phone: str = ""
    born_on: date | None = None
    address: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)
    """What another system told by HTCDS 2.0 and we have no field for: kept, and given back with it."""

    def told(self) -> dict[str, Any]:
        born_on = self.born_on.isoformat() if self.born_on else ""
        return {
            "name": self.name, "guardian_name": self.guardian_name, "phone": self.phone, "born_on": born_on, "address": self.address,
            "more": dict(self.more),
        }  # fmt: skip


@dataclass(frozen=True)
class Happened:
    """Recruitment, transit or exploitation, somewhere, at some time."""

    kind: str
    on: date | None = None
    district: Place | None = None
    country: str = "IN"
    words: str = ""
    city: str = ""


@dataclass(frozen=True)
class CaseDetails:
    """What intake tells, in HTCDS 2.0 terms.

    `way`: the districts she was taken through, from origin to destination; None at an end nobody told.
    """

    gender: str
    is_child: bool
    years: int | None = None
    years_when_trafficked: int | None = None
    pseudonym: str = ""
    citizenship: str = "IN"
    language: str = ""
    status: str = "SUSPECTED"
    decided_by: str = ""
    acts: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    controls: tuple[str, ...] = ()
    recruitment: tuple[str, ...] = ()
    recruiter: str = ""
    industry: str = ""
    identity: Identity | None = None
    firs: tuple[str, ...] = ()
    events: tuple[Happened, ...] = ()
    way: tuple[Place | None, ...] = ()
    person: Any = field(default=None)
    """The person of the registers she is known to be."""
    rescued: Any = field(default=None)
    """As whom a unit wrote her down when she was rescued."""

    def plain(self) -> dict[str, Any]:
        """The fields of the case itself."""
        names = (
            "gender", "is_child", "years", "years_when_trafficked", "pseudonym", "citizenship", "language", "status", "decided_by",
            "recruiter", "industry", "person", "rescued",
        )  # fmt: skip
        lists = ("acts", "means", "purposes", "controls", "recruitment")
        return {name: getattr(self, name) for name in names} | {name: list(getattr(self, name)) for name in lists}


@action
def open_case(*, details: CaseDetails, place: Place, on: date, at: datetime, by, supervisor=None) -> Case:
    """A new case, assigned to who opens it. Raises NotPossible: second_identity, own_name, pseudonym_taken, future, age, before_rescue."""
    _check(details, place, on, at)
    pseudonyms.check(details.pseudonym, case=None, at=at, by=by)
    case = new(Case, code=new_code(), place=place, place_no=place.place_no, opened_on=on, opened_at=at, opened_by=by, **details.plain())
    _insert_once(case)
    insert(new(Assignment, case=case, place_no=case.place_no, user=by, capacity=terms.Capacity.WORKER, since=at, why="opened it", by=by))
    if supervisor:
        from_supervisor = {"user": supervisor, "capacity": terms.Capacity.SUPERVISOR, "why": "named at intake"}
        named = new(Assignment, case=case, place_no=case.place_no, since=at, by=by, **from_supervisor)
        insert(named)
        telling.tell([supervisor.pk], about=named.pk, at=at, by=by)
    insert(new(Step, case=case, place_no=case.place_no, happening=terms.Happening.OPEN, state=case.state, at=at, by=by))
    _write_identity(case, details, place)
    for number in details.firs:
        mark_fir(case=case, number=number)
    for happened in details.events:
        record_event(case=case, told=happened, by=by)
    _write_way(case, details.way)
    trail.write("cases.case.opened", about=case)
    facts.announce(CaseOpened(case, at, by))
    return case


def _insert_once(case: Case) -> None:
    """A case of the same rescued person may be open to others alone: only the database can tell."""
    try:
        with transaction.atomic():
            insert(case)
    except IntegrityError as problem:
        if "rescued" not in str(problem):
            raise
        raise NotPossible("second_identity") from None


def new_code() -> str:
    """Random, so that it tells nothing: not even the day."""
    return "".join(secrets.choice(ALPHABET) for _ in range(rules.LENGTH))


@action
def correct(*, case: Case, told: Mapping[str, Any], by) -> Case:
    """What was told at intake turned out otherwise. Which fields, not which words, is on the trail. Raises NotPossible."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    if not case.is_live:
        raise NotPossible("not_live")
    _check_age(told["years"], told["is_child"])
    changed = [name for name, value in told.items() if getattr(case, name) != value]
    for name in changed:
        setattr(case, name, told[name])
    if changed:
        case.save(update_fields=changed)
        trail.write("cases.case.corrected", about=case, fields=changed)
    return case


@action
def follow_age(*, rescued: Rescued, at: datetime, by) -> Case | None:
    """Her age was proved: the case that is open of her says so too, and who works on it is told that something changed."""
    case = Case.objects.select_for_update(of=("self",)).filter(rescued=rescued.pk, state__in=rules.LIVE).first()
    if case is None or rescued.years is None:
        return None
    years = rescued.years + rules.whole_years(rescued.rescued_on, case.opened_on)
    if (case.years, case.is_child) != (years, years < rules.ADULT):
        case.years, case.is_child = years, years < rules.ADULT
        case.save(update_fields=["years", "is_child"])
        trail.write("cases.case.corrected", about=case, fields=["years", "is_child"])
        telling.tell([one.user_id for one in queries.people_of(case, at)], about=case.pk, at=at, by=by)
    return case


@action
def tell_identity(*, case: Case, identity: Identity, by) -> None:
    """Her name, learnt later or corrected, as long as the case is open. Raises NotPossible."""
    if not case.is_live:
        raise NotPossible("not_live")
    if queries.withdrawal(case):
        raise NotPossible("keeping_withdrawn")
    kept = CaseIdentity.objects.select_for_update().filter(case=case).first()
    mark = finding.likeness(identity.name, identity.guardian_name, case.gender, case.place)
    if (kept is None or bytes(kept.likeness or b"") != mark) and is_known(mark):
        raise NotPossible("second_identity")
    if is_own_name(case.pseudonym, identity.name):
        raise NotPossible("own_name")
    if kept is None:
        _write_identity(case, CaseDetails(case.gender, case.is_child, identity=identity), case.place)
    else:
        kept.seal(identity.told())
        kept.likeness = mark
        kept.save(update_fields=["sealed", "wrapped_key", "likeness"])
        forget_names(case)
        _mark_name(case, identity.name, case.place)
    trail.write("cases.identity.told", about=case)


@action
def open_identity(*, case: Case, reason: str, by) -> dict[str, Any]:
    """Who she is, for someone who may know; the reading is on the trail."""
    kept = CaseIdentity.objects.filter(case=case).first()
    trail.write("cases.identity.opened", about=case, reason=reason)
    return kept.told() if kept else {}


@action
def search_name(*, name: str, at: datetime, by) -> QuerySet[Case]:
    """Her cases of this full name; that a name was searched is on the trail, not which."""
    trail.write("cases.names.searched", about=by)
    return finding.by_name(by, name, at).select_related("place")


@action
def mark_fir(*, case: Case, number: str) -> None:
    mark = finding.fir_mark(number)
    if not Mark.objects.filter(case=case, kind=terms.MarkKind.FIR, mark=mark).exists():
        insert(new(Mark, case=case, place_no=case.place_no, kind=terms.MarkKind.FIR, mark=mark))


@action
def record_event(*, case: Case, told: Happened, by) -> Event:
    """Raises NotPossible when it lies after the day the case was opened, or the case is no longer open."""
    if not case.is_live:
        raise NotPossible("not_live")
    if told.on and told.on > case.opened_on:
        raise NotPossible("event_after_opening")
    fields = {"kind": told.kind, "on": told.on, "district": told.district, "country": told.country}
    return _kept(Event, case, {"words": told.words, "city": told.city}, by=None, verb="cases.event.recorded", **fields)


@action
def assess(*, case: Case, scope: str, danger: str, needs: list[str], words: str, on: date, at: datetime, by) -> Assessment:
    _must_be_live(case, on, at)
    _must_agree(case, terms.ConsentPurpose.SUPPORT, on)
    told = {"scope": scope, "danger": danger, "needs": needs, "on": on}
    return _kept(Assessment, case, {"words": words}, by=by, verb="cases.assessment.recorded", **told)


@action
def set_goal(*, case: Case, support: str, words: str, is_her_wish: bool, due_on: date | None, on: date, at: datetime, by) -> Goal:
    _must_be_live(case, on, at)
    _must_agree(case, terms.ConsentPurpose.SUPPORT, on)
    told = {"support": support, "is_her_wish": is_her_wish, "due_on": due_on, "set_on": on}
    return _kept(Goal, case, {"words": words}, by=by, verb="cases.goal.set", **told)


@action
def end_goal(*, goal: Goal, state: str, on: date, by) -> Goal:
    """Raises NotPossible when it has ended already."""
    goal = Goal.objects.select_for_update().get(pk=goal.pk)
    if goal.state != terms.GoalState.OPEN or state == terms.GoalState.OPEN:
        raise NotPossible("ended_already")
    goal.state, goal.ended_on = state, on
    goal.save(update_fields=["state", "ended_on"])
    trail.write("cases.goal.ended", about=goal.case, state=state)
    return goal


@action
def set_task(*, case: Case, who, words: str, due_on: date, at: datetime, by, goal: Goal | None = None) -> CaseTask:
    """Raises NotPossible when it is given to someone who may not see the case."""
    _must_be_live(case, day_in_india(at), at)
    if not queries.people_of(case, at).filter(user=who).exists():
        raise NotPossible("not_assigned")
    task = _sealed(CaseTask, case, {"words": words}, who=who, due_on=due_on, goal=goal, set_by=by)
    trail.write("cases.task.set", about=case)
    telling.tell([who.pk], about=task.pk, at=at, by=by)
    return task


@action
def end_task(*, task: CaseTask, state: str, at: datetime, by) -> CaseTask:
    task = CaseTask.objects.select_for_update().get(pk=task.pk)
    if task.state != terms.TaskState.OPEN or state == terms.TaskState.OPEN:
        raise NotPossible("ended_already")
    task.state, task.ended_at, task.ended_by = state, at, by
    task.save(update_fields=["state", "ended_at", "ended_by"])
    trail.write("cases.task.ended", about=task.case, state=state)
    return task


@action
def record_service(
    *, case: Case, support: str, party: str, words: str, on: date, at: datetime, by, goal: Goal | None = None
) -> CaseService:
    _must_be_live(case, on, at)
    told = {"support": support, "party": party, "on": on, "goal": goal}
    return _kept(CaseService, case, {"words": words}, by=by, verb="cases.service.recorded", **told)


@action
def record_visit(*, case: Case, seen: str, danger: str, words: str, on: date, at: datetime, by) -> Visit:
    _must_be_live(case, on, at)
    return _kept(Visit, case, {"words": words}, by=by, verb="cases.visit.recorded", seen=seen, danger=danger, on=on)


@action
def move(*, case: Case, happening: str, at: datetime, by) -> Case:
    """To follow-up, or active again: what needs nobody's approval. Raises NotPossible."""
    if happening in rules.NEEDS_APPROVAL or not queries.may(by, case, Permission.CASE_WORK, at, *queries.LEADING):
        raise NotPossible("case_state")
    return happened(case=case, happening=happening, at=at, by=by)


@action
def happened(*, case: Case, happening: str, at: datetime, by, outcome: str = "") -> Case:
    """The state that follows, and the step that tells so."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    case.state = rules.after(case.state, happening)
    if case.is_live:
        case.outcome, case.closed_on = "", None
    elif case.closed_on is None:
        case.outcome, case.closed_on = outcome, day_in_india(at)
    case.save(update_fields=["state", "outcome", "closed_on"])
    told = {"happening": happening, "state": case.state, "outcome": outcome, "at": at, "by": None if by is SYSTEM else by}
    insert(new(Step, case=case, place_no=case.place_no, **told))
    trail.write("cases.case.moved", about=case, happening=happening)
    return case


def is_known(mark: bytes) -> bool:
    """Whether a case of the same person is open anywhere: yes or no, not which."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_is_known(%s)", [mark])
        return cursor.fetchone()[0]


def is_own_name(pseudonym: str, name: str) -> bool:
    return bool(set(folded(pseudonym).split()) & set(folded(name).split()))


def forget_names(case: Case) -> None:
    """The marks of her name point to nothing any more."""
    for one in Mark.objects.filter(case=case, kind__in=finding.NAMES):
        one.mark = os.urandom(16)
        one.save(update_fields=["mark"])


def _check(details: CaseDetails, place: Place, on: date, at: datetime) -> None:
    if on > day_in_india(at):
        raise NotPossible("future")
    if details.rescued and on < details.rescued.rescued_on:
        raise NotPossible("before_rescue")
    _check_age(details.years, details.is_child)
    if details.identity:
        told = details.identity
        if is_own_name(details.pseudonym, told.name):
            raise NotPossible("own_name")
        if is_known(finding.likeness(told.name, told.guardian_name, details.gender, place)):
            raise NotPossible("second_identity")
    if details.person and Case.objects.filter(person=details.person, state__in=rules.LIVE).exists():
        raise NotPossible("second_identity")


def _check_age(years: int | None, is_child: bool) -> None:
    if years is not None and (years < rules.ADULT) != is_child:
        raise NotPossible("age")


def _must_be_live(case: Case, on: date, at: datetime) -> None:
    if not case.is_live:
        raise NotPossible("not_live")
    if on > day_in_india(at):
        raise NotPossible("future")


def _must_agree(case: Case, purpose: str, on: date) -> None:
    """She agreed to be helped, with this very purpose, and has not taken it back."""
    consents = [told for _, told in queries.consents_of(case)]
    if rules.consent_for(consents, purpose, "", on) is None:
        raise NotPossible("consent_missing")


def _write_identity(case: Case, details: CaseDetails, place: Place) -> None:
    if details.identity is None:
        return
    mark = finding.likeness(details.identity.name, details.identity.guardian_name, case.gender, place)
    _sealed(CaseIdentity, case, details.identity.told(), likeness=mark)
    _mark_name(case, details.identity.name, place)


def _mark_name(case: Case, name: str, place: Place) -> None:
    marks = {terms.MarkKind.NAME: finding.name_mark(name, place), terms.MarkKind.SOUND: finding.sound_mark(name, place)}
    insert(*(new(Mark, case=case, place_no=case.place_no, kind=kind, mark=mark) for kind, mark in marks.items() if mark))


def _write_way(case: Case, way: tuple[Place | None, ...]) -> None:
    """Where it began in no district that was told, it began in the country she is of."""
    from_country = case.citizenship if way and way[0] is None else HOME_COUNTRY
    legs = [
        new(
            Leg, case=case, place_no=case.place_no, number=number, origin=one, destination=other,
            origin_country=from_country if number == 1 else HOME_COUNTRY,
        )
        for number, (one, other) in enumerate(pairwise(way), 1)
    ]  # fmt: skip
    insert(*legs)


def _kept(model, case: Case, words: dict, *, by, verb: str, **told):
    row = _sealed(model, case, words, **(told | {"by": by} if by else told))
    trail.write(verb, about=case)
    return row


def _sealed(model, case: Case, words: dict, **told) -> Any:
    row: Sealed = new(model, case=case, place_no=case.place_no, **told)
    row.seal(words)
    insert(row)
    return row
