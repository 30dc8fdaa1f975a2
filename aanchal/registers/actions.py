"""Every change to the registers, and every reading of what they hold of persons."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError
from uuid_utils.compat import uuid7

from aanchal.access import policy
from aanchal.access.acting import SYSTEM
from aanchal.access.permissions import Permission
from aanchal.core import envelope, facts, trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.people import actions as people
from aanchal.people.models import Household, Person
from aanchal.people.queries import Names
from aanchal.people.rules import folded
from aanchal.registers import queries, rules
from aanchal.registers.columns import STATE_WRITTEN_IN, keyed
from aanchal.registers.facts import EntryCorrected, EntryRecorded
from aanchal.registers.models import Entry

REASON = "reason"


class AlreadyRecorded(Exception):
    """The person stands in this register for this day, or with a line that is still open; `entry` is that line."""

    def __init__(self, entry: Entry | None = None):
        super().__init__()
        self.entry = entry


class InTheFuture(Exception):
    """A register tells what has happened."""


class AlreadyCorrected(Exception):
    """Another line has taken the place of this one."""


@dataclass(frozen=True)
class Changes:
    """What a correction says anew; None and absent keys leave what was written. An empty answer takes it away."""

    happened_on: date | None = None
    person: Person | None = None
    household: Household | None = None
    details: Mapping[str, object] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Opened:
    """What one version of a line holds of persons, read by someone whose task needs it."""

    names: Names | None
    texts: dict[str, str]
    reason: str
    strikes: dict[UUID, dict[str, str]]


@action
def record_entry(
    *,
    register: str,
    person: Person,
    household: Household | None,
    place,
    happened_on: date,
    details: Mapping[str, object],
    texts: Mapping[str, str],
    at: datetime,
    by,
    submission_id: UUID | None = None,
    ahead: timedelta = timedelta(0),
) -> Entry:
    """A new line. What is written of persons is sealed before it reaches the database. `ahead`: how early it may be told."""
    texts = rules.checked_texts(register, texts)
    entry = Entry(
        register=register,
        person=person,
        household=household,
        place=place,
        place_no=place.place_no,
        happened_on=happened_on,
        submission_id=submission_id,
        details=rules.checked(register, _with_states(register, details, texts)),
    )
    _write(entry, texts, ahead=ahead, at=at, by=by)
    trail.write("registers.entry.recorded", about=entry, register=register)
    facts.announce(EntryRecorded(entry=entry, by=by))
    return entry


@action
def correct_entry(*, entry: Entry, changes: Changes, reason: str, at: datetime, by) -> Entry:
    """A new line in place of an old one, which stays as it was written. A line is closed in the same way: found, came home."""
    if not Entry.objects.filter(pk=entry.pk, stands=True).update(stands=False):
        raise AlreadyCorrected
    entry.stands = False
    texts = rules.checked_texts(entry.register, _changed(_written(entry), changes.texts))
    details = _changed(entry.details, changes.details)
    line = Entry(
        register=entry.register,
        person=changes.person or entry.person,
        household=changes.household or entry.household,
        place=entry.place,
        place_no=entry.place_no,
        happened_on=changes.happened_on or entry.happened_on,
        submission_id=entry.submission_id,
        details=rules.checked(entry.register, _with_states(entry.register, details, texts)),
        corrects=entry,
    )
    ahead = max(timedelta(0), entry.happened_on - policy.day_in_india(entry.recorded_at))
    _write(line, texts | {REASON: reason.strip()}, ahead=ahead, at=at, by=by)
    trail.write("registers.entry.corrected", about=line, register=line.register, corrects=str(entry.pk))
    facts.announce(EntryCorrected(entry=line, by=by))
    return line


@action
def set_aside(*, entries: Iterable[Entry], by) -> list[UUID]:
    """Lines that another line tells too: they stand no longer, and say so themselves; `restore` brings them back."""
    found = [entry for entry in entries if Entry.objects.filter(pk=entry.pk, stands=True).update(stands=False)]
    for entry in found:
        trail.write("registers.entry.set_aside", about=entry)
    return [entry.pk for entry in found]


@action
def restore(*, entries: Iterable[UUID], by) -> list[Entry]:
    """Lines that were set aside stand again."""
    found = list(Entry.objects.filter(pk__in=list(entries), stands=False, corrected_by=None).select_related("person", "household", "place"))
    for entry in found:
        Entry.objects.filter(pk=entry.pk).update(stands=True)
        entry.stands = True
        trail.write("registers.entry.restored", about=entry)
    return found


@action
def open_line(*, versions: Iterable[Entry], reason: str, by) -> dict[UUID, Opened]:
    """The names and all that was written of persons in a line and its corrections. The reading is on the trail."""
    versions = list(versions)
    names = people.open_names(people={entry.person_id: entry.person for entry in versions}.values(), reason=reason, by=by)
    opened = {}
    for entry in versions:
        texts = entry.texts()
        trail.write("registers.entry.opened", about=entry, reason=reason)
        strikes = {one.pk: one.told() for one in queries.strikes(entry)}
        opened[entry.pk] = Opened(names=names.get(entry.person_id), reason=texts.pop(REASON, ""), texts=texts, strikes=strikes)
    return opened


@action
def open_names(*, entries: Iterable[Entry], reason: str, by) -> dict[UUID, Names]:
    """The names of the persons of some lines, where the reader may open names; each reading is on the trail."""
    allowed = {entry.person_id: entry.person for entry in entries if by is SYSTEM or policy.can(by, Permission.IDENTITY_READ, entry)}
    return people.open_names(people=allowed.values(), reason=reason, by=by)


@action
def find_by_name(*, entries, name: str, place, by) -> list[UUID]:
    """Lines of a place whose person bears a name, names opened in memory; that a search was made is on the trail, the name is not."""
    wanted = folded(name)
    known = queries.names_in(policy.visible(by, Permission.IDENTITY_READ, entries))
    found = [pk for pk, names in known.items() if wanted and wanted in folded(names.name)]
    trail.write("registers.names.searched", about=place, read=len(known), found=len(found))
    return found


@action
def note_export(*, register: str, place, rows: int, kind: str, by) -> None:
    """A register was taken out as a file."""
    trail.write("registers.register.exported", about=place, register=register, rows=rows, kind=kind)


def _write(entry: Entry, texts: Mapping[str, str], *, ahead: timedelta, at: datetime, by) -> None:
    today = policy.day_in_india(at) + ahead
    if rules.in_future(entry.register, happened_on=entry.happened_on, details=entry.details, today=today):
        raise InTheFuture
    if standing := queries.standing_of(entry.person, entry.register, entry.happened_on):
        raise AlreadyRecorded(standing)
    entry.id, entry.recorded_at, entry.recorded_by_id = uuid7(), at, by.pk
    entry.is_open = rules.is_open(entry.register, entry.details)
    if texts:
        seal, entry.wrapped_key = envelope.new(entry.pk)
        entry.sealed = seal.seal("texts", json.dumps(dict(texts), ensure_ascii=False))
    try:
        insert(entry)
    except IntegrityError as error:
        if "entry_once_a_day" not in str(error):
            raise
        raise AlreadyRecorded from None


def _written(entry: Entry) -> dict[str, str]:
    """The sealed texts, carried over to the new line without anyone reading them."""
    texts = entry.texts()
    texts.pop(REASON, None)
    return texts


def _changed(before: Mapping, changes: Mapping) -> dict:
    return {key: value for key, value in {**before, **changes}.items() if value not in (None, "", [], ())}


def _with_states(register: str, details: Mapping, texts: Mapping[str, str]) -> dict:
    """Details with the code of each State that the texts name, so that it can be listed and filtered."""
    columns = keyed(register)
    codes = {
        code: queries.state_code(texts[written]) for code, written in STATE_WRITTEN_IN.items() if code in columns and texts.get(written)
    }
    return {**{key: value for key, value in details.items() if key not in STATE_WRITTEN_IN}, **codes}
