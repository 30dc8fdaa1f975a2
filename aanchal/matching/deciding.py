"""What people say of a pair: the same, different, unsure; the link two of them make, what follows from it, and the way back."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.policy import day_in_india
from aanchal.core import facts, trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.matching import queries, rules
from aanchal.matching.facts import LinkConfirmed, LinkUndone, PairsSeen
from aanchal.matching.models import Candidate, ConfirmedLink, Decision, FoundPerson, Task
from aanchal.matching.terms import Answer, Standing
from aanchal.registers import actions as registers
from aanchal.registers.models import Entry


@action
def follow_report(*, person: UUID, by) -> None:
    """A missing report that was closed by other means takes its pairs out of the queue; one that is open again brings them back."""
    with acting(SYSTEM):
        mine = Candidate.objects.filter(person_id=person)
        if queries.standing_report(person) is None:
            mine.filter(standing__in=rules.WAITING).update(stood=F("standing"), standing=Standing.CLOSED)
        else:
            open_again(mine.filter(standing=Standing.CLOSED, closed_by=None))


@action
def decide(*, candidate: Candidate, answer: str, reasons: Iterable[str], note: str, at: datetime, by) -> Decision:
    """Same, different or unsure. Two different people who say "the same" make a link. Raises NotPossible."""
    candidate = Candidate.objects.select_for_update().get(pk=candidate.pk)
    first = _first(candidate)
    standing = rules.after(candidate.standing, answer, by=by.pk, first=first.by_id if first else None)
    decision = Decision(
        candidate=candidate, place_no=candidate.place_no, found_place_no=candidate.found_place_no, answer=Answer(answer),
        reasons=sorted(set(reasons)), at=at, by_id=by.pk,
    )  # fmt: skip
    if note.strip():
        decision.seal({"note": note.strip()})
    insert(decision)
    Candidate.objects.filter(pk=candidate.pk).update(standing=standing)
    trail.write("matching.pair.decided", about=candidate, answer=answer, reasons=decision.reasons)
    facts.announce(PairsSeen(frozenset({candidate.person_id}), at))
    if standing == Standing.CONFIRMED and first:
        _confirm(candidate, first, decision, at=at, by=by)
    return decision


@action
def look_again(*, candidate: Candidate, at: datetime, by) -> Candidate:
    """One person said that it is not she, and was mistaken: the pair waits again. No search brings it back. Raises NotPossible."""
    candidate = Candidate.objects.select_for_update().get(pk=candidate.pk)
    rules.may_look_again(candidate.standing, is_looked_for=_are_looked_for(candidate))
    insert(
        Decision(
            candidate=candidate, place_no=candidate.place_no, found_place_no=candidate.found_place_no, answer=Answer.UNSURE,
            reasons=["NOT_ENOUGH"], at=at, by_id=by.pk,
        )
    )  # fmt: skip
    Candidate.objects.filter(pk=candidate.pk).update(standing=Standing.UNSURE)
    trail.write("matching.pair.reopened", about=candidate)
    facts.announce(PairsSeen(frozenset({candidate.person_id}), at))
    return candidate


@action
def undo(*, link: ConfirmedLink, at: datetime, by) -> ConfirmedLink:
    """It is not she after all: the register line is open again, the pair is to be looked at again, all that was said is kept."""
    if not ConfirmedLink.objects.filter(pk=link.pk, undone_at=None).update(undone_at=at, undone_by=by.pk):
        raise rules.NotPossible("undone")
    link.refresh_from_db()
    trail.write("matching.link.undone", about=link)
    with acting(SYSTEM):
        _take_back(link, at=at)
    facts.announce(LinkUndone(link=link, by=by))
    return link


@action
def complete_task(*, task: Task, at: datetime, by) -> Task:
    if not Task.objects.filter(pk=task.pk, done_at=None).update(done_at=at, done_by=by.pk):
        raise rules.NotPossible("done")
    trail.write("matching.task.done", about=task, kind=task.kind)
    return task


def _first(candidate: Candidate) -> Decision | None:
    """Who said "the same" before, since the pair last became undecided."""
    if candidate.standing != Standing.SAID_SAME:
        return None
    return candidate.decisions.filter(answer=Answer.SAME).order_by("-at").first()


def _are_looked_for(candidate: Candidate) -> bool:
    with acting(SYSTEM):
        is_missed = queries.standing_report(candidate.person_id) is not None
        return is_missed and FoundPerson.objects.filter(pk=candidate.found_id, is_open=True).exists()


def _confirm(candidate: Candidate, first: Decision, second: Decision, *, at: datetime, by) -> ConfirmedLink:
    """The register says that she is found, and people are told what to do next. Either side may lie outside what `by` reaches."""
    link = ConfirmedLink(
        candidate=candidate, place_no=candidate.place_no, found_place_no=candidate.found_place_no, first=first, second=second,
        confirmed_at=at,
    )  # fmt: skip
    with acting(SYSTEM):
        link.closed = _close(candidate, link, at=at)
    insert(link)
    _set_tasks(link, candidate.facts, at)
    trail.write("matching.link.confirmed", about=link)
    facts.announce(LinkConfirmed(link=link, by=by))
    return link


def _close(candidate: Candidate, link: ConfirmedLink, *, at: datetime) -> Entry:
    """The line of the missing register as it then reads; neither of the two is looked for any more, and `link` is why."""
    entry, found = queries.standing_report(candidate.person_id), FoundPerson.objects.get(pk=candidate.found_id)
    if entry is None or not found.is_open:
        raise rules.NotPossible("closed")
    others = queries.others_of(candidate).filter(standing__in=rules.WAITING)
    others.update(stood=F("standing"), standing=Standing.CLOSED, closed_by=link)
    FoundPerson.objects.filter(pk=found.pk).update(is_open=found.kind == "SIGHTED")
    changes = registers.Changes(details=rules.closing(found.kind, max(found.found_on, entry.happened_on)))
    return registers.correct_entry(entry=entry, changes=changes, reason="LINK_CONFIRMED", at=at, by=SYSTEM)


def _take_back(link: ConfirmedLink, *, at: datetime) -> None:
    candidate = link.candidate
    Candidate.objects.filter(pk=candidate.pk).update(standing=Standing.UNSURE)
    FoundPerson.objects.filter(pk=candidate.found_id).update(is_open=True)
    closed = Entry.objects.select_related("corrects", "person", "household", "place")
    line = closed.filter(pk=link.closed_id).first() if link.closed_id else None
    if line and line.stands and line.corrects:
        changes = registers.Changes(details=rules.reopening(line.corrects.details))
        registers.correct_entry(entry=line, changes=changes, reason="LINK_UNDONE", at=at, by=SYSTEM)
    open_again(Candidate.objects.filter(standing=Standing.CLOSED, closed_by=link))


def open_again(closed: QuerySet[Candidate]) -> None:
    """As they stood before, where both are looked for again; where another link holds one of them, that link is now the reason."""
    for candidate in closed.select_related("found"):
        holding = queries.links_holding(candidate).first()
        if holding or candidate.found.is_struck or queries.standing_report(candidate.person_id) is None:
            Candidate.objects.filter(pk=candidate.pk).update(closed_by=holding)
        else:
            Candidate.objects.filter(pk=candidate.pk).update(standing=candidate.stood or Standing.OPEN, stood="", closed_by=None)


def _set_tasks(link: ConfirmedLink, told: Mapping[str, Any], at: datetime) -> None:
    day = day_in_india(at)
    tasks = rules.follow_ups(kind=told["found"]["kind"], age=told["missing"].get("age"))
    numbers = {"place_no": link.place_no, "found_place_no": link.found_place_no}
    insert(*(Task(link=link, kind=one.kind, due_on=day + one.due, **numbers) for one in tasks))
