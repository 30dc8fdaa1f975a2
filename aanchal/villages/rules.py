"""What a village may tell of itself, what may stand on its safety map, and how an action of its roadmap moves on."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

Answers = Mapping[str, Any]
Fact = int | float | bool | list[str] | None

CALAMITIES = ("FLOOD", "DROUGHT", "CYCLONE", "EROSION", "OTHER")
PRACTICES = (
    "BRIDE_PURCHASE", "BRIDE_BROKER", "DEVADASI_JOGINI", "WITCH_BRANDING", "DOWRY_DISTRESS",
    "TRADITIONAL_PROSTITUTION", "OTHER",
)  # fmt: skip


@dataclass(frozen=True)
class Question:
    """One fact of the situation. `rising`: more of it is worse (+1), better (-1) or neither (0) for the village."""

    key: str
    dimension: str
    kind: str
    rising: int
    most: int = 100
    choices: tuple[str, ...] = ()


QUESTIONS = (
    Question("households_total", "MIGRATION", "number", 0, 20_000),
    Question("migrant_households_pct", "MIGRATION", "percent", +1),
    Question("agents_recruiting", "MIGRATION", "yes_no", +1),
    Question("no_contact_pct", "MIGRATION", "percent", +1),
    Question("calamity_years", "CALAMITY", "number", +1, 3),
    Question("calamity_kinds", "CALAMITY", "several", 0, choices=CALAMITIES),
    Question("casual_labour_pct", "CALAMITY", "percent", +1),
    Question("mgnregs_days_per_card", "CALAMITY", "number", -1, 366),
    Question("girls_0_6", "SEX_RATIO", "number", 0, 5_000),
    Question("boys_0_6", "SEX_RATIO", "number", 0, 5_000),
    Question("child_marriages_12m", "PRACTICES", "number", +1, 1_000),
    Question("harmful_practice", "PRACTICES", "yes_no", +1),
    Question("harmful_practice_kinds", "PRACTICES", "several", 0, choices=PRACTICES),
    Question("female_literacy_pct", "SERVICES", "percent", -1),
    Question("secondary_school_km", "SERVICES", "kilometres", +1, 200),
    Question("safe_transport", "SERVICES", "yes_no", -1),
    Question("police_km", "SERVICES", "kilometres", +1, 200),
    Question("road_km", "SERVICES", "kilometres", +1, 200),
    Question("health_km", "SERVICES", "kilometres", +1, 200),
)
"""Framework, Situation Analysis 4(a): migration, calamity, sex ratio, social practices; and the services that protect."""
RURAL_INDIA_2011 = {"child_sex_ratio": 923, "female_literacy_pct": 58}
"""Beside which a village's own figures are read (Census 2011, rural India: 923.2 and 57.93). They score nothing here."""


class Refused(ValueError):
    """What was told cannot be so; `faults` are (field, code) pairs, without what was typed."""

    def __init__(self, faults: Iterable[tuple[str, str]]):
        self.faults = tuple(faults)
        super().__init__(", ".join(f"{field}: {code}" for field, code in self.faults))


class NotPossible(Exception):
    """A record in this state cannot go to that one."""


def situation(answers: Answers) -> dict[str, Fact]:
    """The facts a village tells, each of its type; None where nobody knew. Raises Refused naming each answer that cannot be."""
    facts, faults = {}, []
    for question in QUESTIONS:
        try:
            facts[question.key] = _READ[question.kind](question, answers.get(question.key))
        except (InvalidOperation, ValueError):
            faults.append((question.key, "out_of_range"))
    if faults:
        raise Refused(faults)
    if facts["calamity_years"] == 0:
        facts["calamity_kinds"] = []
    if facts["harmful_practice"] is False:
        facts["harmful_practice_kinds"] = []
    return facts


def child_sex_ratio(facts: Answers) -> int | None:
    """Girls for every 1,000 boys below seven, as the form counts it; None without boys or without an answer."""
    girls, boys = facts.get("girls_0_6"), facts.get("boys_0_6")
    if girls is None or not boys:
        return None
    return int((Decimal(girls) * 1000 / boys).quantize(Decimal(1), ROUND_HALF_UP))


def since(dated: Sequence[tuple[date, Fact]]) -> date | None:
    """Since which day the newest answer has stood unbroken; `dated` is newest first."""
    found = None
    for day, fact in dated:
        if fact != dated[0][1]:
            break
        found = day
    return found


def _empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _number(question: Question, value: Any) -> int | None:
    if _empty(value):
        return None
    number = _decimal(question, value)
    if number != number.to_integral_value():
        raise ValueError(question.key)
    return int(number)


def _kilometres(question: Question, value: Any) -> int | float | None:
    if _empty(value):
        return None
    number = _decimal(question, value)
    return int(number) if number == number.to_integral_value() else float(number)


def _decimal(question: Question, value: Any) -> Decimal:
    if isinstance(value, bool):
        raise ValueError(question.key)
    number = Decimal(str(value).strip())
    if not number.is_finite() or not 0 <= number <= question.most:
        raise ValueError(question.key)
    return number


def _yes_no(question: Question, value: Any) -> bool | None:
    if _empty(value) or value == "dont_know":
        return None
    if not isinstance(value, bool) and value not in ("yes", "no"):
        raise ValueError(question.key)
    return value in (True, "yes")


def _several(question: Question, value: Any) -> list[str]:
    chosen = value.split() if isinstance(value, str) else list(value or ())
    if not set(chosen) <= set(question.choices):
        raise ValueError(question.key)
    return [code for code in question.choices if code in chosen]


_READ = {"number": _number, "percent": _number, "kilometres": _kilometres, "yes_no": _yes_no, "several": _several}

POINT_TYPES = {
    "HELP": (
        "POLICE", "HEALTH_CENTRE", "ANGANWADI", "SCHOOL", "PANCHAYAT", "VO_OFFICE", "SAFE_MIGRATION_CENTRE", "ONE_STOP_CENTRE",
        "TRANSPORT", "OTHER_HELP",
    ),
    "DANGER": (
        "DARK_PATH", "HARASSMENT", "LIQUOR_SHOP", "AGENT_PLACE", "LODGE_DHABA", "WATER_TOILET", "UNSAFE_WORKPLACE", "OTHER_DANGER",
    ),
    "CALAMITY": ("FLOOD", "DROUGHT", "CYCLONE", "EROSION", "OTHER_CALAMITY"),
}  # fmt: skip
KIND_OF = {point_type: kind for kind, types in POINT_TYPES.items() for point_type in types}
_DIGITS = re.compile(r"\d(?:[\s().+/-]*\d){7,}")


def holds_a_number_of_a_person(text: str) -> bool:
    """Eight digits or more in a row, in any script and however spaced, are a phone or an identity number."""
    return bool(_DIGITS.search(text))


def faults_of_point(
    *,
    kind: str,
    type: str,  # noqa: A002
    name: str,
    longitude: float,
    latitude: float,
    note: str = "",
) -> list[tuple[str, str]]:
    """Why a point cannot stand on the map, as (field, code); empty when it can."""
    faults = []
    if KIND_OF.get(type) != kind:
        faults.append(("type", "not_of_this_kind"))
    if not 2 <= len(name.strip()) <= 80:
        faults.append(("name", "length"))
    if len(note) > 1000:
        faults.append(("note", "length"))
    told = (("name", name), ("note", note))
    faults += [(field, "personal_number") for field, text in told if holds_a_number_of_a_person(text)]
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        faults.append(("location", "out_of_range"))
    return faults


TRANSITIONS = {"PLANNED": {"DONE", "DROPPED"}, "DONE": {"PLANNED"}, "DROPPED": {"PLANNED"}}
"""An action of the roadmap: nothing is deleted; what was done or dropped can be taken up again."""


FIRST_MONTH = 4
"""The financial year begins on 1 April."""
ADOPTED_WITHIN = timedelta(days=730)
"""A roadmap is adopted once and cannot be adopted anew: a meeting longer ago than this is a year that was mistyped."""


def check(before: str, after: str) -> None:
    if after not in TRANSITIONS[before]:
        raise NotPossible(f"{before} -> {after}")


def is_overdue(state: str, due_on: date, today: date) -> bool:
    return state == "PLANNED" and due_on < today


def plan_years(given_on: date) -> tuple[int, int]:
    """The plan of a financial year is made in the one before, in the People's Plan Campaign from October, or while it runs."""
    year = given_on.year if given_on.month >= FIRST_MONTH else given_on.year - 1
    return year, year + 1


def shown_year(year: int) -> str:
    return f"{year}-{(year + 1) % 100:02}"
