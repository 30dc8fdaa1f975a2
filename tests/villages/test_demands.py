"""What families at risk ask of the village plan: written down, corrected, answered; of no family, and for who knows the families."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from aanchal.access.acting import SYSTEM
from aanchal.access.policy import day_in_india
from aanchal.core.models import Trail
from aanchal.villages import demanding, rules
from aanchal.villages.models import PlanDemand
from tests.factories import DAY, NOON, make_posting
from tests.signing_in import sign_in

YEAR = rules.plan_years(DAY)[1]


@pytest.fixture
def village(india):
    return india["east village 1"]


def asked(village, by, **changed) -> PlanDemand:
    told = {"place": village, "year": YEAR, "kind": "PENSION", "families": 12, "given_on": DAY, "at": NOON, "by": by}
    return demanding.record(**told | changed)


def answered(one, by, **changed) -> PlanDemand:
    told = {"demand": one, "taken": 9, "taken_on": DAY, "at": NOON, "by": by}
    return demanding.answer(**told | changed)


@pytest.mark.parametrize(("day", "years"), [(date(2026, 3, 31), (2025, 2026)), (date(2026, 4, 1), (2026, 2027))])
def test_a_plan_is_made_in_the_year_before_or_in_its_own(day, years):
    assert rules.plan_years(day) == years
    assert rules.shown_year(2099) == "2099-00"


def test_it_is_corrected_until_the_panchayat_answers(crp, village, acting):
    with acting(crp):
        one = asked(village, crp)
        assert asked(village, crp, families=14).pk == one.pk
        answered(one, crp, reached=4, reached_on=DAY)
        answered(one, crp, taken=10, reached=4, reached_on=DAY)
        with pytest.raises(rules.Refused, match="kind: answered"):
            asked(village, crp, families=15)
        found = PlanDemand.objects.get()
        assert (found.families, found.taken, found.reached) == (14, 10, 4)
    with acting(SYSTEM):
        noted = [line.detail for line in Trail.objects.filter(verb__startswith="villages.demand").order_by("at", "pk")]
    assert {"kind": "PENSION", "year": YEAR, "families": 14, "before": 12} in noted


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"families": 0}, "families: out_of_numbers"),
        ({"families": 20_001}, "families: out_of_numbers"),
        ({"given_on": DAY + timedelta(days=2)}, "given_on: in_the_future"),
        ({"year": YEAR + 1}, "year: not_of_this_plan"),
    ],
)
def test_it_refuses_what_cannot_be_asked(crp, village, acting, changed, fault):
    with acting(crp), pytest.raises(rules.Refused, match=fault):
        asked(village, crp, **changed)


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"taken": 13}, "taken: more_than_asked"),
        ({"taken_on": DAY - timedelta(days=1)}, "taken_on: before_it_was_given"),
        ({"taken_on": DAY + timedelta(days=2)}, "taken_on: in_the_future"),
        ({"reached": 10, "reached_on": DAY}, "reached: more_than_taken"),
        ({"reached": 3}, "reached_on: day_is_missing"),
        ({"reached": 3, "reached_on": DAY - timedelta(days=1)}, "reached_on: before_it_was_taken"),
        ({"reached": 3, "reached_on": DAY + timedelta(days=2)}, "reached_on: in_the_future"),
    ],
)
def test_it_refuses_an_answer_that_cannot_be(crp, village, acting, changed, fault):
    with acting(crp):
        one = asked(village, crp)
        with pytest.raises(rules.Refused, match=fault):
            answered(one, crp, **changed)
        assert PlanDemand.objects.get().taken is None


def test_it_is_a_demand_of_a_village(officer, india, acting):
    with acting(officer), pytest.raises(rules.Refused, match="not_a_village"):
        asked(india["east block"], officer)


@pytest.mark.parametrize("told", ["taken = 13, taken_on = given_on", "taken = 1", "reached = 1, reached_on = given_on", "families = 0"])
def test_the_database_holds_no_answer_that_cannot_be(crp, village, acting, told):
    with acting(crp):
        asked(village, crp)
        with connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute(f"UPDATE villages_plandemand SET {told}")


@pytest.mark.parametrize("told", ["kind = 'GAS'", "year = 2020", "place_no = 1"])
def test_what_was_asked_of_which_plan_does_not_change(crp, village, acting, told):
    with acting(crp):
        asked(village, crp)
        with connection.cursor() as cursor, pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute(f"UPDATE villages_plandemand SET {told}")


def test_it_shows_a_stranger_and_who_only_counts_nothing_and_takes_nothing_from_them(crp, stranger, village, india, client, acting):
    with acting(crp):
        one = asked(village, crp)
    with acting(SYSTEM):
        counts_only = make_posting("state_expert", india["state"])
    for user in (stranger, counts_only):
        with acting(user):
            assert not PlanDemand.objects.exists()
            with pytest.raises(PlanDemand.DoesNotExist):
                answered(one, user)
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                asked(village, user, kind="HOUSE")
        sign_in(client, user)
        assert client.get(reverse("villages:demands", args=[village.pk])).status_code == 404
        assert client.post(reverse("villages:record_demand", args=[village.pk]), {}).status_code == 404
        assert client.post(reverse("villages:answer_demand", args=[village.pk]), {}).status_code == 404


def test_its_page_writes_it_down_refuses_what_is_wrong_and_loses_nothing(client, crp, village, acting):
    today = day_in_india(timezone.now())
    sign_in(client, crp)
    page = reverse("villages:demands", args=[village.pk])
    assert "Nothing is written down yet" in client.get(page).content.decode()
    told = {"year": rules.plan_years(today)[1], "kind": "TOILET", "families": "7", "given_on": today.isoformat()}
    wrong = client.post(reverse("villages:record_demand", args=[village.pk]), told | {"families": "seven", "year": "1999"})
    assert wrong.status_code == 422
    assert "seven" in wrong.content.decode()
    client.post(reverse("villages:record_demand", args=[village.pk]), told)
    with acting(crp):
        one = PlanDemand.objects.get()
    answer = {"demand": one.pk, "taken": "8", "taken_on": today.isoformat()}
    wrong = client.post(reverse("villages:answer_demand", args=[village.pk]), answer)
    assert wrong.status_code == 422
    assert "More than asked for it." in wrong.content.decode()
    done = client.post(reverse("villages:answer_demand", args=[village.pk]), answer | {"taken": "5"}, follow=True)
    assert "What became of it is written down." in done.content.decode()
    assert "no answer yet" not in done.content.decode()


def test_it_answers_no_demand_of_another_village(client, crp, officer, village, india, acting):
    with acting(officer):
        other = asked(india["east village 2"], officer)
    sign_in(client, crp)
    told = {"demand": other.pk, "taken": "1", "taken_on": DAY.isoformat()}
    assert client.post(reverse("villages:answer_demand", args=[village.pk]), told).status_code == 422
    with acting(officer):
        assert PlanDemand.objects.get().taken is None
