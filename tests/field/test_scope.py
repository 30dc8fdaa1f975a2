"""A worker is posted elsewhere: her phone drops what it may no longer hold, and her unsent work is not lost."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest

from aanchal.access import actions as access
from aanchal.access.acting import SYSTEM, acting
from aanchal.access.models import Device, Posting
from aanchal.core.models import Trail
from aanchal.inbox.models import Attachment, Submission
from aanchal.people.models import FieldChange, Household, Membership
from aanchal.risk.models import Survey
from tests.factories import make_posting
from tests.field import phone
from tests.field.browser import sign_in, text
from tests.field.test_follow_up import sent, visit
from tests.trust.world import picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(send, village, kept):
    assert send("household_survey", phone.survey(village)).status_code == 201
    return kept(Household.objects.all())[0]


@pytest.fixture
def held(family, kept) -> list[str]:
    """What her phone holds."""
    return [str(family.pk), *(str(one.person_id) for one in kept(Membership.objects.all()))]


@pytest.fixture
def moved(crp, india):
    """Since today she works in the next village."""

    def moved(to="east village 2"):
        with acting(SYSTEM):
            posting = Posting.objects.get(user=crp, until=None)
            access.end_posting(posting=posting, until=phone.today() - timedelta(days=1), by=SYSTEM)
            if to:
                make_posting("gender_crp", india[to], user=crp)

    return moved


def says(client, token, holds, waiting=0):
    told = json.dumps({"waiting": waiting, "holds": holds})
    return client.post(f"/d/{token}/scope", told, content_type="application/json")


def test_it_tells_what_may_be_held_with_its_version_and_no_name(client, token, family, held):
    answer = client.get(f"/d/{token}/scope")
    assert answer.json() == {"households": {held[0]: 1}, "persons": dict.fromkeys(held[1:], 1)}
    assert "Sita" not in text(answer)
    assert answer["Cache-Control"] == "private, no-store"


def test_nothing_is_dropped_of_what_is_hers(client, token, held):
    assert says(client, token, held).json() == client.get(f"/d/{token}/scope").json() | {"drop": [], "waiting": 0}


def test_after_she_moved_the_rest_is_dropped_once_nothing_waits(client, token, held, moved, kept):
    moved()
    assert client.get(f"/d/{token}/scope").json() == {"households": {}, "persons": {}}
    nothing = {"households": {}, "persons": {}}
    assert says(client, token, held, waiting=2).json() == nothing | {"drop": [], "waiting": 2}
    assert kept(Trail.objects.filter(verb="field.phone.narrowed")) == []
    assert says(client, token, held).json() == nothing | {"drop": held, "waiting": 0}
    [line] = kept(Trail.objects.filter(verb="field.phone.narrowed"))
    assert line.detail == {"rows": len(held)}


def test_who_has_no_posting_left_drops_everything(client, token, held, moved):
    moved(None)
    assert says(client, token, held).json()["drop"] == held


def test_a_family_that_moved_away_is_dropped_and_its_new_worker_may_hold_it(client, token, held, family, india, enrol, stranger):
    there = india["east village 2"]
    with acting(SYSTEM):
        for model in (Membership, Household):
            model.objects.update(place_no=there.place_no)
        Household.objects.update(place=there)
    assert says(client, token, held).json()["drop"] == held
    assert held[0] in client.get(f"/d/{enrol(stranger)}/scope").json()["households"]


def test_what_never_was_and_what_is_elsewhere_are_dropped_alike(client, enrol, stranger, held):
    theirs, never = enrol(stranger), str(uuid4())
    assert says(client, theirs, [*held, never]).json()["drop"] == [*held, never]


WRONG = ("", "[]", '{"waiting": 0}', '{"waiting": -1, "holds": []}', '{"waiting": true, "holds": []}', '{"waiting": 0, "holds": ["x"]}')


@pytest.mark.parametrize("wrong", [*WRONG, '{"waiting": 0, "holds": {}}', '{"waiting": 0, "holds": [1]}', "\udcff"])
def test_what_cannot_be_understood_drops_nothing(client, token, wrong):
    answer = client.post(f"/d/{token}/scope", wrong.encode(errors="surrogateescape"), content_type="application/json")
    assert answer.status_code == 400
    assert "Update the app" in answer.json()["error"]


def test_a_revoked_phone_is_told_nothing(client, token, held, acting):
    from django.utils import timezone

    with acting(SYSTEM):
        access.revoke_device(device=Device.objects.get(), at=timezone.now(), by=SYSTEM)
    assert client.get(f"/d/{token}/scope").status_code == 401
    assert says(client, token, held).status_code == 401


@pytest.fixture
def late(client, token, village, family, moved):
    """Her visit to the family, sent after she was posted elsewhere."""
    moved()
    assert sent(client, token, visit(village, family)).status_code == 201


def test_unsent_work_of_a_place_she_left_is_kept_there_as_hers_for_its_reviewer(late, village, crp, kept, desk):
    [submission] = kept(Submission.objects.filter(form_id="follow_up"))
    assert (submission.place_id, submission.place_no, submission.sender_id) == (village.pk, village.place_no, crp.pk)
    assert (submission.status, [one["kind"] for one in submission.faults]) == ("FLAGGED", ["LEFT_PLACE"])
    assert len(kept(Survey.objects.all())) == 1
    assert "no longer works in this village" in text(desk.get("/review/"))


def test_accepted_it_is_applied_and_stays_hers(late, crp, kept, desk):
    [submission] = kept(Submission.objects.filter(form_id="follow_up"))
    assert desk.post(f"/review/{submission.pk}/accept/", {"note": "hers"}).status_code == 302
    assert len(kept(Survey.objects.all())) == 2
    assert {row.entered_by_id for row in kept(FieldChange.objects.all())} == {crp.pk}


def test_strangers_see_nothing_of_it(late, client, stranger, india, kept):
    """Nor does she herself any more: neither the worker of her new village nor the officer of another block."""
    with acting(SYSTEM):
        elsewhere = make_posting("block_officer", india["west block"])
    [submission] = kept(Submission.objects.filter(form_id="follow_up"))
    for user in (stranger, elsewhere, submission.sender):
        with acting(user):
            assert not Submission.objects.filter(pk=submission.pk).exists()
    theirs = sign_in(client, elsewhere)
    assert theirs.get(f"/review/{submission.pk}/").status_code == 404
    assert str(submission.pk) not in text(theirs.get("/review/"))


def test_sent_again_it_is_safe_and_its_photos_are_kept(client, token, village, moved, kept):
    """The answer to the first sending was lost on the way, and she was moved meanwhile."""
    xml = phone.filled("household_survey", phone.survey(village))
    assert phone.post(client, token, xml).status_code == 201
    moved()
    assert phone.post(client, token, xml, p=("p.jpg", picture())).status_code == 202
    assert len(kept(Submission.objects.all())) == 1
    assert len(kept(Attachment.objects.all())) == 1


def test_with_no_posting_left_it_is_still_taken(client, token, village, family, moved, kept):
    moved(None)
    assert sent(client, token, visit(village, family)).status_code == 201
    [submission] = kept(Submission.objects.filter(form_id="follow_up"))
    assert (submission.place_id, [one["kind"] for one in submission.faults]) == (village.pk, ["LEFT_PLACE"])


def test_for_a_village_that_never_was_hers_nothing_changed(client, token, india, moved, kept):
    moved()
    assert phone.post(client, token, phone.filled("household_survey", phone.survey(india["west village 1"]))).status_code == 201
    [submission] = kept(Submission.objects.all())
    assert [one["kind"] for one in submission.faults] == ["OUT_OF_SCOPE"]
    assert submission.place_id == india["east village 2"].pk


def test_another_worker_cannot_send_under_a_number_that_was_taken(client, enrol, stranger, village, send, kept):
    xml = phone.filled("household_survey", phone.survey(village))
    token = enrol(stranger)
    assert phone.post(client, token, xml).status_code == 201
    with acting(SYSTEM):
        other = make_posting("gender_crp", village)
    assert phone.post(client, enrol(other), xml).status_code == 409
