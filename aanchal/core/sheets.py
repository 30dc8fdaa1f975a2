"""Tables as files: CSV and XLSX in which no cell can be a formula (OWASP, CSV injection)."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import BinaryIO

import xlsxwriter

LONGEST = 32_767
FORMULA = re.compile(r"^[\s\u200b\u200e\u200f\u2060\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212\ufe62\ufe63\ufe66\ufe6b]|^[\t\r\n]")
"""What a spreadsheet may take for the start of a formula, also after blanks and in full-width letters."""
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

Value = str | int | Decimal | date | None


def safe(text: str) -> str:
    """The text as a cell may hold it: one kind of line end, nothing XML cannot carry, an apostrophe before what looks like a formula."""
    text = UNWRITABLE.sub("", text.replace("\r\n", "\n"))
    text = f"'{text}" if FORMULA.match(text) else text
    return text.replace("\r", "\n")[:LONGEST]


def write_csv(out: BinaryIO, headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> int:
    """Writes the table and says how many rows it had. The mark in front lets Excel read Indian scripts."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    sheet = csv.writer(text, quoting=csv.QUOTE_ALL)
    sheet.writerow([safe(str(heading)) for heading in headings])
    count = 0
    for row in rows:
        sheet.writerow([_plain(value) for value in row])
        count += 1
    text.detach()
    return count


def write_xlsx(out: BinaryIO, headings: Sequence[str], rows: Iterable[Sequence[Value]], *, title: str) -> int:
    """The same as an Excel file, row by row in constant memory."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", title)[:31])
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, safe(str(heading)), bold)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, len(headings), 18)
        count = 0
        for count, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                _write(sheet, count, column, value, day)
    return count


def _plain(value: Value) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | Decimal):
        return str(value)
    return "" if value is None else safe(str(value))


def _write(sheet, row: int, column: int, value: Value, day) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, day)
    elif isinstance(value, int | Decimal):
        sheet.write_number(row, column, value)
    elif value is not None and str(value):
        sheet.write_string(row, column, safe(str(value)))
