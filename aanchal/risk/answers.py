"""From the answers of a survey to the facts an index reads; refused, not known and not asked all become None."""

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from math import ceil
from typing import Any

Answers = Mapping[str, Any]
Truth = bool | None

OUT_OF_SCHOOL = {"DROPPED_OUT", "NEVER_ENROLLED"}
IN_SCHOOL = {"ENROLLED", "IRREGULAR", "COMPLETED", "BRIDGE_COURSE", "KGBV_HOSTEL", "ASHRAM_SCHOOL"}
EVER_MARRIED = {"MARRIED", "WIDOWED", "DIVORCED", "SEPARATED", "DESERTED"}


def facts_of_survey(answers: Answers, members: Iterable[Answers]) -> dict[str, int | None]:
    """The facts of one household from its survey, keyed by the form's own names, and its listed members."""
    people = list(members)
    return {
        "breadwinner_lost": _chosen(answers, "breadwinner", {"DIED", "DESERTED", "INCAPACITATED"}, {"NO"}),
        "livelihood_lost": _yes(answers, "livelihood_loss"),
        "debt_months": _count(answers, "debt_months"),
        "wage_advance": _yes(answers, "wage_advance"),
        "landless": _chosen(answers, "land_class", {"LANDLESS"}, {"MARGINAL", "SMALL", "SEMI_MEDIUM", "LARGER"}),
        "casual_labour_main": _chosen(answers, "main_livelihood", {"CASUAL_LABOUR"}, OTHER_LIVELIHOODS),
        "food_short_months": _count(answers, "food_short_months"),
        "ration_card": _chosen(answers, "ration_card", {"AAY", "PHH", "APH"}, {"NONE"}),
        "shg_member": _yes(answers, "shg_member"),
        "mgnregs_days": _count(answers, "mgnregs_days"),
        "substance_harm": _yes(answers, "substance_harm"),
        "single_headed": _chosen(answers, "headed_by", {"SINGLE_WOMAN", "WIDOW", "CHILD", "AGED"}, {"COUPLE", "SINGLE_MAN"}),
        "parent_absent": _yes(answers, "parent_absent"),
        **{fact: _yes(answers, fact) for fact in ASKED_AS_THEY_ARE},
        **_private_facts(answers, people),
        "girl_out_of_school": _any_of(people, _is_girl_out_of_school),
        "child_working": _any_of(people, _is_child_working),
        "unverified_migrant": _any_of(people, _is_unverified_migrant),
    }


def facts_of_village(answers: Answers) -> dict[str, int | None]:
    """The facts of one village; distances in metres and the sex ratio per 10,000, to keep every fact a whole number."""
    counted = (
        "migrant_households_pct",
        "no_contact_pct",
        "calamity_years",
        "casual_labour_pct",
        "mgnregs_days_per_card",
        "child_marriages_12m",
        "female_literacy_pct",
    )
    return {
        **{fact: _count(answers, fact) for fact in counted},
        **{fact: _yes(answers, fact) for fact in ("agents_recruiting", "harmful_practice", "safe_transport")},
        "girls_per_10000_boys": _sex_ratio(answers),
        "secondary_school_m": _metres(answers, "secondary_school_km"),
        "police_m": _metres(answers, "police_km"),
        "road_m": _metres(answers, "road_km"),
        "health_m": _metres(answers, "health_km"),
    }


OTHER_LIVELIHOODS = {"OWN_FARM", "SHARE_FARM", "OWN_WORK", "SALARY", "REMITTANCE", "FOREST", "OTHER"}
ASKED_AS_THEY_ARE = ("agent_approach", "distress_migration", "survivor_returned", "threatened", "member_missing", "contact_lost")


def _private_facts(answers: Answers, people: list[Answers]) -> dict[str, Truth]:
    """Answered only where the worker could ask in private; a married child on the list is known without asking."""
    asked = answers if _yes(answers, "asked_privately") else {}
    told = _chosen(asked, "child_marriage", {"PLANNED", "DONE"}, {"NONE"})
    imminent = _yes(asked, "marriage_imminent")
    if imminent is None and _chosen(asked, "child_marriage", {"NONE", "DONE"}, {"PLANNED"}):
        imminent = False
    return {
        "violence_disclosed": _yes(asked, "violence"),
        "child_marriage": True if any(map(_is_married_child, people)) else told,
        "marriage_imminent": imminent,
    }


def _is_married_child(person: Answers) -> bool:
    age = _count(person, "age")
    return age is not None and age < 18 and person.get("marital_status") in EVER_MARRIED


def _is_girl_out_of_school(person: Answers) -> Truth:
    age = _count(person, "age")
    girl = _chosen(person, "sex", {"FEMALE", "TRANSGENDER"}, {"MALE"})
    of_age = None if age is None else 10 <= age <= 18
    return _every(girl, of_age, _chosen(person, "school_status", OUT_OF_SCHOOL, IN_SCHOOL))


def _is_child_working(person: Answers) -> Truth:
    age = _count(person, "age")
    of_age = None if age is None else 5 <= age < 18
    return _every(of_age, _yes(person, "working"))


def _is_unverified_migrant(person: Answers) -> Truth:
    verified = _yes(person, "employer_verified")
    return _every(_yes(person, "away"), None if verified is None else not verified)


def _any_of(people: list[Answers], holds: Any) -> Truth:
    """True of any listed person; None where nobody was listed or one person's answer is wanting."""
    truths = [holds(person) for person in people]
    if True in truths:
        return True
    return None if not truths or None in truths else False


def _every(*truths: Truth) -> Truth:
    if False in truths:
        return False
    return None if None in truths else True


def _yes(answers: Answers, question: str) -> Truth:
    return {"yes": True, "no": False, True: True, False: False}.get(answers.get(question))


def _chosen(answers: Answers, question: str, holding: set[str], other: set[str]) -> Truth:
    choice = answers.get(question)
    return True if choice in holding else False if choice in other else None


def _exact(answers: Answers, question: str) -> Decimal | None:
    """The number as written; a negative one is no answer (some surveys write -99 for "does not know")."""
    value = answers.get(question)
    if value is None or isinstance(value, bool):
        return None
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and number >= 0 else None


def _count(answers: Answers, question: str) -> int | None:
    number = _exact(answers, question)
    return None if number is None else int(number)


def _metres(answers: Answers, question: str) -> int | None:
    """Kilometres as whole metres, rounded up so that anything over a line stays over it."""
    number = _exact(answers, question)
    return None if number is None else ceil(number * 1000)


def _sex_ratio(answers: Answers) -> int | None:
    """Girls per 10,000 boys, rounded down: below a line of one decimal per thousand exactly when the ratio is."""
    girls, boys = _count(answers, "girls_0_6"), _count(answers, "boys_0_6")
    return None if girls is None or not boys else girls * 10_000 // boys
