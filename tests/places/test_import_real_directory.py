"""The Local Government Directory of March 2022 (shared/data/lgd), as it was published."""

import time

import pytest

from aanchal.places import queries
from aanchal.places.models import Place
from aanchal.places.rules import Interval
from aanchal.places.terms import PARENT, Level
from tests.places.files import load_real

EXPECTED = {"states.csv": (36, 0), "districts.csv": (763, 763), "subdistricts.csv": (6_921, 6_921), "blocks.csv": (7_233, 7_233)}


@pytest.fixture
def imported(db):
    began = time.monotonic()
    reports = {name: load_real(name) for name in EXPECTED}
    return reports, time.monotonic() - began


def test_it_loads_every_row_fast_and_a_second_time_changes_nothing(imported):
    reports, seconds = imported
    assert {name: (report.rows, report.new) for name, report in reports.items()} == EXPECTED
    assert [report.bad for report in reports.values()] == [0, 0, 0, 0]
    assert seconds < 20
    before = list(Place.objects.order_by("pk").values())
    for name, (rows, _) in EXPECTED.items():
        again = load_real(name)
        assert again.counts() == {"new": 0, "updated": 0, "unchanged": rows, "bad": 0}
    assert list(Place.objects.order_by("pk").values()) == before


def test_it_makes_one_place_a_district_of_a_block_that_spans_districts(imported):
    reports, _ = imported
    assert len(reports["blocks.csv"].spans) == len(queries.spanning_blocks()) == 10
    assert "block 2494 Gobardhana spans the districts Bajali and Baksa" in reports["blocks.csv"].spans
    first, second = Place.objects.filter(level=Level.BLOCK, lgd_code=2494).order_by("pk")
    assert (first.part_of, second.part_of) == (None, first)
    assert (first.district.name, second.district.name) == ("Bajali", "Baksa")


def test_it_puts_every_place_inside_its_parent_and_apart_from_its_sisters(imported):
    for level, above in PARENT.items():
        places = list(Place.objects.filter(level=level).select_related("nation", "state", "district").order_by("place_no"))
        for place in places:
            assert place.parent.level == above
            inside = Interval(place.parent.place_no, place.parent.last_no)
            assert place.place_no in inside
            assert place.last_no in inside
        assert all(one.last_no < other.place_no for one, other in zip(places, places[1:], strict=False))


def test_it_keeps_the_census_code_and_leaves_out_its_zeros(imported):
    assert Place.objects.get(level=Level.DISTRICT, lgd_code=603).census2011 == "638"
    assert Place.objects.get(level=Level.STATE, lgd_code=36).census2011 == ""
