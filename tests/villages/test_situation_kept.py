"""A village's situation is told again and again; nothing told before is lost, and the latest told stands."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from aanchal.core.models import Trail
from aanchal.villages import actions, queries
from aanchal.villages.facts import SituationRecorded
from aanchal.villages.models import Situation
from tests.factories import DAY, NOON
from tests.villages.build import TOLD, make_situation


def test_it_keeps_what_was_told_before(india, crp, acting):
    village = india["east village 1"]
    before = make_situation(village, told_on=DAY - timedelta(days=90), migrant_households_pct="25")
    now = make_situation(village, by=crp)
    with acting(crp):
        assert list(queries.situations_of(village)) == [now, before]
        assert queries.latest_situation(village).facts["migrant_households_pct"] == 30
        assert Situation.objects.get(pk=before.pk).facts["migrant_households_pct"] == 25


def test_it_lets_the_meeting_of_the_later_day_stand_when_an_older_one_arrives_late(india, crp, acting):
    village = india["east village 1"]
    later = make_situation(village, by=crp)
    make_situation(village, told_on=DAY - timedelta(days=3), by=crp)
    with acting(crp):
        assert queries.latest_situation(village) == later


def test_it_lets_the_second_telling_of_one_day_stand(india, crp, acting):
    village = india["east village 1"]
    make_situation(village, by=crp)
    with acting(crp):
        again = actions.record_situation(answers=TOLD, place=village, told_on=DAY, at=NOON + timedelta(minutes=5), by=crp)
        assert queries.latest_situation(village) == again


@pytest.mark.parametrize("statement", ["UPDATE villages_situation SET facts = '{}'", "DELETE FROM villages_situation"])
def test_it_is_closed_to_change_in_the_database_itself(india, crp, acting, statement):
    make_situation(india["east village 1"], by=crp)
    with acting(crp), connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute(statement)
        assert Situation.objects.get().facts["households_total"] == 120


def test_it_announces_what_was_told(india, crp, announced):
    situation = make_situation(india["east village 1"], by=crp)
    assert announced == [SituationRecorded(situation=situation, by=crp)]


def test_it_is_on_the_trail_by_counts_only(india, crp, officer, acting):
    situation = make_situation(india["east village 1"], by=crp)
    with acting(officer):
        line = Trail.objects.get(about_id=str(situation.pk))
    assert (line.verb, line.actor, line.detail) == ("villages.situation.recorded", crp.pk, {"answered": 19})


def test_it_refuses_a_day_that_has_not_come_in_india(india, crp, acting):
    with acting(crp), pytest.raises(actions.Refused, match="told_on: in_the_future"):
        actions.record_situation(answers=TOLD, place=india["east village 1"], told_on=date(2026, 4, 2), at=NOON, by=crp)


def test_it_is_of_a_village_only(india, officer, acting):
    with acting(officer), pytest.raises(actions.Refused, match="place: not_a_village"):
        actions.record_situation(answers=TOLD, place=india["east panchayat"], told_on=DAY, at=NOON, by=officer)


def test_it_takes_one_submission_once(india, crp, acting):
    once, village = uuid4(), india["east village 1"]
    with acting(crp):
        told = {"answers": TOLD, "place": village, "told_on": DAY, "at": NOON, "by": crp, "submission_id": once}
        actions.record_situation(**told)
        with pytest.raises(DatabaseError, match="duplicate"), transaction.atomic():
            actions.record_situation(**told)
        assert queries.situations_of(village).count() == 1


def test_it_finds_the_one_that_stands_of_each_village(india, officer, acting):
    one, two = india["east village 1"], india["east village 2"]
    make_situation(one, told_on=DAY - timedelta(days=9))
    expected = {make_situation(one), make_situation(two)}
    make_situation(india["west village 1"])
    with acting(officer):
        assert set(queries.latest_situations(india["east block"])) == expected


def test_it_shows_a_stranger_nothing_and_takes_nothing_from_her(india, stranger, acting):
    village = india["east village 1"]
    make_situation(village)
    with acting(stranger), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM villages_situation")
        assert cursor.fetchone() == (0,)
        assert queries.latest_situation(village) is None
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            actions.record_situation(answers=TOLD, place=village, told_on=DAY, at=NOON, by=stranger)
