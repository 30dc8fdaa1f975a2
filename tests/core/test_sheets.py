import csv
import io
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from aanchal.core import sheets

DANGEROUS = [
    "=1+1",
    "+1",
    "-1+2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =cmd|' /C calc'!A0",
    "\u200b=1",
    "\u00a0@x",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "\x00=1",
    "\ufeff=1",
]
HARMLESS = ["", "Asha", "a=b", "5-1", "mail@example.invalid", "आशा", "'quoted", "_x0041_", "two\nlines"]
STARTS = tuple("=+-@\t\r\n＝＋－＠")
texts = st.one_of(st.text(), st.builds("".join, st.tuples(st.sampled_from(DANGEROUS), st.text())))


def csv_cells(*values):
    out = io.BytesIO()
    sheets.write_csv(out, ["Heading"] * len(values), [values])
    return list(csv.reader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline="")))[1]


def xlsx_cells(*values):
    """Read back with the escapes of XLSX undone (ISO 29500, ST_Xstring), which openpyxl leaves to its caller."""
    out = io.BytesIO()
    sheets.write_xlsx(out, ["Heading"] * (len(values) + 1), [("first", *values)], title="A register: [of] things")
    _, *cells = list(openpyxl.load_workbook(out).active.iter_rows(min_row=2, max_col=len(values) + 1))[0]
    for cell in cells:
        if cell.data_type == "s":
            cell.value = unescape(cell.value)
            cell.data_type = "s"
    return cells


@pytest.mark.parametrize("text", DANGEROUS)
def test_it_writes_what_looks_like_a_formula_as_text(text):
    (plain,), (cell,) = csv_cells(text), xlsx_cells(text)
    assert plain.startswith("'")
    assert cell.value.startswith("'")
    assert cell.data_type == "s"


@pytest.mark.parametrize("text", HARMLESS)
def test_it_leaves_other_text_alone(text):
    (plain,), (cell,) = csv_cells(text), xlsx_cells(text)
    assert plain == text
    assert (cell.value or "") == text


@settings(max_examples=40, deadline=None)
@given(st.lists(texts, min_size=1, max_size=6))
def test_it_reads_back_as_the_same_text_or_the_escaped_one_and_never_as_a_formula(several):
    kept = [sheets.safe(text) for text in several]
    cells = xlsx_cells(*several)
    assert csv_cells(*several) == kept
    assert [cell.value or "" for cell in cells] == kept
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert not [text for text in kept if text.lstrip().startswith(STARTS)]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=60))
def test_it_changes_no_more_than_the_apostrophe_in_front(text):
    assert sheets.safe(text) in {text, f"'{text}"}


def test_it_cuts_what_a_cell_cannot_hold():
    (cell,) = xlsx_cells("a" * 40_000)
    assert len(cell.value) == sheets.LONGEST


def test_it_keeps_numbers_and_dates_as_such():
    number, day, nothing = xlsx_cells(-17, date(2026, 4, 1), None)
    assert (number.value, number.data_type) == (-17, "n")
    assert day.value.date() == date(2026, 4, 1)
    assert nothing.value is None
    assert csv_cells(-17, date(2026, 4, 1), None) == ["-17", "2026-04-01", ""]


def test_it_counts_the_rows_it_wrote():
    assert sheets.write_csv(io.BytesIO(), ["One"], iter([["a"], ["b"]])) == 2
    assert sheets.write_xlsx(io.BytesIO(), ["One"], iter([["a"], ["b"], ["c"]]), title="T") == 3
