"""Advisories through their pages: drafted, issued, answered, decided, followed; exact words for what cannot be."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from aanchal.access.acting import acting
from aanchal.advisories.models import Task
from tests.advisories.builders import asked, issued, today


def test_from_the_draft_to_the_accepted_answer(cast, india, signed_in):
    client = signed_in(cast["cell"])
    told = {"number": "F.7/2026", "title": "Missing children", "dated_on": "2026-03-01"}
    page = client.post("/advisories/new/", told).headers["Location"]
    assert "an advisory of this number" in client.post("/advisories/new/", told).content.decode()
    told = {"what": "direction", "words": "Hold a meeting", "unit": "BLOCK_MISSION", "evidence": "WORDS", "asked": ""}
    told |= {"due_on": (today() + timedelta(days=30)).isoformat(), "places": f"{india['east'].lgd_code}"}
    for wrong, words in (
        ({"places": "77777"}, "77777 is no district"),
        ({"unit": "STATE_POLICE"}, "There is no place of this unit"),
        ({"due_on": "2026-01-01"}, "This day is past"),
    ):
        answer = client.post(f"{page}act/", told | wrong)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert "1 place will be asked" in client.post(f"{page}act/", told, follow=True).content.decode()
    assert "Another person issues what you drafted." in client.get(page).content.decode()
    assert "1 task is on its way." in signed_in(cast["second"]).post(f"{page}act/", {"what": "issue"}, follow=True).content.decode()
    client = signed_in(cast["block"])
    assert "1 thing of an advisory is to be done here" in client.get("/").content.decode()
    assert "Hold a meeting" in client.get("/advisories/").content.decode()
    with acting(cast["block"]):
        task = f"/advisories/tasks/{Task.objects.get().pk}/"
    assert client.post(f"{task}answer/", {"words": ""}).status_code == 422
    assert client.post(f"{task}answer/", {"words": "Held on the second"}).status_code == 302
    own = client.post(f"{task}decide/", {"to": "ACCEPT"})
    assert (own.status_code, "another person decides" in own.content.decode()) == (422, True)
    client = signed_in(cast["district"])
    assert "1 answer to decide" in client.get("/").content.decode()
    assert client.post(f"{task}decide/", {"to": "RETURN", "words": ""}).status_code == 422
    assert "Accepted." in client.post(f"{task}decide/", {"to": "ACCEPT", "words": ""}, follow=True).content.decode()
    shown = signed_in(cast["cell"]).get(page).content.decode()
    assert "1 of 1 done and accepted" in shown
    answer = signed_in(cast["cell"]).post(f"{page}act/", {"what": "withdraw", "words": "A court"}, follow=True)
    assert "Withdrawn: nothing" in answer.content.decode()


def test_a_leader_reads_and_issues_nothing(cast, india, signed_in):
    one = issued(cast, india["nation"], asked("VILLAGE_ORGANISATION", india["east"]))
    client = signed_in(cast["village"])
    page = f"/advisories/{one.pk}/"
    assert "east village 1" in client.get(page).content.decode()
    assert "east village 2" not in client.get(page).content.decode()
    assert client.post(f"{page}act/", {"what": "withdraw", "words": "x"}).status_code == 404
    assert client.get("/advisories/new/").status_code == 404
    assert signed_in(cast["state"]).post(f"{page}act/", {"what": "withdraw", "words": "x"}).status_code == 404


def test_the_pages_ask_as_much_for_many_as_for_few(cast, india, signed_in):
    one = issued(cast, india["nation"], asked("VILLAGE_ORGANISATION", india["east village 1"].block))
    other = issued(cast, india["nation"], asked("VILLAGE_ORGANISATION"), asked("BLOCK_MISSION"), number="F.2")
    client = signed_in(cast["cell"])
    for end in ("", "tasks/"):
        counted = []
        for each in (one, other):
            client.get(f"/advisories/{each.pk}/{end}")
            with CaptureQueriesContext(connection) as queries_of:
                assert client.get(f"/advisories/{each.pk}/{end}").status_code == 200
            counted.append(len(queries_of))
        assert counted[1] <= counted[0] + 1, (end, counted)
