"""A table of a CSV file or an Excel workbook, row by row as text. Plain Python."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, datetime

from openpyxl import load_workbook

from aanchal.core import workbooks
from aanchal.core.sheets import FORMULA

MAX_BYTES = 20_000_000
MAX_UNPACKED = 400_000_000
MAX_PARTS = 300
MAX_ROWS = 100_000
MAX_CELLS = 40
LAST_ROW = 1_048_576
"""Of a sheet, in Excel. openpyxl fills rows that are left out, and each up to its farthest cell: a few bytes would be millions."""
LONGEST_CELL = 1_000
PROLOGUE = 4_096
"""A document type stands before the first element."""
BLANKS = re.compile(r"\s+")


class Unreadable(Exception):
    """`code` is a key of `words.FILE_FAULTS`."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def rows(content: bytes, skip: int = 0) -> Iterator[tuple[int, list[str]]]:
    """(row as the sheet numbers it, its cells) of every row of a CSV file that is not empty, after the first so many. Raises Unreadable."""
    if not content.strip():
        raise Unreadable("EMPTY")
    found = 0
    for nth, cells in enumerate(_text(content), start=1):
        if not any(map(str.strip, cells)):
            continue
        found += 1
        if found > MAX_ROWS + 1:
            raise Unreadable("TOO_MANY_ROWS")
        if found > skip:
            yield nth, [_plain(cell) for cell in cells]


def as_csv(content: bytes) -> bytes:
    """The same table as CSV, each row where it was: a workbook cannot be read from the middle. Raises Unreadable."""
    if len(content) > MAX_BYTES:
        raise Unreadable("TOO_LARGE")
    if not content.startswith(workbooks.ZIP):
        return content
    out = io.StringIO()
    writer = csv.writer(out)
    for cells in _sheet(content):
        writer.writerow(cells)
        if out.tell() > 4 * MAX_BYTES:
            raise Unreadable("TOO_LARGE")
    return out.getvalue().encode()


def _text(content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as damage:
        raise Unreadable("NOT_A_TABLE") from damage
    if "\x00" in text:
        raise Unreadable("NOT_A_TABLE")
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error as damage:
        raise Unreadable("NOT_A_TABLE") from damage


def _sheet(content: bytes) -> Iterator[list[str]]:
    try:
        workbooks.check_parts(content, most=MAX_PARTS, unpacked=MAX_UNPACKED, look=lambda _name, _inside: None, beginning=PROLOGUE)
        workbooks.check_rows(content)
        with workbooks.unless_damaged():
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            for cells in book.worksheets[0].iter_rows(values_only=True, max_col=MAX_CELLS + 1, max_row=LAST_ROW):
                yield _without_tail([_plain(cell) for cell in cells])
    except workbooks.NotAccepted as damage:
        raise Unreadable("NOT_A_TABLE") from damage


def _plain(cell: object) -> str:
    """A cell as a person would type it. The apostrophe by which our own exports disarm a formula goes again."""
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case float():
            return str(int(cell)) if cell.is_integer() else str(cell)
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
    text = BLANKS.sub(" ", str(cell)).strip()
    return text[1:] if text.startswith("'") and FORMULA.match(text[1:]) else text


def _without_tail(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells
