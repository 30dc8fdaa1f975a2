"""A good practice: told, sent back with words, told again, published by another, found by its problem by everyone."""

import pytest
from django.db import Error, connection, transaction

from aanchal.access.acting import acting
from aanchal.library import compendium
from aanchal.library.compendium import Told
from aanchal.library.models import OpenPaper, Practice
from aanchal.library.rules import Refused
from tests.factories import NOON

TOLD = Told(
    title="Night watch at the railway station", organisation="Railway police and an NGO", problems=["TRANSIT"], causes=["LABOUR"],
    was="Children were put on night trains.", done="Two people watch each platform.", came="Thirty children came home.",
)  # fmt: skip


@pytest.fixture
def practice(cast, india):
    with acting(cast["programme"]):
        return compendium.submit(place=india["state"], told=TOLD, at=NOON, by=cast["programme"])


def decide(practice, by, publish, words=""):
    with acting(by):
        return compendium.decide(practice=practice, publish=publish, words=words, at=NOON, by=by)


def test_it_goes_its_way_through_the_pages(cast, signed_in, client):
    told = {"title": TOLD.title, "organisation": TOLD.organisation, "language": "en", "problems": ["TRANSIT"], "causes": ["LABOUR"]}
    told |= {"was": TOLD.was, "done": TOLD.done, "came": TOLD.came}
    teller = signed_in(cast["programme"])
    assert teller.post("/library/practices/new/", told | {"causes": []}).status_code == 422
    page = teller.post("/library/practices/new/", told).headers["Location"]
    assert teller.post(f"{page}decide/", {"to": "PUBLISHED"}).status_code == 404
    reviewer = signed_in(cast["expert"])
    assert "Night watch" in reviewer.get("/library/practices/told/").content.decode()
    assert reviewer.post(f"{page}decide/", {"to": "RETURNED", "words": ""}).status_code == 422
    unanswered = reviewer.post(f"{page}decide/", {"words": "Well done"})
    assert (unanswered.status_code, "Nothing was decided." in unanswered.content.decode()) == (422, True)
    reviewer.post(f"{page}decide/", {"to": "RETURNED", "words": "How many nights?"})
    teller = signed_in(cast["programme"])
    assert "How many nights?" in teller.get(page).content.decode()
    teller.post(f"{page}again/", told | {"done": "Two people watch each platform for ninety nights."})
    answer = signed_in(cast["expert"]).post(f"{page}decide/", {"to": "PUBLISHED"}, follow=True)
    assert "Published: everyone can read it." in answer.content.decode()
    client.logout()
    for query, n in (("problems=TRANSIT", 1), ("problems=SOURCE", 0), ("causes=LABOUR&q=night", 1), ("q=ninety", 1), ("kind=SOP", 0)):
        assert client.get(f"/public/library/?{query}").content.decode().count("Night watch") == n, query
    shown = client.get(f"/public/library/{OpenPaper.objects.get().pk}/?lang=hi")
    assert "ninety nights" in shown.content.decode()
    assert not shown.cookies
    assert len(shown.content) < 60 * 1024


def test_nobody_decides_her_own_and_nothing_is_decided_twice(cast, practice):
    with pytest.raises(Refused, match="own_work"):
        decide(practice, cast["programme"], True)
    decide(practice, cast["expert"], True)
    with pytest.raises(Refused, match="not_from_here"):
        decide(practice, cast["cell"], True)


def test_the_database_refuses_who_did_not_review(cast, practice):
    for who in ("programme", "expert"):
        told = {"state": "PUBLISHED", "decided_by": cast["cell"], "decided_at": NOON}
        with acting(cast[who]), pytest.raises(Error), transaction.atomic():
            Practice.objects.filter(pk=practice.pk).update(**told)
    with acting(cast["expert"]), pytest.raises(Error), transaction.atomic():
        OpenPaper.objects.create(
            id=practice.pk, place_no=practice.place_no, place_names={"en": "x"}, kind="PRACTICE", title="x", language="en",
            published_at=NOON, title_words="", words="",
        )  # fmt: skip


def test_a_practice_that_is_not_published_is_its_states_own(cast, practice, signed_in):
    client = signed_in(cast["stranger"])
    assert client.get(f"/library/practices/{practice.pk}/").status_code == 404
    assert client.post(f"/library/practices/{practice.pk}/decide/", {"to": "PUBLISHED"}).status_code == 404
    assert "Night watch" not in client.get("/library/practices/told/").content.decode()
    assert signed_in(cast["leader"]).get("/library/practices/told/").status_code == 404
    with acting(cast["stranger"]), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM library_practice")
        assert cursor.fetchone() == (0,)
