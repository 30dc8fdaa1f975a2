"""A family that a second worker surveyed again in another script, and someone of the registers whom a later visit found at home."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.models import User
from aanchal.access.policy import day_in_india
from aanchal.config.demo.finding import written
from aanchal.doubles import actions, homecoming
from aanchal.people import actions as people
from aanchal.people.actions import HouseholdDetails, PersonDetails
from aanchal.people.models import Household, Membership
from aanchal.people.queries import Names, members_of
from aanchal.places.models import Place
from aanchal.registers.models import Entry
from aanchal.registers.terms import Register
from aanchal.risk import actions as risk
from aanchal.risk import queries

SEED = 20_260_402
MEMBERS = range(3, 6)


def load(*, village: Place, worker: User, at: datetime) -> None:
    """The search that finds the family runs as at night."""
    with acting(SYSTEM):
        family = next(one for one in _families(village) if len(members_of(one)) in MEMBERS)
        members = members_of(family)
        names = people.open_names(people=[one.person for one in members], reason="DEMO", by=SYSTEM)
        told = queries.newest_facts(family)
    with acting(worker):
        _survey_again(family, members, names, told, at=at, by=worker)
        _find_at_home(village, at=at, by=worker)
    with acting(SYSTEM):
        actions.look(block=village.block, at=at, by=SYSTEM)


def _families(village: Place) -> Sequence[Household]:
    return list(Household.objects.filter(place=village, version=1).order_by("-pk"))


def _survey_again(family: Household, members: list[Membership], names: dict[UUID, Names], told: dict, *, at: datetime, by: User) -> None:
    rng = Random(SEED)
    on = day_in_india(at) - timedelta(days=2)
    details = HouseholdDetails(
        id=UUID(int=rng.getrandbits(128), version=4), hamlet=family.hamlet, social_category=family.social_category,
        house_type=family.house_type, land_class=family.land_class,
        members=tuple(_again(rng, one, names[one.person_id]) for one in members), language="hi", distinct=True,
    )  # fmt: skip
    risk.record_survey(details=details, told=told, place=family.place, visited_on=on, at=at, by=by)


def _again(rng: Random, one: Membership, known: Names) -> PersonDetails:
    """As another worker writes it: Latin letters where the first wrote another script, and the other way about."""
    person = one.person
    script = "hi" if known.name.isascii() else "en"
    return PersonDetails(
        id=UUID(int=rng.getrandbits(128), version=4), name=written(known.name, script), sex=person.sex, age=person.age,
        guardian_name=written(known.guardian_name, script), relation=one.relation, marital_status=person.marital_status,
        school_status=person.school_status,
    )  # fmt: skip


def _find_at_home(village: Place, *, at: datetime, by: User) -> None:
    """A later visit of the demo's worker was told so."""
    lines = Entry.objects.filter(place=village, stands=True, is_open=True, register__in=(Register.LEFT, Register.MIGRATION))
    today = day_in_india(at)
    for line in lines.filter(happened_on__lt=today).order_by("register", "-happened_on", "pk")[:1]:
        homecoming.note_present(people=[line.person_id], place=village, on=today, at=at, by=by)
