"""Every change to the list of people who may have come back."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.policy import day_in_india
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.doubles import queries, rules
from aanchal.doubles.models import Homecoming
from aanchal.doubles.rules import NotPossible
from aanchal.doubles.terms import Return, Sign
from aanchal.places.models import Place
from aanchal.registers import actions as registers
from aanchal.registers.models import Entry

REASON = "CAME_BACK"


@action
def note_present(*, people: Iterable[UUID], place: Place, on: date, at: datetime, by) -> int:
    """A visit was told that they are at home: whoever of them is still looked for or waited for may have come back."""
    lines = [line for line in queries.open_lines_of(people) if line.happened_on < on]
    return _note([_sign(line, Sign.VISIT, on, place, at) for line in lines]) if lines else 0


@action
def note_returned(*, entry: Entry, at: datetime, by) -> int:
    """A line tells that she came home: her open lines in other registers may be closed too. They may lie beyond who wrote this one."""
    on = date.fromisoformat(entry.details["returned_on"])
    with acting(SYSTEM):
        lines = [line for line in queries.open_lines_of(entry.person.records) if line.pk != entry.pk and line.happened_on <= on]
        return _note([_sign(line, Sign.RETURN_ENTRY, on, entry.place, at, entry) for line in lines]) if lines else 0


@action
def note_elsewhere(*, entry: Entry, line: Entry, at: datetime, by) -> int:
    """`entry`, of another village, tells of someone very like her whom the open `line` looks for."""
    return _note([_sign(line, Sign.ELSEWHERE, entry.happened_on, entry.place, at, entry)])


@action
def answer(*, homecoming: Homecoming, is_back: bool, at: datetime, by, on: date | None = None) -> Homecoming:
    """After a visit: she is back since a day, and the line is closed with that; or she is not. Raises NotPossible."""
    homecoming = Homecoming.objects.select_for_update(of=("self",)).get(pk=homecoming.pk)
    if homecoming.standing != Return.OPEN:
        raise NotPossible("decided")
    if is_back:
        _close(homecoming, on or day_in_india(at), at=at, by=by)
    homecoming.standing = Return.CAME_BACK if is_back else Return.NOT_BACK
    homecoming.answered_at, homecoming.answered_by_id = at, by.pk
    homecoming.save(update_fields=["standing", "answered_at", "answered_by"])
    trail.write("doubles.homecoming.answered", about=homecoming, answer=homecoming.standing)
    return homecoming


def _close(homecoming: Homecoming, on: date, *, at: datetime, by) -> None:
    line = queries.open_line(homecoming)
    if line is None:
        raise NotPossible("closed")
    if on < line.happened_on:
        raise NotPossible("before")
    changes = registers.Changes(details=rules.outcome(line.register, on))
    try:
        registers.correct_entry(entry=line, changes=changes, reason=REASON, at=at, by=by)
    except registers.InTheFuture:
        raise NotPossible("future") from None


def _sign(line: Entry, sign: Sign, on: date, seen_in: Place, at: datetime, by_entry: Entry | None = None) -> Homecoming:
    return Homecoming(
        entry=line, person_id=line.person_id, register=line.register, place_id=line.place_id, place_no=line.place_no, sign=sign,
        seen_on=on, seen_in=seen_in, by_entry=by_entry, noted_at=at,
    )  # fmt: skip


def _note(signs: list[Homecoming]) -> int:
    """Each once; what was answered is not asked again. Written by the system, which alone knows both sides."""
    with acting(SYSTEM):
        known = set(Homecoming.objects.filter(person__in=[one.person_id for one in signs]).values_list(*_ONCE))
        fresh = [one for one in signs if tuple(getattr(one, name) for name in _ONCE) not in known]
        if fresh:
            insert(*fresh)
            trail.write("doubles.homecoming.noted", about=fresh[0], people=len(fresh))
        return len(fresh)


_ONCE = ("person_id", "register", "sign", "seen_on", "by_entry_id")
