"""A form on paper, drawn from the same definition: a register of numbered empty lines, or a survey of one question after another."""

from dataclasses import dataclass
from itertools import pairwise

from aanchal.field import xlsforms
from aanchal.field.routing import REGISTERS
from aanchal.field.xlsforms import Question

LINES_A_PAGE = 10
COLUMNS_A_PAGE = 8
MEMBERS = 6
UNWRITTEN = {"start", "end", "today", "deviceid", "calculate", "image", "audio", "geopoint"}
ON_TOP = {("place", "village")}
SAID_ALOUD = {("consent", "consent_given")}
SHORT = {"integer", "decimal", "date", "time"}


@dataclass(frozen=True)
class Column:
    """A column of a register: the question, and the numbers of its choices where it has some."""

    label: str
    codes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Key:
    """What the numbers in a column mean."""

    label: str
    choices: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Sheet:
    """One page of a register: its columns; the line numbers are the same on each."""

    columns: tuple[Column, ...]
    keys: tuple[Key, ...]


@dataclass(frozen=True)
class Asked:
    """A question of a survey on paper. `kind`: tick, write (a line), short (a word or number beside it) or note."""

    kind: str
    label: str
    hint: str = ""
    choices: tuple[str, ...] = ()
    is_several: bool = False


def is_register(form_id: str) -> bool:
    return form_id in REGISTERS


def sheets(form_id: str, language: str) -> list[Sheet]:
    """The pages side by side of one set of lines: as many columns as a page holds, the key of each page under it."""
    asked = [question for question in xlsforms.questions(form_id) if _is_a_column(question)]
    pages = -(-len(asked) // COLUMNS_A_PAGE)
    ends = [len(asked) * page // pages for page in range(pages + 1)]
    return [_sheet(asked[start:end], language) for start, end in pairwise(ends)]


def notes(form_id: str, language: str) -> list[str]:
    """What is read aloud or minded before a line is written."""
    return [one.label[language] for one in xlsforms.questions(form_id) if one.type == "note" and not one.relevant]


def survey(form_id: str, language: str) -> list[Asked]:
    """The questions outside repeats, each with its choices to tick."""
    found = [one for one in xlsforms.questions(form_id) if one.repeat is None and one.type not in UNWRITTEN and one.path not in ON_TOP]
    return [_asked(one, language) for one in found]


def members(form_id: str, language: str) -> Sheet | None:
    """The repeat of a survey as a table: one line a person."""
    asked = [one for one in xlsforms.questions(form_id) if one.repeat and one.type not in UNWRITTEN | {"note"}]
    if not asked:
        return None
    return _sheet(asked, language)


def _sheet(asked: list[Question], language: str) -> Sheet:
    return Sheet(tuple(_column(one, language) for one in asked), tuple(_key(one, language) for one in asked if one.choices))


def _is_a_column(question: Question) -> bool:
    return question.type not in UNWRITTEN | {"note"} and question.path not in ON_TOP | SAID_ALOUD


def _column(question: Question, language: str) -> Column:
    return Column(question.label[language], tuple(range(1, len(question.choices) + 1)))


def _key(question: Question, language: str) -> Key:
    numbered = enumerate(question.choices.values(), start=1)
    return Key(question.label[language], tuple((number, choice[language]) for number, choice in numbered))


def _asked(question: Question, language: str) -> Asked:
    kind = "note" if question.type == "note" else "tick" if question.choices else "short" if question.type in SHORT else "write"
    choices = tuple(choice[language] for choice in question.choices.values())
    return Asked(kind, question.label[language], question.hint.get(language, ""), choices, question.type == "select_multiple")
