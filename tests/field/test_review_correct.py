"""Correcting a submission: the form with its answers, checked again on saving; both versions stay."""

import html
import re
from datetime import timedelta
from uuid import UUID

import pytest

from aanchal.core.models import Trail
from aanchal.field.xform import parse
from aanchal.inbox.models import Submission
from aanchal.people.models import Household, Membership, Person
from aanchal.registers.models import Entry
from tests.field import phone
from tests.field.browser import text, url

pytestmark = pytest.mark.django_db
INPUT = re.compile(r"<input ([^>]*)>")
ATTRIBUTE = re.compile(r'(\S+?)="([^"]*)"')


def typed(page: str) -> dict[str, list[str]]:
    """What a browser would post of the page, as it stands."""
    found: dict[str, list[str]] = {}
    for tag in INPUT.findall(page):
        told = {name: html.unescape(value) for name, value in ATTRIBUTE.findall(tag)}
        if told.get("type") in {"radio", "checkbox"} and " checked" not in f" {tag}":
            continue
        if told.get("name") and not told["name"].startswith("csrf"):
            found.setdefault(told["name"], []).append(told.get("value", ""))
    for name, inside in re.findall(r'<select [^>]*name="([^"]*)">(.*?)</select>', page, re.S):
        found[name] = re.findall(r'value="([^"]*)" selected', inside) or [""]
    for name, inside in re.findall(r'<textarea [^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', page, re.S):
        found[name] = [html.unescape(inside)]
    return found | {"save": ["yes"]}


def opened(desk, submission) -> dict:
    return typed(text(desk.post(url("review-correct", submission))))


def test_opening_the_form_shows_the_answers_and_is_noted(desk, flagged, village, kept):
    answers = phone.missing(village, phone.adult("Savitri Bai")) | {"happened_on": str(phone.today() + timedelta(days=2))}
    submission = flagged("missing_entry", answers)
    fields = opened(desk, submission)
    assert fields["/data/person/name"] == ["Savitri Bai"]
    assert fields["/data/person/sex"] == ["FEMALE"]
    assert fields["/data/place/village"] == [str(village.lgd_code)]
    assert len(kept(Trail.objects.filter(verb="inbox.submission.opened"))) == 1


def test_saving_applies_the_new_version_and_keeps_the_old(desk, flagged, village, kept, now, officer):
    submission = flagged("missing_entry", phone.missing(village) | {"happened_on": str(phone.today() + timedelta(days=2))})
    raw = submission.raw()
    fields = opened(desk, submission) | {"/data/happened_on": [str(phone.today())], "note": ["a slip of the finger"]}
    assert desk.post(url("review-correct", submission), fields).status_code == 302
    first, second = kept(Submission.objects.order_by("received_at"))
    assert (first.status, first.review_note, first.raw()) == ("CORRECTED", "a slip of the finger", raw)
    assert (second.status, second.corrects_id, second.sender_id, second.faults) == ("APPLIED", first.pk, officer.pk, [])
    instance = parse(second.raw())
    assert (instance.instance_id, instance.deprecated_id) == (second.instance_id, first.instance_id)
    assert second.instance_id != first.instance_id
    [entry] = kept(Entry.objects.all())
    assert (entry.happened_on, entry.submission_id) == (phone.today(), second.pk)


def test_what_is_still_wrong_is_shown_and_nothing_typed_is_lost(desk, flagged, village, kept, now):
    submission = flagged("missing_entry", phone.missing(village) | {"happened_on": str(phone.today() + timedelta(days=2))})
    fields = opened(desk, submission) | {"/data/person/name": ["Savitri Bai 2"], "/data/last_seen_place": ["the weekly market"]}
    response = desk.post(url("review-correct", submission), fields)
    assert response.status_code == 422
    page = text(response)
    assert typed(page)["/data/person/name"] == ["Savitri Bai 2"]
    assert typed(page)["/data/last_seen_place"] == ["the weekly market"]
    assert page.count("The answer is outside what the form allows.") == 4  # two questions: above, and beside each
    assert now(submission).status == "FLAGGED"
    assert len(kept(Submission.objects.all())) == 1


def test_what_the_form_works_out_is_worked_out_anew(desk, flagged, village, kept):
    answers = phone.missing(village, phone.adult(age_years="134", age="134"))
    submission = flagged("missing_entry", answers)
    desk.post(url("review-correct", submission), opened(desk, submission) | {"/data/person/age_years": ["34"]})
    [second] = kept(Submission.objects.filter(corrects=submission))
    assert second.faults == []
    assert parse(second.raw()).text("person/age") == "34"


def test_a_damaged_id_is_given_anew(desk, flagged, village, kept):
    answers = phone.survey(village, phone.head(person_id="17"), hh={"household_id": "none"})
    submission = flagged("household_survey", answers)
    desk.post(url("review-correct", submission), opened(desk, submission))
    [household] = kept(Household.objects.all())
    [membership] = kept(Membership.objects.all())
    assert isinstance(household.pk, UUID)
    assert membership.relation == "SELF"


def test_a_member_is_struck_out_and_one_added(desk, flagged, village, kept):
    head, girl, wrong = phone.head(), phone.daughter(), phone.daughter("Nobody", age_years="999", age="999")
    submission = flagged("household_survey", phone.survey(village, head, wrong, girl))
    more = typed(text(desk.post(url("review-correct", submission), opened(desk, submission) | {"save": [], "add": ["/data/member"]})))
    more.pop("save", None)
    assert more["count:/data/member"] == ["4"]
    son = {"name": "Ravi", "relation": "SON", "sex": "MALE", "age_basis": "STATED", "age_years": "3", "away": "no"}
    fields = more | {f"/data/member[4]/{name}": [value] for name, value in son.items()} | {"remove": ["/data/member[2]"], "save": ["yes"]}
    response = desk.post(url("review-correct", submission), fields)
    assert response.status_code == 302, re.findall("errorlist.*?</ul>", text(response), re.S)
    ages = sorted(person.years for person in kept(Person.objects.all()))
    assert ages == [3, 14, 34]
    assert {person.pk for person in kept(Person.objects.all())} > {UUID(head["person_id"]), UUID(girl["person_id"])}


def test_only_what_the_form_asks_is_shown_and_what_a_change_makes_it_ask_is_asked_before_saving(desk, flagged, village, kept):
    submission = flagged("missing_entry", phone.missing(village) | {"happened_on": str(phone.today() + timedelta(days=2))})
    fields = opened(desk, submission)
    assert "/data/police/fir_number" not in fields
    changed = fields | {"/data/happened_on": [str(phone.today())], "/data/police_informed": ["yes"]}
    response = desk.post(url("review-correct", submission), changed)
    assert response.status_code == 422
    assert "By what you changed, the form asks more" in text(response)
    more = typed(text(response))
    assert (more["/data/police_informed"], more["/data/happened_on"]) == (["yes"], [str(phone.today())])
    assert ("/data/police/fir_number" in more, "/data/police/fir_on" in more) == (True, False)
    assert desk.post(url("review-correct", submission), more | {"/data/police/police_station": ["Rampur"]}).status_code == 302
    [second] = kept(Submission.objects.filter(corrects=submission))
    assert (second.status, second.faults) == ("APPLIED", [])


def test_who_was_struck_out_stays_struck_while_something_else_is_still_wrong(desk, flagged, village, kept):
    """Each answer stays with the person it was told of."""
    head, girl, wrong = phone.head(), phone.daughter(), phone.daughter("Nobody", age_years="999", age="999")
    submission = flagged("household_survey", phone.survey(village, head, wrong, girl))
    fields = opened(desk, submission) | {"remove": ["/data/member[2]"], "/data/member[3]/name": [""]}
    response = desk.post(url("review-correct", submission), fields)
    assert response.status_code == 422
    again = typed(text(response))
    assert again["remove"] == ["/data/member[2]"]
    assert "errorlist" in text(response).partition('id="/data/member[3]/name"')[0].rpartition("<label")[2]
    mended = again | {"/data/member[3]/name": ["Chanda"], "/data/member_count": ["2"]}
    assert desk.post(url("review-correct", submission), mended).status_code == 302
    assert {(person.pk, person.years) for person in kept(Person.objects.all())} == {
        (UUID(head["person_id"]), 34),
        (UUID(girl["person_id"]), 14),
    }


def test_a_village_is_corrected_among_those_of_the_officer(desk, flagged, village, india, kept):
    submission = flagged("safety_point", phone.safety_point(village) | {"place": {"village": "999999999"}})
    fields = opened(desk, submission)
    assert desk.post(url("review-correct", submission), fields).status_code == 422
    far = {"/data/place/village": [str(india["far village 1"].lgd_code)]}
    assert desk.post(url("review-correct", submission), fields | far).status_code == 422
    other = india["east village 2"]
    assert desk.post(url("review-correct", submission), fields | {"/data/place/village": [str(other.lgd_code)]}).status_code == 302
    [second] = kept(Submission.objects.filter(corrects=submission))
    assert (second.place_no, second.faults) == (other.place_no, [])


def test_a_correction_the_registers_refuse_waits_as_a_new_version(desk, send, flagged, village, kept):
    send("household_survey", phone.survey(village, phone.head("Radha")))
    submission = flagged("household_survey", phone.survey(village, phone.head("Radha", age_years="999", age="999")))
    response = desk.post(url("review-correct", submission), opened(desk, submission) | {"/data/member[1]/age_years": ["34"]})
    [second] = kept(Submission.objects.filter(corrects=submission))
    assert response.url == url("review-one", second)
    assert [told["kind"] for told in second.faults] == ["POSSIBLE_DOUBLE"]
    desk.post(url("review-accept", second), {"note": ""})
    assert len(kept(Household.objects.all())) == 2


def test_a_form_decided_on_is_not_corrected(desk, flagged, village, kept):
    submission = flagged("safety_point", phone.safety_point(village), version="1999")
    fields = opened(desk, submission)
    desk.post(url("review-accept", submission), {"note": ""})
    assert desk.post(url("review-correct", submission), fields).status_code == 302
    assert len(kept(Submission.objects.all())) == 1


def test_a_sign_that_no_form_can_carry_is_left_out_of_what_is_typed(desk, flagged, village, kept):
    submission = flagged("missing_entry", phone.missing(village) | {"happened_on": str(phone.today() + timedelta(days=2))})
    fields = opened(desk, submission) | {"/data/happened_on": [str(phone.today())], "/data/last_seen_place": ["the\x0b market"]}
    assert desk.post(url("review-correct", submission), fields).status_code == 302
    [second] = kept(Submission.objects.filter(corrects=submission))
    assert b"the market" in second.raw()


@pytest.fixture
def many(flagged, village):
    """A family of fourteen, of whom the third is 999 years old: more than one page holds."""
    others = [phone.daughter(f"Mina {letter}") for letter in "ABCDEFGHIJKL"]
    wrong = phone.daughter("Chanda", age_years="999", age="999")
    return flagged("household_survey", phone.survey(village, phone.head(), others[0], wrong, *others[1:]))


def elements(page: str) -> int:
    return len(re.findall(r"<[a-z]", page))


def test_of_a_large_family_the_page_shows_who_is_wrong_and_who_is_opened(desk, many):
    page = text(desk.post(url("review-correct", many)))
    assert elements(page) < 1_200
    fields = typed(page)
    assert fields["/data/member[3]/name"] == ["Chanda"]
    assert "/data/member[2]/name" not in fields
    assert "Mina A" in page
    opening = {"save": [], "open": ["/data/member[2]"], "/data/member[3]/name": ["Chandni"]}
    more = text(desk.post(url("review-correct", many), fields | opening))
    assert elements(more) < 1_200
    assert (typed(more)["/data/member[2]/name"], typed(more)["/data/member[3]/name"]) == (["Mina A"], ["Chandni"])


def test_who_was_not_opened_stays_as_told_when_it_is_saved(desk, many, kept):
    fields = opened(desk, many) | {"/data/member[3]/age_years": ["14"]}
    response = desk.post(url("review-correct", many), fields)
    assert response.status_code == 302, re.findall("errorlist.*?</ul>", text(response), re.S)
    [second] = kept(Submission.objects.filter(corrects=many))
    assert second.faults == []
    assert len(kept(Membership.objects.all())) == 14


def test_who_was_not_opened_is_struck_out_all_the_same(desk, many, kept):
    page = text(desk.post(url("review-correct", many)))
    assert 'name="remove" value="/data/member[5]"' in page
    fields = typed(page) | {"/data/member[3]/age_years": ["14"], "remove": ["/data/member[5]"], "/data/member_count": ["13"]}
    assert desk.post(url("review-correct", many), fields).status_code == 302
    assert len(kept(Membership.objects.all())) == 13
