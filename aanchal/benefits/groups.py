"""The SHG database of LokOS: each line of a file is a member of a group, found again in our registers where she is known."""

import csv
import io
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
from aanchal.people.actions import PersonDetails, likeness
from aanchal.people.models import Household, Membership, Person
from aanchal.people.queries import people_alike
from aanchal.people.rules import Age
from aanchal.places.models import Place
from aanchal.places.queries import village_by_code

COLUMNS = ("village_code", "vo_id", "vo_name", "group_id", "group_name", "member_id", "member_name", "guardian_name", "joined_on")
MOST_LINES = 20_000
LONGEST = 10_000_000


class NotAFile(ValueError):
    """Not a table with these columns; `missing` names those that are not there."""

    def __init__(self, missing: list[str]):
        self.missing = missing
        super().__init__(", ".join(missing))


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


def read(file: bytes) -> list[dict[str, str]]:
    """Raises NotAFile."""
    try:
        text = file[:LONGEST].decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotAFile(list(COLUMNS)) from None
    rows = csv.DictReader(io.StringIO(text))
    missing = [name for name in COLUMNS if name not in (rows.fieldnames or [])]
    if missing:
        raise NotAFile(missing)
    return [{name: (row.get(name) or "").strip() for name in COLUMNS} for _, row in zip(range(MOST_LINES), rows, strict=False)]


@action
def take_in(*, lines: list[Mapping[str, str]], place: Place, at: datetime, by, is_trial: bool) -> Preview:
    """Groups and members of villages of `place`. A line that came before changes nothing; as a trial nothing is written."""
    told = Preview(lines=len(lines))
    groups: dict[str, Cbo | None] = {}
    seen: set[tuple[str, str]] = set()
    for number, line in enumerate(lines, start=2):
        village, wrong = _village(line, place, day_in_india(at))
        if wrong or village is None:
            told.problems.append(Problem(number, wrong))
            continue
        group = _group(line, village, groups, told, is_trial=is_trial)
        if (line["group_id"], line["member_id"]) in seen or _is_known(group, line):
            told.known += 1
            continue
        seen.add((line["group_id"], line["member_id"]))
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
    return Cbo.objects.filter(kind=CboKind.SHG, place_no=village.place_no).order_by("name")


def _village(line: Mapping[str, str], place: Place, today: date) -> tuple[Place | None, str]:
    village = village_by_code(line["village_code"])
    if village is None or not place.place_no <= village.place_no <= place.last_no:
        return None, "village"
    if not (line["group_id"] and line["group_name"] and line["member_id"] and line["member_name"]):
        return None, "empty"
    joined = _day(line["joined_on"])
    if line["joined_on"] and (joined is None or joined > today):
        return None, "day"
    return village, ""


def _group(line: Mapping[str, str], village: Place, groups: dict, told: Preview, *, is_trial: bool) -> Cbo | None:
    parent = None
    if line["vo_id"]:
        parent = _cbo(CboKind.VO, line["vo_id"], line["vo_name"] or line["vo_id"], village, None, groups, told, is_trial=is_trial)
    return _cbo(CboKind.SHG, line["group_id"], line["group_name"], village, parent, groups, told, is_trial=is_trial)


def _cbo(kind: str, lokos_id: str, name: str, village: Place, parent: Cbo | None, groups: dict, told: Preview, *, is_trial: bool):
    if lokos_id not in groups:
        groups[lokos_id] = Cbo.objects.filter(lokos_id=lokos_id).first()
        if groups[lokos_id] is None:
            told.groups += 1
            if not is_trial:
                row = new(Cbo, kind=kind, name=name[:120], lokos_id=lokos_id[:30], place=village, place_no=village.place_no, parent=parent)
                insert(row)
                groups[lokos_id] = row
    return groups[lokos_id]


def _is_known(group: Cbo | None, line: Mapping[str, str]) -> bool:
    return group is not None and GroupMember.objects.filter(cbo=group, lokos_id=line["member_id"]).exists()


def _member(line: Mapping[str, str], village: Place, group: Cbo | None, told: Preview, *, at: datetime, by, is_trial: bool) -> None:
    person = _person(line, village)
    membership = Membership.objects.filter(person=person, until=None).select_related("household").first() if person else None
    told.new += 1
    if membership:
        told.found += 1
    else:
        told.not_found += 1
    if is_trial or group is None:
        return
    row = new(
        GroupMember, cbo=group, place_no=village.place_no, lokos_id=line["member_id"][:30], person=person if membership else None,
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

