"""What a member of the public finds and tells, what the officer is told, and the pages of those who keep the notices."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from aanchal.access.acting import SYSTEM, acting
from aanchal.core.models import Trail
from aanchal.notices.models import Notice
from aanchal.posters import actions, rules
from aanchal.posters.models import Agreement, Poster, Seen
from tests.posters.builders import is_out, missing, proposed, released, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def stranger():
    """Of the public, by a browser that sends no cookie."""
    return Client(enforce_csrf_checks=True)


def text(page) -> str:
    return page.content.decode()


def where(india, **more) -> str:
    return "/missing/?" + "&".join(f"{key}={value}" for key, value in {"state": india["state"].lgd_code, **more}.items())


def test_nobody_is_shown_before_a_state_is_chosen(poster, stranger):
    page = stranger.get("/missing/")
    assert page.status_code == 200
    assert poster.shown_number not in text(page)
    assert "X-Robots-Tag" not in page


def test_helplines_come_before_everything(poster, stranger, india):
    for path in (where(india), f"/missing/{poster.number}/"):
        main = text(stranger.get(path)).partition("<main")[2]
        assert 0 < main.index("tel:1098") < main.index(poster.shown_number if path.startswith("/missing/?") else "<dl")


@pytest.mark.parametrize("language", ["en", "hi", "te"])
def test_a_notice_shows_the_least_and_no_more(poster, stranger, india, language):
    shown = text(stranger.get(f"/missing/{poster.number}/?lang={language}"))
    for told in ("অপর্ণা", "east", "state", "15", "blue school dress", poster.shown_number, "112", "1098"):
        assert told in shown
    for kept in ("মাহাতো", "village", "Ramesh", "রমেশ", "mole on cheek", "<img", str(poster.pk), str(poster.person_id)):
        assert kept not in shown


def test_it_is_kept_nowhere(poster, stranger, india):
    for path in (where(india), f"/missing/{poster.number}/"):
        page = stranger.get(path)
        assert page["Cache-Control"] == "no-store"
        assert "noindex" in page["X-Robots-Tag"]
        assert '<meta name="robots" content="noindex' in text(page)
        assert not page.cookies
    told = text(stranger.get("/robots.txt"))
    assert "Disallow: /missing/*/" in told
    assert "Disallow: /missing/?*state=" in told
    assert poster.number not in text(stranger.get("/sitemap.xml"))


def test_it_is_found_by_state_district_sex_and_age(poster, stranger, india):
    east, west = india["east"].lgd_code, india["west"].lgd_code
    for question in ({}, {"district": east}, {"sex": "FEMALE"}, {"age": "FROM_12"}, {"district": east, "sex": "FEMALE", "age": "FROM_12"}):
        assert poster.shown_number in text(stranger.get(where(india, **question))), question
    for question in ({"district": west}, {"sex": "MALE"}, {"age": "FROM_60"}, {"state": india["far state"].lgd_code}):
        assert poster.shown_number not in text(stranger.get(where(india, **question))), question


@pytest.mark.parametrize(
    "question", ["state=x", "state=999999999", "state=", "district=1", "state=१", "state=1&age=x", "village=1", "state=1&page=x"]
)
def test_what_nobody_can_ask_finds_nothing_and_breaks_nothing(poster, stranger, question):
    page = stranger.get(f"/missing/?{question}")
    assert page.status_code == 200
    assert poster.shown_number not in text(page)


def test_a_page_holds_twenty(india, ahtu, second, stranger):
    lines = [missing(india["east village 1"], f"Girl{n} Many") for n in range(21)]
    for line in lines:
        released(line, ahtu, second, shows_name=False)
    page = text(stranger.get(where(india)))
    assert "21 notices" in page
    assert page.count('href="/missing/') - page.count('href="/missing/"') == 20


def test_what_waits_or_is_over_is_like_what_never_was(entry, ahtu, second, stranger, india):
    poster = proposed(entry, ahtu)
    assert stranger.get(f"/missing/{poster.number}/").status_code == 404
    with acting(second):
        actions.release(poster=poster, at=timezone.now(), by=second)
    assert stranger.get(f"/missing/{poster.number}/").status_code == 200
    with acting(ahtu):
        actions.withdraw(poster=poster, at=timezone.now(), by=ahtu)
    assert stranger.get(f"/missing/{poster.number}/").status_code == 404
    assert poster.shown_number not in text(stranger.get(where(india)))


def test_after_the_last_day_it_is_gone_before_any_clock(poster, stranger):
    from aanchal.posters import queries

    assert queries.open_poster(poster.number, today() + timedelta(days=89))
    assert queries.open_poster(poster.number, today() + timedelta(days=90)) is None


TOLD = {"seen": "At the bus stand of Neemgaon, on Monday", "phone": "9876512345"}


def test_someone_says_that_she_was_seen_and_the_officer_is_told(poster, stranger, ahtu, second, posted):
    elsewhere = posted("ahtu_officer", "west")
    page = stranger.get(f"/ask/?notice={poster.number}")
    assert f'value="{poster.number}"' in text(page)
    page = stranger.post("/ask/", {"number": poster.shown_number.lower(), **TOLD})
    assert page.status_code == 200
    assert "The officer who keeps the notice was told" in text(page)
    assert (page["Cache-Control"], dict(page.cookies)) == ("no-store", {})
    with acting(SYSTEM):
        told = Notice.objects.filter(topic="SEEN", about=poster.pk)
        assert {one.user_id for one in told} == {ahtu.pk, second.pk}
        assert elsewhere.pk not in {one.user_id for one in told}
        [seen] = Seen.objects.all()
        assert seen.told() == {"words": TOLD["seen"], "phone": TOLD["phone"]}
        assert b"Neemgaon" not in bytes(seen.sealed)


def test_once_the_officers_moved_who_holds_the_post_is_told(poster, stranger, posted, ahtu, second):
    with acting(SYSTEM):
        ahtu.postings.update(until=today() - timedelta(days=1))
        second.postings.update(until=today() - timedelta(days=1))
    later = posted("ahtu_officer", "east")
    stranger.post("/ask/", {"number": poster.number, **TOLD})
    with acting(SYSTEM):
        assert [one.user_id for one in Notice.objects.filter(topic="SEEN")] == [later.pk]


@pytest.mark.parametrize(
    ("number", "said"),
    [("ZZZ-ZZZ", "No notice bears this number"), ("a", "No notice bears this number"), ("", "This field is required"), ("\0" * 6, "")],
)
def test_a_number_that_is_none_is_said_so_and_the_words_stay(poster, stranger, number, said):
    page = stranger.post("/ask/", {"number": number, **TOLD})
    assert page.status_code == 422
    assert said in text(page)
    assert "bus stand of Neemgaon" in text(page)


def test_of_one_notice_so_much_is_taken_a_day(poster, stranger, monkeypatch):
    monkeypatch.setattr(rules, "MOST_A_DAY", 2)
    for _ in range(2):
        assert stranger.post("/ask/", {"number": poster.number, **TOLD}).status_code == 200
    page = stranger.post("/ask/", {"number": poster.number, **TOLD})
    assert page.status_code == 422
    assert "Please call 112" in text(page)
    with acting(SYSTEM):
        assert Seen.objects.count() == 2


FORM = {
    "check_sexual": "NO", "check_marriage": "NO", "check_home": "NO", "check_own_will": "NO", "giver": "PARENT", "giver_name": "Ramesh",
    "written": "THUMB_PRINT", "language": "bn", "shows_name": "on", "height": "", "build": "SLIM", "features": ["LIMP"],
    "languages": ["bn", "hi"], "clothes": "",
}  # fmt: skip


def test_from_the_search_to_the_public_and_back(entry, ahtu, second, signed_in, stranger, client):
    form = FORM | {"given_on": f"{today()}"}
    officer = signed_in(ahtu)
    with acting(SYSTEM):
        search = entry.search.pk
    assert f"/posters/new/{entry.pk}/" in text(officer.get(f"/touch/missing/{search}/"))
    page = officer.get(f"/posters/new/{entry.pk}/")
    assert "Ask for it" in text(page)
    page = officer.post(f"/posters/new/{entry.pk}/", form | {"check_home": "UNKNOWN", "clothes": "call 98765 43210"})
    assert page.status_code == 422
    assert "No telephone number, address or link here." in text(page)
    page = officer.post(f"/posters/new/{entry.pk}/", form | {"check_home": "UNKNOWN"})
    assert page.status_code == 422
    assert "Whether there is danger at home is not known." in text(page)
    page = officer.post(f"/posters/new/{entry.pk}/", form)
    path = page["Location"]
    assert "Another person has to release it." in text(officer.get(path))
    officer.post(f"{path}release/")
    assert stranger.get("/missing/").status_code == 200
    releaser = signed_in(second)
    assert "অপর্ণা" not in text(releaser.get(path))
    assert "অপর্ণা" in text(releaser.post(f"{path}open/"))
    assert "Why it goes back" in text(releaser.get(path))
    page = releaser.post(f"{path}release/", follow=True)
    assert "Everyone can read it now." in text(page)
    with acting(SYSTEM):
        poster = Poster.objects.get()
    assert stranger.get(f"/missing/{poster.number}/").status_code == 200
    stranger.post("/ask/", {"number": poster.number, **TOLD})
    keeper = signed_in(ahtu)
    assert "1 person says they saw her: unread" in text(keeper.get("/posters/"))
    assert "1 person says they saw her: unread" in text(keeper.get("/"))
    page = text(keeper.post(f"{path}open/"))
    assert "bus stand of Neemgaon" in page
    assert TOLD["phone"] in page
    assert "unread" not in text(keeper.get("/posters/?state=RELEASED"))
    assert keeper.get("/posters/?state=x").status_code == 200
    page = keeper.post(f"{path}renew/", form)
    assert page.status_code == 422
    assert "The family has to be asked again" in text(page)
    assert "Nobody can read it any more." in text(keeper.post(f"{path}withdraw/", follow=True))
    assert stranger.get(f"/missing/{poster.number}/").status_code == 404
    assert "The family took its consent back" in text(keeper.get("/posters/?state=ENDED"))


def test_what_forbids_it_is_said_before_anything_is_asked(india, ahtu, signed_in):
    line = missing(india["east village 1"], "Leela Refused", missing_circumstance="TRAFFICKED_SUSPECTED")
    page = signed_in(ahtu).get(f"/posters/new/{line.pk}/")
    assert "No notice may go out now" in text(page)
    assert "trafficking is suspected" in text(page)
    assert "Bharatiya Nyaya Sanhita 2023, s. 72" in text(page)
    assert "Ask for it" not in text(page)


def test_a_renewal_is_shown(poster, ahtu, signed_in, stranger):
    with acting(ahtu):
        Agreement.objects.filter(poster=poster).update(given_on=today() - timedelta(days=9))
    told = {"giver": "PARENT", "giver_name": "R", "written": "SIGNED", "language": "bn", "given_on": f"{today()}"}
    page = signed_in(ahtu).post(f"/posters/{poster.pk}/renew/", told, follow=True)
    assert "Ninety days from the day the family agreed." in text(page)


@pytest.mark.parametrize("place", ["west", "far"])
def test_the_next_district_and_state_find_no_page(poster, posted, signed_in, place):
    stranger = signed_in(posted("ahtu_officer", place))
    for path in (f"/posters/{poster.pk}/", f"/posters/new/{poster.entry_id}/"):
        assert stranger.get(path).status_code == 404
    for what in ("open", "release", "return", "renew", "withdraw", "take-down"):
        assert stranger.post(f"/posters/{poster.pk}/{what}/").status_code == 404
    assert poster.shown_number not in text(stranger.get("/posters/"))
    assert is_out(poster)


def test_the_words_of_the_trail_say_what_was_done(poster, ahtu):
    from aanchal.access.verbs import VERBS

    with acting(ahtu):
        actions.take_down(poster=poster, at=timezone.now(), by=ahtu)
    with acting(SYSTEM):
        written = set(Trail.objects.filter(verb__startswith="posters.").values_list("verb", flat=True))
    assert written
    assert written <= VERBS.keys()
