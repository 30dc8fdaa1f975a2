"""Fifteen hundred households that do not exist: who lives in each, and what they answer when the Gender CRP calls.

One number per household, its hardship from 0 to 1.15, bends every chance a little, and the village's story bends it
again: so troubles come together, as they do. No telephone numbers: any ten digits a form accepts could be somebody's.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from aanchal.config.demo import kinship, lives, state, stories
from aanchal.config.demo.filled import daytime
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


def households(seed: int, today: date) -> list[Household]:
    """Every household of the state, village by village; the same seed and day give the same people."""
    heads: dict[str, set[str]] = defaultdict(set)
    return [
        _household(rng, state.BY_CODE[code], story, today, heads)
        for code, story in stories.stories().items()
        for rng in [Random(f"{seed}/people/{code}")]
        for _ in range(story.households)
    ]


def newcomers(seed: int, today: date, known: Collection[Household], count: int) -> list[Household]:
    """More families of the demo block, like nobody already there."""
    heads: dict[str, set[str]] = defaultdict(set)
    for household in known:
        heads[household.head.name].add(household.guardian)
    rng = Random(f"{seed}/newcomers")
    villages = [rng.choice(state.villages(state.DEMO_BLOCK.code)) for _ in range(count)]
    return [_household(rng, village, stories.stories()[village.code], today, heads) for village in villages]


def phone_uuid(rng: Random) -> str:
    """An id as a phone mints it, from the generator's own seed."""
    return str(UUID(int=rng.getrandbits(128), version=4))


def _household(rng: Random, village: state.DemoPlace, story: stories.Story, today: date, heads: dict[str, set[str]]) -> Household:
    hardship = _hardship(rng, story)
    visited_at = daytime(rng, today - timedelta(days=rng.randint(*_CAMPAIGN_DAYS)))
    headed_by = kinship.draw_head(rng, hardship)
    family = draw_family(rng, village.language)
    kin = kinship.draw_family(rng, headed_by, story.girls_per_1000_boys)
    names = _names(rng, kin, family, heads)
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
        guardian=names[-1],
        hardship=hardship,
        answers=lives.household_answers(rng, hardship, story, headed_by, members),
        private=private,
        members=members,
    )


def _names(rng: Random, kin: list[kinship.Kin], family: Family, heads: dict[str, set[str]]) -> list[str]:
    """A name for everybody and, last, the head's father; none twice in a house, no head and father twice in the state."""
    names: list[str] = []
    for person in kin:
        name = family.name(rng, person.sex, person.age)
        names.append(name if name not in names else _other(rng, family, person.sex, names))
    father = _other(rng, family, "MALE", {*names, *heads[names[0]]})
    heads[names[0]].add(father)
    return [*names, father]


def _other(rng: Random, family: Family, sex: str, taken: Collection[str]) -> str:
    return rng.choice([name for name in family.every_name(sex) if name not in taken])


def _hardship(rng: Random, story: stories.Story) -> float:
    """The family's own, the village's, and now and then a very bad year."""
    bad_year = 0.3 if rng.random() < 0.12 else 0.0
    return min(1.15, max(0.0, rng.betavariate(0.75, 1.05) + story.hardship + bad_year))


def _shifted(rng: Random, degrees: float) -> float:
    return round(degrees + rng.gauss(0, 0.0006) + rng.uniform(-_SHIFT, _SHIFT), 5)


def _member(rng: Random, person: kinship.Kin, name: str, life: Answers, at: datetime) -> Member:
    born_on = None
    if life["age_basis"] == "DOCUMENTED":
        born_on = _birthday(at.date(), person.age) - timedelta(days=rng.randint(1, 364))
    return Member(phone_uuid(rng), name, person.relation, person.sex, person.age, born_on, life)


def _birthday(on: date, years: int) -> date:
    """The same day so many years before; 28 February stands for 29."""
    return on.replace(year=on.year - years, day=min(on.day, 28) if on.month == 2 else on.day)
