"""Which question of a form each fact of an index comes from, and whether each of its answers is read: for the lint."""

from collections.abc import Iterator, Mapping
from typing import Any

from aanchal.risk.answers import facts_of_survey, facts_of_village

FORM = {"household": "household_survey", "village": "village_situation"}
NOT_AN_ANSWER = {"dont_know", "refused", "REFUSED", "UNKNOWN"}
"""Choices that leave a fact not known, as they should."""

FAMILY = {
    "breadwinner_lost": ("breadwinner",),
    "livelihood_lost": ("livelihood_loss",),
    "debt_months": ("debt_months",),
    "wage_advance": ("wage_advance",),
    "landless": ("land_class",),
    "casual_labour_main": ("main_livelihood",),
    "food_short_months": ("food_short_months",),
    "ration_card": ("ration_card",),
    "shg_member": ("shg_member",),
    "mgnregs_days": ("mgnregs_days",),
    "substance_harm": ("substance_harm",),
    "violence_disclosed": ("asked_privately", "violence"),
    "single_headed": ("headed_by",),
    "parent_absent": ("parent_absent",),
    "girl_out_of_school": ("age", "sex", "school_status"),
    "child_marriage": ("asked_privately", "child_marriage", "age", "marital_status"),
    "child_working": ("age", "working"),
    "unverified_migrant": ("away", "employer_verified"),
    "distress_migration": ("distress_migration",),
    "survivor_returned": ("survivor_returned",),
    "agent_approach": ("agent_approach",),
    "member_missing": ("member_missing",),
    "contact_lost": ("contact_lost",),
    "marriage_imminent": ("asked_privately", "child_marriage", "marriage_imminent"),
    "threatened": ("threatened",),
}
VILLAGE = {
    "migrant_households_pct": ("migrant_households_pct",),
    "agents_recruiting": ("agents_recruiting",),
    "no_contact_pct": ("no_contact_pct",),
    "calamity_years": ("calamity_years",),
    "casual_labour_pct": ("casual_labour_pct",),
    "mgnregs_days_per_card": ("mgnregs_days_per_card",),
    "girls_per_10000_boys": ("girls_0_6", "boys_0_6"),
    "child_marriages_12m": ("child_marriages_12m",),
    "harmful_practice": ("harmful_practice",),
    "female_literacy_pct": ("female_literacy_pct",),
    "secondary_school_m": ("secondary_school_km",),
    "safe_transport": ("safe_transport",),
    "police_m": ("police_km",),
    "road_m": ("road_km",),
    "health_m": ("health_km",),
}
QUESTIONS: Mapping[str, Mapping[str, tuple[str, ...]]] = {"household": FAMILY, "village": VILLAGE}

_TOLD = {"asked_privately": "yes", "child_marriage": "NONE", "violence": "no"}
_MEMBER = {
    "age": 12, "sex": "FEMALE", "school_status": "DROPPED_OUT", "marital_status": "SINGLE", "working": "yes", "away": "yes",
    "employer_verified": "no",
}  # fmt: skip


def unread(subject: str, fact: str, question: str, choices: Mapping[str, Any]) -> Iterator[str]:
    """The choices of a question after which a fact is still not known, though they are an answer to it."""
    for choice in choices:
        if choice not in NOT_AN_ANSWER and not _is_gate(fact, question, choice) and _fact(subject, fact, question, choice) is None:
            yield choice


def _is_gate(fact: str, question: str, choice: str) -> bool:
    """A question that only opens another: "could it be asked in private: no", "is a marriage planned: yes, then when"."""
    return question == "asked_privately" or (fact, question, choice) == ("marriage_imminent", "child_marriage", "PLANNED")


def _fact(subject: str, fact: str, question: str, choice: str) -> int | None:
    if subject == "village":
        return facts_of_village({question: choice})[fact]
    if question in _MEMBER:
        return facts_of_survey(_TOLD, [_MEMBER | {question: choice}])[fact]
    return facts_of_survey(_TOLD | {question: choice}, [_MEMBER])[fact]
