"""One field of a family or of a member: as it stands, and written anew because a person decided so."""

from datetime import date
from typing import Any
from uuid import UUID

from aanchal.core.envelope import Envelope
from aanchal.people import actions, queries
from aanchal.people.changes import SEALED, Merge
from aanchal.people.models import FieldChange, Household, Identity, Membership, Person
from aanchal.people.rules import age_as_told, age_of

OF_FAMILY = ("hamlet", "social_category", "house_type", "land_class", "position")
OF_PERSON = ("name", "guardian_name", "phone", "sex", "age", "marital_status", "school_status", "relation")


def is_ours(field: str) -> bool:
    """A field of the register of families, not a fact the index reads."""
    return field in OF_FAMILY or field in OF_PERSON


def standing(household: Household, person: UUID | None, field: str) -> Any:
    """The value of one field now; of a name only for an action that notes its reading, or that shows it to nobody."""
    if field == "position":
        return actions.standing_position(household)
    if person is None:
        return getattr(household, field)
    if field in SEALED:
        return getattr(queries.opened(Identity.objects.get(person=person)), field)
    if field == "relation":
        membership = _membership(household, person)
        return membership.relation if membership else None
    row = Person.every.get(pk=person)
    return age_as_told(row.age) if field == "age" else getattr(row, field)


def seal_for(person: UUID | None, field: str) -> Envelope | None:
    return queries.seal_of(Identity.objects.get(person=person)) if field in SEALED else None


def put(household: Household, person: UUID | None, field: str, value: Any, merge: Merge, *, on: date) -> FieldChange:
    """Write a value a person decided on, with its line in the history. The caller holds the family's row locked and saves it."""
    seal = seal_for(person, field)
    change = merge.put(field, value, standing(household, person, field), person=person, seal=seal)
    if person is None:
        _put_of_family(household, field, value)
    elif field in SEALED and seal:
        _put_name(household, person, field, seal.seal(field, value) if value else None)
    elif field == "relation":
        actions.belongs(household, person, _membership(household, person), value, on=on)
    else:
        _put_of_person(household, person, field, value)
    return change


def _membership(household: Household, person: UUID) -> Membership | None:
    return Membership.objects.filter(household__in=household.records, person=person, until=None).first()


def _put_of_family(household: Household, field: str, value: Any) -> None:
    if field == "position":
        household.longitude, household.latitude = value or (None, None)
    else:
        setattr(household, field, value)


def _put_of_person(household: Household, person: UUID, field: str, value: Any) -> None:
    row = Person.every.get(pk=person)
    if field == "age":
        actions.set_age(row, age_of(value))
    else:
        setattr(row, field, value)
    row.save(force_update=True)
    if field == "sex":
        actions.alike_anew(Identity.objects.get(person=person), row, household).save(force_update=True)


def _put_name(household: Household, person: UUID, field: str, sealed: bytes | None) -> None:
    row = Identity.objects.get(person=person)
    setattr(row, field, sealed)
    actions.alike_anew(row, Person.every.get(pk=person), household).save(force_update=True)
