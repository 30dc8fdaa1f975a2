"""What a phone sent is kept as it came, sealed; it is applied, or waits with what is wrong with it."""

import pytest
from django.db import DatabaseError, IntegrityError, connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aanchal.access import actions as access
from aanchal.access.acting import SYSTEM, acting
from aanchal.core import envelope, facts, keys
from aanchal.core.models import Trail
from aanchal.inbox import actions
from aanchal.inbox.facts import SubmissionReceived
from aanchal.inbox.models import Attachment, Submission
from tests.factories import NOON
from tests.inbox.conftest import FAULTS, XML


def kept() -> list[Submission]:
    with acting(SYSTEM):
        return list(Submission.objects.order_by("pk"))


def trail_of(record) -> list[tuple]:
    with acting(SYSTEM):
        return [(line.verb, line.actor, line.detail) for line in Trail.objects.filter(about_id=str(record.pk)).order_by("seq")]


def test_it_keeps_who_sent_what_from_where(receive, arrival, village, crp):
    with acting(SYSTEM):
        phone = access.enrol_device(user=crp, label="Her phone", at=NOON, by=SYSTEM)[0]
    one = arrival(device=phone)
    receive(one)
    [row] = kept()
    assert (row.instance_id, row.form_id, row.version) == (one.instance_id, "household_survey", "3")
    assert (row.sender, row.device, row.place, row.place_no, row.received_at) == (crp, phone, village, village.place_no, NOON)
    assert (row.corrects, row.reviewer, row.reviewed_at, row.review_note) == (None, None, None, "")
    assert str(row) == f"household_survey {row.pk}"


def test_what_is_right_is_applied_and_announced(receive, heard, crp):
    submission = receive(answers={"name": "Kamla"})
    assert heard == [SubmissionReceived(submission=submission, answers={"name": "Kamla"}, by=crp, reviewed=False)]
    assert [(row.status, row.faults) for row in kept()] == [("APPLIED", [])]
    assert trail_of(submission) == [("inbox.submission.received", crp.pk, {"form": "household_survey"})]


def test_what_has_faults_waits_and_is_not_announced(receive, heard, crp):
    submission = receive(faults=FAULTS)
    assert heard == []
    assert [(row.status, row.faults) for row in kept()] == [("FLAGGED", FAULTS)]
    assert trail_of(submission) == [("inbox.submission.flagged", crp.pk, {"form": "household_survey"})]


def test_what_cannot_be_applied_is_not_kept_as_applied(receive, arrival, monkeypatch):
    def fail(_fact) -> None:
        raise LookupError

    one = arrival()
    monkeypatch.setattr(facts, "_flow", {SubmissionReceived: (fail,)})
    with pytest.raises(LookupError):
        receive(one)
    assert kept() == []


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(xml=st.binary(max_size=4000))
def test_it_opens_to_the_very_bytes_that_came(receive, arrival, xml):
    submission = receive(arrival(xml))
    with acting(SYSTEM):
        assert Submission.objects.get(pk=submission.pk).raw() == xml


def test_no_word_of_it_lies_open(receive, arrival):
    receive(arrival())
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT s::text FROM inbox_submission s")
        [row] = cursor.fetchone()
    for word in ("సావిత్రి", "देवी"):
        assert word not in row
        assert word.encode().hex() not in row
    assert XML.hex() not in row
    assert "సావిత్రి" not in repr(arrival())


def test_what_was_altered_or_moved_does_not_open(receive):
    one, other = receive(), receive()
    with acting(SYSTEM):
        Submission.objects.filter(pk=one.pk).update(sealed=bytes(other.sealed), wrapped_key=bytes(other.wrapped_key))
        with pytest.raises(envelope.CannotOpen):
            Submission.objects.get(pk=one.pk).raw()


def test_its_digest_needs_the_installations_key(settings):
    before = actions.digest(XML)
    assert actions.digest(XML) == before != actions.digest(XML + b" ")
    settings.SECRET_KEY = "another installation's"
    keys.derived.cache_clear()
    try:
        assert actions.digest(XML) != before
    finally:
        keys.derived.cache_clear()


def test_an_instance_id_is_taken_once(receive, arrival):
    one = arrival()
    receive(one)
    with pytest.raises(IntegrityError, match="submission_once"):
        receive(arrival(instance_id=one.instance_id))
    assert len(kept()) == 1


def test_the_same_submission_again_is_known(receive, arrival, crp):
    one = arrival()
    submission = receive(one)
    with acting(crp):
        assert actions.known(instance_id=one.instance_id, xml=XML) == submission
        assert actions.known(instance_id="uuid:another", xml=XML) is None


def test_other_content_under_the_same_id_is_refused(receive, arrival, crp):
    one = arrival()
    receive(one)
    with acting(crp), pytest.raises(actions.SaysSomethingElse):
        actions.known(instance_id=one.instance_id, xml=XML + b" ")


@pytest.fixture
def attach(crp):
    def keep(submission, name="photo.jpg", content=b"\xff\xd8 a photo", by=crp):
        with acting(by):
            return actions.attach(submission=submission, name=name, content_type="image/jpeg", content=content, by=by)

    return keep


def test_a_file_is_kept_sealed_with_its_submission(receive, attach, crp, village):
    submission = receive()
    attach(submission)
    with acting(crp):
        [one] = submission.attachments.all()
        assert (one.name, one.content_type, one.size, one.place_no) == ("photo.jpg", "image/jpeg", 10, village.place_no)
        assert one.content() == b"\xff\xd8 a photo"
        assert b"a photo" not in bytes(one.sealed)
        assert str(one) == "photo.jpg"


def test_a_file_of_the_same_name_is_kept_once_and_replaces_nothing(receive, attach, crp):
    submission = receive()
    first = attach(submission)
    assert attach(submission, content=b"another photo") == first
    attach(submission, "other.jpg")
    with acting(crp):
        assert {one.name: one.content()[-5:] for one in submission.attachments.all()} == {"photo.jpg": b"photo", "other.jpg": b"photo"}
        assert submission.attachments.get(name="photo.jpg").content() == b"\xff\xd8 a photo"


def test_a_stranger_sees_no_submission_and_no_file(receive, attach, stranger, arrival):
    one = arrival()
    attach(receive(one))
    with acting(stranger), connection.cursor() as cursor:
        assert list(Submission.objects.all()) == list(Attachment.objects.all()) == []
        assert actions.known(instance_id=one.instance_id, xml=XML) is None
        for table in ("submission", "attachment"):
            cursor.execute(f"SELECT count(*) FROM inbox_{table}")
            assert cursor.fetchone() == (0,)


def test_a_stranger_sends_nothing_for_the_village(receive, stranger, heard):
    with pytest.raises(DatabaseError, match="row-level security"):
        receive(by=stranger)
    assert kept() == []


def test_a_stranger_adds_no_file(receive, attach, stranger):
    submission = receive()
    with pytest.raises(DatabaseError, match="row-level security"):
        attach(submission, by=stranger)


@pytest.mark.parametrize("statement", ["DELETE FROM inbox_submission", "DELETE FROM inbox_attachment", "TRUNCATE inbox_submission CASCADE"])
def test_nobody_deletes_what_was_sent(receive, officer, statement):
    receive()
    with pytest.raises(DatabaseError, match="permission denied"), acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute(statement)
    assert len(kept()) == 1
