"""The answers of a state's own form as tables: one line for each submission, and one table more for each repeat."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from aanchal.core.templatetags.aanchal import day
from aanchal.field import lines, queries
from aanchal.field.models import FormAnswers, PublishedForm, TestAnswers
from aanchal.field.xform import Field

UNASKED = {"group", "repeat", "note", "hidden"}
AROUND = ("submission", "received_at", "village_code", "village", "version")
"""What stands before the answers in a file."""


@dataclass(frozen=True)
class Part:
    """A table: the whole form (`path` is its root) or one of its repeats."""

    path: str
    title: str
    columns: tuple[Field, ...]

    @property
    def key(self) -> str:
        return self.path.rpartition("/")[2] if self.path.count("/") > 1 else ""

    def lines(self, answers: Mapping) -> Iterator[tuple[str, ...]]:
        """The answers as they were sent, in the order of the columns; one line for each occurrence of the repeat."""
        for found in _occurrences(answers, self.path):
            yield tuple(_value(found, field.path.removeprefix(self.path)) for field in self.columns)


def parts(forms: Iterable[PublishedForm], language: str) -> list[Part]:
    """Of all versions of a form, the newest first: a question that a newer version no longer asks keeps its column."""
    compiled = [form for form in (queries.compiled(one.form_id, one.version) for one in forms) if form]
    if not compiled:
        return []
    fields = {field.path: field for form in reversed(compiled) for field in form.fields}
    ordered = {field.path: fields[field.path] for form in compiled for field in form.fields}.values()
    top = f"/{compiled[0].fields[0].path.split('/')[1]}"
    repeats = [field for field in ordered if field.type == "repeat"]
    whole = Part(top, "", _columns(ordered, None))
    return [whole, *(Part(one.path, lines.in_language(one.labels, language) or one.name, _columns(ordered, one.path)) for one in repeats)]


def in_words(value: str, field: Field, language: str) -> str:
    if field.type == "date":
        return _day(value)
    if not field.choices or not value:
        return value
    words = {one.value: lines.in_language(one.labels, language) or one.value for one in field.choices}
    chosen = value.split() if field.type in ("select_multiple", "rank") else [value]
    return ", ".join(words.get(one, one) for one in chosen)


def headings(part: Part) -> list[str]:
    """Those of a file: the names of the questions, that a program may find them again."""
    return [*AROUND, *(field.path.removeprefix(part.path).lstrip("/") for field in part.columns)]


def file_lines(part: Part, rows: Iterable[tuple[FormAnswers, dict]]) -> Iterator[list[str]]:
    for row, answers in rows:
        around = [str(row.submission_id), row.received_at.isoformat(timespec="seconds"), str(row.place.lgd_code or ""), row.place.name]
        for line in part.lines(answers):
            yield [*around, row.form.version, *line]


def shown_lines(part: Part, rows: Iterable[tuple[FormAnswers | TestAnswers, dict]], language: str) -> list[dict]:
    """For the page: the same in words, with where and when."""
    return [
        {"row": row, "cells": list(zip(labels(part, language), _words(part, line, language), strict=True))}
        for row, answers in rows
        for line in part.lines(answers)
    ]


def labels(part: Part, language: str) -> list[str]:
    village = _village(part)
    return [_label(field, language) for field in part.columns if field is not village]


def _words(part: Part, line: Iterable[str], language: str) -> list[str]:
    village = _village(part)
    return [in_words(value, field, language) for field, value in zip(part.columns, line, strict=True) if field is not village]


def _village(part: Part) -> Field | None:
    """Not shown: where a form comes from stands before its answers."""
    return next((field for field in part.columns if field.name == "village" and field.repeat is None), None)


def _day(value: str) -> str:
    try:
        return day(date.fromisoformat(value[:10]))
    except ValueError:
        return value


def _label(field: Field, language: str) -> str:
    return lines.in_language(field.labels, language) or field.name


def _columns(fields: Iterable[Field], repeat: str | None) -> tuple[Field, ...]:
    return tuple(one for one in fields if one.type not in UNASKED and one.repeat == repeat and "/meta/" not in one.path)


def _occurrences(answers: Mapping, path: str) -> list[Mapping]:
    found: list[Mapping] = [answers]
    for step in path.split("/")[2:]:
        inside = [one.get(step) for one in found]
        found = [one for each in inside for one in (each if isinstance(each, list) else [each]) if isinstance(one, Mapping)]
    return found


def _value(found: Mapping, path: str) -> str:
    value: object = found
    for step in path.split("/")[1:]:
        value = value.get(step) if isinstance(value, Mapping) else None
    return "" if value is None or isinstance(value, (Mapping, list)) else str(value)
