import csv
import io
from itertools import product

import pytest
import xlsxwriter
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from aanchal.access.acting import acting
from aanchal.network import importing, reading, rows_of_files, stakeholders, statements, words
from aanchal.network.models import Change, Stakeholder
from aanchal.network.reading import Unreadable
from aanchal.network.rows_of_files import read
from aanchal.network.rules import Refused, parent_fits
from aanchal.network.stakeholders import Details
from aanchal.network.terms import StakeholderKind
from tests.factories import DAY, NOON
from tests.network.builders import checked, entered, written

HEAD = "key,kind,name,place_level,place_code,parent_key,size,phone,public,confirmed_on\n"


def table(india, *rows: str) -> str:
    """Rows in which EAST, V1 and WEST stand for codes of places."""
    text = HEAD + "\n".join(rows) + "\n"
    for word, place in (("V1", "east village 1"), ("EAST", "east"), ("WEST", "west"), ("FAR", "far")):
        text = text.replace(f"<{word}>", str(india[place].lgd_code))
    return text


GOOD = (
    "s1,SHG,Asha,VILLAGE,<V1>,v1,12,,,",
    "v1,VO,Ujala,VILLAGE,<V1>,c1,3,,,",
    "c1,CLF,Sangam,DISTRICT,<EAST>,,6,112,,2026-03-01",
    "p1,POLICE,Sadar thana,DISTRICT,<EAST>,,,112,yes,",
)


def test_it_makes_what_is_new_with_what_each_belongs_to(india, runner):
    file = written(india["state"], runner, table(india, *GOOD))
    assert file.counts == {"MAKE": 4}
    with acting(runner):
        told = {row.source_key: row for row in Stakeholder.objects.select_related("parent")}
    assert (told["s1"].parent, told["v1"].parent, told["c1"].parent) == (told["v1"], told["c1"], None)
    assert (told["p1"].is_public, told["c1"].size, str(told["c1"].confirmed_on)) == (True, 6, "2026-03-01")


def test_nothing_is_written_before_it_was_looked_at(india, runner):
    file = checked(india["state"], runner, table(india, *GOOD))
    with acting(runner):
        assert (file.counts, Stakeholder.objects.count()) == ({"MAKE": 4}, 0)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("x,SHGX,Asha,VILLAGE,<V1>,,,,,", ["kind", "unknown_kind"]),
        ("x,,Asha,VILLAGE,<V1>,,,,,", ["kind", "empty"]),
        ("x,SHG,,VILLAGE,<V1>,,,,,", ["name", "empty"]),
        ("x,SHG," + "n" * 161 + ",VILLAGE,<V1>,,,,,", ["name", "too_long"]),
        ("x,SHG,Asha,TOWN,<V1>,,,,,", ["place_level", "unknown_level"]),
        ("x,SHG,Asha,VILLAGE,1,,,,,", ["place_code", "no_place"]),
        ("x,SHG,Asha,VILLAGE,ten,,,,,", ["place_code", "not_a_number"]),
        ("x,SHG,Asha,DISTRICT,<FAR>,,,,,", ["place_code", "not_yours"]),
        ("x,SHG,Asha,VILLAGE,<V1>,nobody,,,,", ["parent_key", "no_parent"]),
        ("x,SHG,Asha,VILLAGE,<V1>,p1,,,,", ["parent_key", "wrong_parent"]),
        ("x,SHG,Asha,VILLAGE,<V1>,x,,,,", ["parent_key", "wrong_parent"]),
        ("x,SHG,Asha,VILLAGE,<V1>,,many,,,", ["size", "not_a_number"]),
        ("x,SHG,Asha,VILLAGE,<V1>,,9999999,,,", ["size", "too_much"]),
        ("x,SHG,Asha,VILLAGE,<V1>,,,call me,,", ["phone", "bad_phone"]),
        ("x,HOME,Ashray,VILLAGE,<V1>,,,,yes,", ["public", "not_public"]),
        ("x,SHG,Asha,VILLAGE,<V1>,,,,perhaps,", ["public", "yes_or_no"]),
        ("x,SHG,Asha,VILLAGE,<V1>,,,,,31-02-2026", ["confirmed_on", "not_a_day"]),
        ("x,SHG,Asha,VILLAGE,<V1>,,,,,2099-01-01", ["confirmed_on", "in_the_future"]),
        ("p1,SHG,Asha,VILLAGE,<V1>,,,,,", ["key", "key_twice"]),
        ("x,SHG,Asha,VILLAGE,<V1>,,,,,,,more", ["", "too_many_cells"]),
    ],
)
def test_a_bad_row_is_refused_with_its_column_and_reason_and_the_others_are_not(india, runner, row, fault):
    file = checked(india["state"], runner, table(india, *GOOD, row))
    assert file.counts == {"MAKE": 4, "REFUSED": 1}
    with acting(runner):
        line = file.lines.get(fate="REFUSED")
    assert (line.nth, fault in line.faults) == (6, True)
    assert all(words.FAULTS[code] for _column, code in line.faults)


def test_what_belongs_to_a_refused_row_is_refused_with_it_all_the_way_down(india, runner):
    rows = ("s,SHG,Asha,VILLAGE,<V1>,v,,,,", "v,VO,Ujala,VILLAGE,<V1>,c,,,,", "c,CLF,,DISTRICT,<EAST>,,,,,")
    file = checked(india["state"], runner, table(india, *rows))
    with acting(runner):
        assert [line.faults[0][1] for line in file.lines.order_by("nth")] == ["parent_refused", "parent_refused", "empty"]


def test_the_same_file_again_changes_nothing_and_a_repaired_row_makes_one(india, runner):
    bad = "x,SHG,Kiran,VILLAGE,<V1>,v1,many,,,"
    written(india["state"], runner, table(india, *GOOD, bad))
    assert checked(india["state"], runner, table(india, *GOOD, bad)).counts == {"REFUSED": 1, "SAME": 4}
    assert written(india["state"], runner, table(india, bad.replace("many", "11"))).counts == {"MAKE": 1}
    assert checked(india["state"], runner, table(india, *GOOD, bad.replace("many", "11"))).counts == {"SAME": 5}


def test_a_row_without_a_key_is_known_by_its_kind_place_and_name(india, runner):
    row = ",SHG,Asha group,VILLAGE,<V1>,,{},,,"
    written(india["state"], runner, table(india, row.format(10)))
    assert checked(india["state"], runner, table(india, row.format(10))).counts == {"SAME": 1}
    assert checked(india["state"], runner, table(india, row.format(11))).counts == {"CHANGE": 1}


def test_a_changed_row_keeps_what_stood_before_and_a_column_that_is_not_there_stays(india, runner):
    written(india["state"], runner, table(india, *GOOD))
    code = india["east"].lgd_code
    file = written(india["state"], runner, f"key,kind,name,place_level,place_code,size\nc1,CLF,Sangam Sabha,DISTRICT,{code},7\n")
    with acting(runner):
        row, change = Stakeholder.objects.get(source_key="c1"), Change.objects.get()
    assert (file.counts, row.name, row.size, row.phone, row.version) == ({"CHANGE": 1}, "Sangam Sabha", 7, "112", 2)
    assert (change.before["name"], change.before["size"], "phone" in change.before) == ("Sangam", 6, False)


def test_the_whole_file_is_taken_back_but_what_was_changed_since(india, runner):
    written(india["state"], runner, table(india, *GOOD))
    second = written(india["state"], runner, table(india, "c1,CLF,Sangam II,DISTRICT,<EAST>,,9,,,", "y1,YOUTH,Navyug,DISTRICT,<EAST>,,,,,"))
    with acting(runner):
        file = importing.take_back(file=second, at=NOON, by=runner)
        row = Stakeholder.objects.get(source_key="c1")
        assert (file.counts, row.name, row.size, row.phone) == ({"TAKEN_BACK": 2}, "Sangam", 6, "112")
        assert Stakeholder.objects.get(source_key="y1").standing == "UNDONE"
        with pytest.raises(Refused, match="decided_already"):
            importing.take_back(file=second, at=NOON, by=runner)


def test_what_somebody_changed_since_stays_with_what_it_belongs_to_and_is_named(india, runner):
    file = written(india["state"], runner, table(india, *GOOD))
    with acting(runner):
        row = Stakeholder.objects.get(source_key="v1")
        details = Details(kind="VO", name="Ujala corrected", parent=Stakeholder.objects.get(source_key="c1"))
        stakeholders.correct(row=row, details=details, at=NOON, by=runner)
        file = importing.take_back(file=file, at=NOON, by=runner)
        assert file.counts == {"STAYED": 2, "TAKEN_BACK": 2}
        why = {line.key: line.faults for line in file.lines.filter(fate="STAYED")}
        assert why == {"v1": [["", "moved_on_since"]], "c1": [["", "built_upon"]]}
        live = Stakeholder.objects.filter(standing="LIVE")
        assert {one.name for one in live} == {"Ujala corrected", "Sangam"}


def test_what_something_was_hung_on_since_stays(india, runner):
    file = written(india["state"], runner, table(india, *GOOD))
    with acting(runner):
        vo = Stakeholder.objects.get(source_key="v1")
    entered(india["east village 1"], runner, "SHG", "Another", parent=vo)
    with acting(runner):
        assert importing.take_back(file=file, at=NOON, by=runner).counts == {"STAYED": 2, "TAKEN_BACK": 2}
        assert set(file.lines.filter(fate="STAYED").values_list("faults__0__1", flat=True)) == {"built_upon"}


def test_it_is_not_written_when_the_directory_has_changed_since_it_was_shown(india, runner):
    one, other = (checked(india["state"], runner, table(india, *GOOD)) for _ in range(2))
    with acting(runner):
        importing.write(file=one, at=NOON, by=runner)
        with pytest.raises(Refused, match="changed_since"):
            importing.write(file=other, at=NOON, by=runner)
        importing.look_again(file=other, by=runner)
        other.refresh_from_db()
        assert (other.counts, other.fault, Stakeholder.objects.count()) == ({"SAME": 4}, "CHANGED", 4)


def test_a_districts_list_stays_within_the_district(india, manager, runner):
    file = checked(india["east"], manager, table(india, "a,YOUTH,Navyug,DISTRICT,<EAST>,,,,,", "b,YOUTH,Tarun,DISTRICT,<WEST>,,,,,"))
    assert file.counts == {"MAKE": 1, "REFUSED": 1}


def test_another_district_reads_neither_the_file_nor_its_rows(india, runner, next_door):
    file = checked(india["east"], runner, table(india, "a,CRP,Planted Sunita,DISTRICT,<EAST>,,,,,"))
    with acting(next_door), connection.cursor() as cursor:
        for name in ("network_importfile", "network_importrow"):
            cursor.execute(f"SELECT count(*) FROM {name}")
            assert cursor.fetchone() == (0,)
            cursor.execute(f"UPDATE {name} SET place_no = place_no")
            assert cursor.rowcount == 0
    assert file.rows == 1


def workbook(rows) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for nth, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write(nth, column, value)
    return out.getvalue()


def test_a_workbook_is_read_like_a_csv_file(india, runner):
    rows = list(csv.reader(io.StringIO(table(india, *GOOD))))
    rows[1][6] = 12.0
    assert checked(india["state"], runner, workbook(rows), "list.xlsx").counts == {"MAKE": 4}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "EMPTY"),
        (b"\xff\xfe\x00\x01", "NOT_A_TABLE"),
        (b"PK\x03\x04 not a workbook", "NOT_A_TABLE"),
        (b"name,kind\nx,y\n", "NO_HEADINGS"),
        (b"kind,name,place_level,place_code\n", "EMPTY"),
        (b"kind,name,place_level,place_code,kind\nSHG,a,b,c,d\n", "HEADING_TWICE"),
        (b"x" * (reading.MAX_BYTES + 1), "TOO_LARGE"),
    ],
)
def test_what_is_no_list_is_refused_as_a_whole(india, runner, content, code):
    with acting(runner):
        file = importing.send(place=india["state"], content=content, file_name="x", at=NOON, by=runner)
        with pytest.raises(Unreadable, match=code):
            importing.unpack(file=file, by=runner)
        importing.mark_broken(file=file, code=code, by=runner)
        file.refresh_from_db()
        assert (file.state, file.lines.count(), str(words.FILE_FAULTS[code]) != "") == ("BROKEN", 0, True)


@settings(max_examples=200)
@given(st.lists(st.text(max_size=30), max_size=14))
def test_no_row_breaks_the_reading(cells):
    said = read(list(rows_of_files.COLUMNS), cells, DAY)
    assert said.faults or said.told["kind"] in StakeholderKind.values


def test_the_database_and_the_rules_agree_on_what_belongs_to_what():
    for kind, above in product(StakeholderKind.values, repeat=2):
        assert fits_by_statement(kind, above) == parent_fits(kind, above), (kind, above)


def fits_by_statement(kind: str, above: str) -> bool:
    """The CASE of the statement, read in Python."""
    told = statements._FITS.split("WHEN ")
    for part in told:
        if part.startswith(f"'{kind}' THEN "):
            return f"'{above}'" in part.partition("THEN")[2]
    return f"'{above}'" not in statements._in(statements.PEOPLE)
