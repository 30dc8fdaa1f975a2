"""Making, choosing, submitting, deciding; and what the database keeps when somebody goes round the actions."""

import pytest
from django.db import connection, transaction
from django.db.utils import Error

from aanchal.access.acting import SYSTEM, acting
from aanchal.core.models import Trail
from aanchal.places.models import IndicatorValue
from aanchal.places.terms import Level
from aanchal.selection import actions, queries, reading
from aanchal.selection.actions import Chosen, Refused
from aanchal.selection.models import PlaceStanding, SelectionRun
from tests.factories import NOON, make_posting
from tests.selection.builders import make_run, make_series, record


def submitted(run, by, *places, why=""):
    with acting(by):
        actions.choose(run=run, chosen=[(place.pk, why) for place in places], by=by)
        return actions.submit(run=run, note="For this year", at=NOON, by=by)


@pytest.fixture
def waiting(run, expert, districts):
    record(expert, districts[0], "INTENSIVE_DISTRICT")
    return submitted(run, expert, districts[0])


def test_it_ranks_the_places_of_its_own_state_only(run, districts):
    rows = {row["id"]: row for row in run.results["places"]}
    assert set(rows) == {place.pk for place in districts}
    assert [rows[place.pk]["rank"] for place in districts[:3]] == [1, 2, 3]
    assert run.results["parents"][str(districts[0].state_id)]["name"] == "state"


def test_it_keeps_what_it_was_made_from_whatever_is_imported_later(run, series):
    with acting(SYSTEM):
        IndicatorValue.objects.all().delete()
        kept = SelectionRun.objects.get(pk=run.pk)
    assert kept.results == run.results
    assert [one["titles"]["en"] for one in kept.indicators] == ["Migration", "Labour"]
    assert len(kept.inputs_digest) == 64


def test_the_digest_tells_other_inputs_apart(run, expert, india, series):
    same = make_run(expert, india["state"], series["migration"], series["labour"], title="Again")
    other = make_run(expert, india["state"], series["migration"])
    assert same.inputs_digest == run.inputs_digest != other.inputs_digest
    assert same.results == run.results


def test_reported_incidents_are_refused_in_the_score_and_kept_beside_it(run, expert, india, series):
    with pytest.raises(Refused, match="incident_in_score"):
        make_run(expert, india["state"], series["migration"], series["incidents"])
    [beside] = run.incidents
    assert (beside["key"], beside["spearman"], beside["known"]) == ("incidents", -1.0, 11)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"indicators": []}, "no_indicators"),
        ({"level": Level.BLOCK}, "not_of_this_level"),
        ({"level": Level.VILLAGE}, "not_of_this_level"),
        ({"weights": (0.0, 0.0)}, "no_weight"),
        ({"weights": (-1.0, 2.0)}, "no_weight"),
    ],
)
def test_it_refuses_what_cannot_be_ranked(expert, india, series, change, code):
    weights = change.pop("weights", (1.0, 1.0))
    chosen = [Chosen(series[key], True, weight) for key, weight in zip(("migration", "labour"), weights, strict=True)]
    told = {"place": india["state"], "level": Level.DISTRICT, "title": "x", "indicators": chosen, "seed": 1, "at": NOON, "by": expert}
    with pytest.raises(Refused, match=code), acting(expert):
        actions.rank_places(**told | change)


def test_blocks_are_ranked_inside_their_state(expert, india):
    series = make_series("poverty", {india["east block"]: 2.0, india["west block"]: 9.0}, level=Level.BLOCK)
    run = make_run(expert, india["state"], series, level=Level.BLOCK)
    assert {row["name"]: row["rank"] for row in run.results["places"]} == {"west block": 1, "east block": 2}
    assert {row["parent"] for row in run.results["places"]} == {india["east"].pk, india["west"].pk}


def test_only_the_chosen_places_of_this_ranking_can_be_chosen(run, expert, india):
    with pytest.raises(Refused, match="not_ranked_here"), acting(expert):
        actions.choose(run=run, chosen=[(india["far"].pk, "")], by=expert)


def test_it_says_what_the_framework_says_of_a_choice(run, expert, districts):
    with acting(expert):
        actions.choose(run=run, chosen=[(districts[0].pk, "")], by=expert)
        assert [one.code for one in queries.checked(run).findings] == ["not_intensive_district"]
        with pytest.raises(Refused, match="against_the_framework"):
            actions.submit(run=run, note="", at=NOON, by=expert)
    record(expert, districts[0], "FEEDER_DISTRICT")
    with acting(expert):
        with pytest.raises(Refused, match="reason_missing"):
            actions.submit(run=run, note="", at=NOON, by=expert)
        actions.choose(run=run, chosen=[(districts[0].pk, "The State brings it in this year")], by=expert)
        actions.submit(run=run, note="", at=NOON, by=expert)
    [kept] = run.chosen
    assert (kept["standings"], kept["findings"]) == (["FEEDER_DISTRICT"], ["to_bring_in"])


def test_what_was_said_last_of_a_place_stands_with_who_said_it(expert, districts):
    record(expert, districts[0], "INTENSIVE_DISTRICT")
    with acting(expert):
        actions.record_standing(place=districts[0], standing="INTENSIVE_DISTRICT", holds=False, source="Order of May", at=NOON, by=expert)
        latest = queries.standings_of([districts[0].pk])[districts[0].pk]
        assert queries.holding(latest) == frozenset()
        assert (latest["INTENSIVE_DISTRICT"].said_by, latest["INTENSIVE_DISTRICT"].source) == (expert, "Order of May")
        assert PlaceStanding.objects.count() == 2


@pytest.mark.parametrize(
    ("standing", "source", "code"), [("RESOURCE_BLOCK", "x", "not_of_this_level"), ("FEEDER_DISTRICT", " ", "no_source")]
)
def test_it_records_nothing_of_another_level_or_without_a_source(expert, districts, standing, source, code):
    with pytest.raises(Refused, match=code), acting(expert):
        actions.record_standing(place=districts[0], standing=standing, holds=True, source=source, at=NOON, by=expert)


@pytest.mark.parametrize(("approved", "status"), [(True, "APPROVED"), (False, "RETURNED")])
def test_another_person_decides(waiting, expert, other_expert, approved, status):
    with pytest.raises(Refused, match="own_submission"), acting(expert):
        actions.decide(run=waiting, approved=True, note="", at=NOON, by=expert)
    with acting(other_expert):
        actions.decide(run=waiting, approved=approved, note="As discussed", at=NOON, by=other_expert)
        kept = SelectionRun.objects.get(pk=waiting.pk)
    assert (kept.status, kept.decided_by_id, kept.decide_note) == (status, other_expert.pk, "As discussed")
    with acting(SYSTEM):
        verbs = set(Trail.objects.filter(about_id=str(waiting.pk)).values_list("verb", flat=True))
    assert verbs == {"selection.run.made", "selection.run.chosen", "selection.run.submitted", "selection.run.decided"}


def test_it_goes_back_only_with_a_reason(waiting, other_expert):
    with pytest.raises(Refused, match="no_reason"), acting(other_expert):
        actions.decide(run=waiting, approved=False, note=" ", at=NOON, by=other_expert)


def test_nothing_changes_once_it_is_submitted(waiting, expert, other_expert, districts):
    for change in (
        lambda: actions.choose(run=waiting, chosen=[], by=expert),
        lambda: actions.submit(run=waiting, note="", at=NOON, by=expert),
    ):
        with pytest.raises(Refused), acting(expert):
            change()
    with acting(other_expert):
        actions.decide(run=waiting, approved=True, note="", at=NOON, by=other_expert)
    with pytest.raises(Refused, match="not_in_this_state"), acting(other_expert):
        actions.decide(run=waiting, approved=False, note="No", at=NOON, by=other_expert)


def refused_by_database(user, statement: str, *values) -> bool:
    """True when the database raises, or lets not one row through."""
    with acting(user), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(statement, values)
                return cursor.rowcount == 0
        except Error:
            return True


@pytest.mark.parametrize(
    "columns",
    [
        "results = '{}'", "title = 'Other'", "indicators = '[]'", "chosen = '[]'", "seed = 9", "inputs_digest = 'x'", "status = 'DRAFT'",
        "submitted_by_id = NULL", "place_no = place_no + 1", "incidents = '[]'", "submit_note = 'Other'",
        "status = 'APPROVED', decided_at = now(), decided_by_id = created_by_id",
        "status = 'APPROVED', decided_at = now(), decided_by_id = submitted_by_id, title = 'Other'",
    ],
)  # fmt: skip
def test_the_database_keeps_what_was_submitted(waiting, expert, columns):
    for user in (expert, SYSTEM):
        assert refused_by_database(user, f"UPDATE selection_selectionrun SET {columns} WHERE id = %s", waiting.pk)


def test_the_database_deletes_no_run_and_changes_no_figure_of_a_draft(run, expert):
    assert refused_by_database(expert, "DELETE FROM selection_selectionrun WHERE id = %s", run.pk)
    assert refused_by_database(expert, "UPDATE selection_selectionrun SET results = '{}' WHERE id = %s", run.pk)
    assert not refused_by_database(expert, "UPDATE selection_selectionrun SET chosen = '[]' WHERE id = %s", run.pk)


def test_the_database_takes_a_decision_only_in_the_name_of_who_acts(waiting, other_expert, india):
    with acting(SYSTEM):
        manager = make_posting("district_manager", india["state"])
    decide = "UPDATE selection_selectionrun SET status = 'APPROVED', decided_at = now(), decided_by_id = %s WHERE id = %s"
    assert refused_by_database(manager, decide, manager.pk, waiting.pk)
    assert refused_by_database(manager, decide, other_expert.pk, waiting.pk)
    assert refused_by_database(other_expert, decide, manager.pk, waiting.pk)
    assert not refused_by_database(other_expert, decide, other_expert.pk, waiting.pk)


def test_a_stranger_sees_no_run_and_no_standing_by_raw_sql(waiting, far_expert, expert):
    for table, mine in (("selection_selectionrun", 1), ("selection_placestanding", 1)):
        for user, expected in ((far_expert, 0), (expert, mine)):
            with acting(user), connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert cursor.fetchone() == (expected,)


def test_a_stranger_writes_nothing_here(run, far_expert, india, series):
    with pytest.raises(Error):
        make_run(far_expert, india["state"], series["migration"])
    assert refused_by_database(far_expert, "UPDATE selection_selectionrun SET chosen = '[]' WHERE id = %s", run.pk)


def test_other_weights_order_the_same_places_anew(run, districts):
    own = reading.order(run)
    other = reading.order(run, [100.0, 0.0])
    assert own.is_own
    assert not other.is_own
    assert [row.key for row in other.rows][:3] == [place.pk for place in districts[:3]]
    assert all(row.before == next(one.rank for one in own.rows if one.key == row.key) for row in other.rows)
    assert reading.order(run, [30.0, 30.0]).is_own


def test_two_rankings_are_compared_over_the_places_of_both(run, expert, india, series):
    turned = make_run(expert, india["state"], series["migration"], title="Turned")
    found = reading.compare(run, turned)
    assert (found.spearman, found.both, found.common) == (pytest.approx(1), 2, 11)
    assert [(pair.one, pair.other, pair.moved) for pair in found.pairs] == [(1, 1, 0), (2, 2, 0)]
