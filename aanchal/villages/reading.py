"""The situation analysis as a page reads it: each number with what it means, since when it stands, how it changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from aanchal.core.numbers import grouped
from aanchal.villages import rules
from aanchal.villages.models import Situation
from aanchal.villages.rules import Fact
from aanchal.villages.terms import CalamityKind, PracticeKind

Facts = Mapping[str, Fact]


@dataclass(frozen=True)
class Change:
    """What was told before, when, and whether the village is worse or better off since ("" where neither)."""

    before: str
    on: date
    tone: str


@dataclass(frozen=True)
class Line:
    key: str
    label: str
    value: str
    meaning: str
    since: date | None
    change: Change | None

    @property
    def is_known(self) -> bool:
        return bool(self.value)


@dataclass(frozen=True)
class Dimension:
    key: str
    title: str
    why: str
    icon: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Topic:
    title: Promise
    why: Promise
    icon: str
    keys: tuple[str, ...]


TOPICS = {
    "MIGRATION": Topic(
        gettext_lazy("Migration"),
        gettext_lazy("Who leaves in need, with someone nobody knows, is easily deceived."),
        "route",
        ("households_total", "migrant_households_pct", "agents_recruiting", "no_contact_pct"),
    ),
    "CALAMITY": Topic(
        gettext_lazy("Calamity and work"),
        gettext_lazy("A lost harvest or no work drives families to take an advance or to send a child away."),
        "cloud-alert",
        ("calamity_years", "casual_labour_pct", "mgnregs_days_per_card"),
    ),
    "SEX_RATIO": Topic(
        gettext_lazy("Girls and boys"),
        gettext_lazy("Where girls are missing, brides are bought from elsewhere."),
        "baby",
        ("child_sex_ratio",),
    ),
    "PRACTICES": Topic(
        gettext_lazy("Marriage and customs"),
        gettext_lazy("Child marriage and harmful customs are ways by which girls are taken."),
        "hand-heart",
        ("child_marriages_12m", "harmful_practice"),
    ),
    "SERVICES": Topic(
        gettext_lazy("Schools and services"),
        gettext_lazy("A school, a road, a health centre and the police close by protect."),
        "school",
        ("female_literacy_pct", "secondary_school_km", "safe_transport", "police_km", "road_km", "health_km"),
    ),
}

LABELS = {
    "households_total": gettext_lazy("Families in the village"),
    "migrant_households_pct": gettext_lazy("Families from which someone leaves for work"),
    "agents_recruiting": gettext_lazy("Outside agents come for women or children"),
    "no_contact_pct": gettext_lazy("Of those who left, no contact now"),
    "calamity_years": gettext_lazy("Years with a calamity, of the last 3"),
    "casual_labour_pct": gettext_lazy("Workers who live by daily farm wages"),
    "mgnregs_days_per_card": gettext_lazy("Days of MGNREGS work for one job card in a year"),
    "child_sex_ratio": gettext_lazy("Girls for every 1,000 boys, 0 to 6 years"),
    "child_marriages_12m": gettext_lazy("Girls under 18 married in the last 12 months"),
    "harmful_practice": gettext_lazy("Customs that harm women or girls"),
    "female_literacy_pct": gettext_lazy("Women and girls who can read and write"),
    "secondary_school_km": gettext_lazy("To the secondary school"),
    "safe_transport": gettext_lazy("Girls can travel there safely"),
    "police_km": gettext_lazy("To the police station"),
    "road_km": gettext_lazy("To a road usable all year"),
    "health_km": gettext_lazy("To the health centre"),
}
RISING = {question.key: question.rising for question in rules.QUESTIONS} | {"child_sex_ratio": -1}
KIND = {question.key: question.kind for question in rules.QUESTIONS} | {"child_sex_ratio": "number"}


def dimensions(told: Sequence[Situation]) -> tuple[Dimension, ...]:
    """The situation that comes first in `told`, against those told before it (newest first)."""
    history = [(situation.told_on, {**situation.facts, "child_sex_ratio": situation.child_sex_ratio}) for situation in told]
    return tuple(
        Dimension(key, str(topic.title), str(topic.why), topic.icon, tuple(_line(fact, history) for fact in topic.keys))
        for key, topic in TOPICS.items()
    )


def _line(key: str, history: Sequence[tuple[date, Facts]]) -> Line:
    dated = [(day, facts.get(key)) for day, facts in history]
    value, facts = dated[0][1], history[0][1]
    return Line(
        key=key,
        label=str(LABELS[key]),
        value=_shown(key, value),
        meaning="" if value is None else _meaning(key, value, facts),
        since=rules.since(dated),
        change=_change(key, dated),
    )


def _change(key: str, dated: Sequence[tuple[date, Fact]]) -> Change | None:
    now = dated[0][1]
    before = next(((day, fact) for day, fact in dated[1:] if fact is not None), None)
    if now is None or before is None or before[1] == now:
        return None
    direction = RISING[key] * (1 if now > before[1] else -1)
    return Change(before=_shown(key, before[1]), on=before[0], tone={1: "worse", -1: "better", 0: ""}[direction])


def _shown(key: str, fact: Fact) -> str:
    if fact is None:
        return ""
    if key == "calamity_years":
        return _("%(years)s of 3") % {"years": fact}
    return _SHOWN[KIND[key]](fact)


_SHOWN: dict[str, Callable[[Fact], str]] = {
    "number": grouped,
    "percent": lambda fact: _("%(n)s in 100") % {"n": fact},
    "kilometres": lambda fact: _("%(km)s km") % {"km": f"{fact:g}"} if fact else _("In the village"),
    "yes_no": lambda fact: _("Yes") if fact else _("No"),
}


def _meaning(key: str, fact: Fact, facts: Facts) -> str:
    return str(_MEANINGS[key](fact, facts)) if key in _MEANINGS else ""


def _of_families(percent: int, facts: Facts) -> str:
    total = facts["households_total"]
    if not total:
        return ""
    about = round(percent * total / 100)
    return ngettext("About %(n)s of %(total)s families.", "About %(n)s of %(total)s families.", about) % {
        "n": grouped(about),
        "total": grouped(total),
    }


def _girls_and_boys(_ratio: int, facts: Facts) -> str:
    return _("%(girls)s girls and %(boys)s boys were counted. In the villages of India together: %(all)s (Census 2011).") % {
        "girls": grouped(facts["girls_0_6"]),
        "boys": grouped(facts["boys_0_6"]),
        "all": rules.RURAL_INDIA_2011["child_sex_ratio"],
    }


def _literate(_percent: int, _facts: Facts) -> str:
    return _("In the villages of India together: %(all)s in 100 (Census 2011).") % {"all": rules.RURAL_INDIA_2011["female_literacy_pct"]}


def _kinds(terms, codes: Sequence[str]) -> str:
    return ", ".join(str(terms(code).label) for code in codes)


_MEANINGS: dict[str, Callable[[Fact, Facts], str | Promise]] = {
    "migrant_households_pct": _of_families,
    "agents_recruiting": lambda fact, _facts: (
        _("Ask who they are and for whom they work, and write down where each one goes.") if fact else ""
    ),
    "no_contact_pct": lambda fact, _facts: (
        _("Each of them belongs in the register of missing persons.") if fact else _("Families are in touch with all who left.")
    ),
    "calamity_years": lambda _fact, facts: _kinds(CalamityKind, facts["calamity_kinds"]),
    "casual_labour_pct": lambda _fact, _facts: _("In a bad season they have nothing to fall back on."),
    "mgnregs_days_per_card": lambda _fact, _facts: _("The Act promises 100 days to a household that asks for work."),
    "child_sex_ratio": _girls_and_boys,
    "child_marriages_12m": lambda fact, _facts: (
        _("It is an offence, and it can be stopped: Childline 1098, police 112.") if fact else _("The meeting knew of none.")
    ),
    "harmful_practice": lambda _fact, facts: _kinds(PracticeKind, facts["harmful_practice_kinds"]),
    "female_literacy_pct": _literate,
    "safe_transport": lambda fact, _facts: "" if fact else _("Girls leave school where the way is not safe."),
}
