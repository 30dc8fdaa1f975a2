import csv
import io
import time

import openpyxl
import pytest
from django.db import connection

from aanchal.access.acting import SYSTEM, acting
from aanchal.core.models import Trail
from aanchal.registers.lines import Reading
from aanchal.registers.queries import entries
from aanchal.registers.terms import Register
from tests.factories import PASSWORD, make_posting
from tests.registers.builders import DETAILS, make_entry, someone
from tests.registers.test_list import address


@pytest.fixture
def block(india):
    return india["east block"]


def taken(response):
    """The rows of the file, headings first."""
    content = b"".join(response.streaming_content)
    if response["Content-Type"].startswith("text/csv"):
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    return [list(row) for row in openpyxl.load_workbook(io.BytesIO(content)).active.values]


def export(client, place, register=Register.MIGRATION, **query):
    return client.get(address(register, "registers:export", place=place.pk, **query))


@pytest.mark.parametrize("register", Register)
def test_it_holds_the_rows_and_columns_of_the_list(village, block, officer, signed_in, register):
    for _ in range(3):
        make_entry(village, register)
    headings, *lines = taken(export(signed_in(officer), block, register, format="csv"))
    with acting(officer):
        reading = Reading(register)
        shown = [reading.values(entry) for entry in entries(officer, register, block)]
    assert headings == reading.headings()
    assert [row[0] for row in lines] == [row[0] for row in shown]
    assert len(lines) == 3
    assert {len(row) for row in lines} == {len(headings)}


def test_it_says_the_same_as_csv_and_as_xlsx(village, block, officer, signed_in):
    make_entry(village, Register.MISSING)
    plain = taken(export(signed_in(officer), block, Register.MISSING, format="csv"))
    sheet = taken(export(signed_in(officer), block, Register.MISSING, format="xlsx"))
    assert plain[0] == sheet[0]
    assert [cell for cell in plain[1] if not cell.startswith("2026")] == [str(cell or "") for cell in sheet[1] if not hasattr(cell, "year")]


def test_it_holds_what_the_filters_leave(village, block, officer, signed_in):
    make_entry(village, who=someone(sex="MALE"))
    make_entry(village, who=someone(sex="FEMALE"))
    _, *lines = taken(export(signed_in(officer), block, sex="MALE", format="xlsx"))
    assert [row[0].split(", ")[1] for row in lines] == ["boy"]


def test_it_holds_no_name_and_no_word_about_a_person(village, block, officer, signed_in):
    make_entry(village, who=someone("Phulmati Unheard"))
    text = str(taken(export(signed_in(officer), block)))
    assert not [word for word in ("Phulmati", "Suraj", "9800000001") if word in text]


def test_it_holds_no_formula_even_in_a_name(village, block, officer, signed_in):
    make_entry(village, who=someone("=HYPERLINK(1)"))
    for kind in ("csv", "xlsx"):
        response = signed_in(officer).post(address(name="registers:export", place=block.pk, format=kind), {"names": "yes"})
        headings, line = taken(response)
        assert line[headings.index("Name")] == "'=HYPERLINK(1)"


def test_names_go_out_only_to_who_said_the_password_a_moment_ago(village, block, officer, signed_in):
    make_entry(village, who=someone("Phulmati"))
    with acting(SYSTEM):
        officer.set_password(PASSWORD)
        officer.save()
    client, file = signed_in(officer), address(name="registers:export", place=block.pk, format="xlsx")
    client.get("/")
    session = client.session
    session["began_at"] = int(time.time()) - 3600
    session.save()
    assert taken(export(client, block))[1:]
    asked = client.post(file, {"names": "yes"})
    assert asked.headers["Location"].startswith("/accounts/confirm/?next=%2Fregisters%2Fmigration%2F")
    with acting(SYSTEM):
        assert not Trail.objects.filter(verb="people.identity.read").exists()
    page = client.get(asked.headers["Location"]).content.decode()
    assert "Names go out as a file" in page
    back = f"{address(place=block.pk, format='xlsx')}"
    said = client.post("/accounts/confirm/", {"password": PASSWORD, "next": back})
    assert said.headers["Location"] == back
    assert "Phulmati" in str(taken(client.post(file, {"names": "yes"})))


def test_it_notes_each_name_it_holds(village, block, officer, signed_in):
    people = {str(make_entry(village).person_id) for _ in range(3)}
    taken(signed_in(officer).post(address(name="registers:export", place=block.pk, format="xlsx"), {"names": "yes"}))
    with acting(SYSTEM):
        assert set(Trail.objects.filter(verb="people.identity.read", actor=officer.pk).values_list("about_id", flat=True)) == people


def test_it_is_on_the_trail(village, block, officer, signed_in):
    make_entry(village)
    taken(export(signed_in(officer), block, format="xlsx"))
    with acting(SYSTEM):
        noted = Trail.objects.get(verb="registers.register.exported")
        assert (noted.actor, noted.place_no) == (officer.pk, block.place_no)
        assert noted.detail == {"register": "MIGRATION", "rows": 1, "kind": "xlsx"}
        assert not Trail.objects.filter(verb="people.identity.read").exists()


def test_it_refuses_what_the_list_refuses(block, officer, signed_in):
    assert export(signed_in(officer), block, since="soon").status_code == 400


def test_it_is_absent_for_a_worker_without_the_permission(village, crp, signed_in):
    assert export(signed_in(crp), village).status_code == 404


def test_it_is_absent_for_a_stranger(village, block, india, signed_in):
    make_entry(village)
    with acting(SYSTEM):
        stranger = make_posting("block_officer", india["west block"])
    for place in (village, block):
        assert export(signed_in(stranger), place).status_code == 404
        assert signed_in(stranger).post(address(name="registers:export", place=place.pk), {"names": "yes"}).status_code == 404
    assert taken(export(signed_in(stranger), india["west block"]))[1:] == []


def test_it_is_nothing_to_a_stranger_who_writes_sql(village, india):
    make_entry(village)
    with acting(SYSTEM):
        stranger = make_posting("block_officer", india["west block"])
    with acting(stranger), connection.cursor() as cursor, cursor.copy("COPY (SELECT * FROM registers_entry) TO STDOUT") as copied:
        assert list(copied) == []


def test_it_writes_dates_that_sort(village, block, officer, signed_in):
    make_entry(village, details=DETAILS[Register.MIGRATION] | {"expected_return_on": "2026-12-01"})
    headings, line = taken(export(signed_in(officer), block, format="csv"))
    assert line[headings.index("Should be back on")] == "2026-12-01"
