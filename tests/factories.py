"""Small makers of what tests need. They act as the system; what is tested acts as a person."""

from collections import defaultdict
from datetime import UTC, date, datetime
from itertools import count
from uuid import UUID, uuid4

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.models import Posting, User
from aanchal.people import actions as people
from aanchal.people.actions import HouseholdDetails, PersonDetails
from aanchal.people.rules import Age
from aanchal.places.models import Place
from aanchal.places.rules import child, room_for
from aanchal.places.terms import COLUMN, Level

DAY = date(2026, 4, 1)
NOON = datetime(2026, 4, 1, 6, 30, tzinfo=UTC)
PASSWORD = "neem-tree-by-the-well"
FIRST_ORDINAL = 100  # the States of the nation have the numbers below
_ordinals: dict[int, count] = defaultdict(count)
_code = count(990_000_001)
_name = count(1)


def make_nation() -> Place:
    """The one every installation has."""
    return Place.objects.get(level=Level.NATION)


def make_place(level: Level, parent: Place, name: str = "") -> Place:
    room = room_for(parent.level, level) - FIRST_ORDINAL
    interval = child(parent.interval, level, FIRST_ORDINAL + next(_ordinals[parent.pk]) % room)
    above = {column: getattr(parent, f"{column}_id") for column in COLUMN.values()}
    above[COLUMN[Level(parent.level)]] = parent.pk
    return Place.objects.create(
        level=level,
        lgd_code=next(_code),
        name=name or f"{level.label} {next(_name)}",
        place_no=interval.first,
        last_no=interval.last,
        **{f"{column}_id": pk for column, pk in above.items()},
    )


def make_user(username: str = "", *, language: str = "en", password: str = "") -> User:
    user = User(username=username or f"user{next(_name)}", name="A synthetic worker", language=language, joined_at=NOON)
    if password:
        user.set_password(password)
    user.save()
    return user


def make_posting(role: str, place: Place, *, user: User | None = None, since: date = date(2020, 1, 1), until: date | None = None) -> User:
    user = user or make_user()
    Posting.objects.create(user=user, role=role, place=place, place_no=place.place_no, since=since, until=until)
    return user


def cast_of(india, **posts: tuple[str, str]) -> dict:
    """Who plays in a test: name -> a person in (role, place of the small world)."""
    with acting(SYSTEM):
        return {name: make_posting(role, india[place]) for name, (role, place) in posts.items()}


def member(
    name: str = "Asha",
    *,
    pk: UUID | None = None,
    sex: str = "FEMALE",
    years: int = 30,
    relation: str = "SELF",
    guardian: str = "Ramesh",
    told_on: date = DAY,
    **more,
):
    return PersonDetails(
        id=pk or uuid4(),
        name=name,
        sex=sex,
        age=Age(basis="STATED", years=years, told_on=told_on),
        guardian_name=guardian,
        relation=relation,
        **more,
    )


def make_household(village: Place, *members: PersonDetails, pk: UUID | None = None, **details):
    with acting(SYSTEM):
        return people.record_household(
            details=HouseholdDetails(id=pk or uuid4(), members=members or (member(name=f"Asha {next(_name)}"),), **details),
            place=village,
            visited_on=DAY,
            at=NOON,
            by=SYSTEM,
        )
