"""Reads of households and persons."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Q

from aanchal.core import envelope
from aanchal.core.rows import asking_what_stood
from aanchal.people.models import Consent, Household, Identity, Membership, Mergeable, Person

Kept = TypeVar("Kept", bound=Mergeable)


@dataclass(frozen=True)
class Names:
    """The opened identity of one person."""

    row: Identity
    name: str
    guardian_name: str
    phone: str


def household(pk) -> Household | None:
    """A family by the id of its record, or of one merged into it."""
    found = Household.every.filter(pk=pk).first()
    return standing_for(found) if found else None


def standing_for(record: Kept) -> Kept:
    """The record that stands for this one: itself, unless it was merged into another, as far as the acting person reaches."""
    while record.merged_into_id and (into := type(record).every.filter(pk=record.merged_into_id).first()):
        record = into
    return record


def survivors(people: Iterable[UUID]) -> dict[UUID, UUID]:
    """Those of these persons who were merged into another, each with the one who stands for her."""
    gone = Person.every.filter(pk__in=list(people), merged_into__isnull=False)
    return {person.pk: standing_for(person).pk for person in gone}


def locked(pk) -> Household | None:
    """A family whose visits and corrections are merged one after another; only where the acting person may change it.

    By the id of a record merged into it: the family that stands for it, which then `is_followed`.
    """
    found = Household.every.select_for_update().filter(pk=pk).first()
    if found is None or found.merged_into_id is None:
        return found
    stands = locked(found.merged_into_id)
    if stands:
        stands.is_followed = True
    return stands


def household_by_code(code: str, place) -> Household | None:
    """A family of a village by the six characters of its code; None when no family or more than one has it."""
    found = list(Household.every.filter(place_no=place.place_no, code=code)[:2])
    return standing_for(found[0]) if len(found) == 1 else None


def members_of(household: Household) -> list[Membership]:
    return members_of_all([household])


def members_of_all(households: Iterable[Household], **narrowed) -> list[Membership]:
    """Who belongs to these families now, each once; `home_id` is the family, also where another record of it told so."""
    homes = {record: one.pk for one in households for record in one.records}
    rows = Membership.objects.filter(household__in=list(homes), until=None, person__merged_into=None, **narrowed)
    found: dict[tuple[UUID, UUID], Membership] = {}
    for row in rows.select_related("person").order_by("since", "pk"):
        row.home_id = homes[row.household_id]
        known = found.setdefault((row.home_id, row.person_id), row)
        if known.household_id != row.home_id == row.household_id:
            found[row.home_id, row.person_id] = row
    return list(found.values())


def without_consent(households: Iterable[Household]) -> set[UUID]:
    """Families that took back every consent they gave."""
    homes = {record: one.pk for one in households for record in one.records}
    told = list(Consent.objects.filter(household__in=list(homes)).values_list("household_id", "withdrawn_on"))
    return {homes[home] for home, _day in told} - {homes[home] for home, day in told if day is None}


def people_without_consent(people: Iterable[UUID]) -> set[UUID]:
    """Those of them whose family took back every consent."""
    homes = households_of([Person(pk=one) for one in people])
    gone = without_consent({home.pk: home for home in homes.values()}.values())
    return {person for person, home in homes.items() if home.pk in gone}


def all_without_consent() -> tuple[set[UUID], set[UUID]]:
    """As `without_consent`, of all whom the acting person reaches: every record of these families, and of who belongs to them now."""
    told = set(Consent.objects.filter(withdrawn_on__isnull=False, household__isnull=False).values_list("household", flat=True))
    asked = list(Household.objects.filter(Q(pk__in=told) | Q(holds__overlap=list(told)))) if told else []
    gone = without_consent(asked)
    families = [one for one in asked if one.pk in gone]
    members = [one.person for one in members_of_all(families)]
    return {pk for one in families for pk in one.records}, {pk for one in members for pk in one.records}


def household_of(person: Person) -> Household | None:
    """Her own record's family first, then one of a record merged into hers."""
    found = list(Membership.objects.filter(person__in=person.records, until=None).select_related("household"))
    found.sort(key=lambda one: (one.person_id != person.pk, one.household.merged_into_id is not None))
    return standing_for(found[0].household) if found else None


def households_of(people: Iterable[Person]) -> dict[UUID, Household]:
    """Of many persons: the family of each one's own record, in one question."""
    rows = Membership.objects.filter(person__in=list(people), until=None).select_related("household").order_by("-since", "-pk")
    return {row.person_id: standing_for(row.household) for row in rows}


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
    homes = Household.every.filter(place_no=place.place_no, memberships__until=None, memberships__person__in=list(people)).distinct()
    return tuple(dict.fromkeys(standing_for(home).code for home in homes[:5]))


def people_alike(likeness: bytes, place) -> list[Person]:
    """Each person once, whichever of her records is alike."""
    found = [standing_for(person) for person in Person.every.filter(place_no=place.place_no, identity__likeness=likeness)[:5]]
    return list({person.pk: person for person in found}.values())


def names_of(people: Iterable[UUID]) -> dict[UUID, Names]:
    """Opened names; only for `actions.open_names`, which writes the reading on the trail."""
    return {row.person_id: opened(row) for row in Identity.objects.filter(person_id__in=list(people))}


def seal_of(row: Identity) -> envelope.Envelope:
    """What opens and seals everything that is kept of a person's name, its history too."""
    return envelope.opened(row.person_id, bytes(row.wrapped_key))


def opened(row: Identity) -> Names:
    seal = seal_of(row)
    text = {
        name: seal.open(name, value).decode() if (value := getattr(row, name)) else ""
        for name in ("name", "guardian_name", "phone")
    }
    return Names(row=row, **text)
