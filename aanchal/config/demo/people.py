"""Fifteen hundred households that do not exist: who lives in each, and what they answer when the Gender CRP calls.

One number per household, its hardship from 0 to 1.15, bends every chance a little, and the village's story bends it
again: so troubles come together, as they do. No telephone numbers: any ten digits a form accepts could be somebody's.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from aanchal.config.demo import kinship, lives, state, stories
from aanchal.config.demo.lives import Answers
from aanchal.config.demo.names import Family, draw_family

_CAMPAIGN_DAYS = (24, 330)  # the survey's visits, in days before today
_SHIFT = 0.0012  # degrees a house is moved before its position leaves the phone: up to about 130 m


@dataclass(frozen=True, slots=True)
class Member:
    """One person as the survey's repeat asks for them; `life` holds the answers by their node names."""

    id: str
    name: str
    relation: str
    sex: str
    age: int
    born_on: date | None
    life: Answers

    @property
    def away(self) -> bool:
        return self.life["away"] == "yes"


@dataclass(frozen=True, slots=True)
class Household:
    """One household as it was visited; `answers` and `private` are the survey's groups by their node names."""

    id: str
    village: int
    hamlet: str
    location: tuple[float, float]
    visited_at: datetime
    consent: bool
    family: Family
    guardian: str
    hardship: float
    answers: Answers
    private: Answers
    members: tuple[Member, ...]

    @property
    def head(self) -> Member:
        return self.members[0]


def households(seed: int, today: date) -> Iterator[Household]:
    """Every household of the state, village by village; the same seed and day give the same people."""
    for code, story in stories.stories().items():
        rng = Random(f"{seed}/people/{code}")
        for _ in range(story.households):
            yield _household(rng, state.BY_CODE[code], story, today)


def phone_uuid(rng: Random) -> str:
    """An id as a phone mints it, from the generator's own seed."""
    return str(UUID(int=rng.getrandbits(128), version=4))


def _household(rng: Random, village: state.DemoPlace, story: stories.Story, today: date) -> Household:
    hardship = _hardship(rng, story)
    visited_at = _visit(rng, today)
    headed_by = kinship.draw_head(rng, hardship)
    family = draw_family(rng, village.language)
    kin = kinship.draw_family(rng, headed_by, story.girls_per_1000_boys)
    names = _names(rng, kin, family)
    members = tuple(
        _member(rng, person, name, lives.life(rng, person, story, hardship), visited_at) for person, name in zip(kin, names, strict=False)
    )
    hamlet = rng.choice(state.children(village.code))
    private = lives.private_answers(rng, hardship, members)
    return Household(
        id=phone_uuid(rng),
        village=village.code,
        hamlet=getattr(hamlet, village.language),
        location=(_shifted(rng, hamlet.lat), _shifted(rng, hamlet.lon)),
        visited_at=visited_at,
        consent=rng.random() > 0.008,
        family=family,
        guardian=_guardian(members, names[-1]),
        hardship=hardship,
        answers=lives.household_answers(rng, hardship, story, headed_by, members),
        private=private,
        members=members,
    )


def _names(rng: Random, kin: list[kinship.Kin], family: Family) -> list[str]:
    """A name for everybody and, last, for the head's father; no two in one house are the same."""
    names: list[str] = []
    for sex, age in [*((person.sex, person.age) for person in kin), ("MALE", 60)]:
        name = family.name(rng, sex, age)
        while name in names:
            name = family.name(rng, sex, rng.choice((10, 40)))
        names.append(name)
    return names


def _guardian(members: tuple[Member, ...], father: str) -> str:
    """The head's husband where he lives there, else the father."""
    return next((member.name for member in members if (member.relation, member.sex) == ("SPOUSE", "MALE")), father)


def _hardship(rng: Random, story: stories.Story) -> float:
    """The family's own, the village's, and now and then a very bad year."""
    bad_year = 0.3 if rng.random() < 0.12 else 0.0
    return min(1.15, max(0.0, rng.betavariate(0.75, 1.05) + story.hardship + bad_year))


def _shifted(rng: Random, degrees: float) -> float:
    return round(degrees + rng.gauss(0, 0.0006) + rng.uniform(-_SHIFT, _SHIFT), 5)


def _visit(rng: Random, today: date) -> datetime:
    day = today - timedelta(days=rng.randint(*_CAMPAIGN_DAYS))
    return datetime.combine(day, time(rng.randint(8, 17), rng.randint(0, 59), rng.randint(0, 59)))


def _member(rng: Random, person: kinship.Kin, name: str, life: Answers, at: datetime) -> Member:
    born_on = None
    if life["age_basis"] == "DOCUMENTED":
        born_on = _birthday(at.date(), person.age) - timedelta(days=rng.randint(1, 364))
    return Member(phone_uuid(rng), name, person.relation, person.sex, person.age, born_on, life)


def _birthday(on: date, years: int) -> date:
    """The same day so many years before; 28 February stands for 29."""
    return on.replace(year=on.year - years, day=min(on.day, 28) if on.month == 2 else on.day)
