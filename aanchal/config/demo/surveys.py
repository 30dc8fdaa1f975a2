"""A household as the answers of the household survey, by the form's question names."""

from datetime import timedelta
from random import Random

from aanchal.config.demo import pictures, state
from aanchal.config.demo.filled import Filled
from aanchal.config.demo.people import Household, Member

HURRIED = state.villages(state.DEMO_BLOCK.code)[1].code
GROWN = 23
_WITH_PICTURE = 0.03  # share of surveys that carry a picture of the house


def survey(rng: Random, household: Household) -> Filled:
    """The survey of one household as its form."""
    answers, attachments = survey_answers(household), {}
    if household.consent and rng.random() < _WITH_PICTURE:
        name = f"{household.visited_at:%Y%m%d%H%M%S}.png"
        answers["photo"], attachments = name, {name: pictures.house_picture(rng.randint(-8, 12))}
    return Filled("household_survey", household.village, household.visited_at, answers, attachments, _took(household))


def _took(household: Household) -> timedelta | None:
    """In one village every third visit is over in two minutes: what the block officer's list of data quality is for."""
    is_hurried = household.village == HURRIED and int(household.id[:8], 16) % 3 == 0
    return timedelta(seconds=80 + int(household.id[9:13], 16) % 60) if is_hurried else None


def survey_answers(household: Household) -> dict[str, object]:
    """What the Gender CRP's phone holds after the visit; without consent it holds the place and the no."""
    lat, lon = household.location
    answers: dict[str, object] = {
        "village": household.village,
        "hamlet": household.hamlet,
        "location": f"{lat} {lon} 0 0",
        "consent_given": "yes" if household.consent else "no",
    }
    if not household.consent:
        return answers
    return answers | {
        "consent_giver": "self_adult" if household.head.age >= 18 else "parent_guardian",
        "household_id": household.id,
        "head_name": household.head.name,
        "guardian_name": household.guardian,
        "phone": None,
        **household.answers,
        **household.private,
        "member_count": len(household.members),
        "member": [_member(member, is_rounded=household.village == HURRIED) for member in household.members],
        "remarks": None,
    }


def _member(member: Member, *, is_rounded: bool) -> dict[str, object]:
    """The hurried worker rounds the age of whoever has no paper."""
    documented = member.born_on is not None
    age = 5 * round(member.age / 5) if is_rounded and not documented and member.age >= GROWN else member.age
    return {
        "person_id": member.id,
        "name": member.name,
        "relation": member.relation,
        "sex": member.sex,
        **({"born_on": member.born_on} if documented else {"age_years": age}),
        "age": age,
        **member.life,
    }
