import io

import pytest

from aanchal.places.directory import LONGEST_LINE, CannotRead
from aanchal.places.models import Place
from aanchal.places.terms import Level
from tests.places.files import below, blocks, districts, load, text_file

HEADER = "state_lgd,state,lgd_code,name"


def reasons(report):
    return {row.line: row.reason for row in report.bad_rows}


def saved():
    return set(Place.objects.filter(level=Level.DISTRICT).values_list("lgd_code", flat=True))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("22,X,,BASTAR", "lgd_code is not a code: ''"),
        ("22,X,12a,BASTAR", "lgd_code is not a code: '12a'"),
        ("22,X,-5,BASTAR", "lgd_code is not a code: '-5'"),
        ("22,X,٣,BASTAR", "lgd_code is not a code: '٣'"),
        ("22,X,99999999999999999,BASTAR", "lgd_code is not a code"),
        ("22,X,9002,", "has no name"),
        (f"22,X,9002,{'A' * 121}", "longer than 120 letters"),
        ("22,X,9002,BAS\x07TAR", "cannot be printed"),
        ("22,X,9002", "has 3 cells, the header 4"),
        ("22,X,9002,BASTAR,more", "has 5 cells, the header 4"),
        ('22,X,9002,"BASTAR', "is not CSV"),
        ("22,X,9001,OTHER", "line 2 is the same District"),
        (f"22,X,9002,{'A' * LONGEST_LINE}", "is longer than"),
    ],
)
def test_it_names_the_line_and_the_reason_and_saves_the_rest(db, row, reason):
    report = load(text_file(HEADER, "22,X,9001,BASTAR", row, "22,X,9003,KANKER"))
    assert reason in reasons(report)[3]
    assert report.counts() == {"new": 2, "updated": 0, "unchanged": 0, "bad": 1}
    assert saved() == {9001, 9003}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_it_reads_utf8_with_and_without_a_mark(db, encoding):
    assert load(text_file(HEADER, "22,X,9001,बस्तर", encoding=encoding)).new == 1
    assert Place.objects.get(lgd_code=9001).name == "बस्तर"


def test_it_says_which_byte_of_which_line_is_in_another_encoding(db):
    source = io.BytesIO(f"{HEADER}\n22,X,9001,Bastar\n".encode() + "22,X,9002,Café\n".encode("cp1252") + b"22,X,9003,Kanker\n")
    report = load(source)
    assert reasons(report) == {3: "byte 14 (0xE9) is not UTF-8; save the file as 'CSV UTF-8'"}
    assert saved() == {9001, 9003}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_it_refuses_a_file_in_utf16_and_says_what_to_do(db, encoding):
    with pytest.raises(CannotRead, match="line 1: the file is UTF-16; save it as 'CSV UTF-8'"):
        load(text_file(HEADER, "22,X,9001,BASTAR", encoding=encoding))


@pytest.mark.parametrize("content", [b"", b"\n", b"name;lgd_code\n", b"PK\x03\x04rest of a workbook", b"a,lgd_code,name,name\n"])
def test_it_refuses_what_is_no_directory_file(db, content):
    with pytest.raises(CannotRead, match="line 1"):
        load(io.BytesIO(content))


def test_it_refuses_a_file_of_another_kind_than_was_said(db):
    with pytest.raises(CannotRead, match="a file of Village needs the column district_lgd, block_lgd, panchayat_lgd"):
        load(text_file(HEADER, "22,X,9001,BASTAR"), level=Level.VILLAGE)


def test_it_suggests_the_parent_of_the_nearest_name(db):
    districts("22,CHHATTISGARH,9001,BASTAR,,", "22,CHHATTISGARH,9002,KANKER,,")
    report = blocks("22,,9009,KANKAR,9101,TOKAPAL", "22,,9002,KANKER,9102,BAKAWAND")
    assert reasons(report) == {2: "District 9009 is not in the directory (nearest: 9002 Kanker)"}
    assert report.new == 1


def test_it_suggests_the_parent_of_the_nearest_code_when_the_file_names_none(db):
    districts("22,CHHATTISGARH,9001,BASTAR,,")
    report = load(text_file("state_lgd,district_lgd,lgd_code,name", "22,9010,9101,TOKAPAL"))
    assert reasons(report) == {2: "District 9010 is not in the directory (nearest: 9001 Bastar)"}


def test_it_says_which_file_comes_first_when_there_is_no_parent_at_all(db):
    assert reasons(below(3, "22,9001,9101,9301,Kalepal,,"))[2] == "Block 9101 is not in the directory; import the Block file first"


def test_it_refuses_a_parent_that_lies_elsewhere_than_the_row_says(db):
    districts("22,CHHATTISGARH,9001,BASTAR,,")
    report = blocks("23,,9001,BASTAR,9101,TOKAPAL")
    assert reasons(report) == {2: "District 9001 is in State or Union Territory 22 Chhattisgarh, the file says 23"}


def test_it_moves_no_place_to_another_parent(db):
    districts("22,CHHATTISGARH,9001,BASTAR,,")
    report = districts("23,MADHYA PRADESH,9001,BASTAR,,")
    assert reasons(report) == {2: "District 9001 is in Chhattisgarh already; an import moves no place"}
    assert Place.objects.get(lgd_code=9001).state.lgd_code == 22


def test_it_says_when_a_parent_is_full(db):
    rows = [f"4,CHANDIGARH,{9_000 + n},D{n},," for n in range(512)]
    report = districts(*rows)
    assert report.new == 511
    assert reasons(report) == {513: "Chandigarh has no number left for another District"}


def test_it_remembers_a_bounded_number_of_bad_rows_and_counts_them_all(db):
    report = load(text_file(HEADER, *("22,X,no,BASTAR" for _ in range(2_500))))
    assert (report.bad, len(report.bad_rows)) == (2_500, 1_000)
    assert report.bad_rows[0].line == 2
