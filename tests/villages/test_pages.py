"""The pages of a village: what is read, who may change it, how a change is undone. All without JavaScript."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from aanchal.access.acting import SYSTEM
from aanchal.access.policy import day_in_india
from aanchal.core import paper
from aanchal.villages import actions, queries
from aanchal.villages.models import RoadmapAction, SafetyPoint
from tests.factories import DAY, NOON, make_posting
from tests.paper_reading import text_of
from tests.signing_in import sign_in
from tests.villages.build import make_action, make_point, make_roadmap, make_situation

PAGES = ("situation", "points", "roadmap")
POINT = {"type": "WATER_TOILET", "name": "Old well", "latitude": "10.2", "longitude": "80.1", "told_on": "2026-04-01"}
ADOPTION = {"adopted_on": "2026-04-01", "meeting": "Monthly meeting", "village_organisation": "Ujala VO"}


@pytest.fixture
def village(india):
    return india["east village 1"]


def words(response) -> str:
    page = re.sub(r"<svg.*?</svg>", "", response.content.decode(), flags=re.S)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main")])))


def address(name, village, **more):
    return reverse(f"villages:{name}", kwargs={"pk": village.pk, **more})


def undo(client, response):
    """Press Undo in the toast that followed a change."""
    return client.post(response.context["undo"]["url"], follow=True)


@pytest.mark.parametrize("page", PAGES)
def test_it_names_the_next_step_where_nothing_was_told(client, crp, village, page):
    response = sign_in(client, crp).get(address(page, village))
    steps = {"situation": "Meet with the Village Organisation", "points": "Walk through the village", "roadmap": "Adopt the roadmap"}
    assert response.status_code == 200
    assert steps[page] in words(response)


def test_it_says_what_each_number_means_since_when_and_who_told(client, crp, village):
    make_situation(village, told_on=DAY - timedelta(days=90), migrant_households_pct="25", female_literacy_pct="40", road_km="")
    make_situation(village, by=crp)
    said = words(sign_in(client, crp).get(address("situation", village)))
    assert "Told on 1 Apr 2026. Written down by A synthetic worker." in said
    assert "30 in 100 About 36 of 120 families. Worse Before: 25 in 100 (1 Jan 2026)" in said
    assert "49 in 100 In the villages of India together: 58 in 100 (Census 2011). Better Before: 40 in 100" in said
    assert "909 40 girls and 44 boys were counted." in said
    assert "2 of 3 Flood, Drought So since 1 Jan 2026." in said


def test_it_says_what_nobody_knew(client, crp, village):
    make_situation(village, police_km="", boys_0_6="")
    said = words(sign_in(client, crp).get(address("situation", village)))
    assert "To the police station not known Ask at the next meeting." in said
    assert "0 to 6 years not known" in said


def test_it_opens_an_earlier_telling_and_says_so(client, crp, village):
    earlier = make_situation(village, told_on=DAY - timedelta(days=90), migrant_households_pct="25")
    make_situation(village)
    said = words(sign_in(client, crp).get(address("situation", village), {"told": earlier.pk}))
    assert "You are reading what was told on 1 Jan 2026." in said
    assert "25 in 100" in said
    assert "Before:" not in said


def test_it_knows_no_telling_of_another_village(client, crp, india, village):
    make_situation(village)
    elsewhere = make_situation(india["east village 2"])
    assert sign_in(client, crp).get(address("situation", village), {"told": elsewhere.pk}).status_code == 404


def test_it_puts_a_place_on_the_map_and_takes_it_back(client, crp, village, acting):
    added = sign_in(client, crp).post(address("record_point", village), POINT, follow=True)
    assert added.redirect_chain == [(address("points", village), 302)]
    with acting(crp):
        point = queries.standing_points(village).get()
        assert (point.kind, point.longitude, point.recorded_by) == ("DANGER", 80.1, crp)
    assert f'id="p-{point.pk}"' in added.content.decode()
    assert f'id="p-{point.pk}"' not in undo(client, added).content.decode()
    with acting(crp):
        assert SafetyPoint.objects.get().withdraw_reason == "MISTAKE"


def test_it_withdraws_a_place_for_a_reason_and_puts_it_back(client, crp, village, acting):
    point = make_point(village)
    gone = sign_in(client, crp).post(address("withdraw_point", village, point=point.pk), {"reason": "GONE"}, follow=True)
    assert "The place is off the map." in words(gone)
    assert "It is no longer so" in words(gone)
    back = undo(client, gone)
    assert "The place is on the map again." in words(back)
    with acting(crp):
        assert queries.standing_points(village).count() == 1


def test_it_asks_for_a_reason_before_it_withdraws(client, crp, village, acting):
    point = make_point(village)
    assert sign_in(client, crp).post(address("withdraw_point", village, point=point.pk)).status_code == 422
    with acting(crp):
        assert queries.standing_points(village).count() == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"note": "Ask 98765 43210"}, "Leave out phone numbers"),
        ({"latitude": "95"}, "not a position on the earth"),
        ({"told_on": "2999-01-01"}, "This day has not come yet"),
        ({"type": "SURVIVOR_HOME"}, "not one of the available choices"),
        ({"name": ""}, "This field is required"),
    ],
)
def test_it_says_beside_the_form_what_cannot_stand_on_the_map(client, crp, village, changed, said, acting):
    response = sign_in(client, crp).post(address("record_point", village), POINT | changed)
    assert response.status_code == 422
    assert said in words(response)
    with acting(crp):
        assert not SafetyPoint.objects.exists()


def test_it_adopts_the_roadmap_in_a_meeting(client, crp, village):
    response = sign_in(client, crp).post(address("adopt", village), ADOPTION, follow=True)
    assert "Adopted by Ujala VO on 1 Apr 2026: Monthly meeting." in words(response)
    assert "0 of 16 done" in words(response)
    again = client.post(address("adopt", village), ADOPTION, follow=True)
    assert "has adopted its roadmap already" in words(again)


def test_it_says_what_an_adoption_lacks(client, crp, village):
    response = sign_in(client, crp).post(address("adopt", village), ADOPTION | {"village_organisation": "Ujala 98765 43210"})
    assert response.status_code == 422
    assert "Leave out phone numbers" in words(response)


def test_it_marks_an_action_done_today_with_one_press_and_undoes_it(client, crp, village, acting):
    action = make_action(make_roadmap(village))
    done = sign_in(client, crp).post(address("complete_action", village, action=action.pk) + "?show=PLANNED", follow=True)
    assert done.redirect_chain == [(address("roadmap", village) + "?show=PLANNED", 302)]
    with acting(crp):
        assert RoadmapAction.objects.get(pk=action.pk).done_on == day_in_india(timezone.now())
    undo(client, done)
    with acting(crp):
        assert RoadmapAction.objects.get(pk=action.pk).state == "PLANNED"


@pytest.mark.parametrize("ended", ["DONE", "DROPPED"])
def test_it_brings_back_how_an_action_ended_when_reopening_is_undone(client, crp, village, acting, ended):
    action = make_action(make_roadmap(village))
    with acting(crp):
        if ended == "DONE":
            actions.complete_roadmap_action(action=action, done_on=DAY, at=NOON, by=crp)
        else:
            actions.drop_roadmap_action(action=action, reason="OTHERS_DID", by=crp)
    reopened = sign_in(client, crp).post(address("reopen_action", village, action=action.pk), follow=True)
    assert "It is to be done again." in words(reopened)
    undo(client, reopened)
    with acting(crp):
        stands = RoadmapAction.objects.get(pk=action.pk)
    assert (stands.state, stands.done_on, stands.drop_reason) == ((ended, DAY, "") if ended == "DONE" else (ended, None, "OTHERS_DID"))


def test_it_adds_an_action_of_the_villages_own_and_undoes_it(client, crp, village, acting):
    make_roadmap(village)
    told = {"title": "Light the path", "who": "PANCHAYAT", "due_on": "2026-05-01"}
    added = sign_in(client, crp).post(address("add_action", village), told, follow=True)
    assert "Light the path" in words(added)
    undo(client, added)
    with acting(crp):
        assert RoadmapAction.objects.get(title="Light the path").drop_reason == "MISTAKE"


def test_it_adds_nothing_before_the_roadmap_is_adopted(client, crp, village):
    told = {"title": "Light the path", "who": "PANCHAYAT", "due_on": "2026-05-01"}
    assert "Adopt the roadmap first." in words(sign_in(client, crp).post(address("add_action", village), told, follow=True))


def test_a_wrong_adoption_is_corrected_and_struck_out_in_the_page(client, crp, village, acting):
    make_roadmap(village, by=crp)
    sign_in(client, crp)
    assert client.post(address("correct_roadmap", village), ADOPTION).status_code == 422
    right = ADOPTION | {"village_organisation": "Usha VO", "why": "The register says so"}
    page = words(client.post(address("correct_roadmap", village), right, follow=True))
    assert ("Adopted by Usha VO" in page, "The register says so" in page) == (True, True)
    assert client.post(address("strike_roadmap", village), {"why": "Call 98123 45678"}).status_code == 422
    assert "has no roadmap yet" in words(client.post(address("strike_roadmap", village), {"why": "Another village"}, follow=True))
    assert "Adopt the roadmap first." in words(client.post(address("strike_roadmap", village), {"why": "Again"}, follow=True))


@pytest.mark.skipif(not paper.are_here(), reason="the fonts are not here: script/setup")
def test_the_roadmap_is_a_file_too(client, crp, village, stranger):
    make_action(make_roadmap(village))
    page = f"{address('roadmap', village)}?as=pdf"
    assert "Light the path to the well" in text_of(sign_in(client, crp).get(page).content)
    assert sign_in(client, stranger).get(page).status_code == 404


def test_it_tells_who_comes_second_how_it_stands(client, crp, village, acting):
    action = make_action(make_roadmap(village))
    with acting(crp):
        actions.drop_roadmap_action(action=action, reason="NOT_NEEDED", by=crp)
    response = sign_in(client, crp).post(address("complete_action", village, action=action.pk), follow=True)
    assert "Someone has changed this in the meantime." in words(response)
    assert response.context["undo"] is None


def test_it_opens_as_many_lines_as_each_number_says(client, crp, village, acting):
    action = make_action(roadmap := make_roadmap(village))
    dropped = make_action(roadmap, due_on=day_in_india(timezone.now()) + timedelta(days=9))
    with acting(crp):
        actions.complete_roadmap_action(action=action, done_on=DAY, at=NOON, by=crp)
        actions.drop_roadmap_action(action=dropped, reason="NOT_NEEDED", by=crp)
    sign_in(client, crp)
    for chip in client.get(address("roadmap", village)).context["filters"]:
        page = client.get(address("roadmap", village), {"show": chip["key"]}).content.decode()
        assert page.count('<li class="row between" id="a-') == chip["count"]


@pytest.mark.parametrize("page", PAGES)
def test_it_offers_a_reader_no_button_to_change_anything(client, india, village, acting, page):
    make_point(village)
    make_roadmap(village)
    with acting(SYSTEM):
        reader = make_posting("district_manager", india["east"])
    response = sign_in(client, reader).get(address(page, village))
    assert response.status_code == 200
    main = response.content.decode().split("<main", 1)[1].split("</main")[0]
    assert 'method="post"' not in main


@pytest.mark.parametrize("name", ["record_point", "adopt", "add_action", "correct_roadmap", "strike_roadmap"])
def test_it_takes_nothing_from_a_reader(client, india, village, acting, name):
    with acting(SYSTEM):
        reader = make_posting("district_manager", india["east"])
    assert sign_in(client, reader).post(address(name, village), POINT | ADOPTION).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_it_is_absent_for_a_stranger(client, stranger, village, page):
    make_situation(village)
    assert sign_in(client, stranger).get(address(page, village)).status_code == 404


def test_it_takes_no_change_from_a_stranger(client, stranger, village, acting):
    point, action = make_point(village), make_action(make_roadmap(village))
    sign_in(client, stranger)
    for name, ids, told in (
        ("record_point", {}, POINT),
        ("withdraw_point", {"point": point.pk}, {"reason": "GONE"}),
        ("restore_point", {"point": point.pk}, {}),
        ("adopt", {}, ADOPTION),
        ("add_action", {}, {"title": "Light", "who": "VO", "due_on": "2026-05-01"}),
        ("complete_action", {"action": action.pk}, {}),
        ("drop_action", {"action": action.pk}, {"reason": "NOT_NEEDED"}),
        ("reopen_action", {"action": action.pk}, {}),
    ):
        assert client.post(address(name, village, **ids), told).status_code == 404, name
    assert client.get(address("action", village, action=action.pk)).status_code == 404


def test_it_opens_no_record_of_one_village_under_the_address_of_another(client, stranger, india, village):
    action = make_action(make_roadmap(village))
    point = make_point(village)
    sign_in(client, stranger)
    assert client.get(address("action", india["east village 2"], action=action.pk)).status_code == 404
    assert client.post(address("withdraw_point", india["east village 2"], point=point.pk), {"reason": "GONE"}).status_code == 404


def test_it_is_a_page_of_a_village_only(client, officer, india):
    assert sign_in(client, officer).get(address("situation", india["east panchayat"])).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_it_stays_within_its_weight(client, crp, village, page):
    make_situation(village)
    make_point(village)
    make_roadmap(village)
    content = sign_in(client, crp).get(address(page, village)).content
    assert content.count(b"<") - content.count(b"</") <= 1200
    assert b" style=" not in content
    assert b" onclick=" not in content
