"""Every change to the inbox: receive, attach, accept, correct, return."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from uuid_utils.compat import uuid7

from aanchal.access.models import Device
from aanchal.core import envelope, facts, keys, trail
from aanchal.core.action import action
from aanchal.core.rows import insert, new
from aanchal.inbox import rules
from aanchal.inbox.facts import SubmissionReceived
from aanchal.inbox.models import Attachment, Submission, packed
from aanchal.inbox.terms import Status
from aanchal.places.models import Place


class SaysSomethingElse(Exception):
    """The same instance id arrived before with other content."""


@dataclass(frozen=True)
class Arrival:
    """A submission at the door."""

    instance_id: str
    form_id: str
    version: str
    xml: bytes = field(repr=False)
    place: Place
    device: Device | None = None


@action
def receive(*, arrival: Arrival, answers: dict, faults: Sequence[dict], at: datetime, by, corrects: Submission | None = None) -> Submission:
    """Keep a submission as it arrived; apply it, or flag it with its faults. Call `known` first: an instance id is taken once."""
    pk = uuid7()
    seal, wrapped = envelope.new(pk)
    submission = new(
        Submission,
        id=pk,
        instance_id=arrival.instance_id,
        form_id=arrival.form_id,
        version=arrival.version,
        sender=by,
        device=arrival.device,
        place=arrival.place,
        place_no=arrival.place.place_no,
        received_at=at,
        digest=digest(arrival.xml),
        wrapped_key=wrapped,
        sealed=seal.seal("raw", packed(arrival.xml)),
        status=Status.FLAGGED if faults else Status.APPLIED,
        faults=list(faults),
        corrects=corrects,
    )
    insert(submission)
    trail.write("inbox.submission.flagged" if faults else "inbox.submission.received", about=submission, form=arrival.form_id)
    if not faults:
        facts.announce(SubmissionReceived(submission=submission, answers=answers, by=by))
    return submission


def known(*, instance_id: str, xml: bytes) -> Submission | None:
    """The submission already received under this instance id. Raises SaysSomethingElse when its content was another."""
    submission = Submission.objects.filter(instance_id=instance_id).first()
    if submission and bytes(submission.digest) != digest(xml):
        raise SaysSomethingElse(instance_id)
    return submission


@action
def attach(*, submission: Submission, name: str, content_type: str, content: bytes, by) -> Attachment:
    """Keep a file that came with a submission; the same name again replaces nothing and is not kept twice."""
    existing = submission.attachments.filter(name=name).first()
    if existing:
        return existing
    pk = uuid7()
    seal, wrapped = envelope.new(pk)
    attachment = Attachment(
        id=pk,
        submission=submission,
        place_no=submission.place_no,
        name=name,
        content_type=content_type,
        size=len(content),
        wrapped_key=wrapped,
        sealed=seal.seal("content", content),
    )
    insert(attachment)
    return attachment


@action
def accept(*, submission: Submission, answers: dict, note: str, at: datetime, by) -> Submission:
    """A reviewer says it is right as it stands: it is applied now."""
    _review(submission, Status.ACCEPTED, note=note, at=at, by=by)
    facts.announce(SubmissionReceived(submission=submission, answers=answers, by=by, reviewed=True))
    return submission


@action
def release(*, submission: Submission, answers: dict, by) -> Submission:
    """What it waited for has come, or was waited for long enough: it is applied, without a reviewer."""
    now = Submission.objects.select_for_update().only("status").get(pk=submission.pk)
    rules.check(now.status, Status.APPLIED)
    submission.status = Status.APPLIED
    submission.save(update_fields=["status"])
    trail.write("inbox.submission.released", about=submission)
    facts.announce(SubmissionReceived(submission=submission, answers=answers, by=by, waited=True))
    return submission


@action
def hold(*, submission: Submission, told: Sequence[dict], by) -> Submission:
    """It waits on, for another reason than on arrival."""
    submission.faults = list(told)
    submission.save(update_fields=["faults"])
    trail.write("inbox.submission.held", about=submission)
    return submission


@action
def correct(*, submission: Submission, arrival: Arrival, answers: dict, faults: Sequence[dict], note: str, at: datetime, by) -> Submission:
    """A reviewer sends a corrected version: both stay, the new one is applied or waits like any other."""
    _review(submission, Status.CORRECTED, note=note, at=at, by=by)
    return receive(arrival=arrival, answers=answers, faults=faults, at=at, by=by, corrects=submission)


@action
def send_back(*, submission: Submission, note: str, at: datetime, by) -> Submission:
    """Return to the worker, with what to look at again."""
    return _review(submission, Status.RETURNED, note=note, at=at, by=by)


@action
def note_opened(*, submission: Submission, by) -> None:
    """A reviewer read the names in a submission."""
    trail.write("inbox.submission.opened", about=submission)


def digest(xml: bytes) -> bytes:
    return hmac.digest(keys.derived("submission"), xml, "sha256")


def _review(submission: Submission, status: Status, *, note: str, at: datetime, by) -> Submission:
    """The row is locked and read anew: of two officers who act at the same time, the second is told."""
    now = Submission.objects.select_for_update().only("status").get(pk=submission.pk)
    rules.check(now.status, status)
    submission.status, submission.reviewer, submission.reviewed_at, submission.review_note = status, by, at, note
    submission.save(update_fields=["status", "reviewer", "reviewed_at", "review_note"])
    trail.write(f"inbox.submission.{status.lower()}", about=submission)
    return submission
