"""How the questions of schemes are answered by what is kept of a family and of a person; None where the answer is wanting."""

from collections.abc import Mapping
from datetime import date

from aanchal.benefits.questions import questions
from aanchal.people.models import Household, Person
from aanchal.risk.answers import IN_SCHOOL, OUT_OF_SCHOOL

KUTCHA, OTHER_HOUSES = {"KUTCHA", "HOUSELESS"}, {"PUCCA", "SEMI_PUCCA"}
LEFT_ALONE = {"DIVORCED", "SEPARATED", "DESERTED"}
MARITAL = {"SINGLE", "MARRIED", "WIDOWED", *LEFT_ALONE}

Answers = Mapping[str, int | None]


def of_household(household: Household, survey: Answers, told: Answers) -> dict[str, int | None]:
    known = dict(survey) | {"kutcha_house": _among(household.house_type, KUTCHA, OTHER_HOUSES)} | dict(told)
    return {key: known.get(key) for key, one in questions().items() if one.of == "household"}


def of_person(person: Person, told: Answers, on: date) -> dict[str, int | None]:
    known = {
        "age": person.age.on(on),
        "female": _among(person.sex, {"FEMALE"}, {"MALE", "TRANSGENDER"}),
        "widowed": _among(person.marital_status, {"WIDOWED"}, MARITAL - {"WIDOWED"}),
        "left_alone": _among(person.marital_status, LEFT_ALONE, MARITAL - LEFT_ALONE),
        "at_school": _among(person.school_status, IN_SCHOOL, OUT_OF_SCHOOL),
    } | dict(told)
    return {key: known.get(key) for key, one in questions().items() if one.of == "person"}


def _among(value: str, holding: set[str], other: set[str]) -> bool | None:
    return True if value in holding else False if value in other else None
