"""The SHG database of LokOS: each line of a file is a member of a group, found again in our registers where she is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from aanchal.access.policy import day_in_india
from aanchal.benefits import organisations, same_group
from aanchal.benefits.facts import Delivered
from aanchal.benefits.models import Cbo, GroupMember
from aanchal.benefits.rules import Refused
from aanchal.benefits.same_group import NEW, NotFree, Question, Unanswered
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
    """What taking a file in would do, or did. No name of a member is kept."""

    lines: int = 0
    groups: int = 0
    new: int = 0
    known: int = 0
    found: int = 0
    not_found: int = 0
    waiting: int = 0
    """Lines of organisations of which nobody has said yet whether they stand here."""
    questions: list[Question] = field(default_factory=list)
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
def take_in(*, lines: Lines, place: Place, at: datetime, by, is_trial: bool, same: Mapping[str, str] | None = None) -> Preview:
    """Groups and members of villages of `place`. A line that came before changes nothing; as a trial nothing is written.

    `same`: of an organisation that may stand here already, by its LokOS id, which one it is, or NEW; its lines wait for that.
    """
    taking = _Taking(same=same or {}, at=at, by=by, is_trial=is_trial)
    told = taking.told
    told.lines = len(lines)
    known: dict[str, set[str]] = {}
    for number, line in lines:
        try:
            village = _village(line, place, day_in_india(at))
            group = taking.group(line, village)
        except Unanswered:
            told.waiting += 1
            continue
        except NotHere as wrong:
            told.problems.append(Problem(number, str(wrong)))
            continue
        if group.lokos_id not in known:
            known[group.lokos_id] = set(GroupMember.objects.filter(cbo=group).values_list("lokos_id", flat=True))
        if line["member_id"] in known[group.lokos_id]:
            told.known += 1
            continue
        known[group.lokos_id].add(line["member_id"])
        taking.member(line, village, group)
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


@dataclass
class _Taking:
    """One file being taken in; `groups`: its organisations by their LokOS id."""

    same: Mapping[str, str]
    at: datetime
    by: object
    is_trial: bool
    told: Preview = field(default_factory=Preview)
    groups: dict[str, Cbo] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    def group(self, line: Mapping[str, str], village: Place) -> Cbo:
        """Raises NotHere and Unanswered."""
        if line["vo_id"] == line["group_id"]:
            raise NotHere("elsewhere")
        try:
            parent = self._cbo(CboKind.VO, line["vo_id"], line["vo_name"] or line["vo_id"], village, None) if line["vo_id"] else None
        except Unanswered:
            if not self._known(line["group_id"]):
                self._question(CboKind.SHG, line["group_id"], line["group_name"], village)
            raise
        group = self._cbo(CboKind.SHG, line["group_id"], line["group_name"], village, parent)
        if group.place_no != village.place_no:
            raise NotHere("elsewhere")
        return group

    def _cbo(self, kind: str, lokos_id: str, name: str, village: Place, parent: Cbo | None) -> Cbo:
        """By its LokOS id, as the one that stands here without, or new.

        Raises NotHere where the id is another kind's, or of a place that this person does not see; and Unanswered.
        """
        found = self._known(lokos_id) or self._standing(kind, lokos_id, name, village, parent)
        if found is None:
            found = new(Cbo, kind=kind, name=name, lokos_id=lokos_id, place=village, place_no=village.place_no, parent=parent)
            if not self.is_trial:
                _keep(found)
            self.told.groups += 1
        self.groups[lokos_id] = found
        if found.kind != kind:
            raise NotHere("elsewhere")
        if found.closed_on:
            raise NotHere("closed")
        return found

    def _standing(self, kind: str, lokos_id: str, name: str, village: Place, parent: Cbo | None) -> Cbo | None:
        """The one that was entered by hand, where a person says that it is this one: its id is written to it, its name stays."""
        asked = self._question(kind, lokos_id, name, village)
        if asked is None:
            return None
        if not asked.answer:
            raise Unanswered
        if asked.answer == NEW:
            return None
        found = next(one for one in asked.standing if str(one.pk) == asked.answer)
        if self.is_trial:
            found.lokos_id = lokos_id
            return found
        try:
            return organisations.correct(
                cbo=found, name=found.name, lokos_id=lokos_id, parent=found.parent or parent, at=self.at, by=self.by
            )
        except Refused as refused:
            raise NotHere("elsewhere") from refused

    def _known(self, lokos_id: str) -> Cbo | None:
        return self.groups.get(lokos_id) or Cbo.objects.filter(lokos_id=lokos_id).first()

    def _question(self, kind: str, lokos_id: str, name: str, village: Place) -> Question | None:
        """Raises NotHere where what was answered is not free any more."""
        taken = [one.pk for one in self.groups.values()]
        try:
            asked = same_group.ask(kind=kind, lokos_id=lokos_id, name=name, village=village, taken=taken, same=self.same)
        except NotFree as gone:
            raise NotHere("not_free") from gone
        if asked and lokos_id not in self.asked:
            self.asked.add(lokos_id)
            self.told.questions.append(asked)
        return asked

    def member(self, line: Mapping[str, str], village: Place, group: Cbo) -> None:
        alike = _alike(line, village)
        if len(alike) == 1 and (by_hand := GroupMember.objects.filter(cbo=group, person=alike[0], left_on=None, lokos_id="").first()):
            self.told.known += 1
            if not self.is_trial:
                by_hand.lokos_id = line["member_id"]
                by_hand.save(update_fields=["lokos_id"])
            return
        person = _free(alike)
        membership = Membership.objects.filter(person=person, until=None).select_related("household").first() if person else None
        self.told.new += 1
        if membership:
            self.told.found += 1
        else:
            self.told.not_found += 1
        if self.is_trial:
            return
        row = new(
            GroupMember, cbo=group, place_no=village.place_no, lokos_id=line["member_id"], person=person if membership else None,
            household=membership.household if membership else None, joined_on=_day(line["joined_on"]), recorded_by_id=self.by.pk,
            recorded_at=self.at,
        )  # fmt: skip
        insert(row)
        if membership:
            joined = {"household": membership.household, "told": {"shg_member": True}, "on": day_in_india(self.at)}
            facts.announce(Delivered(**joined, at=self.at, by=self.by))


def _keep(row: Cbo) -> None:
    try:
        with transaction.atomic():
            insert(row)
    except IntegrityError as taken:
        raise NotHere("elsewhere") from taken


def _alike(line: Mapping[str, str], village: Place) -> list[Person]:
    """Women of the village of this name and guardian."""
    age = Age(basis="STATED")
    asked = PersonDetails(id=None, name=line["member_name"], guardian_name=line["guardian_name"], sex="FEMALE", age=age)
    return people_alike(likeness(asked, village), village)


def _free(alike: list[Person]) -> Person | None:
    """The only one, where she is in no group yet; of two nobody."""
    return alike[0] if len(alike) == 1 and not GroupMember.objects.filter(person=alike[0], left_on=None).exists() else None


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None

