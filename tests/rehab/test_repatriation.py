"""Home to another country: steps in their order, days at each, hand-over at the end."""

from datetime import timedelta

import pytest

from aanchal.access.acting import acting
from aanchal.rehab import catalogue, queries, repatriating, rules
from aanchal.rehab.models import Repatriation
from tests.factories import DAY, NOON
from tests.rehab.builders import make_case

LATER = NOON + timedelta(days=100)


@pytest.fixture
def foreign(staff):
    return make_case(staff.place, staff.worker, citizenship="BD")


@pytest.fixture
def begun(foreign, staff):
    with acting(staff.worker):
        return repatriating.begin(case=foreign, country="BD", on=DAY, at=NOON, by=staff.worker)


def step(one, staff, key, days):
    with acting(staff.worker):
        return repatriating.step(repatriation=one, key=key, on=DAY + timedelta(days=days), number="A 1", at=LATER, by=staff.worker)


def test_steps_are_done_in_their_order_to_the_hand_over(begun, foreign, staff):
    for days, key in enumerate(catalogue.steps()):
        step(begun, staff, key, days)
        if key == "hand_over":
            with acting(staff.worker):
                assert queries.repatriation(foreign).state == "HANDED_OVER"
    with acting(staff.worker):
        assert [one.days for one in repatriating.shown(queries.repatriation(foreign), DAY)] == [0, 1, 1, 2, 3, 3, 1, 1, 1, 1]


def test_a_step_before_its_time_is_refused(begun, staff):
    for key in ("travel_document", "escort", "hand_over"):
        with pytest.raises(rules.NotPossible, match="step_before"):
            step(begun, staff, key, 1)
    step(begun, staff, "wish", 5)
    with pytest.raises(rules.NotPossible, match="before_last_step"):
        step(begun, staff, "told_mission", 4)
    with pytest.raises(rules.NotPossible, match="over"):
        step(begun, staff, "wish", 6)


def test_a_step_that_waits_too_long_is_late(begun, staff):
    with acting(staff.worker):
        [first] = [one for one in repatriating.shown(begun, DAY + timedelta(days=8)) if one.is_next]
    assert (first.step.key, first.is_late, first.days) == ("wish", True, 8)


def test_it_is_for_people_of_another_country_and_once(begun, case, foreign, staff):
    with acting(staff.worker):
        with pytest.raises(rules.NotPossible, match="not_foreign"):
            repatriating.begin(case=case, country="IN", on=DAY, at=NOON, by=staff.worker)
        with pytest.raises(rules.NotPossible, match="repatriation_open"):
            repatriating.begin(case=foreign, country="BD", on=DAY, at=NOON, by=staff.worker)


def test_she_does_not_want_to_and_it_stops(begun, staff):
    with acting(staff.worker):
        assert repatriating.stop(repatriation=begun, on=DAY, at=NOON, by=staff.worker).state == "STOPPED"
    with pytest.raises(rules.NotPossible, match="over"):
        step(begun, staff, "wish", 1)


def test_a_stranger_sees_none_of_it(begun, staff):
    for user in (staff.other, staff.stranger, staff.lead):
        with acting(user):
            assert not Repatriation.objects.exists()
