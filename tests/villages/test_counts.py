"""Counts of the villages of a place, as dashboards and the block officer read them."""

from datetime import timedelta

from aanchal.villages import actions, counts, queries
from tests.factories import DAY, NOON
from tests.villages.build import make_action, make_point, make_roadmap, make_situation


def test_it_counts_what_stands_in_a_place_and_nothing_beside_it(india, officer, acting):
    one, two = india["east village 1"], india["east village 2"]
    make_situation(one, told_on=DAY - timedelta(days=1))
    make_situation(one)
    make_point(one)
    make_point(two, kind="HELP", type="POLICE")
    gone = make_point(two)
    roadmap = make_roadmap(one, adopted_on=DAY - timedelta(days=40))
    done, dropped = make_action(roadmap), make_action(roadmap)
    make_situation(india["west village 1"])
    with acting(officer):
        actions.withdraw_safety_point(point=gone, reason="GONE", at=NOON, by=officer)
        actions.complete_roadmap_action(action=done, done_on=DAY, at=NOON, by=officer)
        actions.drop_roadmap_action(action=dropped, reason="NOT_NEEDED", by=officer)
        found = counts.of(india["east block"], on=DAY)
        late = queries.overdue_actions(india["east block"], on=DAY).count()
    assert (found.villages, found.with_situation, found.with_roadmap) == (2, 1, 1)
    assert (found.help, found.danger, found.calamity) == (1, 1, 0)
    assert (found.planned, found.done, found.dropped) == (16, 1, 1)
    assert found.overdue == late == 5


def test_it_counts_nothing_where_nothing_was_told(india, stranger, acting):
    make_situation(india["east village 1"])
    with acting(stranger):
        found = counts.of(india["east village 1"], on=DAY)
    assert (found.with_situation, found.planned, found.overdue, found.help) == (0, 0, 0, 0)
