"""What has happened to a person and to a household: answers by the survey's own node names, in the form's order."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Protocol

from aanchal.config.demo.kinship import Kin
from aanchal.config.demo.stories import Story

Answer = str | int | float | None
Answers = Mapping[str, Answer]

DESTINATIONS = {  # a city and its state
    "Hyderabad": "Telangana",
    "Surat": "Gujarat",
    "Delhi": "Delhi",
    "Chennai": "Tamil Nadu",
    "Bengaluru": "Karnataka",
    "Mumbai": "Maharashtra",
    "Kolkata": "West Bengal",
    "Ludhiana": "Punjab",
}
_OUT_OF_SCHOOL = ("DROPPED_OUT", "NEVER_ENROLLED")
_CATEGORIES = (("SC", 21), ("ST", 18), ("PVTG", 2), ("OBC", 36), ("MINORITY", 9), ("GENERAL", 12), ("UNKNOWN", 2))


class Person(Protocol):
    """A member, as far as the household's answers depend on them."""

    sex: str
    age: int
    relation: str
    life: Answers


def yes(rng: Random, chance: float, *instead: str) -> str:
    """yes or no, and one time in fifty whatever else the form lets a person answer."""
    if instead and rng.random() < 0.02:
        return rng.choice(instead)
    return "yes" if rng.random() < chance else "no"


def life(rng: Random, person: Kin, story: Story, hardship: float) -> dict[str, Answer]:
    """One person's answers; what the form does not ask at this age is left out, as a phone leaves it out."""
    answers: dict[str, Answer] = {"age_basis": _age_basis(rng, person.age)}
    if person.age >= 10:
        answers["marital_status"] = person.marital
    out = rng.random() < _leaving_school(person, story, hardship)
    if 6 <= person.age <= 18:
        answers["school_status"] = _school(rng, person.age, out)
    if 5 <= person.age < 18:
        answers["working"] = yes(rng, (0.25 + 0.4 * hardship) if out else 0.003 + 0.12 * hardship**2)
    answers["away"] = yes(rng, _going_away(person, story, hardship))
    if answers["away"] == "yes":
        answers |= _away(rng, person, story, hardship)
    return answers


def _age_basis(rng: Random, age: int) -> str:
    documented = 0.62 if age < 19 else 0.3
    return rng.choices(("DOCUMENTED", "STATED", "ESTIMATED"), (documented, 0.8 - 0.7 * documented, 0.1))[0]


def _leaving_school(person: Kin, story: Story, hardship: float) -> float:
    """The chance of being out of school: little below 11, much after 15, more for girls and for the hard-pressed."""
    by_age = 0.02 if person.age < 11 else 0.05 if person.age < 15 else 0.17
    if person.marital == "MARRIED":
        return 0.95
    return by_age * story.dropping_out * (0.2 + 3.0 * hardship) * (1.35 if person.sex == "FEMALE" else 1.0)


def _school(rng: Random, age: int, out: bool) -> str:
    if out:
        return rng.choices(_OUT_OF_SCHOOL, (5, 1))[0]
    if age == 18:
        return rng.choice(("COMPLETED", "ENROLLED"))
    others = ("ENROLLED", "IRREGULAR", "KGBV_HOSTEL", "ASHRAM_SCHOOL", "BRIDGE_COURSE")
    return rng.choices(others, (90, 4, 3, 2, 1))[0]


def _going_away(person: Kin, story: Story, hardship: float) -> float:
    chance = story.leaving * (0.4 + 2.2 * hardship)
    if person.age < 14 or person.age > 58:
        return chance * 0.02
    if person.age < 18:
        return chance * 0.25
    alone = 0.45 if person.sex == "FEMALE" else 1.5
    return chance * alone * (0.6 if person.relation == "SELF" else 1.3)


def _away(rng: Random, person: Kin, story: Story, hardship: float) -> dict[str, Answer]:
    reasons = {
        "DISTRESS_NO_WORK": 30,
        "DEBT_REPAYMENT": 8 + 60 * story.advance,
        "CALAMITY": 30 * bool(story.calamity),
        "BETTER_WAGE": 34 - 20 * hardship,
        "EDUCATION_TRAINING": 25 if person.age < 22 else 2,
        "LURED_PROMISE": 30 * story.agents,
        "WITH_FAMILY": 8,
    }
    return {
        "away_reason": rng.choices(tuple(reasons), tuple(reasons.values()))[0],
        "destination": rng.choice(tuple(DESTINATIONS)),
        "employer_verified": yes(rng, 0.62 - 0.35 * hardship, "dont_know"),
        "last_contact": rng.choices(("WEEK", "MONTH", "OLDER", "NEVER"), (62, 25, 11, 2))[0],
    }


def household_answers(rng: Random, hardship: float, story: Story, headed_by: str, members: Sequence[Person]) -> dict[str, Answer]:
    """The group about the whole household, after its names and ids."""
    return (
        _means(rng, hardship, story)
        | _shocks(rng, hardship, story, headed_by)
        | {"headed_by": headed_by, "parent_absent": _parent_absent(rng, hardship, members)}
        | _exposure(rng, hardship, story)
        | _alarms(rng, hardship, members)
    )


def _means(rng: Random, hardship: float, story: Story) -> dict[str, Answer]:
    landless = rng.random() < 0.08 + 0.8 * hardship
    owned = rng.choices(("MARGINAL", "SMALL", "SEMI_MEDIUM", "LARGER"), (62, 26, 9, 3))[0]
    labour = rng.random() < (0.35 + 0.6 * hardship if landless else 0.08 + 0.3 * hardship)
    others = ("OWN_WORK", "SALARY", "REMITTANCE", "OTHER", "SHARE_FARM" if landless else "OWN_FARM")
    forest = story.key == "forest" and rng.random() < 0.3
    short = rng.random() < 0.02 + 0.72 * hardship**1.3
    return {
        "social_category": rng.choices(*zip(*_CATEGORIES, strict=True))[0],
        "house_type": rng.choices(("PUCCA", "SEMI_PUCCA", "KUTCHA", "HOUSELESS"), _houses(hardship))[0],
        "land_class": "LANDLESS" if landless else owned,
        "main_livelihood": "CASUAL_LABOUR" if labour else "FOREST" if forest else rng.choices(others, (3, 1, 1, 1, 6))[0],
        "ration_card": rng.choices(("NONE", "AAY", "PHH", "APH"), (2 + 9 * hardship, 6 + 12 * hardship, 62, 25))[0],
        "food_short_months": rng.choices((1, 2, 3, 4, 6), (30, 34, 20, 10, 6))[0] if short else 0,
        "shg_member": yes(rng, 0.8 - 0.55 * hardship),
        "mgnregs_days": 0 if rng.random() < 0.42 + 0.3 * hardship else min(100, 1 + round(rng.expovariate(1 / 38))),
    }


def _houses(hardship: float) -> tuple[float, ...]:
    return (45 - 38 * hardship, 38, 15 + 50 * hardship, 0.2 + hardship)


def _shocks(rng: Random, hardship: float, story: Story, headed_by: str) -> dict[str, Answer]:
    widowed = 0.22 if headed_by == "WIDOW" else 0.004
    deserted = 0.2 if headed_by == "SINGLE_WOMAN" else 0.003
    ill = 0.015 + 0.27 * hardship**1.5
    what = ("DIED", "DESERTED", "INCAPACITATED", "NO")
    owes = rng.random() < 0.09 + 0.75 * hardship
    return {
        "breadwinner": rng.choices(what, (widowed, deserted, ill, 1 - widowed - deserted - ill))[0],
        "livelihood_loss": yes(rng, story.loss * (0.45 + 1.8 * hardship), "dont_know"),
        "debt_months": min(48, 1 + round(rng.expovariate(1 / (2.5 + 8 * hardship)))) if owes else 0,
        "wage_advance": yes(rng, story.advance * (0.3 + 2 * hardship), "dont_know"),
    }


def _parent_absent(rng: Random, hardship: float, members: Sequence[Person]) -> str:
    children = any(person.age < 18 for person in members)
    away = any(person.life["away"] == "yes" and person.relation in ("SELF", "SPOUSE") for person in members)
    return yes(rng, 0.85 if away else 0.015 + 0.22 * hardship) if children else "no"


def _exposure(rng: Random, hardship: float, story: Story) -> dict[str, Answer]:
    return {
        "agent_approach": yes(rng, 0.2 * hardship**2 + story.agents * (0.4 + 2.2 * hardship), "dont_know"),
        "distress_migration": yes(rng, 0.14 * hardship**2 + story.leaving * (0.1 + 2.6 * hardship), "dont_know"),
    }


def _alarms(rng: Random, hardship: float, members: Sequence[Person]) -> dict[str, Answer]:
    lost = any(person.life.get("last_contact") == "NEVER" for person in members)
    return {
        "substance_harm": yes(rng, 0.03 + 0.55 * hardship, "dont_know", "refused"),
        "survivor_returned": yes(rng, 0.001 + 0.006 * hardship, "refused"),
        "threatened": yes(rng, 0.001 + 0.006 * hardship, "refused"),
        "member_missing": yes(rng, 0.012 * hardship),
        "contact_lost": yes(rng, 0.5) if lost else "no",
    }


def private_answers(rng: Random, hardship: float, members: Sequence[Person]) -> dict[str, Answer]:
    """The group a trained worker asks alone with the woman of the house; one family in seven could not be asked."""
    girls = any(person.sex == "FEMALE" and 13 <= person.age < 18 for person in members)
    wed = any(person.age < 18 and person.life.get("marital_status") == "MARRIED" for person in members)
    if rng.random() < 0.14:
        return {"asked_privately": "no"}
    planned = 0.03 + 0.2 * hardship if girls else 0.0
    marriage = "DONE" if wed or rng.random() < 0.01 * hardship else "PLANNED" if rng.random() < planned else "NONE"
    answers: dict[str, Answer] = {
        "asked_privately": "yes",
        "violence": yes(rng, 0.004 + 0.024 * hardship, "refused"),
        "child_marriage": "REFUSED" if rng.random() < 0.01 else marriage,
    }
    if answers["child_marriage"] == "PLANNED":
        answers["marriage_imminent"] = yes(rng, 0.25)
    return answers
