"""The sheet of a return: written empty or as far as it is filled, and read back cell by cell within bounds."""

import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.utils import get_column_letter

from aanchal.core.sheets import safe
from aanchal.core.workbooks import MAX_COLUMNS, NotAccepted, kind_of, rows_of
from aanchal.nodal import rules
from aanchal.nodal.actions import Sheet
from aanchal.nodal.models import Head
from aanchal.places.models import Place

STATE, DISTRICTS = "State", "Districts"
FIRST_HEAD = 3
"""Column of the first head on the sheet of districts, and row of its first district."""
MOST_FAULTS = 500


def write(heads: Sequence[Head], districts: Sequence[Place], told: Mapping[tuple[str, int | None], int]) -> bytes:
    """Names of the two sheets and codes of heads stay in English in every language: they are read back by them."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold, page = book.add_format({"bold": True}), book.add_worksheet(STATE)
        page.write_row(0, 0, ["code", "head", "figure"], bold)
        for row, head in enumerate(heads, start=1):
            page.write_row(row, 0, [head.key, safe(head.title)])
            if (head.key, None) in told:
                page.write_number(row, 2, told[head.key, None])
        page.set_column(0, 0, 24)
        page.set_column(1, 1, 60)
        page.freeze_panes(1, 2)
        _districts(book.add_worksheet(DISTRICTS), bold, heads, districts, told)
    return out.getvalue()


def _districts(page, bold, heads: Sequence[Head], districts: Sequence[Place], told: Mapping[tuple[str, int | None], int]) -> None:
    page.write_row(0, 0, ["code", "district", *(head.key for head in heads)], bold)
    page.write_row(1, 2, [safe(head.title) for head in heads])
    for row, place in enumerate(districts, start=2):
        page.write_number(row, 0, place.lgd_code or 0)
        page.write_string(row, 1, safe(place.local_name))
        for column, head in enumerate(heads, start=2):
            if (head.key, place.pk) in told:
                page.write_number(row, column, told[head.key, place.pk])
    page.set_column(1, 1, 28)
    page.freeze_panes(2, 2)


def read(content: bytes, file_name: str, heads: Sequence[Head], districts: Sequence[Place]) -> Sheet:
    """Raises NotAccepted for what is no sheet of a return. Cells that cannot be counts are named; the others are taken."""
    if kind_of(content) != ".xlsx":
        raise NotAccepted("NOT_A_WORKBOOK")
    keys, codes = {head.key for head in heads}, {place.lgd_code: place.pk for place in districts}
    cells: dict[tuple[str, int | None], int | None] = {}
    faults: list[dict] = []
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        if STATE not in book.sheetnames:
            raise NotAccepted("NO_SHEET")
        found = [*_of_state(book[STATE], keys), *(_of_districts(book[DISTRICTS], keys, codes) if DISTRICTS in book.sheetnames else ())]
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, SyntaxError) as damage:
        raise NotAccepted("DAMAGED") from damage
    for key, value, fault in found:
        fault = fault or ({**_where_of(value), "code": "twice"} if key in cells else None)
        if fault:
            faults.append({name: told for name, told in fault.items() if name in ("sheet", "row", "column", "code")})
        elif value["count"] is not None:
            cells[key] = value["count"]
    return Sheet(file_name, hashlib.sha256(content).hexdigest(), content, cells, faults[:MOST_FAULTS])


def _of_state(page, keys: set[str]) -> Iterator[tuple[Any, dict, dict | None]]:
    rows = rows_of(page, columns=3)
    if [str(cell or "").strip().lower() for cell in next(rows, ())][:1] != ["code"]:
        raise NotAccepted("NO_SHEET")
    for number, row in enumerate(rows, start=2):
        code, figure = str(row[0] or "").strip(), row[2] if len(row) > 2 else None
        if not code and figure is None:
            continue
        where = {"sheet": STATE, "row": number, "column": "C"}
        if code not in keys:
            yield None, {}, {**where, "column": "A", "code": "unknown_head"}
            continue
        yield _cell((code, None), figure, where)


def _of_districts(page, keys: set[str], codes: Mapping[int | None, int]) -> Iterator[tuple[Any, dict, dict | None]]:
    rows = rows_of(page, columns=MAX_COLUMNS)
    heads = [str(cell or "").strip() for cell in next(rows, ())][FIRST_HEAD - 1 :]
    for column, head in enumerate(heads, start=FIRST_HEAD):
        if head and head not in keys:
            yield None, {}, {"sheet": DISTRICTS, "row": 1, "column": get_column_letter(column), "code": "unknown_head"}
    for number, row in enumerate(rows, start=2):
        figures = row[FIRST_HEAD - 1 :]
        if number < FIRST_HEAD or all(cell is None for cell in figures):
            continue
        code, wrong = rules.count_of(row[0])
        if wrong or code not in codes:
            yield None, {}, {"sheet": DISTRICTS, "row": number, "column": "A", "code": "unknown_district"}
            continue
        for column, (head, figure) in enumerate(zip(heads, figures, strict=False), start=FIRST_HEAD):
            if head in keys:
                yield _cell((head, codes[code]), figure, {"sheet": DISTRICTS, "row": number, "column": get_column_letter(column)})


def _cell(key: tuple[str, int | None], figure: object, where: dict) -> tuple[Any, dict, dict | None]:
    count, wrong = rules.count_of(figure)
    return key, {**where, "count": count}, {**where, "code": wrong} if wrong else None


def _where_of(value: Mapping[str, Any]) -> dict:
    return {key: value[key] for key in ("sheet", "row", "column")}
