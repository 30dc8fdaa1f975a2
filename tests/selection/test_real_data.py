"""The national run over the real data gives what was measured when the system was designed (shared domain.md 3.5)."""

import statistics

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.places.models import IndicatorSeries, IndicatorValue
from aanchal.places.terms import Level
from aanchal.selection import rules
from tests.factories import make_nation, make_posting
from tests.places.files import load_real as load_directory
from tests.places.indicator_files import load_real
from tests.selection.builders import make_run

KEYS = ("child_sex_ratio_rural", "female_literacy_rural", "agricultural_labour_rural", "marginal_work_rural", "child_marriage")
LOADED = ("census_2011_pca", "nfhs_5_districts", "aspirational_districts_112", "ncrb_missing_persons", "census_2011_subdistricts")


@pytest.fixture(scope="module")
def loaded(own_database_of_module):
    """Read once for all tests of this file."""
    for name in ("states.csv", "districts.csv", "subdistricts.csv"):
        load_directory(name)
    return {name: load_real(name) for name in LOADED}


@pytest.fixture(scope="module")
def run(loaded):
    with acting(SYSTEM):
        analyst = make_posting("national_analyst", make_nation())
    series = {one.key: one for one in IndicatorSeries.objects.filter(level=Level.DISTRICT)}
    return make_run(analyst, make_nation(), *(series[key] for key in KEYS), title="The nation")


def known(key: str) -> int:
    return IndicatorValue.objects.filter(series__key=key).count()


def test_it_joins_every_census_district_and_nearly_all_of_the_others(loaded):
    assert known("females_2011") == 640
    assert known("child_sex_ratio_rural") == 631
    assert loaded["census_2011_pca"].unmatched == loaded["census_2011_pca"].bad == []
    assert known("aspirational_district") == 763
    assert sum(IndicatorValue.objects.filter(series__key="aspirational_district").values_list("value", flat=True)) == 112
    assert known("child_marriage") >= 640
    assert loaded["nfhs_5_districts"].bad == []
    assert known("sex_ratio") > 5_000
    assert known("missing_women_girls") > 620


def test_a_second_import_of_the_real_files_changes_nothing(loaded):
    before = list(IndicatorValue.objects.order_by("pk").values())
    assert not any(load_real(name).has_changed for name in LOADED)
    assert list(IndicatorValue.objects.order_by("pk").values()) == before


def test_it_reproduces_the_ranking_of_631_rural_districts(run):
    assert run.results["ranked"] == 631
    first = sorted((row for row in run.results["places"] if row["rank"]), key=lambda row: row["rank"])
    assert [row["name"] for row in first[:5]] == ["Madhepura", "Saharsa", "Khagaria", "Supaul", "Banka"]
    assert run.results["first"] == 64
    assert run.results["stability"] == pytest.approx(0.97, abs=0.02)
    assert statistics.median(row["high"] - row["low"] for row in first[:64]) == pytest.approx(46.5, abs=4)
    assert rules.DRAWS == 500


def test_reported_incidents_stand_beside_and_do_not_follow_the_score(run):
    [missing] = run.incidents
    assert missing["key"] == "missing_women_girls"
    assert missing["spearman"] == pytest.approx(-0.04, abs=0.01)
    assert missing["known"] == 627
