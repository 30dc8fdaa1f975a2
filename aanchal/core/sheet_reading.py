"""Reads a small table that a person sends, CSV or XLSX, within bounds: rows as text, by the names in its first line."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from openpyxl import load_workbook

from aanchal.core import workbooks

MOST_BYTES = 1_000_000
MOST_UNPACKED = 20_000_000
MOST_PARTS = 100
TOO_MUCH = ("BOMB", "TOO_WIDE", "TOO_MANY_CELLS")
MOST_ROWS = 5_000
MOST_COLUMNS = 200
"""openpyxl fills each row up to its farthest cell: a few bytes would make 16,384 of them."""


class NotATable(ValueError):
    """`code`: too_large, too_long, not_a_table, or missing with the names of the columns that are not there."""

    def __init__(self, code: str, *missing: str):
        self.code, self.missing = code, missing
        super().__init__(code)


@dataclass(frozen=True)
class Row:
    """`line` as a spreadsheet counts it: the names are line 1."""

    line: int
    cells: dict[str, str]


def read(content: bytes, columns: Sequence[str]) -> list[Row]:
    """Rows that are not empty. Raises NotATable."""
    if len(content) > MOST_BYTES:
        raise NotATable("too_large")
    lines = _workbook(content) if content.startswith(workbooks.ZIP) else _text(content)
    names = [name.strip().casefold() for name in next(lines, [])]
    missing = [name for name in columns if name not in names]
    if missing:
        raise NotATable("missing", *missing)
    found = []
    for number, line in enumerate(lines, start=2):
        if number > MOST_ROWS + 1:
            raise NotATable("too_long")
        cells = dict(zip(names, line, strict=False))
        if any(cells.values()):
            found.append(Row(number, {name: cells.get(name, "").strip() for name in columns}))
    return found


def _text(content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotATable("not_a_table") from None
    if "\0" in text:
        raise NotATable("not_a_table")
    try:
        yield from csv.reader(io.StringIO(text, newline=""))
    except csv.Error:  # a cell without end
        raise NotATable("not_a_table") from None


def _workbook(content: bytes) -> Iterator[list[str]]:
    """Values only, of the first sheet; a formula gives what was last worked out."""
    try:
        workbooks.check_parts(content, most=MOST_PARTS, unpacked=MOST_UNPACKED, look=workbooks.check_cells)
        with workbooks.unless_damaged():
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            told = book.worksheets[0].iter_rows(values_only=True, max_col=MOST_COLUMNS, max_row=MOST_ROWS + 2)
            rows = [[_plain(cell) for cell in row] for row in told]
    except workbooks.NotAccepted as damage:
        raise NotATable("too_large" if damage.code in TOO_MUCH else "not_a_table") from damage
    yield from rows


def _plain(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)
