"""A cell far to the right or far below makes no sheet longer: each reader looks at no more than it can use."""

import io
import zipfile

import openpyxl
import pytest

from aanchal.core import sheet_reading
from aanchal.core.workbooks import NotAccepted, formulas, kind_of, rows_of
from aanchal.network import reading

NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(*addresses: str) -> bytes:
    """A sheet with names in its first line and one cell at each of these addresses."""
    book, plain, out = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    book.active.append(["code"])
    book.save(plain)
    told = "".join(f'<row r="{one.lstrip("ABDFX")}"><c r="{one}"><v>7</v></c></row>' for one in addresses)
    with zipfile.ZipFile(plain) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as far:
        for part in parts.namelist():
            inside = parts.read(part)
            if part == "xl/worksheets/sheet1.xml":
                inside = inside.replace(b"</sheetData>", f"{told}</sheetData>".encode())
            far.writestr(part, inside)
    return out.getvalue()


def filled(sheet_data: bytes, part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A workbook whose sheet holds this."""
    plain, out = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(plain)
    whole = f'<worksheet xmlns="{NAMESPACE}" xmlns:x="{NAMESPACE}"><sheetData>'.encode() + sheet_data + b"</sheetData></worksheet>"
    with zipfile.ZipFile(plain) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as told:
        for one in {*parts.namelist(), part}:
            told.writestr(one, whole if one == part else parts.read(one))
    return out.getvalue()


def sheet(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content), read_only=True).worksheets[0]


def test_no_row_is_filled_beyond_the_columns_that_are_asked_for():
    assert list(rows_of(sheet(workbook("XFD2", "B3")), columns=3)) == [("code", None, None), (None, None, None), (None, 7, None)]


def test_rows_beyond_the_last_are_refused():
    with pytest.raises(NotAccepted) as refused:
        list(rows_of(sheet(workbook("A1048576")), columns=3))
    assert refused.value.code == "TOO_MANY_CELLS"


def test_a_small_table_is_read_without_them():
    assert [(row.line, row.cells) for row in sheet_reading.read(workbook("A2", "XFD3"), ["code"])] == [(2, {"code": "7"})]
    with pytest.raises(sheet_reading.NotATable) as refused:
        sheet_reading.read(workbook("A1048576"), ["code"])
    assert refused.value.code == "too_long"


def test_a_list_from_a_file_is_read_without_them():
    assert reading.as_csv(workbook("A2", "XFD3", "AF4")) == b"code\r\n7\r\n\r\n" + b"," * 31 + b"7\r\n"


HEAVY = {
    "rows that never end": b"<row>" * 1_000_000,
    "cells that never end": b"<row>" + b"<c>" * 200_001,
    "wide": b"<row>" + b"<c/>" * 70_001 + b"</row>",
    "wide, in a name space of its own": b"<x:row>" + b"<x:c/>" * 70_001 + b"</x:row>",
    "wide, of no cells": b"<row><c/></row><row>" + b"<y/>" * 1_000_000 + b"</row>",
}


@pytest.mark.parametrize("inside", HEAVY.values(), ids=HEAVY)
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/elsewhere.xml"])
def test_a_small_file_that_unpacks_to_much_work_is_refused_by_every_reader(inside, part):
    """Each of these is some kilobytes, and cost a reader from half a minute to days."""
    content = filled(inside, part)
    assert len(content) < 100_000
    with pytest.raises(NotAccepted) as refused:
        kind_of(content)
    assert refused.value.code in ("TOO_WIDE", "TOO_MANY_CELLS")
    with pytest.raises(sheet_reading.NotATable) as told:
        sheet_reading.read(content, ["code"])
    assert told.value.code == "too_large"
    with pytest.raises(reading.Unreadable):
        reading.as_csv(content)


def test_a_sheet_of_many_rows_is_no_heavy_one():
    """The twin: it is not that everything is refused. Rows are cut where the pieces are."""
    line = b'<row><c t="inlineStr"><is><t>code</t></is></c></row>'
    assert kind_of(filled(line * 5_000)) == ".xlsx"
    assert reading.as_csv(filled(line * 30_000)) == b"code\r\n" * 30_000


def test_the_cells_that_hold_a_formula_are_named_whatever_name_space_they_are_in():
    row = b'<row r="1"><c r="A1"/><c r="B1"><f>1+1</f><v>2</v></c><c r="C1"><v>3</v></c><x:c r="D1"><x:f>B1</x:f></x:c></row>'
    assert formulas(filled(row)) == ["sheet1 B1", "sheet1 D1"]
