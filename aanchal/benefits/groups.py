"""The SHG database of LokOS: each line of a file is a member of a group, found again in our registers where she is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from aanchal.access.policy import day_in_india
from aanchal.benefits.facts import Delivered
from aanchal.benefits.models import Cbo, GroupMember
from aanchal.benefits.rules import Refused
from aanchal.benefits.terms import CboKind
from aanchal.core import facts, trail
from aanchal.core.action import action
from aanchal.core.rows import insert, new
from aanchal.network import reading
from aanchal.people.actions import PersonDetails, likeness
from aanchal.people.models import Household, Membership, Person
from aanchal.people.queries import people_alike
from aanchal.people.rules import Age
from aanchal.places.models import Place
from aanchal.places.queries import village_by_code

COLUMNS = ("village_code", "vo_id", "vo_name", "group_id", "group_name", "member_id", "member_name", "guardian_name", "joined_on")
MOST_LINES = 20_000
LONGEST = 10_000_000
LONGEST_OF = {"vo_id": 30, "group_id": 30, "member_id": 30, "vo_name": 120, "group_name": 120}


class NotAFile(ValueError):
    """Not a table with these columns; `missing` names those that are not there."""

    def __init__(self, missing: list[str]):
        self.missing = missing
        super().__init__(", ".join(missing))


class TooLong(ValueError):
    """More than is read at once: nothing of it is taken in, for what is left out would not be missed."""


@dataclass(frozen=True)
class Problem:
    line: int
    what: str


@dataclass
class Preview:
    """What taking a file in would do, or did. No name of it is kept."""

    lines: int = 0
    groups: int = 0
    new: int = 0
    known: int = 0
    found: int = 0
    not_found: int = 0
    problems: list[Problem] = field(default_factory=list)


Lines = list[tuple[int, Mapping[str, str]]]
"""Of each line its number in the file, and column -> what stands there."""


class NotHere(Exception):
    """The id of the line is another group's; the message is a key of `views.cohort.PROBLEMS`."""


def read(file: bytes) -> Lines:
    """Raises NotAFile, TooLong, and Unreadable for what is no table."""
    if len(file) > LONGEST:
        raise TooLong
    table = reading.rows(reading.as_csv(file))
    headings = [heading.strip() for heading in next(table, (1, []))[1]]
    if missing := [name for name in COLUMNS if name not in headings]:
        raise NotAFile(missing)
    lines = []
    for number, cells in table:
        if len(lines) == MOST_LINES:
            raise TooLong
        told = dict(zip(headings, cells, strict=False))
        lines.append((number, {name: told.get(name, "") for name in COLUMNS}))
    return lines


@action
def take_in(*, lines: Lines, place: Place, at: datetime, by, is_trial: bool) -> Preview:
    """Groups and members of villages of `place`. A line that came before changes nothing; as a trial nothing is written."""
    told = Preview(lines=len(lines))
    groups: dict[str, Cbo] = {}
    known: dict[str, set[str]] = {}
    for number, line in lines:
        try:
            village = _village(line, place, day_in_india(at))
            group = _group(line, village, groups, told, is_trial=is_trial)
        except NotHere as wrong:
            told.problems.append(Problem(number, str(wrong)))
            continue
        if group.lokos_id not in known:
            known[group.lokos_id] = set(GroupMember.objects.filter(cbo=group).values_list("lokos_id", flat=True))
        if line["member_id"] in known[group.lokos_id]:
            told.known += 1
            continue
        known[group.lokos_id].add(line["member_id"])
        _member(line, village, group, told, at=at, by=by, is_trial=is_trial)
    if not is_trial:
        trail.write("benefits.groups.imported", about=place, lines=told.lines, new=told.new, found=told.found)
    return told


@action
def join(*, household: Household, person: Person | None, cbo: Cbo, on: date, at: datetime, by) -> GroupMember:
    """Someone of a family at risk joins a group: the first help of all. Raises Refused."""
    faults = []
    if on > day_in_india(at):
        faults.append(("on", "in_the_future"))
    if person is None:
        faults.append(("person", "not_of_the_family"))
    if faults:
        raise Refused(faults)
    row = new(
        GroupMember, cbo=cbo, place_no=household.place_no, person=person, household=household, joined_on=on, recorded_by_id=by.pk,
        recorded_at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            insert(row)
    except IntegrityError as twice:
        raise Refused([("person", "in_a_group")]) from twice
    trail.write("benefits.group.joined", about=row)
    facts.announce(Delivered(household=household, told={"shg_member": True}, on=on, at=at, by=by))
    return row


def of_village(village: Place) -> QuerySet[Cbo]:
    return Cbo.objects.filter(kind=CboKind.SHG, place_no=village.place_no, closed_on=None).order_by("name")


def _village(line: Mapping[str, str], place: Place, today: date) -> Place:
    village = village_by_code(line["village_code"])
    if village is None or not place.place_no <= village.place_no <= place.last_no:
        raise NotHere("village")
    if not (line["group_id"] and line["group_name"] and line["member_id"] and line["member_name"]):
        raise NotHere("empty")
    if any(len(line[name]) > most for name, most in LONGEST_OF.items()):
        raise NotHere("long")
    joined = _day(line["joined_on"])
    if line["joined_on"] and (joined is None or joined > today):
        raise NotHere("day")
    return village


def _group(line: Mapping[str, str], village: Place, groups: dict[str, Cbo], told: Preview, *, is_trial: bool) -> Cbo:
    parent = None
    if line["vo_id"] == line["group_id"]:
        raise NotHere("elsewhere")
    if line["vo_id"]:
        parent = _cbo(CboKind.VO, line["vo_id"], line["vo_name"] or line["vo_id"], village, None, groups, told, is_trial=is_trial)
    group = _cbo(CboKind.SHG, line["group_id"], line["group_name"], village, parent, groups, told, is_trial=is_trial)
    if group.place_no != village.place_no:
        raise NotHere("elsewhere")
    return group


def _cbo(
    kind: str, lokos_id: str, name: str, village: Place, parent: Cbo | None, groups: dict[str, Cbo], told: Preview, *, is_trial: bool
) -> Cbo:
    """By its LokOS id, here or new. Raises NotHere where the id is another kind's, or of a place that this person does not see."""
    found = groups.get(lokos_id) or Cbo.objects.filter(lokos_id=lokos_id).first()
    if found is None:
        found = new(Cbo, kind=kind, name=name, lokos_id=lokos_id, place=village, place_no=village.place_no, parent=parent)
        if not is_trial:
            _keep(found)
        told.groups += 1
    groups[lokos_id] = found
    if found.kind != kind:
        raise NotHere("elsewhere")
    if found.closed_on:
        raise NotHere("closed")
    return found


def _keep(row: Cbo) -> None:
    try:
        with transaction.atomic():
            insert(row)
    except IntegrityError as taken:
        raise NotHere("elsewhere") from taken


def _member(line: Mapping[str, str], village: Place, group: Cbo, told: Preview, *, at: datetime, by, is_trial: bool) -> None:
    person = _person(line, village)
    membership = Membership.objects.filter(person=person, until=None).select_related("household").first() if person else None
    told.new += 1
    if membership:
        told.found += 1
    else:
        told.not_found += 1
    if is_trial:
        return
    row = new(
        GroupMember, cbo=group, place_no=village.place_no, lokos_id=line["member_id"], person=person if membership else None,
        household=membership.household if membership else None, joined_on=_day(line["joined_on"]), recorded_by_id=by.pk, recorded_at=at,
    )  # fmt: skip
    insert(row)
    if membership:
        joined = {"household": membership.household, "told": {"shg_member": True}, "on": day_in_india(at), "at": at, "by": by}
        facts.announce(Delivered(**joined))


def _person(line: Mapping[str, str], village: Place) -> Person | None:
    """One woman of the village of this name and guardian who is in no group yet; of two nobody."""
    age = Age(basis="STATED")
    asked = PersonDetails(id=None, name=line["member_name"], guardian_name=line["guardian_name"], sex="FEMALE", age=age)
    alike = people_alike(likeness(asked, village), village)
    free = [one for one in alike if not GroupMember.objects.filter(person=one, left_on=None).exists()]
    return free[0] if len(free) == 1 and len(alike) == 1 else None


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None

