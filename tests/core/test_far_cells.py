"""A cell far to the right or far below makes no sheet longer: each reader looks at no more than it can use."""

import io
import zipfile

import openpyxl
import pytest

from aanchal.core import sheet_reading
from aanchal.core.workbooks import NotAccepted, rows_of
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
