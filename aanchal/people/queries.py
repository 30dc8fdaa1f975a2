"""Reads of households and persons."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from aanchal.core import envelope
from aanchal.core.rows import asking_what_stood
from aanchal.people.models import Household, Identity, Membership, Person


@dataclass(frozen=True)
class Names:
    """The opened identity of one person."""

    row: Identity
    name: str
    guardian_name: str
    phone: str


def household(pk) -> Household | None:
    return Household.objects.filter(pk=pk).first()


def household_by_code(code: str, place) -> Household | None:
    """A family of a village by the six characters of its code; None when no family or more than one has it."""
    found = list(Household.objects.filter(place_no=place.place_no, code=code)[:2])
    return found[0] if len(found) == 1 else None


def members_of(household: Household) -> QuerySet[Membership]:
    return household.memberships.filter(until=None).select_related("person").order_by("since", "pk")


def household_of(person: Person) -> Household | None:
    membership = Membership.objects.filter(person=person, until=None).select_related("household").first()
    return membership.household if membership else None


@dataclass(frozen=True)
class Trace:
    """What is already known of a household about to be recorded: its place, if it is; and who looks like its head."""

    place_no: int | None
    alike: tuple[UUID, ...]


def trace(pk, likeness: bytes | None) -> Trace:
    """Both questions in one: they are asked for every survey that comes, and by one likeness, so that PostgreSQL plans them once."""
    with asking_what_stood(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT place_no FROM people_household WHERE id = %s),"
            " ARRAY(SELECT person_id FROM people_identity WHERE likeness = %s LIMIT 20)",
            [pk, likeness],
        )
        place_no, alike = cursor.fetchone()
    return Trace(place_no, tuple(alike))


def codes_of(people: Iterable[UUID], place) -> tuple[str, ...]:
    """Codes of the households of the village that these persons belong to."""
    homes = Household.objects.filter(place_no=place.place_no, memberships__until=None, memberships__person__in=list(people))
    return tuple(homes.values_list("code", flat=True).distinct()[:5])


def people_alike(likeness: bytes, place) -> list[Person]:
    return list(Person.objects.filter(place_no=place.place_no, identity__likeness=likeness)[:5])


def names_of(people: Iterable[UUID]) -> dict[UUID, Names]:
    """Opened names; only for `actions.open_names`, which writes the reading on the trail."""
    return {row.person_id: _opened(row) for row in Identity.objects.filter(person_id__in=list(people))}


def _opened(row: Identity) -> Names:
    seal = envelope.opened(row.person_id, bytes(row.wrapped_key))
    text = {
        name: seal.open(name, value).decode() if (value := getattr(row, name)) else ""
        for name in ("name", "guardian_name", "phone")
    }
    return Names(row=row, **text)
