"""A line entered by mistake is struck, with a reason; nothing is deleted. A reviewer takes a mistaken stroke back."""

from datetime import datetime

from aanchal.core import facts, trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.registers import queries, rules
from aanchal.registers.actions import REASON, AlreadyCorrected, AlreadyRecorded
from aanchal.registers.facts import EntryStandsAgain, EntryStruck
from aanchal.registers.models import Entry, Strike

UNDONE = "undone"


class WasFollowed(Exception):
    """The report was followed to its end: what became of someone is not struck."""


@action
def strike(*, entry: Entry, reason: str, at: datetime, by) -> Strike:
    """It stands no longer, and what followed from it ends as entered by mistake. Raises AlreadyCorrected, WasFollowed."""
    if not rules.may_be_struck(entry.line):
        raise WasFollowed
    if not Entry.objects.filter(pk=entry.pk, stands=True).update(stands=False):
        raise AlreadyCorrected
    entry.stands = False
    struck = Strike(entry=entry, place_no=entry.place_no, at=at, by_id=by.pk)
    struck.seal({REASON: reason.strip()})
    insert(struck)
    trail.write("registers.entry.struck", about=entry, register=entry.register)
    facts.announce(EntryStruck(entry=entry, at=at, by=by))
    return struck


@action
def take_back(*, struck: Strike, reason: str, at: datetime, by) -> Entry:
    """The line stands again, and what it says is followed again. Raises AlreadyCorrected, AlreadyRecorded where another took its place."""
    near = ("entry__person", "entry__household", "entry__place")
    struck = Strike.objects.select_for_update(of=("self",)).select_related(*near).get(pk=struck.pk)
    entry = struck.entry
    if struck.undone_at:
        raise AlreadyCorrected
    if standing := queries.standing_of(entry.person, entry.register, entry.happened_on):
        raise AlreadyRecorded(standing)
    struck.undone_at, struck.undone_by_id = at, by.pk
    struck.seal(struck.told() | {UNDONE: reason.strip()})
    struck.save(update_fields=["undone_at", "undone_by", "sealed", "wrapped_key"])
    Entry.objects.filter(pk=entry.pk).update(stands=True)
    entry.stands = True
    trail.write("registers.entry.stands_again", about=entry, register=entry.register)
    facts.announce(EntryStandsAgain(entry=entry, at=at, by=by))
    return entry
