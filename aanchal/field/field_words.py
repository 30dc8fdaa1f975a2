"""One field of a family or a member in words: what was asked, and an answer as a person reads it."""

from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from aanchal.field import lines, queries
from aanchal.field.shown import PRIVATE
from aanchal.people.changes import SEALED
from aanchal.people.rules import age_of
from aanchal.risk import queries as risk
from aanchal.risk.definition import Fact

ASKED = {
    "hamlet": gettext_lazy("Hamlet"),
    "social_category": gettext_lazy("Social category"),
    "house_type": gettext_lazy("House"),
    "land_class": gettext_lazy("Land"),
    "position": gettext_lazy("Where the house is"),
    "name": gettext_lazy("Name"),
    "guardian_name": gettext_lazy("Father’s or husband’s name"),
    "phone": gettext_lazy("Phone number"),
    "sex": gettext_lazy("Sex"),
    "age": gettext_lazy("Age"),
    "marital_status": gettext_lazy("Marital status"),
    "school_status": gettext_lazy("School"),
    "relation": gettext_lazy("Member of the family"),
    "breadwinner_lost": gettext_lazy("Breadwinner died, left or cannot work"),
    "livelihood_lost": gettext_lazy("Crop, livestock or work lost"),
    "debt_months": gettext_lazy("Debt, in months of income"),
    "wage_advance": gettext_lazy("Advance taken for work (peshgi)"),
    "landless": gettext_lazy("No land"),
    "casual_labour_main": gettext_lazy("Lives mainly on casual labour"),
    "food_short_months": gettext_lazy("Months without enough food"),
    "ration_card": gettext_lazy("Has a ration card"),
    "shg_member": gettext_lazy("A woman is in a self-help group"),
    "mgnregs_days": gettext_lazy("Days of MGNREGS work"),
    "substance_harm": gettext_lazy("Harm by alcohol or drugs"),
    "violence_disclosed": gettext_lazy("Violence at home"),
    "single_headed": gettext_lazy("Headed by a single woman, widow, child or aged person"),
    "parent_absent": gettext_lazy("A parent is absent"),
    "girl_out_of_school": gettext_lazy("A girl of 10 to 18 is out of school"),
    "child_marriage": gettext_lazy("Child marriage done or planned"),
    "child_working": gettext_lazy("A child works"),
    "unverified_migrant": gettext_lazy("Someone is away without a verified employer"),
    "distress_migration": gettext_lazy("A woman or child had to migrate in distress before"),
    "survivor_returned": gettext_lazy("A survivor has returned"),
    "agent_approach": gettext_lazy("Approached by an unknown agent or broker"),
    "member_missing": gettext_lazy("Someone is missing"),
    "contact_lost": gettext_lazy("Someone away can no longer be reached"),
    "marriage_imminent": gettext_lazy("A child marriage is about to happen"),
    "threatened": gettext_lazy("The family is threatened"),
}
CHOSEN = {"social_category", "house_type", "land_class", "sex", "marital_status", "school_status", "relation"}
"""Answers that are choices of the household survey, in its own words."""


def asked(field: str) -> str:
    return str(ASKED[field])


def fact_of(field: str) -> Fact | None:
    """How the index counts it; None for a field of the register of families."""
    return next((one for one in risk.newest_definition().facts if one.key == field), None)


def is_hidden(field: str) -> bool:
    """A name, or told in private: shown only when it was opened, which is noted."""
    fact = fact_of(field)
    return field in SEALED or field in PRIVATE or bool(fact and fact.is_private)


def choices(field: str) -> list[tuple[str, str]]:
    language = (get_language() or "en")[:2]
    form = queries.compiled_latest("household_survey")
    question = next(one for one in form.fields if one.name == field)
    return [(one.value, lines.in_language(one.labels, language) or one.value) for one in question.choices]


def in_words(field: str, value: Any) -> str:
    if field == "relation" and value is None:
        return _("Not a member of the family")
    if value is None or value == "":
        return _("Not known")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if field == "age":
        return _age(value)
    if field == "position":
        return _("A place on the map")
    return dict(choices(field)).get(value, str(value)) if field in CHOSEN else str(value)


def _age(told: dict) -> str:
    age = age_of(told)
    if age.born_on:
        return _("born on %(day)s") % {"day": age.born_on.isoformat()}
    return _("%(years)s years") % {"years": "–" if age.years is None else age.years}
