"""One record beside another: what each tells, with names only where they were opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from aanchal.doubles import queries
from aanchal.doubles.models import Double
from aanchal.people.models import Household, Membership, Person
from aanchal.people.queries import Names, household_of, members_of
from aanchal.people.words import kind_of
from aanchal.places.models import Place
from aanchal.registers.models import Entry


@dataclass(frozen=True)
class Someone:
    """A person as the page tells of her."""

    pk: UUID
    who: str
    relation: str
    names: Names | None


@dataclass(frozen=True)
class Side:
    """A record: of a family with its members, or of a person with the family she belongs to."""

    record: Household | Person
    label: str
    who: str
    place: Place
    hamlet: str
    household: Household | None
    told_on: date | None
    visits: int
    people: Sequence[Someone]
    lines: Sequence[Entry]


def of(double: Double, today: date, names: Mapping[UUID, Names] | None = None) -> tuple[Side, Side]:
    """As they are now; of two that were joined, each as it was told, for what was told stays under its own record."""
    one, other = (_side(record, double, today, names or {}) for record in (double.one, double.other))
    return one, other


def label(record: Household | Person, today: date) -> str:
    """K7M-2QX; or K7M-2QX, girl, 12."""
    if isinstance(record, Household):
        return record.shown_code
    home = household_of(record)
    return ", ".join(filter(None, [home.shown_code if home else "", who(record, today)]))


def who(person: Person, today: date) -> str:
    """girl, 12"""
    age = person.age.on(today)
    return ", ".join([kind_of(person.sex, age), *([] if age is None else [str(age)])])


def members(double: Double, today: date, names: Mapping[UUID, Names] | None = None) -> list[tuple[str, str]]:
    """(value, label) for each two members who may be one, as the form asks about them."""
    names = names or {}
    known = {member.person_id: member for record in (double.one, double.other) for member in members_of(record)}
    pairs = [(UUID(one), UUID(other)) for one, other, *_likely in double.members]
    return [
        (f"{one}:{other}", " — ".join(_in_short(known[pk], today, names) for pk in (one, other)))
        for one, other in pairs
        if one in known and other in known
    ]


def _in_short(member: Membership, today: date, names: Mapping[UUID, Names]) -> str:
    name = names[member.person_id].name if member.person_id in names else ""
    return ", ".join(filter(None, [name, str(member.get_relation_display()), who(member.person, today)]))


def _side(record: Household | Person, double: Double, today: date, names: Mapping[UUID, Names]) -> Side:
    lines = list(queries.lines_told_by(record, double.merger) if double.merger else queries.lines_of(record))
    if isinstance(record, Household):
        own = _members_of_record(record) if double.merger else members_of(record)
        people = [Someone(one.person_id, who(one.person, today), str(one.get_relation_display()), names.get(one.person_id)) for one in own]
        visits = record.surveys.count()  # type: ignore[attr-defined]  # of the app above people
        return Side(record, record.shown_code, "", record.place, record.hamlet, record, record.visited_on, visits, people, lines)
    home, membership = household_of(record), record.memberships.filter(until=None).first()
    relation = str(membership.get_relation_display()) if membership else ""
    people = [Someone(record.pk, who(record, today), relation, names.get(record.pk))]
    return Side(record, label(record, today), who(record, today), record.place, "", home, record.told_on, 0, people, lines)


def _members_of_record(record: Household) -> list[Membership]:
    """Who belongs to it by its own telling."""
    return list(record.memberships.filter(until=None).select_related("person").order_by("since", "pk"))
