"""Every change to households and persons, and the reading of names."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from aanchal.core import envelope, keys, trail
from aanchal.core.action import action
from aanchal.core.codes import household_code
from aanchal.core.facts import announce
from aanchal.core.rows import insert, new, rewrite
from aanchal.people import queries
from aanchal.people.changes import Merge, Source
from aanchal.people.facts import ConsentWithdrawn
from aanchal.people.models import Consent, Household, Identity, Membership, Person
from aanchal.people.rules import Age, age_as_told, age_of, folded, shifted


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
    is_present: bool = False
    """Told to be at home, not away."""


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
def record_household(
    *, details: HouseholdDetails, place, visited_on: date, at: datetime, by, source: Source | None = None
) -> Household:
    """A household with its members, new or visited again. Names are sealed before they reach the database.

    Visited again, each field is merged with what others changed meanwhile; what truly conflicts waits for a person. `source` says what
    the worker had before her.
    """
    household = _already_known(details, place)
    if household:
        return _visited_again(household, details, visited_on=visited_on, source=source or Source(by, visited_on, at))
    household = new(Household, id=details.id, code=household_code(details.id), place=place, place_no=place.place_no)
    household.is_new = True
    for name, value in _told_of(details).items():
        setattr(household, name, value)
    household.visited_on, household.recorded_at = visited_on, at
    insert(household)
    _add_members(household, details.members, on=visited_on)
    insert(_consent(household, details, on=visited_on))
    trail.write("people.household.recorded", about=household, members=len(details.members))
    return household


@action
def note_visit(*, household: Household, on: date, merge: Merge, by) -> None:
    """The family was visited again, without its members being listed anew."""
    household.visited_on = max(household.visited_on, on)
    household.save(update_fields=["visited_on", "version"])
    trail.write("people.household.visited", about=household, changes=merge.changed, conflicts=merge.in_conflict)


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
def withdraw_consent(*, consent: Consent, on: date, at: datetime, by) -> Consent:
    consent.withdrawn_on = on
    consent.save(update_fields=["withdrawn_on"])
    trail.write("people.consent.withdrawn", about=consent)
    announce(ConsentWithdrawn(consent, at=at, by=by))
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
    return queries.locked(details.id)


def _as_they_stand(household: Household, members: tuple[PersonDetails, ...]) -> tuple[PersonDetails, ...]:
    """Those told of by the id of a record merged into another, by the one who stands for it; asked only where records were merged."""
    if not household.holds:
        return members
    stands = queries.survivors(member.id for member in members)
    told = {stands.get(member.id, member.id): member for member in members}
    return tuple(replace(member, id=pk) for pk, member in told.items())


def _visited_again(household: Household, details: HouseholdDetails, *, visited_on: date, source: Source) -> Household:
    merge = Merge(household, source, is_late=visited_on < household.visited_on)
    household.merge = merge
    for name, value in _told_of(details).items():
        if name not in ("longitude", "latitude"):
            setattr(household, name, merge.take(name, value, getattr(household, name)))
    if details.position:
        _move(household, merge.take("position", list(_shifted(details.id, details.position)), standing_position(household)))
    household.visited_on, household.recorded_at = max(household.visited_on, visited_on), source.at
    household.save(force_update=True)
    members = _as_they_stand(household, details.members)
    _update_members(household, members, merge, on=visited_on)
    household.present = frozenset(member.id for member in members if member.is_present)
    _agree_again(household, details, on=visited_on)
    merge.write()
    noted = {"changes": merge.changed, "conflicts": merge.in_conflict}  # filled up while what else was told is merged
    trail.write("people.household.revisited", about=household, place_no=household.place_no, members=len(details.members), **noted)
    return household


def _told_of(details: HouseholdDetails) -> dict:
    """The fields of the family itself."""
    told: dict = {name: getattr(details, name) for name in ("hamlet", "social_category", "house_type", "land_class")}
    if details.position:
        told["longitude"], told["latitude"] = _shifted(details.id, details.position)
    return told


def _shifted(pk: UUID, position: tuple[float, float]) -> tuple[float, float]:
    return shifted(*position, keys.keyed_hash("position", pk))


def standing_position(household: Household) -> list[float] | None:
    return None if household.longitude is None or household.latitude is None else [household.longitude, household.latitude]


def _move(household: Household, position: list[float] | None) -> None:
    household.longitude, household.latitude = position or (None, None)


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


def _update_members(household: Household, members: Iterable[PersonDetails], merge: Merge, *, on: date) -> None:
    """Known members are updated, new ones join, some come back; those no longer told of leave the household (their record stays)."""
    memberships = list(Membership.objects.filter(household__in=household.records))
    current = {membership.person_id: membership for membership in memberships if membership.until is None}
    told = {member.id: member for member in members}
    known = told.keys() & {membership.person_id for membership in memberships}
    joining = [member for pk, member in told.items() if pk not in known]
    for member in joining:
        merge.put("relation", member.relation, None, person=member.id)
    _add_members(household, joining, on=on)
    _merge_persons(household, [told[pk] for pk in sorted(known)], merge)
    for pk in sorted((known | current.keys()) - _not_asked(household, current.keys() - told.keys())):
        stands = current[pk].relation if pk in current else None
        relation = merge.take("relation", told[pk].relation if pk in told else None, stands, person=pk)
        if relation != stands:
            belongs(household, pk, current.get(pk), relation, on=on)


def _not_asked(household: Household, absent: set[UUID]) -> set[UUID]:
    """Who was not listed and yet has not left: those another record stands for; all, where the family was told by another record's id."""
    if household.is_followed or not absent:
        return absent
    return set(Person.every.filter(pk__in=absent, merged_into__isnull=False).values_list("pk", flat=True))


def belongs(household: Household, person: UUID, membership: Membership | None, relation: str | None, *, on: date) -> None:
    """Someone comes back, leaves (`relation` is None), or is told of otherwise."""
    if membership is None:
        insert(
            new(Membership, household=household, person_id=person, place_no=household.place_no, relation=relation, since=on)
        )
        return
    if relation is None:
        membership.until = max(on, membership.since)
    else:
        membership.relation = relation
    membership.save(update_fields=["relation", "until"])


def _merge_persons(household: Household, told: list[PersonDetails], merge: Merge) -> None:
    pks = [member.id for member in told]
    people = Person.every.in_bulk(pks)
    identities = {row.person_id: row for row in Identity.objects.filter(person__in=pks)}
    sexes = {pk: person.sex for pk, person in people.items()}
    persons = [people[member.id] for member in told if _merge_person(people[member.id], member, merge)]
    named = {member.id for member in told if member.id in identities and _merge_identity(identities[member.id], member, merge)}
    named |= {person.pk for person in persons if person.sex != sexes[person.pk]} & identities.keys()
    rewrite(*persons)
    rewrite(*(alike_anew(identities[pk], people[pk], household) for pk in sorted(named)))


def _merge_person(person: Person, told: PersonDetails, merge: Merge) -> bool:
    """Whether anything of it changed."""
    before = dict(person.__dict__)
    for name in ("sex", "marital_status", "school_status"):
        setattr(person, name, merge.take(name, getattr(told, name), getattr(person, name), person=person.pk))
    stands = age_as_told(person.age)
    age = merge.take("age", age_as_told(told.age), stands, person=person.pk)
    if age != stands:
        set_age(person, age_of(age))
    return person.__dict__ != before


def set_age(person: Person, age: Age) -> None:
    person.age_basis, person.born_on, person.years, person.told_on = age.basis, age.born_on, age.years, age.told_on


def _merge_identity(identity: Identity, told: PersonDetails, merge: Merge) -> bool:
    """A guardian's name or a phone that was not told stays as it was."""
    seal, is_changed = queries.seal_of(identity), False
    for name in ("name", "guardian_name", "phone"):
        value, sealed = getattr(told, name), getattr(identity, name)
        stands = seal.open(name, sealed).decode() if sealed else ""
        kept = merge.take(name, value, stands, person=identity.person_id, seal=seal) if value else stands
        if kept != stands:
            setattr(identity, name, seal.seal(name, kept))
            is_changed = True
    return is_changed


def alike_anew(identity: Identity, person: Person, household: Household) -> Identity:
    """With the mark by which the same person told twice is found, made anew."""
    names = queries.opened(identity)
    told = PersonDetails(id=person.pk, name=names.name, guardian_name=names.guardian_name, sex=person.sex, age=person.age)
    identity.likeness = likeness(told, household.place)
    return identity


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


def _agree_again(household: Household, details: HouseholdDetails, *, on: date) -> None:
    """Consent that was taken back is given anew at a later visit. A form filled before that day, or on it, brings nothing back."""
    ends = list(Consent.objects.filter(household__in=household.records).values_list("withdrawn_on", flat=True))
    taken_back = [day for day in ends if day]
    if taken_back and len(taken_back) == len(ends) and on > max(taken_back):
        given = _consent(household, details, on=on)
        insert(given)
        trail.write("people.consent.given", about=given)


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
