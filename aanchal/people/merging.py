"""Two records of one person, or of one family, become one, and become two again (docs/adr/0030)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.people import rules
from aanchal.people.models import Conflict, Household, Mergeable, Merger, Person
from aanchal.people.terms import ConflictState


class CannotMerge(Exception):
    """The two are not one, or not yet to be joined; the message is a code that says why."""


class CannotSplit(Exception):
    """They were split before, or something was built on it since; the message is a code that says why."""


@action
def merge_persons(
    *, stays: Person, away: Person, at: datetime, by, set_aside: Iterable[UUID] = (), part_of: Merger | None = None
) -> Merger:
    """`away` is told by the record `stays` from here on. Raises CannotMerge."""
    stays, away = _both(Person, stays.pk, away.pk)
    if reason := why_not_one_person(stays, away):
        raise CannotMerge(reason)
    merger = Merger(
        person=away, into_person=stays, place_no=away.place_no, into_place_no=stays.place_no, part_of=part_of,
        set_aside=list(set_aside), merged_at=at, merged_by_id=by.pk,
    )  # fmt: skip
    _join(stays, away)
    insert(merger)
    trail.write("people.person.merged", about=away, into=str(stays.pk))
    return merger


@action
def merge_households(
    *, stays: Household, away: Household, members: Iterable[tuple[Person, Person]], at: datetime, by, set_aside: Iterable[UUID] = ()
) -> Merger:
    """One family from here on: `members` are pairs (stays, away) of one person each; the others all belong to it. Raises CannotMerge."""
    stays, away = _both(Household, stays.pk, away.pk)
    if reason := why_not_one_family(stays, away):
        raise CannotMerge(reason)
    merger = Merger(
        household=away, into_household=stays, place_no=away.place_no, into_place_no=stays.place_no,
        set_aside=list(set_aside), merged_at=at, merged_by_id=by.pk,
    )  # fmt: skip
    _join(stays, away)
    insert(merger)
    for staying, other in members:
        merge_persons(stays=staying, away=other, at=at, by=by, part_of=merger)
    trail.write("people.household.merged", about=away, into=str(stays.pk))
    return merger


@action
def split(*, merger: Merger, at: datetime, by) -> Merger:
    """Both records stand for themselves again, with all that was told to either. What came since stays with the one it was written to."""
    merger = Merger.objects.select_for_update().get(pk=merger.pk)
    if merger.part_of_id and merger.part_of and merger.part_of.split_at is None:
        raise CannotSplit("part_of_family")
    return _split(merger, at=at, by=by)


def why_not_one_person(one: Person, other: Person) -> str:
    """Why two records are not to be joined; empty when nothing speaks against it."""
    if one.pk == other.pk or one.merged_into_id or other.merged_into_id:
        return "merged"
    if reason := rules.contradiction(one.sex, other.sex, one.age, other.age):
        return reason
    return "conflict" if Conflict.objects.filter(person__in=_records(one, other), state=ConflictState.OPEN).exists() else ""


def why_not_one_family(one: Household, other: Household) -> str:
    if one.pk == other.pk or one.merged_into_id or other.merged_into_id:
        return "merged"
    if one.place_no != other.place_no:
        return "village"
    return "conflict" if Conflict.objects.filter(household__in=_records(one, other), state=ConflictState.OPEN).exists() else ""


def merged_into(record: Mergeable) -> list[Merger]:
    """What was merged into this record and stands, the newest first."""
    column = "household" if isinstance(record, Household) else "person"
    rows = Merger.objects.filter(**{f"{column}__in": record.holds}, split_at=None)
    return list(rows.select_related(column, "merged_by").order_by("-pk"))


def _both(model, stays: UUID, away: UUID):
    """Locked in one order, so that two merges of the same two wait for one another."""
    found = {row.pk: row for row in model.every.select_for_update().filter(pk__in=[stays, away]).order_by("pk")}
    if len(found) != 2:
        raise CannotMerge("merged")
    return found[stays], found[away]


def _records(*records: Mergeable) -> list[UUID]:
    return [pk for record in records for pk in record.records]


def _join(stays: Mergeable, away: Mergeable) -> None:
    stays.holds = [*stays.holds, *away.records]
    away.merged_into_id = stays.pk
    stays.save(update_fields=["holds"])
    away.save(update_fields=["merged_into"])


def _split(merger: Merger, *, at: datetime, by) -> Merger:
    model, stays, away = (
        (Household, merger.into_household_id, merger.household_id)
        if merger.household_id
        else (Person, merger.into_person_id, merger.person_id)
    )
    stays, away = _both(model, stays, away)
    if merger.split_at or away.merged_into_id != stays.pk:
        raise CannotSplit("split")
    if stays.merged_into_id:
        raise CannotSplit("merged_since")
    for part in merger.parts.filter(split_at=None).order_by("-pk"):
        _split(part, at=at, by=by)
    gone = set(away.records)
    stays.holds, away.merged_into = [pk for pk in stays.holds if pk not in gone], None
    stays.save(update_fields=["holds"])
    away.save(update_fields=["merged_into"])
    merger.split_at, merger.split_by_id = at, by.pk
    merger.save(update_fields=["split_at", "split_by"])
    kind = "household" if merger.household_id else "person"
    trail.write(f"people.{kind}.split", about=away, apart_from=str(stays.pk))
    return merger
