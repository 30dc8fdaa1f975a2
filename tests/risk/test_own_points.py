"""A village signs its own points: its families are read by both, places are compared by the state's."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.urls import reverse

from aanchal.access import policy
from aanchal.access.acting import SYSTEM, acting
from aanchal.core.models import Trail
from aanchal.risk import actions, counts, own_points, queries, tasks
from aanchal.risk.models import Assessment, OwnPoints
from aanchal.risk.own_points import Meeting
from aanchal.risk.rules import Refused
from tests.factories import DAY, NOON, make_posting
from tests.risk.builders import HOUSEHOLD
from tests.risk.world import codes_on, family, said_by

DEFAULT = dict(HOUSEHOLD.points_of)
HEAVY = {"breadwinner_lost": True, "livelihood_lost": True, "food_short_months": 3, "child_working": True}
"""Sixteen points of the state's: vulnerable."""
POINTS = DEFAULT | {"B1": 6, "B2": 6, "L2": 6, "F1": 2, "F3": 2, "M1": 2}
"""Twenty-two points for the same: at risk."""
MEETING = Meeting(met_on=DAY, present=23, roles=("VO_MEMBER", "GENDER_CRP"), minutes="Losing the harvest weighs more here.")


def sign(village, by, points=None, *, meeting=MEETING, on=DAY):
    points = POINTS if points is None else points
    with acting(by):
        return own_points.sign(place=village, points=points, meeting=meeting, effective_from=on, at=NOON, by=by)


def rescored(village):
    with acting(SYSTEM):
        actions.rescore_place(place=village, most=100, on=DAY, at=NOON, by=SYSTEM)
        return {one.household_id: one for one in Assessment.objects.filter(is_current=True, household__place=village)}


def test_it_reads_each_family_by_both(village, leader):
    found = family(village, HEAVY)
    sign(village, leader)
    now = rescored(village)[found.household_id]
    assert (now.points, now.band, now.definition_id) == (found.points, "VULNERABLE", HOUSEHOLD.version)
    assert (now.own_points, now.own_observed, now.own_band) == (22, 60, "AT_RISK")


def test_a_new_survey_is_read_by_both_at_once(village, leader):
    sign(village, leader)
    found = family(village, HEAVY)
    assert (found.band, found.own_band) == ("VULNERABLE", "AT_RISK")


def test_the_states_figures_are_what_they_were(village, leader, india):
    for told in (HEAVY, {}, HEAVY):
        family(village, told)
    with acting(SYSTEM):
        before = counts.tally(india["state"], DAY), counts.measures(india["state"], DAY)
    sign(village, leader)
    rescored(village)
    with acting(SYSTEM):
        assert (counts.tally(india["state"], DAY), counts.measures(india["state"], DAY)) == before


def test_the_next_village_keeps_the_states_points(village, leader, india):
    sign(village, leader)
    assert family(india["east village 2"], HEAVY).own_band is None


def test_signing_again_says_nothing_twice(village, leader):
    family(village, HEAVY)
    sign(village, leader)
    rescored(village)
    with acting(SYSTEM):
        assert actions.rescore_place(place=village, most=100, on=DAY, at=NOON, by=SYSTEM).changed == 0


def test_the_states_own_points_end_it_and_both_signatures_stay(village, leader):
    found = family(village, HEAVY)
    sign(village, leader)
    rescored(village)
    sign(village, leader, DEFAULT)
    assert rescored(village)[found.household_id].own_band is None
    with acting(SYSTEM):
        assert OwnPoints.objects.filter(place=village).count() == 2


def test_it_holds_from_its_day(village, leader):
    sign(village, leader, on=DAY + timedelta(days=10))
    with acting(SYSTEM):
        index = queries.definition(HOUSEHOLD.version)
        assert queries.own_index(village.pk, DAY + timedelta(days=9), index) is None
        assert queries.own_index(village.pk, DAY + timedelta(days=10), index).definition.points_of == POINTS


def test_it_lapses_with_the_version_it_was_signed_for(village, leader):
    sign(village, leader)
    with acting(SYSTEM):
        later = SimpleNamespace(version="household-2", points_of=DEFAULT)
        assert queries.own_index(village.pk, DAY, later) is None


def test_it_asks_nothing_more_of_the_database_for_a_survey(village, leader, django_assert_num_queries):
    """The points of every village are kept in the process: with or without, assessing costs the same statements."""
    found = family(village, HEAVY)

    def asked():
        with acting(SYSTEM):
            start = len(connection.queries_log)
            actions.assess_household(household=found.household, on=DAY, at=NOON, by=SYSTEM)
            return len(connection.queries_log) - start

    connection.force_debug_cursor = True
    try:
        queries.forget()
        first = asked()
        without = asked()
        sign(village, leader)
        asked()
        assert asked() == without < first
    finally:
        connection.force_debug_cursor = False


WRONG = [
    (POINTS | {"B1": 7, "B3": 3}, {}, "points_B1: beyond_the_limit"),
    (POINTS | {"B1": 5}, {}, "total"),
    (POINTS, {"met_on": DAY + timedelta(days=1)}, "met_on: in_the_future"),
    (POINTS, {"present": 0}, "present: out_of_range"),
    (POINTS, {"roles": ("TEACHER",)}, "roles: not_of_the_vo"),
    (POINTS, {"roles": ("VO_MEMBER", "PRIEST")}, "roles: not_of_the_vo"),
    (POINTS, {"minutes": "  "}, "minutes: length"),
    (POINTS, {"minutes": "Call 98480 12345"}, "minutes: personal_number"),
]


@pytest.mark.parametrize(("points", "told", "fault"), WRONG)
def test_it_refuses(village, leader, points, told, fault):
    with pytest.raises(Refused, match=fault):
        sign(village, leader, points, meeting=Meeting(**vars(MEETING) | told))


def test_it_refuses_a_day_that_is_over_and_a_place_that_is_no_village(village, leader, india):
    with pytest.raises(Refused, match="in_the_past"):
        sign(village, leader, on=DAY - timedelta(days=1))
    with pytest.raises(Refused, match="not_a_village"):
        sign(india["east block"], SYSTEM)


def test_it_writes_the_trail_without_words(village, leader):
    signed = sign(village, leader)
    with acting(SYSTEM):
        line = Trail.objects.get(verb="risk.own_points.signed")
        assert (line.actor, line.about_id, line.detail) == (
            leader.pk, str(signed.pk), {"version": HOUSEHOLD.version, "indicators": 6, "present": 23}
        )  # fmt: skip


def test_the_job_assesses_the_village_again(village, leader):
    found = family(village, HEAVY)
    sign(village, leader, on=policy.day_in_india(NOON))
    tasks.rescore(place=village.pk)
    with acting(SYSTEM):
        assert Assessment.objects.get(household=found.household, is_current=True).own_band == "AT_RISK"


def test_the_list_of_the_village_uses_its_points_and_shows_both(village, leader, crp, signed_in):
    heavy, severe = family(village, HEAVY), family(village, HEAVY | {"girl_out_of_school": True, "substance_harm": True})
    sign(village, leader)
    rescored(village)
    client, url = signed_in(crp), f"{reverse('families')}?place={village.pk}"
    own, state = client.get(f"{url}&band=RISK"), client.get(f"{url}&band=RISK&by=state")
    assert set(codes_on(own)) == {heavy.household.shown_code, severe.household.shown_code}
    assert "State: Vulnerable" in said_by(own)
    assert codes_on(state) == [severe.household.shown_code]
    assert "Village: " in said_by(state)


def test_the_list_of_the_block_compares_by_the_states_points(village, leader, officer, signed_in, india):
    family(village, HEAVY)
    sign(village, leader)
    rescored(village)
    assert codes_on(signed_in(officer).get(f"{reverse('families')}?place={india['east block'].pk}&band=RISK")) == []


def test_the_card_says_both(village, leader, crp, signed_in):
    found = family(village, HEAVY)
    sign(village, leader)
    rescored(village)
    text = said_by(signed_in(crp).get(reverse("family", args=[found.household_id])))
    assert "by the village's points; by the state's: Vulnerable" in text


def form(points, **told):
    meeting = {"met_on": DAY, "present": 23, "roles": ["VO_MEMBER"], "minutes": "As decided.", "signed": "on"}
    fields = {"effective_from": policy.day_in_india(NOON), **meeting}
    return {**fields, **{f"points_{key}": n for key, n in points.items()}, **told}


@pytest.fixture
def today(monkeypatch):
    """The day of the tests, for the page."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    return DAY


def test_the_leader_signs_on_the_page(village, leader, signed_in, today):
    answer = signed_in(leader).post(reverse("own-points", args=[village.pk]), form(POINTS))
    assert answer.status_code == 302
    text = said_by(signed_in(leader).get(reverse("own-points", args=[village.pk])))
    assert "The village's own points hold" in text
    assert "23 present" in text


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"points_B1": 5}, "must add up to the same total"),
        ({"points_B1": 9}, "less than or equal to 6"),
        ({"signed": ""}, "This field is required"),
        ({"minutes": "Call 98480 12345"}, "Leave out phone numbers"),
    ],
)
def test_the_page_says_what_is_wrong_and_signs_nothing(village, leader, signed_in, today, told, words):
    answer = signed_in(leader).post(reverse("own-points", args=[village.pk]), form(POINTS, **told))
    assert answer.status_code == 422
    assert words in said_by(answer)
    with acting(SYSTEM):
        assert not OwnPoints.objects.exists()


@pytest.mark.parametrize("role", ["gender_crp", "clf_leader", "block_officer", "district_manager", "state_expert"])
def test_others_read_it_and_sign_nothing(village, india, signed_in, role):
    places = {"gender_crp": village, "clf_leader": india["east panchayat"], "block_officer": india["east block"]}
    place = places.get(role) or india["east" if role == "district_manager" else "state"]
    with acting(SYSTEM):
        reader = make_posting(role, place)
    url = reverse("own-points", args=[village.pk])
    assert "The state's points hold" in said_by(signed_in(reader).get(url))
    assert signed_in(reader).post(url, form(POINTS)).status_code == 404


NEAR_AND_FAR = [("gender_crp", "east village 2"), ("vo_leader", "east village 2"), ("state_expert", "far state")]


@pytest.mark.parametrize(("role", "place"), NEAR_AND_FAR)
def test_a_stranger_gets_nothing(village, leader, posted, signed_in, role, place):
    sign(village, leader)
    stranger = posted(role, place)
    url = reverse("own-points", args=[village.pk])
    assert signed_in(stranger).get(url).status_code == 404
    assert signed_in(stranger).post(url, form(POINTS)).status_code == 404
    with acting(stranger), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM risk_ownpoints")
        assert cursor.fetchone() == (0,)


def test_the_database_refuses_a_signature_of_another_village(india, village, posted):
    from django.db import ProgrammingError

    stranger = posted("vo_leader", "east village 2")
    with pytest.raises(ProgrammingError, match="row-level security"):
        sign(village, stranger)
