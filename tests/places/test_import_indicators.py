"""Loading secondary indicators: what is taken, what is listed, what is refused as a whole."""

import pytest

from aanchal.core.models import Trail
from aanchal.places.directory import CannotRead
from aanchal.places.mapping import MappingError, read
from aanchal.places.models import IndicatorSeries, IndicatorSource, IndicatorValue
from tests.places.files import districts
from tests.places.indicator_files import csv_file, load, plain, series

HEADER = "code,name,share"


@pytest.fixture
def there(db):
    districts("22,CHHATTISGARH,9001,BASTAR,,9601", "22,CHHATTISGARH,9002,KANKER,,9602", "22,CHHATTISGARH,9003,SUKMA,,")


def saved() -> dict[int, float]:
    return dict(IndicatorValue.objects.values_list("place__lgd_code", "value"))


def reasons(rows) -> dict[int, str]:
    return {row.line: row.reason for row in rows}


def test_it_keeps_value_source_line_and_code(there):
    report = load(csv_file(HEADER, "9001,Bastar,25.5", "9002,Kanker,10"))
    assert saved() == {9001: 25.5, 9002: 10.0}
    value = IndicatorValue.objects.select_related("source", "series").get(place__lgd_code=9002)
    assert (value.line, value.code, value.source.file_name, value.place_no) == (3, "9002", "a.csv", value.place.place_no)
    assert len(value.source.sha256) == 64
    assert (value.series.year, value.series.edition, value.series.definitions["en"]) == (2021, "first", "what child_marriage is")
    assert [(one.new, one.changed) for one in report.series] == [(2, 0)]


def test_it_changes_nothing_a_second_time(there):
    lines = (HEADER, "9001,Bastar,25.5", "9002,Kanker,10")
    load(csv_file(*lines))
    before = list(IndicatorValue.objects.order_by("pk").values()), Trail.objects.count()
    report = load(csv_file(*lines))
    assert [(one.new, one.changed, one.unchanged) for one in report.series] == [(0, 0, 2)]
    assert (list(IndicatorValue.objects.order_by("pk").values()), Trail.objects.count()) == before
    assert IndicatorSource.objects.count() == 1


def test_it_replaces_what_a_corrected_file_says_and_keeps_another_edition_apart(there):
    load(csv_file(HEADER, "9001,Bastar,25.5", "9002,Kanker,10"))
    assert [one.changed for one in load(csv_file(HEADER, "9001,Bastar,26", "9002,Kanker,10")).series] == [1]
    load(csv_file(HEADER, "9001,Bastar,30"), plain(series(edition="second")))
    told = IndicatorValue.objects.filter(place__lgd_code=9001).values_list("series__edition", "value")
    assert sorted(told) == [("first", 26.0), ("second", 30.0)]


def test_it_joins_by_the_census_code_and_by_name_inside_the_state(there):
    load(csv_file(HEADER, "09601,whatever,25"), plain(place={"code": "census2011"}))
    assert saved() == {9001: 25.0}
    by_name = plain(series("by_name"), place={"code": "name", "column": "name", "name": "", "state": "st", "same_as": {"CG/Suqma": 9003}})
    load(csv_file("name,st,share", "kanker,Chhattisgarh,1", "Suqma,CG,2"), by_name)
    assert IndicatorValue.objects.get(series__key="by_name", place__lgd_code=9003).value == 2


def test_it_lists_rows_that_find_no_place_with_the_nearest_names(there):
    report = load(csv_file(HEADER, "9001,Bastar,25", "9999,Kankar,1", "x,Nowhere at all,1"))
    told = reasons(report.unmatched)
    assert told[3] == "code 9999 (Kankar) is no district of the directory; nearest: Kanker (9002, Chhattisgarh)"
    assert "no district of the directory" in told[4]
    assert saved() == {9001: 25.0}


def test_it_lists_a_code_that_two_places_carry(db):
    districts("22,CHHATTISGARH,9001,BASTAR,,9601", "22,CHHATTISGARH,9002,KANKER,,9601")
    report = load(csv_file(HEADER, "9601,Bastar,25"), plain(place={"code": "census2011"}))
    assert "2 places carry this code" in reasons(report.unmatched)[2]
    assert saved() == {}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("9002,Kanker,many", "share is not a number: 'many'"),
        ("9002,Kanker,1e5", "share is not a number: '1e5'"),
        ("9002,Kanker,101", "child_marriage would be 101; it lies between 0 and 100"),
        ("9001,Bastar,3", "is the same place as line 2: Bastar"),
    ],
)
def test_it_names_the_line_and_reason_of_a_bad_row_and_takes_the_rest(there, row, reason):
    report = load(csv_file(HEADER, "9001,Bastar,25", row, "9003,Sukma,5"))
    assert reasons(report.bad) == {3: reason}
    assert saved() == {9001: 25.0, 9003: 5.0}


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (csv_file(HEADER, "9001,Bastar,25", "9002,Kankér,1", encoding="cp1252"), "line 3: byte 0xE9 is not UTF-8"),
        (csv_file(HEADER, "9001,Bastar,25", encoding="utf-16"), "UTF-16; save it as 'CSV UTF-8'"),
        (csv_file("PK\x03\x04"), "workbook"),
        (csv_file("code,name,part", "9001,Bastar,25"), "the file has no column share; it has code, name, part"),
        (csv_file(HEADER, "9001,Bastar,25", "9002,Kanker"), "line 3: has 2 cells, the header 3"),
        (csv_file(HEADER, '9001,"Bastar,25'), "is not CSV"),
        (csv_file(), "no column"),
    ],
)
def test_it_takes_nothing_from_a_file_that_is_not_what_the_mapping_says(there, source, words):
    with pytest.raises(CannotRead, match=words):
        load(source)
    assert not IndicatorSeries.objects.exists()
    assert not IndicatorValue.objects.exists()


def test_it_leaves_out_what_is_empty_and_what_divides_by_nought(there):
    derived = plain(series(value="100 * share / people"), blank=["NA"])
    report = load(csv_file("code,name,share,people", "9001,B,1,4", "9002,K,1,0", "9003,S,NA,4"), derived)
    assert saved() == {9001: 25.0}
    assert report.empty == 2


def test_it_takes_only_the_rows_the_mapping_asks_for(there):
    rows = ("9001,B,1,Rural", "9001,B,2,Urban", "9002,K,3,Rural")
    load(csv_file("code,name,share,tru", *rows), plain(series(where={"tru": ["Rural"]})))
    assert saved() == {9001: 1.0, 9002: 3.0}


def test_it_adds_up_rows_of_one_place_where_the_mapping_says_so(there):
    load(csv_file(HEADER, "9001,Town police,2", "9001,Country police,3"), plain(repeated="sum"))
    assert saved() == {9001: 5.0}


def test_it_divides_by_another_series_and_fills_in_who_is_not_on_a_list(there):
    load(csv_file(HEADER, "9001,B,50", "9002,K,0"), plain(series("females", kind="BASE")))
    per = {"series": "females", "times": 1000}
    report = load(csv_file(HEADER, "9001,B,5", "9002,K,5", "9003,S,5"), plain(series("missing", kind="INCIDENT", per=per)))
    assert IndicatorValue.objects.get(series__key="missing").value == 100
    assert report.empty == 2
    load(csv_file(HEADER, "9001,B,5"), plain(series("on_the_list", value="1", absent=0)))
    assert dict(IndicatorValue.objects.filter(series__key="on_the_list").values_list("place__lgd_code", "value"))[9002] == 0


def test_it_refuses_to_divide_by_what_is_not_loaded(there):
    with pytest.raises(CannotRead, match="females, which is not loaded"):
        load(csv_file(HEADER, "9001,B,5"), plain(series("missing", per={"series": "females", "times": 1000})))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"value": "__import__('os')"}, "only column names, numbers"),
        ({"value": "share ** 9"}, "only column names, numbers"),
        ({"value": "share +"}, "is not arithmetic"),
        ({"key": "scheduled_caste"}, "never ranked by"),
        ({"kind": "GOSSIP"}, "none of CONTEXT, INCIDENT, BASE"),
        ({"year": "2021"}, "not a number from 1900"),
        ({"bounds": [5, 1]}, "say [lowest, highest]"),
        ({"title": {"en": "x"}}, "title.hi: is missing"),
        ({"more_is_worse": "yes"}, "say true or false"),
        ({"formula": "x"}, "'formula' is not known"),
    ],
)
def test_it_says_what_is_wrong_with_a_mapping(change, problem):
    with pytest.raises(MappingError) as refused:
        read(plain(series() | change))
    assert any(problem in one for one in refused.value.problems), refused.value.problems


def test_it_says_everything_that_is_wrong_with_a_mapping_at_once():
    with pytest.raises(MappingError) as refused:
        read({"publisher": "", "place": {"level": "TOWN", "code": "name"}, "repeated": "twice"})
    told = {one.split(":")[0] for one in refused.value.problems}
    assert told == {"publisher", "place.level", "place.column", "place.state", "repeated", "series"}
