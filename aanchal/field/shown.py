"""A submission as a reviewer sees it: questions and answers in her language, with names only when they were opened."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from aanchal.core.templatetags.aanchal import day
from aanchal.field import faults, lines
from aanchal.field.decisions import VILLAGE
from aanchal.field.lines import Line
from aanchal.field.review_forms import control
from aanchal.inbox.models import Submission
from aanchal.people.models import Household
from aanchal.places.models import Place
from aanchal.places.queries import village_by_code
from aanchal.registers.models import Entry

PERSONAL = {"text", "geopoint", "geotrace", "geoshape", "barcode"}
"""Kinds of answers in which a name, a phone number or the way to a house may stand."""
COUNTED = {"integer", "decimal", "range", "date", "time", "dateTime"}
FIGURES = re.compile(r"[-+0-9.:TZ ]*")
PRIVATE_GROUP = "/data/private/"
PRIVATE = {"substance_harm", "survivor_returned", "threatened"}
"""What was told softly: read like a name, and never in a list."""
VERBS = {
    "inbox.submission.received": _("Received"), "inbox.submission.flagged": _("Received, waits for review"),
    "inbox.submission.accepted": _("Accepted"), "inbox.submission.corrected": _("Replaced by a correction"),
    "inbox.submission.returned": _("Returned to the worker"), "inbox.submission.opened": _("Names opened"),
}  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """One line for the template. `answer` is in words; `value` and `choices` are for the correction form."""

    path: str
    kind: str
    label: str
    hint: str
    answer: str
    value: str
    choices: tuple[tuple[str, str, bool], ...]
    wrong: tuple[str, ...]
    number: str
    is_hidden: bool


def language() -> str:
    return (get_language() or "en")[:2]


def answers(whole: list[Line], found: list[dict], *, are_names_open: bool, villages: list[Place] = ()) -> list[Shown]:
    """The lines a person was asked, with what is wrong beside each."""
    return [
        _shown(line, [told for told in found if told["path"] == line.path], are_names_open, villages)
        for line in whole
        if line.is_asked or (line.is_heading and line.field.labels)
    ]


def sentences(case_labels: dict[str, str], found: list[dict]) -> list[str]:
    """What is wrong in words, each thing once; the path may number its repeats."""
    plain = [{**told, "path": _plain(told["path"])} for told in found]
    shown = [{**told, "value": ""} if is_private(told["path"]) else told for told in plain]
    return list(dict.fromkeys(faults.sentence(told, case_labels) for told in shown))


def is_private(path: str) -> bool:
    return path.startswith(PRIVATE_GROUP) or path.rpartition("/")[2] in PRIVATE


def known_records(submission: Submission) -> tuple[list[Household], list[Entry]]:
    """The families and lines a submission meets; the caller shows only those its reader may see."""
    met = [about for told in submission.faults for about in told.get("about", ())]
    codes = [about for about in met if len(about) == 6]
    families = Household.objects.filter(place_no=submission.place_no, code__in=codes).prefetch_related("memberships__person")
    entries = Entry.objects.filter(pk__in=[about for about in met if len(about) == 36]).select_related("person", "household")
    return list(families), list(entries)


def _shown(line: Line, found: list[dict], are_names_open: bool, villages: list[Place]) -> Shown:
    field = line.field
    chosen = line.value.split() if field.type in {"select_multiple", "rank"} else [line.value]
    offered = [(choice.value, lines.in_language(choice.labels, language()) or choice.value) for choice in field.choices]
    if line.path == VILLAGE:
        offered = [(str(village.lgd_code), village.local_name) for village in villages]
    may_name = field.type in PERSONAL or is_private(field.path) or _is_astray(line, chosen, offered)
    is_hidden = bool(line.value) and may_name and not are_names_open
    return Shown(
        path=line.path, kind=field.type if line.is_heading else control(field), label=lines.in_language(field.labels, language()),
        hint=lines.in_language(field.hints, language()), answer="" if is_hidden else _in_words(line, chosen, offered),
        value="" if is_hidden else line.value, choices=tuple((code, label, code in chosen) for code, label in offered),
        wrong=tuple(str(faults.SENTENCES[told["kind"]]) for told in found), number=line.number, is_hidden=is_hidden,
    )  # fmt: skip


def _is_astray(line: Line, chosen: list[str], offered: list[tuple[str, str]]) -> bool:
    """Words where a figure or a choice belongs: anything may have been typed there, a name too."""
    if line.path == VILLAGE:
        return not line.value.isdecimal()
    if line.field.choices:
        return not {code for code, _label in offered} >= set(chosen)
    return line.field.type in COUNTED and not FIGURES.fullmatch(line.value)


def _in_words(line: Line, chosen: list[str], offered: list[tuple[str, str]]) -> str:
    if not line.value:
        return ""
    if line.path == VILLAGE:
        village = village_by_code(line.value)
        return village.local_name if village else line.value
    if line.field.choices:
        words = dict(offered)
        return ", ".join(words.get(code, code) for code in chosen)
    if line.field.type == "date":
        return _date(line.value)
    return line.value


def _date(value: str) -> str:
    try:
        return day(date.fromisoformat(value[:10]))
    except ValueError:
        return value


def _plain(path: str) -> str:
    return "/".join(step.partition("[")[0] for step in path.split("/"))
