"""A reviewer accepts, corrects or returns what waits; both versions stay, and a state is left only by its own ways."""

import itertools

import pytest
from django.db import DatabaseError, IntegrityError, connection

from aanchal.access.acting import SYSTEM, acting
from aanchal.core import facts
from aanchal.core.models import Trail
from aanchal.inbox import actions, queries, rules
from aanchal.inbox.facts import SubmissionReceived
from aanchal.inbox.models import Submission
from aanchal.inbox.terms import Status
from tests.factories import NOON
from tests.inbox.conftest import FAULTS, XML

POSSIBLE = {("FLAGGED", to) for to in ("APPLIED", "ACCEPTED", "CORRECTED", "RETURNED")}
POSSIBLE |= {("RETURNED", to) for to in ("ACCEPTED", "CORRECTED")}
NOTE = "the code was one digit short"


def now(submission) -> Submission:
    with acting(SYSTEM):
        return Submission.objects.select_related("reviewer").get(pk=submission.pk)


@pytest.fixture
def review(arrival, officer):
    """A function that does one of the three things to a submission."""

    def do(what, submission, *, by=officer, **more):
        given = {"submission": submission, "note": NOTE, "at": NOON, "by": by}
        with acting(by):
            match what:
                case "ACCEPTED":
                    return actions.accept(answers={"name": "Savitri"}, **given)
                case "CORRECTED":
                    more = {"arrival": arrival(XML + b"again"), "answers": {"name": "Kamla"}, "faults": ()} | more
                    return actions.correct(**given, **more)
                case "RETURNED":
                    return actions.send_back(**given)

    return do


@pytest.mark.parametrize(("before", "after"), list(itertools.product(Status.values, Status.values)))
def test_only_these_ways_lead_from_state_to_state(before, after):
    if (before, after) in POSSIBLE:
        assert rules.check(before, after) is None
        return
    with pytest.raises(rules.NotPossible, match=f"^{before} -> {after}$"):
        rules.check(before, after)


def test_every_state_is_in_the_table():
    assert set(rules.TRANSITIONS) == set(Status.values)


@pytest.mark.parametrize(("before", "what"), list(itertools.product(Status.values, ["ACCEPTED", "CORRECTED", "RETURNED"])))
def test_each_action_moves_only_from_its_states(receive, review, heard, before, what):
    submission = receive(faults=FAULTS)
    with acting(SYSTEM):
        Submission.objects.filter(pk=submission.pk).update(status=before)
    if (before, what) in POSSIBLE:
        review(what, submission)
        assert now(submission).status == what
        return
    with pytest.raises(rules.NotPossible):
        review(what, submission)
    assert now(submission).status == before
    assert heard == []
    with acting(SYSTEM):
        assert Submission.objects.count() == 1


@pytest.mark.parametrize("what", ["ACCEPTED", "CORRECTED", "RETURNED"])
def test_who_reviewed_when_and_why_is_kept(receive, review, officer, what):
    submission = receive(faults=FAULTS)
    review(what, submission)
    row = now(submission)
    assert (row.reviewer, row.reviewed_at, row.review_note) == (officer, NOON, NOTE)
    assert row.faults == FAULTS
    assert row.raw() == XML
    with acting(SYSTEM):
        assert Trail.objects.get(about_id=str(row.pk), verb=f"inbox.submission.{what.lower()}").actor == officer.pk


def test_what_is_accepted_is_applied_as_reviewed(receive, review, heard, officer):
    submission = receive(faults=FAULTS)
    review("ACCEPTED", submission)
    assert heard == [SubmissionReceived(submission=submission, answers={"name": "Savitri"}, by=officer, reviewed=True)]


def test_what_is_returned_is_not_applied(receive, review, heard):
    review("RETURNED", receive(faults=FAULTS))
    assert heard == []


def test_a_correction_keeps_both_versions_and_applies_the_new_one(receive, review, heard, officer, crp):
    first = receive(faults=FAULTS)
    second = review("CORRECTED", first)
    assert [fact.submission for fact in heard] == [second]
    before, after = now(first), now(second)
    assert (before.status, before.sender_id, before.raw()) == ("CORRECTED", crp.pk, XML)
    assert (after.status, after.sender_id, after.raw()) == ("APPLIED", officer.pk, XML + b"again")
    assert (after.corrects_id, after.faults) == (first.pk, [])


def test_a_correction_that_has_faults_waits_like_any_other(receive, review, heard):
    first = receive(faults=FAULTS)
    second = review("CORRECTED", first, faults=FAULTS)
    third = review("CORRECTED", now(second))
    assert [now(one).status for one in (first, second, third)] == ["CORRECTED", "CORRECTED", "APPLIED"]
    with acting(SYSTEM):
        for one in (first, second, third):
            assert [version.pk for version in queries.versions(now_of(one))] == [first.pk, second.pk, third.pk]
        assert [line.verb.rsplit(".", 1)[1] for line in queries.history([first])] == ["flagged", "corrected"]


def now_of(submission) -> Submission:
    return queries.submission(submission.pk)


@pytest.mark.parametrize("what", ["ACCEPTED", "CORRECTED"])
def test_a_review_that_cannot_be_applied_leaves_it_waiting(receive, review, arrival, monkeypatch, what):
    def fail(_fact) -> None:
        raise LookupError

    submission = receive(faults=FAULTS)
    monkeypatch.setattr(facts, "_flow", {SubmissionReceived: (fail,)})
    with pytest.raises(LookupError):
        review(what, submission)
    row = now(submission)
    assert (row.status, row.reviewer, row.review_note) == ("FLAGGED", None, "")


@pytest.mark.parametrize("what", ["ACCEPTED", "CORRECTED", "RETURNED"])
def test_a_reviewer_who_looked_at_an_older_state_is_told(receive, review, what):
    """Two officers have the page open; the second one's copy still says that it waits."""
    submission = receive(faults=FAULTS)
    theirs = now(submission)
    review("ACCEPTED", submission)
    assert theirs.status == "FLAGGED"
    with pytest.raises(rules.NotPossible):
        review(what, theirs)


@pytest.mark.parametrize("what", ["ACCEPTED", "CORRECTED", "RETURNED"])
def test_a_stranger_reviews_nothing(receive, review, stranger, heard, what):
    submission = receive(faults=FAULTS)
    with pytest.raises(Submission.DoesNotExist):
        review(what, submission, by=stranger)
    assert now(submission).status == "FLAGGED"
    assert heard == []


@pytest.mark.parametrize("what", ["ACCEPTED", "CORRECTED", "RETURNED"])
def test_the_worker_does_not_review_her_own(receive, review, crp, what, heard):
    submission = receive(faults=FAULTS)
    with pytest.raises((Submission.DoesNotExist, DatabaseError)):
        review(what, submission, by=crp)
    assert now(submission).status == "FLAGGED"
    assert heard == []


def test_a_stranger_changes_nothing_by_sql(receive, stranger, crp):
    submission = receive(faults=FAULTS)
    for user in (stranger, crp):
        with acting(user), connection.cursor() as cursor:
            cursor.execute("UPDATE inbox_submission SET status = 'APPLIED'")
            assert cursor.rowcount == 0
    assert now(submission).status == "FLAGGED"


@pytest.mark.parametrize("half", [{"reviewed_at": NOON}, {"reviewer": True}])
def test_a_reviewer_and_a_moment_go_together(receive, officer, half):
    submission = receive(faults=FAULTS)
    half = {"reviewer": officer} if "reviewer" in half else half
    with pytest.raises(IntegrityError, match="review_has_who_and_when"), acting(officer):
        Submission.objects.filter(pk=submission.pk).update(**half)


def test_a_submission_is_corrected_by_one_other(receive, review, arrival, officer):
    first = receive(faults=FAULTS)
    review("CORRECTED", first)
    with pytest.raises(IntegrityError, match="corrects"), acting(officer):
        actions.receive(arrival=arrival(), answers={}, faults=FAULTS, at=NOON, by=officer, corrects=first)


def test_opening_it_is_on_the_trail(receive, officer):
    submission = receive(faults=FAULTS)
    with acting(officer):
        actions.note_opened(submission=submission, by=officer)
    with acting(SYSTEM):
        assert Trail.objects.get(verb="inbox.submission.opened").actor == officer.pk


def test_what_waits_is_listed_the_longest_first_and_nothing_else(receive, review, officer, heard):
    waits = [receive(faults=FAULTS) for _ in range(3)]
    receive()
    review("RETURNED", waits[1])
    with acting(officer):
        assert list(queries.waiting()) == [waits[0], waits[2]]


def test_a_worker_sees_what_came_back_to_her_first(receive, review, crp, officer, heard):
    old, back, new = receive(), receive(faults=FAULTS), receive()
    review("RETURNED", back)
    with acting(crp):
        assert list(queries.sent_by(crp, since=NOON)) == [back, new, old]
        assert list(queries.sent_by(officer, since=NOON)) == []
