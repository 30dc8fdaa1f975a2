"""Workbooks as a state's officer writes them, and those nobody should upload."""

import io
import zipfile
from collections.abc import Sequence
from itertools import count
from uuid import uuid4

import xlsxwriter

_number = count(1)
LANGUAGES = ("English (en)", "हिन्दी (hi)", "తెలుగు (te)")


def new_id() -> str:
    """A form id of its own for each test: what was compiled once is kept by the process."""
    return f"cattle_{next(_number)}"


def workbook(survey: Sequence[dict], choices: Sequence[dict] = (), settings: dict | None = None, **sheets: Sequence[dict]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name, rows in {"survey": survey, "choices": choices, "settings": [settings or {}], **sheets}.items():
            _write(book.add_worksheet(name), rows)
    return out.getvalue()


def census(form_id: str, version: str = "1", *more: dict) -> bytes:
    """A small form in three languages: a village, how many cattle, the name of who keeps them, and one line for each animal."""
    survey = [
        {"type": "begin group", "name": "place", **said("Place")},
        {"type": "select_one_from_file villages.csv", "name": "village", "required": "yes", **said("Village")},
        {"type": "end group", "name": "place"},
        {"type": "text", "name": "keeper", "required": "yes", **said("Who keeps them?")},
        {"type": "integer", "name": "cattle", "constraint": ". <= 99", "required": "yes", **said("How many cattle?")},
        {"type": "select_one kinds", "name": "kind", "relevant": "${cattle} > 0", **said("Of which kind?")},
        {"type": "begin repeat", "name": "animal", **said("Animal")},
        {"type": "integer", "name": "age", **said("Age")},
        {"type": "end repeat", "name": "animal"},
        *more,
    ]
    choices = [{"list_name": "kinds", "name": name, **said(name.title())} for name in ("cow", "buffalo")]
    return workbook(survey, choices, {"form_title": "Cattle census", "form_id": form_id, "version": version})


def filled(form_id: str, version: str, village, *, keeper="Sita Devi", cattle="2", instance_id="") -> bytes:
    return (
        f'<?xml version="1.0"?><data id="{form_id}" version="{version}"><place><village>{village.lgd_code}</village></place>'
        f"<keeper>{keeper}</keeper><cattle>{cattle}</cattle><kind>cow</kind><animal><age>3</age></animal><animal><age>4</age></animal>"
        f"<meta><instanceID>{instance_id or f'uuid:{uuid4()}'}</instanceID></meta></data>"
    ).encode()


def said(words: str) -> dict:
    return {f"label::{language}": words for language in LANGUAGES}


def repacked(content: bytes, **changed: bytes) -> bytes:
    """The same workbook with parts changed or added; `__` stands for a dot and `_0_` for a slash in their names."""
    out = io.BytesIO()
    named = {name.replace("_0_", "/").replace("__", "."): inside for name, inside in changed.items()}
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, named.pop(name, None) or before.read(name))
        for name, inside in named.items():
            after.writestr(name, inside)
    return out.getvalue()


def _write(sheet, rows: Sequence[dict]) -> None:
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    sheet.write_row(0, 0, headings)
    for line, row in enumerate(rows, start=1):
        for column, heading in enumerate(headings):
            value = row.get(heading, "")
            if str(value).startswith("="):
                sheet.write_formula(line, column, value)
            else:
                sheet.write(line, column, value)
