"""A household as the answers of the household survey, by the form's question names."""

from aanchal.config.demo.people import Household, Member


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
