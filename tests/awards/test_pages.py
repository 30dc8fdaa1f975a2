"""Awards through their pages: drafted, nominated, declared, scored, decided, cited, published; exact words for what cannot be."""

from datetime import timedelta

import pytest
from django.utils import timezone

from aanchal.access.acting import acting
from aanchal.access.policy import day_in_india
from aanchal.awards import actions
from aanchal.awards.actions import Plan
from aanchal.awards.models import Award, Nomination, OpenAward, Round
from tests.awards.builders import a_round, appointed, cleared, line, nominated, scored

AN_HOUR = timedelta(hours=1)


@pytest.fixture
def open_round(cast):
    """Open on the day of the test."""
    cell, now = cast["cell"], timezone.now()
    on = day_in_india(now)
    with acting(cell):
        plan = Plan(on.year, "AHTU", on - timedelta(days=1), on + timedelta(days=5))
        one = actions.draft(plan=plan, at=now - timedelta(days=3), by=cell)
        return actions.announce(of=one, at=now - timedelta(days=3), by=cell)


def refused(client, path, told, words):
    answer = client.post(path, told)
    assert (answer.status_code, words in answer.content.decode()) == (422, True), answer.content.decode()[-3000:]


def test_the_cell_drafts_and_announces(cast, signed_in):
    client, on = signed_in(cast["cell"]), day_in_india(timezone.now())
    told = {"year": 2027, "category": "PROSECUTOR", "most_awards": 1, "least_scores": 3}
    days = {"opens_on": on + timedelta(days=1), "closes_on": on + timedelta(days=30)}
    refused(client, "/awards/new/", told | days | {"opens_on": on}, "Nominations open on a day to come")
    refused(client, "/awards/new/", told | days | {"closes_on": on}, "would close before they open")
    page = client.post("/awards/new/", told | days).headers["Location"]
    assert page == "/awards/rounds/2027-prosecutor/"
    refused(client, "/awards/new/", told | days, "There is a round of this year in this category already.")
    assert signed_in(cast["state"]).get(page).status_code == 404
    client = signed_in(cast["cell"])
    assert "criteria and days are fixed" in client.post(f"{page}act/", {"what": "announce"}, follow=True).content.decode()
    shown = signed_in(cast["state"]).get(page).content.decode()
    assert "Protection of witnesses, compensation" in shown
    assert "Announced" in shown


def test_criteria_come_in_versions_whose_weights_add_up(cast, signed_in):
    client = signed_in(cast["cell"])
    told = {"category": "NGO", "source": "Order 7"}
    refused(client, "/awards/criteria/", told | {"lines": "60 | Reach | पहुँच"}, "add up to 100")
    refused(client, "/awards/criteria/", told | {"lines": "sixty | Reach | पहुँच"}, "is not weight | English | Hindi.")
    page = client.post("/awards/criteria/", told | {"lines": "60 | Reach | पहुँच\n40 | Care | ध्यान"}, follow=True).content.decode()
    assert "Version 2" in page
    assert signed_in(cast["state"]).get("/awards/criteria/").status_code == 404


def test_a_state_nominates_from_its_directory_and_withdraws(cast, india, open_round, signed_in):
    unit, client = line(india["east"]), signed_in(cast["state"])
    page = f"/awards/rounds/{open_round.key}/nominate/"
    assert "The directory has nobody here" in client.get(f"{page}?words=no such unit").content.decode()
    assert "AHTU of east" in client.get(f"{page}?words=AHTU OF").content.decode()
    told = {"nominee": unit.pk, "reasons": "Forty people", "evidence": "", "document": ""}
    refused(client, page, told, "Write what shows it, or name a document of the library.")
    refused(client, page, told | {"document": "X/1"}, "no document of this number that you may read")
    refused(client, page, told | {"reasons": " ", "evidence": "x"}, "This field is required.")
    answer = client.post(page, told | {"evidence": "A list"}, follow=True)
    assert "Until nominations close it can be withdrawn." in answer.content.decode()
    refused(client, page, told | {"evidence": "A list"}, "This nominee stands in this round already.")
    act = f"{answer.redirect_chain[0][0]}act/"
    refused(client, act, {"what": "withdraw", "words": ""}, "This field is required.")
    assert "Withdrawn" in client.post(act, {"what": "withdraw", "words": "A mistake"}, follow=True).content.decode()
    assert signed_in(cast["far"]).get(answer.redirect_chain[0][0]).status_code == 404
    assert signed_in(cast["leader"]).get("/awards/").status_code == 404


def test_the_panel_declares_before_it_sees_and_scores(cast, judged, signed_in):
    _one, near, far = judged
    client = signed_in(cast["state_judge"])
    assert "1 nominee waits" in client.get("/awards/").content.decode()
    page = client.get("/awards/rounds/2026-ahtu/panel/").content.decode()
    assert "is or was posted in the same State" in page
    refused(client, f"/awards/before-me/{near.pk}/", {"what": "none"}, "The records show an interest of yours in this nominee.")
    assert client.post(f"/awards/before-me/{near.pk}/", {"what": "nothing"}).status_code == 404
    path = f"/awards/before-me/{far.pk}/"
    assert "Forty people" not in client.get(path).content.decode()
    assert client.get(f"/awards/nominations/{far.pk}/").status_code == 404
    refused(client, path, {"what": "interest", "words": ""}, "This field is required.")
    assert "Forty people" in client.post(path, {"what": "none"}, follow=True).content.decode()
    told = {"what": "score", "rescue": 7, "court": 8, "care": 9, "together": 10}
    refused(client, path, told | {"care": 11}, "less than or equal to 10")
    assert "Scored" in client.post(path, told, follow=True).content.decode()
    assert client.get(f"{path}evidence/").status_code == 404
    for who in ("judge", "far", "leader", "cell"):
        other = signed_in(cast[who])
        assert other.get("/awards/rounds/2026-ahtu/decision/").status_code == (200 if who == "cell" else 404)
        assert other.get(path).status_code == (200 if who == "judge" else 404)


def test_it_is_decided_cited_published_printed_and_read_by_everyone(cast, judged, signed_in):
    one, near, far = judged
    for judge in (cast["judge"], cast["other_judge"]):
        cleared(judge, near, far)
        scored(judge, near, 6)
        scored(judge, far, 6)
    client, page = signed_in(cast["cell"]), "/awards/rounds/2026-ahtu/decision/"
    shown = client.get(page).content.decode()
    assert "Level with:" in shown
    assert "60.00" in shown
    refused(client, page, {"chosen": [near.pk], "words": ""}, "one who is level or higher is passed over")
    refused(client, page, {"chosen": [near.pk, far.pk], "words": ""}, "These are more than the round has awards.")
    assert "Decided: 1 award." in client.post(page, {"chosen": [far.pk], "words": "By lot"}, follow=True).content.decode()
    with acting(cast["cell"]):
        award = Award.objects.get()
    address, told = f"/awards/given/{award.pk}/", {"citation_en": "For forty rescued.", "citation_hi": "चालीस लोगों के लिए।"}
    refused(client, f"{address}citation/", told | {"citation_hi": "Hindi"}, "Write this citation in Hindi.")
    client.post(f"{address}citation/", told)
    said = client.post(f"{address}act/", {"what": "publish"}, follow=True).content.decode()
    assert "You wrote this citation: another person publishes it." in said
    assert signed_in(cast["far"]).get(address).status_code == 404
    assert "Published" not in signed_in(cast["second"]).post(f"{address}act/", {}, follow=True).content.decode()
    assert "Published" in signed_in(cast["second"]).post(f"{address}act/", {"what": "publish"}, follow=True).content.decode()
    assert signed_in(cast["state"]).get(address).status_code == 404
    own = signed_in(cast["far"])
    assert "चालीस लोगों के लिए।" in own.get(address).content.decode()
    assert own.get(f"{address}?as=pdf")["Content-Type"] in ("application/pdf", "text/html; charset=utf-8")
    own.logout()
    public = own.get("/public/awards/?lang=hi")
    assert ("AHTU of far" in public.content.decode(), "चालीस" in public.content.decode(), dict(public.cookies)) == (True, True, {})
    signed_in(cast["second"]).post(f"{address}act/", {"what": "revoke", "why": "Invented"})
    assert not OpenAward.objects.exists()


def test_pages_of_many_nominations_ask_as_much_as_of_few(cast, judged, india, signed_in, django_assert_max_num_queries):
    one = judged[0]
    client = signed_in(cast["cell"])
    client.get(f"/awards/rounds/{one.key}/")
    with django_assert_max_num_queries(30):
        assert client.get(f"/awards/rounds/{one.key}/").status_code == 200
    assert client.get("/awards/rounds/2026-nobody/").status_code == 404
    assert client.get("/awards/rounds/99-ahtu/").status_code == 404


def test_consent_of_an_officer_is_noted_and_taken_back(cast, india, signed_in):
    one = a_round(cast["cell"], "POLICE_OFFICER")
    row = nominated(cast["far"], one, line(india["far"], "OFFICER", "Kamla Joshi"))
    client, act = signed_in(cast["far"]), f"/awards/nominations/{row.pk}/act/"
    refused(client, act, {"what": "consent", "words": ""}, "This field is required.")
    assert "May be told to everyone" in client.post(act, {"what": "consent", "words": "Paper 4"}, follow=True).content.decode()
    assert "the name is told nowhere any more" in client.post(act, {"what": "take_back"}, follow=True).content.decode()
    assert client.post(act, {"what": "else"}).status_code == 302
    with acting(cast["cell"]):
        assert Nomination.objects.get().consented_on is None


def test_the_cell_appoints_and_is_told_who_may_not(cast, judged, signed_in):
    client = signed_in(cast["cell"])
    act = "/awards/rounds/2026-ahtu/act/"
    refused(client, act, {"what": "appoint", "user": cast["judge"].pk}, "This person sits in the panel already.")
    refused(client, act, {"what": "appoint", "user": cast["cell"].pk}, "Nobody appoints herself or himself.")
    assert "Appointed" in client.post(act, {"what": "appoint", "user": cast["far"].pk}, follow=True).content.decode()
    with acting(cast["cell"]):
        assert Round.objects.get().members.count() == 4
    appointed(cast["cell"], judged[0], cast["state"])
    assert "You sit in the panel of this round" in signed_in(cast["state"]).get("/awards/rounds/2026-ahtu/").content.decode()
