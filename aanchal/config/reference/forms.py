"""What is asked, what the registers keep of it, and how the indices read it."""

from collections.abc import Mapping

from aanchal.config.reference.markdown import code, page, section, table
from aanchal.field import xlsforms
from aanchal.registers.columns import COLUMNS, Column
from aanchal.registers.terms import Register
from aanchal.risk import queries, rules
from aanchal.risk.conditions import All, Any, AtLeast, Below, Condition, Not
from aanchal.risk.definition import Definition

LANGUAGES = {"en": "English", "hi": "Hindi", "te": "Telugu"}


def registers() -> str:
    headings = ["Column", "Key", "Kind", "In the list, print and export", "Must be said", "Codes or bounds"]
    parts = [section(str(Register(register).label), table(headings, map(_column, columns))) for register, columns in COLUMNS.items()]
    return page(
        "Columns of the registers",
        "From `registers/columns.py`. `TEXT` is sealed: it is opened on one line at a time, and the opening is on the trail."
        " Every line also has its person (household code, sex, age), its village, its date, and whether it is still open.",
        *parts,
    )


def dictionary() -> str:
    parts = []
    for form_id in xlsforms.sources():
        asked = table(["Question", "Type", "In English", "Must be answered", "Asked when", "Must hold"], map(_question, _asked(form_id)))
        choices = table(["Question", "Code", *LANGUAGES.values()], _choices(form_id))
        version = f"Version {xlsforms.version(form_id)}.\n"
        parts.append(section(f"{xlsforms.title(form_id)} (`{form_id}`)", version, asked, "Choices:\n", choices))
    return page(
        "Forms and their questions",
        "From `field/forms/*.yaml`. A question is named by its path in the submission. Calculations and the phone's marks are left out.",
        *parts,
    )


def household_index() -> str:
    return _index("household")


def village_index() -> str:
    return _index("village")


def _column(column: Column) -> tuple[object, ...]:
    if column.codes:
        bounds = ", ".join(code(value) for value in column.codes.values)
    else:
        bounds = f"{column.least} to {column.most}" if column.least is not None else ""
    return column.label, code(column.key), code(column.kind), _yes(column.is_listed), _yes(column.is_required), bounds


def _asked(form_id: str) -> list[xlsforms.Question]:
    return [one for one in xlsforms.questions(form_id) if one.type not in xlsforms.UNSEEN]


def _question(one: xlsforms.Question) -> tuple[object, ...]:
    return code("/".join(one.path)), one.type, one.label.get("en", ""), _yes(one.required), code(one.relevant), code(one.constraint)


def _choices(form_id: str) -> list[tuple[object, ...]]:
    return [
        (code("/".join(one.path)), code(value), *(choice[language] for language in LANGUAGES))
        for one in _asked(form_id)
        for value, choice in one.choices.items()
    ]


def _index(key: str) -> str:
    every = [rules.load(content) for content in queries.shipped_definitions() if content["key"] == key]
    parts = [part for index in sorted(every, key=lambda one: one.effective_from, reverse=True) for part in _version(index)]
    return page(
        every[-1].title["en"],
        "From `risk/definitions/*.yaml`. The newest version stands first; which one is in force on a day is said by its first day.",
        *parts,
    )


def _version(index: Definition) -> list[str]:
    head = (
        f"In force from {index.effective_from}. {index.total_points} points. Shown as incomplete below"
        f" {float(index.complete_share):.0%} of the points answered. Counted as at risk from the band `{index.poor_from}`.\n"
    )
    titles = [(code(one.key), one.points, *_said(one.title)) for one in index.dimensions]
    return [
        section(f"Version {index.version}", head),
        "### Bands\n",
        table(["Band", "From points", *LANGUAGES.values()], [(code(one.key), one.starts_at, *_said(one.title)) for one in index.bands]),
        "### Dimensions\n",
        table(["Dimension", "Points", *LANGUAGES.values()], titles),
        *_parameters(index),
        "### Indicators\n",
        table(
            ["Key", "Dimension", "Points", "Holds when", "Told in private", "Source"],
            [(code(i.key), i.dimension, i.points, _words(i.deprived), _yes(i.is_private), i.source) for i in index.indicators],
        ),
        table(["Key", *(f"Reason, {name}" for name in LANGUAGES.values())], [(code(i.key), *_said(i.reason)) for i in index.indicators]),
        *_overrides(index),
    ]


def _parameters(index: Definition) -> list[str]:
    if not index.parameters:
        return []
    rows = [(code(one.key), float(one.value), one.unit, one.source) for one in index.parameters]
    return ["### Reference values\n", table(["Key", "Value", "Unit", "Source"], rows)]


def _overrides(index: Definition) -> list[str]:
    if not index.overrides:
        return []
    headings = ["Key", "Raised when", "Told in private", "Reason", "Task", "Source"]
    rows = [
        (code(one.key), _words(one.raised), _yes(one.is_private), one.reason["en"], one.task["en"], one.source) for one in index.overrides
    ]
    return ["### Overrides: an immediate task whatever the score\n", table(headings, rows)]


def _words(condition: Condition) -> str:
    match condition:
        case Not(part):
            return f"not ({_words(part)})"
        case All(parts):
            return " and ".join(map(_words, parts))
        case Any(parts):
            return " or ".join(map(_words, parts))
        case AtLeast(fact, bound):
            return f"`{fact}` at least {bound}"
        case Below(fact, bound):
            return f"`{fact}` below {bound}"
    return f"`{condition.fact}` is {condition.value}"


def _said(text: Mapping[str, str]) -> list[str]:
    return [text.get(language, "") for language in LANGUAGES]


def _yes(holds: bool) -> str:
    return "yes" if holds else ""
