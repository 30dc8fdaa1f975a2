"""A return as a sheet: what is good is taken, what is not is named by its cell, and the file is kept."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from aanchal.access.acting import acting
from aanchal.core.workbooks import MAX_BYTES
from aanchal.nodal import actions, queries
from aanchal.nodal.models import Upload
from tests.nodal.builders import FIGURES, NOW


@pytest.fixture
def empty(call, india, cast):
    with acting(cast["mis"]):
        return actions.open_return(call=call, place=india["state"], at=NOW, by=cast["mis"])


def filled(client, one, change=lambda book: None):
    """The sheet of the page, filled and changed as a person would in a spreadsheet."""
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/nodal/returns/{one.pk}/sheet/").content))
    for row in book["State"].iter_rows(min_row=2):
        row[2].value = FIGURES[row[0].value]
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(client, one, content, name="return.xlsx"):
    return client.post(f"/nodal/returns/{one.pk}/upload/", {"sheet": SimpleUploadedFile(name, content)}, follow=True)


def test_a_filled_sheet_comes_back_whole(empty, cast, signed_in, india):
    client = signed_in(cast["mis"])

    def east(book):
        page = book["Districts"]
        assert page["B3"].value in ("east", "west")
        row = 3 if page["B3"].value == "east" else 4
        page.cell(row, [cell.value for cell in page[1]].index("missing_total") + 1).value = 12

    answer = upload(client, empty, filled(client, empty, east))
    assert "Every cell was read." in answer.content.decode()
    with acting(cast["mis"]):
        told = queries.figures(empty)
    assert queries.of_state(told) == FIGURES
    assert queries.by_district(told) == {india["east"].pk: {"missing_total": 12}}
    again = openpyxl.load_workbook(io.BytesIO(client.get(f"/nodal/returns/{empty.pk}/sheet/").content))
    assert {row[0].value: row[2].value for row in again["State"].iter_rows(min_row=2)} == FIGURES


def test_letters_and_formulas_are_named_by_sheet_row_and_column_and_nothing_is_lost(empty, cast, signed_in):
    client = signed_in(cast["mis"])

    def spoil(book):
        book["State"]["C2"].value = "nine"
        book["State"]["C3"].value = "=1+1"
        book["State"]["C4"].value = -4
        book["State"]["C5"].value = 2.5
        book["State"]["A6"].value = "no_head"
        book["Districts"]["A3"].value = 1
        book["Districts"]["C3"].value = 5

    content = filled(client, empty, spoil)
    page = upload(client, empty, content).content.decode()
    for said in (
        "Sheet State, row 2, column C: letters where a number belongs.",
        "Sheet State, row 3, column C: a formula.",
        "Sheet State, row 4, column C: below zero.",
        "Sheet State, row 5, column C: not a whole number.",
        "Sheet State, row 6, column A: this code is no head of this return.",
        "Sheet Districts, row 3, column A: no district of this State has this LGD code.",
    ):
        assert said in page
    with acting(cast["mis"]):
        kept = Upload.objects.get()
        assert bytes(kept.content) == content
        assert queries.of_state(queries.figures(empty)) == {head: n for n_row, (head, n) in enumerate(FIGURES.items(), 2) if n_row > 6}
    assert client.get(f"/nodal/returns/uploads/{kept.pk}/").content == content
    assert "cases_143" not in queries.of_state(queries.figures(empty))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,b\n1,2\n", "This is not an .xlsx file."),
        (b"PK\x03\x04 cut short", "The file is damaged"),
        (b"x" * (MAX_BYTES + 1), "The file is larger than 2 MB."),
        (b" ", "The file is empty."),
    ],
)
def test_what_is_no_sheet_is_refused_in_words(empty, cast, signed_in, content, said):
    answer = upload(signed_in(cast["mis"]), empty, content)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_workbook_of_something_else_is_refused(empty, cast, signed_in):
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    assert "no sheet “State”" in upload(signed_in(cast["mis"]), empty, out.getvalue()).content.decode()


def test_a_line_that_stands_twice_is_named_and_the_first_one_taken(empty, cast, signed_in):
    client = signed_in(cast["mis"])
    content = filled(client, empty, lambda book: book["State"].append(["cases_143", "", 99]))
    assert "this line stands twice" in upload(client, empty, content).content.decode()
    with acting(cast["mis"]):
        assert queries.of_state(queries.figures(empty)) == FIGURES


def test_why_a_file_is_refused_stands_before_the_figures(empty, cast, signed_in):
    client = signed_in(cast["mis"])
    upload(client, empty, filled(client, empty, lambda book: book["State"].append(["no_head", "", 1])))
    page = upload(client, empty, b" ").content.decode()
    first = page.index("Cases registered, by law")
    assert page.index("The file is empty.") < first
    assert page.index(f"Sheet State, row {len(FIGURES) + 2}, column A: this code is no head of this return.") < first
