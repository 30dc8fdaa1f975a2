"""A household as the answers of the household survey, by the form's question names."""

from random import Random

from aanchal.config.demo import pictures
from aanchal.config.demo.filled import Filled
from aanchal.config.demo.people import Household, Member

_WITH_PICTURE = 0.03  # share of surveys that carry a picture of the house


def survey(rng: Random, household: Household) -> Filled:
    """The survey of one household as its form."""
    answers, attachments = survey_answers(household), {}
    if household.consent and rng.random() < _WITH_PICTURE:
        name = f"{household.visited_at:%Y%m%d%H%M%S}.png"
        answers["photo"], attachments = name, {name: pictures.house_picture(rng.randint(-8, 12))}
    return Filled("household_survey", household.village, household.visited_at, answers, attachments)


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
        "member": [_member(member) for member in household.members],
        "remarks": None,
    }


def _member(member: Member) -> dict[str, object]:
    documented = member.born_on is not None
    return {
        "person_id": member.id,
        "name": member.name,
        "relation": member.relation,
        "sex": member.sex,
        **({"born_on": member.born_on} if documented else {"age_years": member.age}),
        "age": member.age,
        **member.life,
    }
