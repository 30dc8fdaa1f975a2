"""The campaign: materials in versions, what villages are to hear, people reached once, what they asked and remembered."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import Error
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aanchal.access.acting import acting
from aanchal.activities import campaigning, counts, queries
from aanchal.activities.models import CampaignEvent, Material, PlannedMessage, Question, Recall
from aanchal.activities.rules import Refused
from aanchal.activities.terms import GROUPS, IN_BANDS
from tests.activities.builders import DAY, NOW

POSTER = {"title": "Ask first", "language": "Hindi", "method": "WALL", "message": "Write down name and address"}
PLAY = {"on": DAY, "method": "PLAY", "title": "Street play", "language": "Hindi", "women": 30, "girls": 20, "men": 9, "boys": 4}


def refused(code):
    return pytest.raises(Refused, match=code)


def held(place, by, **told):
    with acting(by):
        return campaigning.record_event(place=place, told=PLAY | told, at=NOW, by=by)


def test_a_material_said_again_is_the_next_version_of_its_language(india, officer):
    with acting(officer):
        told = {"place": india["state"], "at": NOW, "by": officer}
        for language in ("Hindi", "hindi ", "Telugu"):
            campaigning.publish(told=POSTER | {"language": language}, **told)
        assert sorted(Material.objects.values_list("language", "version")) == [("Hindi", 1), ("Hindi", 2), ("Telugu", 1)]
        with refused("not_a_paper"):
            campaigning.publish(told=POSTER, file=b"<svg>", **told)


def test_a_message_is_planned_once_in_a_village_and_is_done_when_an_event_of_its_kind_is_held_there(india, officer):
    with acting(officer):
        told = {"month": DAY, "message": "1098", "method": "PLAY", "language": "Hindi"}
        villages = [india["east village 1"], india["east village 2"]]
        assert campaigning.plan_messages(villages=villages[:1], told=told, at=NOW, by=officer) == 1
        assert campaigning.plan_messages(villages=villages, told=told, at=NOW, by=officer) == 1
        with refused("planned_already"):
            campaigning.plan_messages(villages=villages, told=told, at=NOW, by=officer)
        assert [one.is_done for one in queries.planned_at(india["east village 1"])] == [False]
    held(india["east village 1"], officer)
    with acting(officer):
        assert [one.is_done for one in queries.planned_at(india["east village 1"])] == [True]
        assert set(PlannedMessage.objects.values_list("month", flat=True)) == {DAY.replace(day=1)}


def test_who_comes_again_is_not_reached_again(india, officer):
    held(india["east village 1"], officer)
    second = held(india["east village 2"], officer, women=12, again_women=10)
    assert (second.came, second.reach) == (45, 35)
    with acting(officer):
        assert counts.outcomes(india["state"], DAY, DAY)["reached"] == 63 + 35


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"again_women": 31}, "more_again_than_came"), ({"again_girls": 1}, "not_reached_before"),
        ({"on": date(2026, 12, 1)}, "in_the_future"),
    ],
)  # fmt: skip
def test_it_refuses_a_count_that_cannot_be(india, officer, told, code):
    with refused(code):
        held(india["east village 1"], officer, **told)


def test_the_database_refuses_more_again_than_came(india, officer):
    event = held(india["east village 1"], officer)
    told = {name: getattr(event, name) for name in ("place", "place_no", "on", "method", "title", "language", "recorded_at")}
    with acting(officer), pytest.raises(Error), transaction.atomic():
        CampaignEvent.objects.create(**told, women=1, again_women=2)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sets(st.integers(0, 5), min_size=1), min_size=1, max_size=4))
def test_each_person_is_reached_once_however_often_she_comes(india, officer, evenings):
    """By a show of hands at each event: who was at one before?"""
    with transaction.atomic():
        seen: set[int] = set()
        for n, evening in enumerate(evenings):
            came = dict.fromkeys(GROUPS, 0) | {"women": len(evening), "again_women": len(evening & seen)}
            held(india["east village 1"], officer, title=f"Evening {n}", **came)
            seen |= evening
        with acting(officer):
            assert counts.outcomes(india["state"], DAY, DAY)["reached"] == len(seen)
            assert queries.reached_before(india["east village 1"], DAY)["women"] == len(seen)
        transaction.set_rollback(True)


def test_what_people_asked_is_counted_by_topic_and_holds_no_number_of_a_person(india, officer):
    event = held(india["east village 1"], officer)
    with acting(officer):
        for topic, times in (("JOB", 2), ("LAW", 5), ("JOB", 1)):
            campaigning.note_question(event=event, topic=topic, words="Is 1098 free?", times=times, by=officer)
        with refused("personal_number"):
            campaigning.note_question(event=event, topic="JOB", words="Call 98123 45678", times=1, by=officer)
        assert [n for _label, n in queries.asked_about(officer)] == [5, 3]
        assert Question.objects.count() == 3


def test_what_they_remembered_is_told_after_the_event_and_is_no_more_than_were_asked(india, officer):
    event = held(india["east village 1"], officer)
    with acting(officer):
        told = {"event": event, "message": "1098", "at": NOW, "by": officer}
        with refused("before_the_event"):
            campaigning.check_recall(on=DAY - timedelta(days=1), asked=5, remembered=1, **told)
        with refused("more_remembered_than_asked"):
            campaigning.check_recall(on=DAY, asked=5, remembered=6, **told)
        with refused("more_asked_than_came"):
            campaigning.check_recall(on=DAY, asked=event.came + 1, remembered=6, **told)
        assert campaigning.check_recall(on=DAY, asked=20, remembered=13, **told).percent == 65
        assert queries.remembered(officer) == (20, 13)


def test_the_pages_plan_a_village_note_an_event_and_what_was_remembered(india, officer, enter):
    client, village = enter(officer), f"/activities/campaign/villages/{india['east village 1'].pk}/"
    message = {"month": "2026-09", "message": "1098", "method": "PLAY", "language": "Hindi"}
    assert client.post(f"/activities/campaign/villages/?block={india['east village 1'].block_id}", message).status_code == 302
    told = PLAY | {f"again_{group}": 0 for group in GROUPS} | dict.fromkeys(IN_BANDS, 4) | {"cost_paise": "100", "what": "event"}
    assert client.post(village, told | {"helplines": ["1098"]}).status_code == 302
    assert client.post(village, told | {"again_women": 31}).status_code == 422
    page = client.get(village).content.decode()
    assert "1098" in page
    with acting(officer):
        event = CampaignEvent.objects.get()
    address = f"/activities/campaign/events/{event.pk}/"
    recall = {"what": "recall", "on": event.on.isoformat(), "message": "1098", "asked": 10, "remembered": 7}
    assert client.post(address, recall).status_code == 302
    assert "70%" in client.get(address).content.decode()
    assert "70%" in client.get("/activities/campaign/").content.decode()
    poster = POSTER | {"place": india["state"].pk}
    assert client.post("/activities/campaign/materials/", poster).status_code == 302
    for listed in ("events", "materials", "messages", "points", "trainings", "meetings", "task-forces", "courses"):
        answer = client.get(f"/activities/export/{listed}/?kind=csv")
        assert answer.status_code == 200, listed
        assert b"".join(answer.streaming_content).startswith(b"\xef\xbb\xbf")
    assert client.get("/activities/export/names/").status_code == 404


def test_a_stranger_of_the_next_district_finds_no_campaign(india, officer, stranger, enter):
    event = held(india["east village 1"], officer)
    with acting(officer):
        campaigning.note_question(event=event, topic="JOB", words="Who?", times=1, by=officer)
        campaigning.check_recall(event=event, on=DAY, message="x", asked=2, remembered=1, at=NOW, by=officer)
        campaigning.publish(place=india["east"], told=POSTER, at=NOW, by=officer)
        told = {"month": DAY, "message": "1098", "method": "PLAY", "language": "Hindi"}
        campaigning.plan_messages(villages=[india["east village 1"]], told=told, at=NOW, by=officer)
    with acting(stranger), connection.cursor() as cursor:
        for table in ("campaignevent", "question", "recall", "material", "plannedmessage"):
            cursor.execute(f"SELECT count(*) FROM activities_{table}")
            assert cursor.fetchone() == (0,), table
    for row in (Question, Recall):
        with acting(stranger), pytest.raises(Error), transaction.atomic():
            row.objects.update(place_no=1)
    client = enter(stranger)
    assert client.get(f"/activities/campaign/events/{event.pk}/").status_code == 404
    assert client.get(f"/activities/campaign/villages/{india['east village 1'].pk}/").status_code == 404
    for listed, planted in (("events", "Street play"), ("messages", "1098")):
        assert planted not in b"".join(client.get(f"/activities/export/{listed}/?kind=csv").streaming_content).decode()


def test_children_are_counted_by_age_and_older_events_stay_as_they_were_told(india, officer, enter):
    village, client = india["east village 1"], enter(officer)
    ages = {"girls": None, "boys": 0, "girls_0": 3, "girls_12": 4, "girls_16": 5}
    one, earlier = held(village, officer, **ages), held(village, officer)
    assert (one.girls, one.girls_16, one.boys_0, earlier.girls_0) == (12, 5, None, None)
    with refused("girls: ages_differ"):
        held(village, officer, **ages | {"girls": 13})
    shown = client.get(f"/activities/campaign/events/{one.pk}/").content.decode()
    assert ("Girls of 12 to 15" in shown, "Boys of 12 to 15" in shown) == (True, False)
    assert "Girls of 12 to 15" not in client.get(f"/activities/campaign/events/{earlier.pk}/").content.decode()
    with acting(officer), pytest.raises(Error), transaction.atomic():
        CampaignEvent.objects.filter(pk=one.pk).update(girls_16=6)
    told = PLAY | {"girls_0": 1, "girls_12": 2, "girls_16": 3, "boys_0": 4, "boys_12": 5, "boys_16": 6, "cost_paise": "0", "what": "event"}
    told |= {f"again_{group}": 0 for group in GROUPS} | {"title": "By age"}
    client.post(f"/activities/campaign/villages/{village.pk}/", told)
    with acting(officer):
        by_age = CampaignEvent.objects.get(title="By age")
    assert (by_age.girls, by_age.boys, by_age.reach) == (6, 15, 60)


def test_an_event_sent_twice_reaches_nobody_twice(india, officer):
    event = held(india["east village 1"], officer)
    with refused("stands_already"):
        held(india["east village 1"], officer)
    with acting(officer):
        assert counts.outcomes(india["state"], DAY, DAY)["reached"] == event.reach
