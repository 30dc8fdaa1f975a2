"""The pages of the selection, by role, without JavaScript; and for a stranger."""

import re

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.selection.models import SelectionRun
from tests.factories import make_posting
from tests.selection.builders import make_run, record


def told(answer) -> str:
    """The words of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def page(signed_in, expert):
    return signed_in(expert)


def test_it_lists_runs_and_opens_one(page, run):
    assert "First look" in told(page.get("/selection/"))
    answer = page.get(f"/selection/{run.pk}/")
    assert answer.status_code == 200
    assert answer.content.decode().index("east") < answer.content.decode().index("district 5")
    assert "11 places are ranked" in told(answer)
    assert "Beside, not inside" in told(answer)


def test_it_makes_a_run_from_the_form(page, india, series):
    scope = f"{india['state'].pk}:DISTRICT"
    shown = page.get("/selection/new/", {"scope": scope}).content.decode()
    assert f"use_{series['incidents'].pk}" not in shown
    assert "Never part of a score" in shown
    told_form = {"scope": scope, "title": "By the form", f"use_{series['migration'].pk}": "on", f"worse_{series['migration'].pk}": "LESS"}
    answer = page.post("/selection/new/", told_form)
    assert answer.status_code == 302
    with acting(SYSTEM):
        made = SelectionRun.objects.get(title="By the form")
    assert made.indicators[0]["more_is_worse"] is False
    assert made.indicators[0]["weight"] == 1


def test_it_says_what_is_wrong_with_a_form(page, india):
    answer = page.post("/selection/new/", {"scope": f"{india['state'].pk}:DISTRICT", "title": "Call 98765 43210"})
    assert answer.status_code == 422
    assert page.get("/selection/new/", {"scope": f"{india['far state'].pk}:DISTRICT"}).status_code == 404


def test_sliders_work_without_javascript_and_a_scenario_is_kept(page, run):
    answer = page.get(f"/selection/{run.pk}/", {"w_0": 90, "w_1": 10})
    assert "Shown by other weights" in told(answer)
    kept = page.post(f"/selection/{run.pk}/keep/", {"w_0": 90, "w_1": 10, "title": "More migration"})
    assert kept.status_code == 302
    with acting(SYSTEM):
        scenario = SelectionRun.objects.get(title="More migration")
    assert scenario.copy_of_id == run.pk
    assert scenario.weights == pytest.approx([0.9, 0.1])
    compared = page.get("/selection/compare/", {"a": str(run.pk), "b": str(scenario.pk)})
    assert "Two rankings side by side" in told(compared)


@pytest.mark.parametrize(
    "query", [{"w_0": "x", "w_1": "5"}, {"w_0": "0", "w_1": "0"}, {"w_0": "-5", "w_1": "9999"}, {"in": "'; --"}, {"page": "x"}]
)
def test_it_takes_no_nonsense_from_the_address(page, run, query):
    answer = page.get(f"/selection/{run.pk}/", query)
    assert answer.status_code == 200
    assert "Shown by other weights" not in told(answer)


def test_figures_for_the_sliders_are_those_of_the_run(page, run):
    figures = page.get(f"/selection/{run.pk}/figures/").json()
    assert len(figures["rows"]) == 12
    assert figures["rows"][0][5] == 1
    assert len(figures["rows"][0][4]) == 2


def test_a_place_shows_its_values_and_is_chosen_recorded_submitted_and_approved(page, run, districts, other_expert, signed_in):
    place = f"/selection/{run.pk}/places/{districts[0].pk}/"
    assert "a.csv, line 2" in told(page.get(place))
    assert page.post(f"{place}choose/", {"why": "Worst of all"}).status_code == 302
    assert "nobody has recorded that this one is" in told(page.get(f"/selection/{run.pk}/"))
    assert page.post(f"/selection/{run.pk}/submit/", {"note": ""}).status_code == 422
    assert page.post(f"{place}record/", {"standing": "INTENSIVE_DISTRICT", "holds": "YES", "source": "Order 12"}).status_code == 302
    assert "Order 12" in told(page.get(place))
    assert page.post(f"/selection/{run.pk}/submit/", {"note": ""}).status_code == 302
    assert page.post(f"/selection/{run.pk}/decide/", {"decision": "APPROVE", "note": ""}).status_code == 422
    assert "Another person has to decide" in told(page.get(f"/selection/{run.pk}/"))
    other = signed_in(other_expert)
    assert other.post(f"/selection/{run.pk}/decide/", {"decision": "APPROVE", "note": "Good"}).status_code == 302
    assert "Approved by" in told(page.get(f"/selection/{run.pk}/"))


def test_a_place_is_taken_out_again(page, run, districts):
    place = f"/selection/{run.pk}/places/{districts[0].pk}/choose/"
    page.post(place, {"why": ""})
    page.post(place, {"take_out": "yes"})
    with acting(SYSTEM):
        assert SelectionRun.objects.get(pk=run.pk).chosen == []


def test_what_is_recorded_is_of_the_places_own_level(page, run, districts):
    said = {"standing": "RESOURCE_BLOCK", "holds": "YES", "source": "x"}
    answer = page.post(f"/selection/{run.pk}/places/{districts[0].pk}/record/", said)
    assert answer.status_code == 422


def test_a_stranger_finds_nothing(run, districts, far_expert, expert, india, series, signed_in):
    record(expert, districts[0], "INTENSIVE_DISTRICT")
    stranger = signed_in(far_expert)
    theirs = make_run(far_expert, india["far state"], series["migration"], title="Far look")
    listed = told(stranger.get("/selection/"))
    assert "Far look" in listed
    assert "First look" not in listed
    place = f"/selection/{run.pk}/places/{districts[0].pk}/"
    for path in (f"/selection/{run.pk}/", f"/selection/{run.pk}/figures/", place, f"/selection/compare/?a={theirs.pk}&b={run.pk}"):
        assert stranger.get(path).status_code == 404
    for path in (*(f"/selection/{run.pk}/{verb}/" for verb in ("submit", "keep", "decide")), f"{place}choose/", f"{place}record/"):
        assert stranger.post(path, {}).status_code == 404
    assert stranger.get(f"/selection/{theirs.pk}/places/{districts[0].pk}/").status_code == 404


def test_the_district_reads_and_does_not_write(run, districts, india, series, signed_in):
    with acting(SYSTEM):
        manager = make_posting("district_manager", india["state"])
    reader = signed_in(manager)
    shown = told(reader.get(f"/selection/{run.pk}/"))
    assert "Submit for approval" not in shown
    assert reader.get("/selection/new/").status_code == 404
    assert reader.post(f"/selection/{run.pk}/submit/", {}).status_code == 404
    assert reader.post(f"/selection/{run.pk}/decide/", {"decision": "APPROVE"}).status_code == 404


def test_the_map_has_a_tile_for_each_place_with_words(page, run):
    drawn = page.get(f"/selection/{run.pk}/").content.decode()
    assert drawn.count('class="ground"') == 12
    assert "east: rank 1, First tenth" in drawn


def test_the_map_of_the_nation_has_a_tile_for_each_state(india, series, signed_in):
    with acting(SYSTEM):
        analyst = make_posting("national_analyst", india["nation"])
    run = make_run(analyst, india["nation"], series["migration"])
    drawn = signed_in(analyst).get(f"/selection/{run.pk}/").content.decode()
    assert f"in={india['state'].pk}" in drawn
    narrowed = signed_in(analyst).get(f"/selection/{run.pk}/", {"in": india["far state"].pk}).content.decode()
    assert ">far<" in narrowed
    assert ">east<" not in narrowed
