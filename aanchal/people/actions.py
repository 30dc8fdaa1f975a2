"""Every change to households and persons, and the reading of names."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from aanchal.core import envelope, keys, trail
from aanchal.core.action import action
from aanchal.core.codes import household_code
from aanchal.core.rows import insert, new, rewrite
from aanchal.people import queries
from aanchal.people.models import Consent, Household, Identity, Membership, Person
from aanchal.people.rules import Age, folded, shifted


class PossibleDouble(Exception):
    """Someone with this name, guardian and sex is already recorded in the village; `codes` are the households they are in."""

    def __init__(self, codes: tuple[str, ...]):
        super().__init__(", ".join(codes))
        self.codes = codes


class ElsewhereRecorded(Exception):
    """The household's id is already used for a family of another village."""


@dataclass(frozen=True)
class PersonDetails:
    """What a form tells of a person."""

    id: UUID
    name: str
    sex: str
    age: Age
    guardian_name: str = ""
    phone: str = ""
    relation: str = "NON_RELATIVE"
    marital_status: str = ""
    school_status: str = ""


@dataclass(frozen=True)
class HouseholdDetails:
    """What a survey tells of a household."""

    id: UUID
    hamlet: str = ""
    social_category: str = "UNKNOWN"
    house_type: str = ""
    land_class: str = ""
    position: tuple[float, float] | None = None
    members: tuple[PersonDetails, ...] = ()
    consent_giver: str = "SELF_ADULT"
    language: str = "en"
    distinct: bool = field(default=False)
    """A reviewer has said that this is not the look-alike already recorded."""


@action
def record_household(*, details: HouseholdDetails, place, visited_on: date, at: datetime, by) -> Household:
    """A household with its members, new or visited again. Names are sealed before they reach the database.

    A visit that reaches us after a later one changes nothing of what the later one told.
    """
    household = _already_known(details, place)
    verb = "people.household.revisited" if household else "people.household.recorded"
    if household is None:
        household = new(Household, id=details.id, code=household_code(details.id), place=place, place_no=place.place_no)
        household.is_new = True
        _tell(household, details, visited_on=visited_on, at=at)
        insert(household)
        _add_members(household, details.members, on=visited_on)
        insert(_consent(household, details, on=visited_on))
    elif household.visited_on <= visited_on:
        _tell(household, details, visited_on=visited_on, at=at)
        household.save(force_update=True)
        _update_members(household, details.members, on=visited_on)
    trail.write(verb, about=household, members=len(details.members))
    return household


@action
def note_visit(*, household: Household, on: date, by) -> None:
    """The family was visited again, without its members being listed anew."""
    if household.visited_on < on:
        household.visited_on = on
        household.save(update_fields=["visited_on"])
    trail.write("people.household.visited", about=household)


@action
def record_person(*, details: PersonDetails, place, by) -> Person:
    """A person of whom no household is known yet (a register line before the survey)."""
    person = _person(details, place)
    insert(person)
    insert(_identity(details, place))
    trail.write("people.person.recorded", about=person)
    return person


@action
def recognise_person(*, details: PersonDetails, household: Household | None, place, by) -> Person:
    """The person a register line speaks of: the member of the family with this name, sex and age, or the one person of the village

    with this name and guardian; else someone new. The names compared are shown to nobody.
    """
    known = _member_alike(details, household) if household else None
    if known is None and details.guardian_name:
        alike = queries.people_alike(likeness(details, place), place)
        known = alike[0] if len(alike) == 1 else None
    if known:
        trail.write("people.person.recognised", about=known)
        return known
    return record_person(details=details, place=place, by=by)


@action
def open_names(*, people: Iterable[Person], reason: str, by) -> dict[UUID, "queries.Names"]:
    """The names of some people, for a person whose task needs them. Each reading is on the trail."""
    found = queries.names_of([person.pk for person in people])
    for identity in found.values():
        trail.write("people.identity.read", about=identity.row, reason=reason)
    return found


@action
def withdraw_consent(*, consent: Consent, on: date, by) -> Consent:
    consent.withdrawn_on = on
    consent.save(update_fields=["withdrawn_on"])
    trail.write("people.consent.withdrawn", about=consent)
    return consent


def likeness(details: PersonDetails, place) -> bytes:
    """A keyed mark of the full composite (name, guardian, sex), per district.

    The same family told twice meets; a name alone cannot be looked up.
    """
    return keys.keyed_hash("likeness", place.district_id, folded(details.name), folded(details.guardian_name), details.sex)[:16]


def _member_alike(details: PersonDetails, household: Household) -> Person | None:
    people = [membership.person for membership in queries.members_of(household)]
    names = queries.names_of([person.pk for person in people])
    wanted = folded(details.name)
    alike = [
        person
        for person in people
        if person.pk in names
        and person.sex == details.sex
        and folded(names[person.pk].name) == wanted
        and _ages_agree(person.age, details.age)
    ]
    return alike[0] if len(alike) == 1 else None


def _ages_agree(one: Age, other: Age) -> bool:
    """Within three years, or one of them not known: ages of the village are told, not proved."""
    day = other.told_on or one.told_on or other.born_on
    first, second = (one.on(day), other.on(day)) if day else (None, None)
    return first is None or second is None or abs(first - second) <= 3


def _already_known(details: HouseholdDetails, place) -> Household | None:
    """The household, if this is not its first visit. Raises ElsewhereRecorded, or PossibleDouble for a first visit to a known head."""
    head = next((member for member in details.members if member.relation == "SELF"), None)
    asked = head if head and head.guardian_name and not details.distinct else None
    trace = queries.trace(details.id, likeness(asked, place) if asked else None)
    if trace.place_no is None:
        if trace.alike and (codes := queries.codes_of(trace.alike, place)):
            raise PossibleDouble(codes)
        return None
    if trace.place_no != place.place_no:
        raise ElsewhereRecorded
    return queries.household(details.id)


def _tell(household: Household, details: HouseholdDetails, *, visited_on: date, at: datetime) -> None:
    household.hamlet, household.social_category = details.hamlet, details.social_category
    household.house_type, household.land_class = details.house_type, details.land_class
    if details.position:
        household.longitude, household.latitude = shifted(*details.position, keys.keyed_hash("position", details.id))
    household.visited_on, household.recorded_at = visited_on, at


def _add_members(household: Household, members: Iterable[PersonDetails], *, on: date) -> None:
    members = list(members)
    insert(*(_person(member, household.place) for member in members))
    insert(*(_identity(member, household.place) for member in members))
    _join(household, members, on=on)


def _join(household: Household, members: Iterable[PersonDetails], *, on: date) -> None:
    insert(
        *(
            new(
                Membership,
                household_id=household.pk,
                person_id=member.id,
                place_no=household.place_no,
                relation=member.relation,
                since=on,
            )
            for member in members
        )
    )


def _update_members(household: Household, members: Iterable[PersonDetails], *, on: date) -> None:
    """Known members are updated, new ones join, some come back; those no longer told of leave the household (their record stays)."""
    memberships = list(household.memberships.all())
    ever = {membership.person_id for membership in memberships}
    current = {membership.person_id: membership for membership in memberships if membership.until is None}
    told = {member.id: member for member in members}
    _add_members(household, [member for pk, member in told.items() if pk not in ever], on=on)
    _join(household, [member for pk, member in told.items() if pk in ever and pk not in current], on=on)
    known = [member for pk, member in told.items() if pk in ever]
    rewrite(*(_person(member, household.place) for member in known))
    rewrite(*(_identity(member, household.place) for member in known))
    for pk, membership in current.items():
        if pk not in told:
            membership.until = on
        elif membership.relation == told[pk].relation:
            continue
        else:
            membership.relation = told[pk].relation
        membership.save(update_fields=["relation", "until"])


def _person(details: PersonDetails, place) -> Person:
    return new(
        Person,
        id=details.id,
        place_id=place.pk,
        place_no=place.place_no,
        sex=details.sex,
        age_basis=details.age.basis,
        born_on=details.age.born_on,
        years=details.age.years,
        told_on=details.age.told_on,
        marital_status=details.marital_status,
        school_status=details.school_status,
    )


def _identity(details: PersonDetails, place) -> Identity:
    seal, wrapped = envelope.new(details.id)
    return new(
        Identity,
        person_id=details.id,
        place_no=place.place_no,
        wrapped_key=wrapped,
        name=seal.seal("name", details.name),
        guardian_name=seal.seal("guardian_name", details.guardian_name) if details.guardian_name else None,
        phone=seal.seal("phone", details.phone) if details.phone else None,
        likeness=likeness(details, place),
    )


def _consent(household: Household, details: HouseholdDetails, *, on: date) -> Consent:
    return new(
        Consent,
        household=household,
        place_no=household.place_no,
        giver=details.consent_giver,
        purposes=["INTERVIEW", "STORE"],
        lawful_basis="DPDP Act 2023 s.6",
        language=details.language,
        given_on=on,
    )
