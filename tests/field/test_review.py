"""The reviewer's queue and her three decisions, through the pages."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from aanchal.access.acting import SYSTEM
from aanchal.core.models import Trail
from aanchal.inbox.models import Submission
from aanchal.people.models import Household, Person
from aanchal.registers.models import Entry
from tests.factories import make_posting, make_user
from tests.field import phone
from tests.field.browser import sign_in, text, url

pytestmark = pytest.mark.django_db


def test_the_queue_says_what_is_wrong_and_how_long_it_waits(desk, flagged, village, acting):
    submission = flagged("missing_entry", phone.missing(village) | {"happened_on": str(phone.today() + timedelta(days=2))})
    with acting(SYSTEM):
        Submission.objects.filter(pk=submission.pk).update(received_at=timezone.now() - timedelta(days=9))
    page = text(desk.get(reverse("review")))
    assert "On what date were they last seen?" in page
    assert "9 days" in page
    assert "1 for more than 7 days" in page
    assert village.name in page


def test_the_queue_narrows(desk, flagged, village, india):
    flagged("safety_point", phone.safety_point(village), version="1999")
    page = reverse("review")
    assert "1 form waits" in text(desk.get(page, {"kind": "FORM_VERSION", "form": "safety_point", "place": village.pk}))
    assert "0 forms wait" in text(desk.get(page, {"kind": "POSSIBLE_DOUBLE"}))
    assert "0 forms wait" in text(desk.get(page, {"form": "missing_entry"}))
    assert desk.get(page, {"place": india["far village 1"].pk}).status_code == 404


def test_names_are_hidden_until_they_are_asked_for_and_that_is_noted(desk, flagged, village, kept):
    submission = flagged("migration_entry", phone.migration(village, phone.adult("Savitri Bai"), companion_name="x"))
    page = text(desk.get(url("review-one", submission)))
    assert "Savitri" not in page
    assert "answered, hidden" in page
    assert "Labour office" not in page
    assert kept(Trail.objects.filter(verb="inbox.submission.opened")) == []
    assert "Savitri Bai" in text(desk.post(url("review-names", submission)))
    [line] = kept(Trail.objects.filter(verb="inbox.submission.opened"))
    assert line.about_id == str(submission.pk)


def test_what_was_told_in_private_is_in_no_list_and_is_read_like_a_name(desk, flagged, village):
    answers = phone.survey(village, hh={"threatened": "yes"}, private={"asked_privately": "no", "violence": "yes"})
    submission = flagged("household_survey", answers)
    queue, page, opened = desk.get(reverse("review")), desk.get(url("review-one", submission)), desk.post(url("review-names", submission))
    assert "Answered although the form does not ask it here." in text(queue)
    for closed in (queue, page):
        assert "(yes)" not in text(closed)
    private = "<dt>Is anyone threatening the family now?</dt>"
    assert "hidden" in text(page).split(private)[1][:80]
    assert "Yes" in text(opened).split(private)[1][:80]


def test_answers_are_shown_in_the_readers_language(desk, flagged, village):
    submission = flagged("missing_entry", phone.missing(village) | {"happened_on": str(phone.today() + timedelta(days=2))})
    desk.cookies["django_language"] = "hi"
    page = text(desk.get(url("review-one", submission)))
    assert "आख़िरी बार किस तारीख़ को देखे गए?" in page


def test_the_known_family_stands_beside_a_look_alike(desk, send, flagged, village, kept, now):
    send("household_survey", phone.survey(village, phone.head("Radha")))
    submission = flagged("household_survey", phone.survey(village, phone.head("Radha")))
    [known] = kept(Household.objects.all())
    page = text(desk.get(url("review-one", submission)))
    assert known.shown_code in page
    assert "A different family" in page
    desk.post(url("review-accept", submission), {"note": "two sisters of one name"})
    assert len(kept(Household.objects.all())) == 2
    assert (now(submission).status, now(submission).review_note) == ("ACCEPTED", "two sisters of one name")


def test_the_known_line_stands_beside_the_same_person_and_accepting_is_refused_kindly(desk, send, flagged, village, kept, now):
    send("migration_entry", phone.migration(village, phone.adult("Radha", guardian_name="Mohan")))
    submission = flagged("migration_entry", phone.migration(village, phone.adult("Radha", guardian_name="Mohan")))
    [entry] = kept(Entry.objects.all())
    assert reverse("registers:detail", args=[entry.pk]) in text(desk.get(url("review-one", submission)))
    response = desk.post(url("review-accept", submission), {"note": "keep this note"})
    assert response.status_code == 422
    assert "already in the register" in text(response)
    assert "keep this note" in text(response)
    assert now(submission).status == "FLAGGED"
    assert len(kept(Entry.objects.all())) == 1


def test_what_names_no_village_of_hers_is_not_accepted(desk, flagged, village, now):
    submission = flagged("safety_point", phone.safety_point(village) | {"place": {"village": "999999999"}})
    assert desk.post(url("review-accept", submission), {"note": ""}).status_code == 422
    assert now(submission).status == "FLAGGED"


def test_returning_tells_the_worker_in_her_language(desk, client, flagged, village, crp, now):
    submission = flagged("safety_point", phone.safety_point(village), version="1999")
    assert desk.post(url("review-return", submission), {"reason": "OTHER", "words": ""}).status_code == 422
    desk.post(url("review-return", submission), {"reason": "ASK_AGAIN", "words": "the ghat was moved"})
    assert now(submission).status == "RETURNED"
    assert now(submission).review_note.endswith("the ghat was moved")
    page = text(sign_in(client, crp).get(reverse("sent")))
    assert "the ghat was moved" in page
    assert "Returned to the worker" in page


def test_a_worker_sees_only_what_she_sent(desk, client, flagged, village, acting):
    flagged("safety_point", phone.safety_point(village), version="1999")
    with acting(SYSTEM):
        other = make_posting("gender_crp", village, user=make_user())
    assert "Nothing sent yet" in text(sign_in(client, other).get(reverse("sent")))


@pytest.mark.parametrize("name", ["review-one", "review-names", "review-accept", "review-return", "review-correct"])
def test_a_stranger_finds_nothing(name, client, flagged, village, acting, india, stranger):
    submission = flagged("safety_point", phone.safety_point(village), version="1999")
    with acting(SYSTEM):
        far = make_posting("block_officer", india["far block"])
    for user in (stranger, far):
        method = sign_in(client, user).get if name == "review-one" else sign_in(client, user).post
        assert method(url(name, submission)).status_code == 404
    assert "0 forms wait" in text(client.get(reverse("review")))


def test_of_two_officers_the_second_is_told_and_nothing_is_done_twice(desk, flagged, village, kept, now):
    submission = flagged("safety_point", phone.safety_point(village), version="1999")
    assert desk.post(url("review-accept", submission), {"note": ""}).status_code == 302
    response = desk.post(url("review-accept", submission), {"note": ""}, follow=True)
    assert "Someone else decided" in text(response)
    response = desk.post(url("review-return", submission), {"reason": "ASK_AGAIN"}, follow=True)
    assert "Someone else decided" in text(response)
    assert now(submission).status == "ACCEPTED"


def test_the_history_tells_who_did_what(desk, flagged, village, officer):
    submission = flagged("safety_point", phone.safety_point(village), version="1999")
    desk.post(url("review-accept", submission), {"note": ""})
    page = text(desk.get(url("review-one", submission)))
    assert "Received, waits for review" in page
    assert "Accepted" in page
    assert officer.name in page


def test_a_family_that_refused_is_accepted_without_a_record(desk, flagged, village, kept):
    refused = phone.migration(village) | {"consent": {"consent_given": "no"}}
    submission = flagged("migration_entry", refused)
    desk.post(url("review-accept", submission), {"note": ""})
    assert kept(Person.objects.all()) == []


def test_deciding_locks_the_form_first(desk, flagged, village):
    submission = flagged("safety_point", phone.safety_point(village), version="1999")
    with CaptureQueriesContext(connection) as asked:
        desk.post(url("review-accept", submission), {"note": ""})
    statements = [query["sql"] for query in asked]
    locked = next(i for i, sql in enumerate(statements) if "inbox_submission" in sql and "FOR UPDATE" in sql)
    written = next(i for i, sql in enumerate(statements) if sql.startswith("UPDATE") and "inbox_submission" in sql)
    assert locked < written
