"""Advisories through their pages: drafted, issued, answered, decided, followed; exact words for what cannot be."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from aanchal.access.acting import SYSTEM, acting
from aanchal.advisories.models import Direction, Task
from aanchal.places.terms import Level
from tests.advisories.builders import asked, issued, today
from tests.factories import make_place


def test_from_the_draft_to_the_accepted_answer(cast, india, signed_in):
    client = signed_in(cast["cell"])
    told = {"number": "F.7/2026", "title": "Missing children", "dated_on": "2026-03-01"}
    page = client.post("/advisories/new/", told).headers["Location"]
    assert "an advisory of this number" in client.post("/advisories/new/", told).content.decode()
    told = {"what": "direction", "words": "Hold a meeting", "unit": "BLOCK_MISSION", "evidence": "WORDS", "asked": ""}
    told |= {"due_on": (today() + timedelta(days=30)).isoformat(), "places": f"{india['east'].lgd_code}"}
    for wrong, words in (
        ({"places": "77777"}, "77777: there is no State, district or block of this name here."),
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
    unanswered = client.post(f"{task}decide/", {"words": "Well done"})
    assert (unanswered.status_code, "Nothing was decided." in unanswered.content.decode()) == (422, True)
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


def test_places_are_named_and_where_several_fit_the_form_asks_which(cast, india, signed_in):
    client = signed_in(cast["cell"])
    page = client.post("/advisories/new/", {"number": "F.8", "title": "Places", "dated_on": "2026-03-01"}).headers["Location"]
    told = {"what": "direction", "words": "Hold a meeting", "unit": "BLOCK_MISSION", "evidence": "WORDS", "asked": ""}
    told |= {"due_on": (today() + timedelta(days=30)).isoformat()}
    asked_which = client.post(f"{page}act/", told | {"places": "West, eas"})
    assert asked_which.status_code == 422
    shown = asked_which.content.decode()
    assert "More than one place fits. Tick those that you mean." in shown
    assert f'value="{india["east"].pk}"' in shown
    assert f'value="{india["east block"].pk}"' in shown
    assert f'value="{india["far block"].pk}"' not in shown
    late = client.post(f"{page}act/", told | {"places": "West, eas", "chosen": [india["east"].pk], "due_on": "2026-01-01"})
    assert "checked" in late.content.decode()
    client.post(f"{page}act/", told | {"places": "West, eas", "chosen": [india["east"].pk, india["far"].pk]})
    with acting(cast["cell"]):
        assert set(Direction.objects.get().places) == {india["west"].pk, india["east"].pk}
    nowhere = client.post(f"{page}act/", told | {"places": "Nowhere"}).content.decode()
    assert "Nowhere: there is no State, district or block of this name here." in nowhere
    with acting(SYSTEM):
        for n in range(12):
            make_place(Level.BLOCK, india["west"], f"made block {n}")
    assert "More than 12 places fit block." in client.post(f"{page}act/", told | {"places": "block"}).content.decode()


def test_how_far_each_state_is_comes_as_a_file_of_what_she_reads(cast, india, signed_in):
    one = issued(cast, india["nation"], asked("BLOCK_MISSION", india["east"], india["far"]))
    address = f"/advisories/{one.pk}/compliance/"
    answer = signed_in(cast["cell"]).get(f"{address}?format=csv")
    rows = [line.split(",") for line in b"".join(answer.streaming_content).decode("utf-8-sig").replace('"', "").splitlines()]
    assert [row[0] for row in rows] == ["Place", "India", "far state", "state"]
    assert rows[1][3:] == ["2", "0", "0", "0", "0"]
    assert "advisory-compliance" in signed_in(cast["cell"]).get(address)["Content-Disposition"]
    own = signed_in(cast["far_state"]).get(f"{address}?format=csv")
    assert b"far" in (content := b"".join(own.streaming_content))
    assert b"east" not in content
    assert signed_in(cast["far_state"]).get(f"{address}?place={india['state'].pk}").status_code == 404
