"""Everything that happens to an advisory and to what it asks: drafted, issued, answered, decided, handed up, withdrawn, replaced."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from aanchal.access.policy import day_in_india
from aanchal.advisories import queries, rules
from aanchal.advisories.facts import ActionAsked
from aanchal.advisories.models import Advisory, Answer, Direction, Task
from aanchal.advisories.rules import Refused
from aanchal.advisories.terms import ROLE, Decision, Evidence, Relation, Standing, TaskState, Unit
from aanchal.core import envelope, trail
from aanchal.core.action import action
from aanchal.core.facts import announce
from aanchal.core.rows import insert, new
from aanchal.library.files import Paper
from aanchal.library.models import Document
from aanchal.places.models import Place
from aanchal.places.terms import Level


@dataclass(frozen=True)
class Details:
    """What an advisory says of itself; `relation` and `earlier` together."""

    number: str
    title: str
    dated_on: date
    document: Document | None = None
    relation: str = ""
    earlier: Advisory | None = None


@dataclass(frozen=True)
class Asked:
    """A direction: what, of which units, where (no places: everywhere), by when, shown how."""

    words: str
    unit: str
    due_on: date
    evidence: str = "WORDS"
    asked: str = ""
    places: Sequence[Place] = ()


@action
def draft(*, place: Place, details: Details, at: datetime, by) -> Advisory:
    """Raises Refused."""
    if details.dated_on > day_in_india(at):
        raise Refused([("dated_on", "to_come")])
    if details.earlier and (details.earlier.standing != Standing.ISSUED or details.earlier.place_no != place.place_no):
        raise Refused([("", "not_issued")])
    row = new(
        Advisory, place=place, place_no=place.place_no, last_no=place.last_no, number=rules.check_words("number", details.number, 80),
        title=rules.check_words("title", details.title, 300), dated_on=details.dated_on, document=details.document,
        relation=details.relation, earlier=details.earlier, made_by_id=by.pk, made_at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            insert(row)
    except IntegrityError as twice:
        raise Refused([("number", "number_taken")]) from twice
    trail.write("advisories.advisory.drafted", about=row, relation=row.relation)
    return row


@action
def direct(*, advisory: Advisory, asked: Asked, at: datetime, by) -> Direction:
    """Another direction of a draft. Raises Refused: for a day that is past, places outside, and what no unit there could do."""
    _draft(advisory)
    if asked.due_on <= day_in_india(at):
        raise Refused([("due_on", "day_past")])
    if not all(advisory.place_no <= one.place_no and one.last_no <= advisory.last_no for one in asked.places):
        raise Refused([("places", "outside")])
    last = advisory.directions.aggregate(last=Max("nth"))["last"] or 0
    row = new(
        Direction, advisory=advisory, place_no=advisory.place_no, last_no=advisory.last_no, nth=last + 1,
        words=rules.check_words("words", asked.words, 600), unit=asked.unit, due_on=asked.due_on, evidence=asked.evidence,
        asked=asked.asked.strip(), places=[one.pk for one in asked.places],
    )  # fmt: skip
    n = queries.asked_of(row).count()
    if not n or n > rules.MOST_TASKS:
        raise Refused([("places", "too_many" if n else "no_unit")])
    insert(row)
    trail.write("advisories.direction.written", about=row, nth=row.nth, unit=row.unit, places=n)
    return row


@action
def drop(*, direction: Direction, by) -> None:
    """Out of a draft. Raises Refused."""
    _draft(direction.advisory)
    trail.write("advisories.direction.dropped", about=direction, nth=direction.nth)
    direction.delete()


@action
def issue(*, advisory: Advisory, at: datetime, by) -> int:
    """By another than who drafted it: each direction becomes a task of every unit it asks. How many. Raises Refused."""
    locked = _locked(advisory)
    _draft(locked)
    if by.pk is not None and by.pk == locked.made_by_id:
        raise Refused([("", "own_work")])
    every = list(queries.directions(locked))
    if not every and locked.relation != Relation.CORRIGENDUM:
        raise Refused([("", "no_direction")])
    if any(one.due_on <= day_in_india(at) for one in every):
        raise Refused([("", "day_past")])
    locked.standing, locked.issued_by_id, locked.issued_at = Standing.ISSUED, by.pk, at
    locked.save(update_fields=["standing", "issued_by", "issued_at"])
    made = [task for one in every for task in _tasks_of(one, at)]
    insert(*made)
    if locked.earlier and locked.relation == Relation.SUPERSEDES:
        _end(locked.earlier, Standing.SUPERSEDED, "", at)
    _tell(locked, made, at, by)
    trail.write("advisories.advisory.issued", about=locked, tasks=len(made), directions=len(every))
    return len(made)


@action
def withdraw(*, advisory: Advisory, words: str, at: datetime, by) -> Advisory:
    """Nothing of it is asked any more; what was accepted stays. Raises Refused."""
    locked = _locked(advisory)
    if locked.standing != Standing.ISSUED:
        raise Refused([("", "not_issued")])
    _end(locked, Standing.WITHDRAWN, rules.check_words("words", words, 300), at)
    trail.write("advisories.advisory.withdrawn", about=locked)
    return locked


@action
def answer(*, task: Task, words: str, at: datetime, by, paper: Paper | None = None) -> Answer:
    """By who holds the unit's post at the very place. Raises Refused."""
    locked = _locked_task(task)
    after = rules.step(locked.state, "ANSWER")
    if not queries.must_answer(by, locked, day_in_india(at)):
        raise Refused([("", "not_yours")])
    if locked.direction.evidence == Evidence.FILE and paper is None:
        raise Refused([("file", "file_needed")])
    row = Answer(
        task=locked,
        place_no=locked.place_no,
        nth=locked.answers.count() + 1,
        words=rules.check_told(words, 1_000),
        by_id=by.pk,
        at=at,
    )
    if paper:
        row.file_kind, row.size, row.sha256 = paper.kind, len(paper.content), paper.sha256
        seal, row.wrapped_key = envelope.new(row.pk)
        row.sealed = seal.seal("content", paper.content)
    insert(row)
    _move(locked, after, at)
    trail.write("advisories.task.answered", about=locked, nth=row.nth, has_file=bool(paper))
    _tell_followers(locked, at, by)
    return row


@action
def open_file(*, answer: Answer, by) -> bytes:
    """As it came; the reading is on the trail, for a unit may have left a name in it."""
    trail.write("advisories.answer.file", about=answer)
    return answer.content()


@action
def decide(*, task: Task, decision: str, words: str, at: datetime, by) -> Answer:
    """By another than who answered; sent back with words. Raises Refused."""
    locked = _locked_task(task)
    after = rules.step(locked.state, decision)
    row = locked.answers.latest("nth")
    if by.pk is not None and row.by_id == by.pk:
        raise Refused([("", "own_work")])
    row.decide_words = rules.check_told(words, 500) if words.strip() or decision != Decision.ACCEPT else ""
    row.decision, row.decided_by_id, row.decided_at = Decision(decision), by.pk, at
    row.save(update_fields=["decision", "decided_by", "decided_at", "decide_words"])
    _move(locked, after, at)
    trail.write(f"advisories.task.{'accepted' if decision == Decision.ACCEPT else 'returned'}", about=locked, nth=row.nth)
    if decision == Decision.RETURN and row.by_id:
        announce(ActionAsked(locked.advisory_id, frozenset({row.by_id}), at, by))
    return row


@action
def hand_up(*, at: datetime, by) -> int:
    """Once a day: what is late is told to the next level, then to the one above. How many tasks climbed."""
    on, climbed = day_in_india(at), 0
    for n in range(len(rules.LADDER), 0, -1):
        found = list(queries.late(n, on))
        if not found:
            continue
        Task.objects.filter(pk__in=[one.pk for one in found]).update(rung=n, changed_at=at)
        level = Level(rules.LADDER[n - 1][0])
        for advisory, rows in _by_advisory(found).items():
            users = queries.holders(queries.above([one.place for one in rows], level), queries.FOLLOWERS, on)
            announce(ActionAsked(advisory, frozenset(users), at, by))
        for advisory, tasks in Counter(one.advisory_id for one in found).items():
            trail.write("advisories.tasks.handed_up", about=Advisory(pk=advisory), place_no=0, rung=n, tasks=tasks)
        climbed += len(found)
    return climbed


def _by_advisory(found: Sequence[Task]) -> dict:
    told: dict = {}
    for one in found:
        told.setdefault(one.advisory_id, []).append(one)
    return told


def _tasks_of(direction: Direction, at: datetime) -> list[Task]:
    told = {
        "direction": direction,
        "advisory_id": direction.advisory_id,
        "unit": direction.unit,
        "due_on": direction.due_on,
        "changed_at": at,
    }
    return [new(Task, place_id=pk, place_no=no, **told) for pk, no in queries.asked_of(direction).values_list("pk", "place_no")]


def _tell(advisory: Advisory, made: Sequence[Task], at: datetime, by) -> None:
    users: set = set()
    for unit in {one.unit for one in made}:
        users |= queries.holders([one.place_id for one in made if one.unit == unit], [ROLE[Unit(unit)]], day_in_india(at))
    announce(ActionAsked(advisory.pk, frozenset(users), at, by))


def _tell_followers(task: Task, at: datetime, by) -> None:
    level = queries.DECIDES[Level(task.place.level)]
    users = queries.holders(queries.above([task.place], level), queries.FOLLOWERS, day_in_india(at))
    announce(ActionAsked(task.advisory_id, frozenset(users), at, by))


def _end(advisory: Advisory, standing: str, words: str, at: datetime) -> None:
    advisory.standing, advisory.withdrawn_words = Standing(standing), words
    advisory.save(update_fields=["standing", "withdrawn_words"])
    Task.objects.filter(advisory=advisory).exclude(state__in=rules.ENDED).update(state=TaskState.CANCELLED, changed_at=at)


def _draft(advisory: Advisory) -> None:
    if advisory.standing != Standing.DRAFT:
        raise Refused([("", "not_a_draft")])


def _locked(advisory: Advisory) -> Advisory:
    """Its row, for this transaction alone. Raises Refused where it is not this person's to change."""
    found = Advisory.objects.select_for_update(of=("self",)).select_related("place", "earlier").filter(pk=advisory.pk).first()
    if found is None:
        raise Refused([("", "not_there")])
    return found


def _locked_task(task: Task) -> Task:
    found = Task.objects.select_for_update(of=("self",)).select_related("place", "direction", "advisory").filter(pk=task.pk).first()
    if found is None or found.advisory.standing != Standing.ISSUED:
        raise Refused([("", "not_issued")])
    return found


def _move(task: Task, state: str, at: datetime) -> None:
    task.state, task.changed_at = TaskState(state), at
    task.save(update_fields=["state", "changed_at"])
