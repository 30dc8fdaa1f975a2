"""Reads of households and persons."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from aanchal.core import envelope
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


def codes_alike(likenesses: list[bytes], place) -> tuple[str, ...]:
    """Codes of the households of the village that hold someone with one of these marks."""
    alike = list(Identity.objects.filter(likeness__in=likenesses).values_list("person_id", flat=True)[:20])
    if not alike:
        return ()
    homes = Household.objects.filter(place_no=place.place_no, memberships__until=None, memberships__person__in=alike)
    return tuple(homes.values_list("code", flat=True).distinct()[:5])


def people_alike(likeness: bytes, place) -> list[Person]:
    return list(Person.objects.filter(place_no=place.place_no, identity__likeness=likeness)[:5])


def names_of(people: Iterable[UUID]) -> dict[UUID, Names]:
    """Opened names; only for `actions.open_names`, which writes the reading on the trail."""
    return {row.person_id: _opened(row) for row in Identity.objects.filter(person_id__in=list(people))}


def _opened(row: Identity) -> Names:
    seal = envelope.opened(row.person_id, row.wrapped_key)
    text = {
        name: seal.open(name, value).decode() if (value := getattr(row, name)) else ""
        for name in ("name", "guardian_name", "phone")
    }
    return Names(row=row, **text)
