"""From the bytes a phone sent to a submission kept, and applied or flagged. Nothing that could be read is ever lost."""

import logging
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import IntegrityError

from aanchal.access import policy
from aanchal.access.acting import acting
from aanchal.access.permissions import Permission
from aanchal.field import faults, photos, queries
from aanchal.field.routing import REFUSALS
from aanchal.field.xform import BadXml, Instance, parse
from aanchal.inbox import actions as inbox
from aanchal.inbox.actions import Arrival, SaysSomethingElse
from aanchal.inbox.models import Submission
from aanchal.places.models import Place
from aanchal.places.queries import village_by_code

log = logging.getLogger(__name__)


class UnknownForm(Exception):
    """No form of this id was ever published."""


class NowhereToKeepIt(Exception):
    """The sender holds no posting, so no place may keep what was sent."""


@dataclass(frozen=True)
class Parcel:
    """What one POST or one file holds."""

    xml: bytes = field(repr=False)
    attachments: dict[str, bytes] = field(default_factory=dict, repr=False)
    device: object = None


@dataclass(frozen=True)
class Receipt:
    submission: Submission
    is_new: bool


@dataclass(frozen=True)
class Reading:
    """A submission understood as far as it can be: which form, which village, which answers, what is wrong with them."""

    arrival: Arrival
    answers: dict = field(repr=False)
    faults: tuple[dict, ...]
    files: tuple[tuple[str, bytes, str], ...] = field(default=(), repr=False)


def take_in(*, parcel: Parcel, at: datetime, by) -> Receipt:
    """Keep a submission, then apply or flag it.

    Raises BadXml, UnknownForm, NowhereToKeepIt, photos.TooLarge, inbox.SaysSomethingElse: then nothing was kept, and the sender is told.
    """
    files, damaged = _cleaned(parcel.attachments)
    reading = read(parcel.xml, at=at, by=by, device=parcel.device)
    reading = replace(reading, files=files, faults=(*reading.faults, *damaged))
    try:
        return _keep(reading, at=at, by=by)
    except tuple(REFUSALS) as refusal:
        return _keep(_flagged(reading, REFUSALS[type(refusal)]), at=at, by=by)
    except IntegrityError:
        return _known(reading, by=by) or _keep(_flagged(reading, "CANNOT_APPLY"), at=at, by=by)
    except Exception as problem:  # whatever broke, what the worker sent is kept; the log says where, never what
        log.exception("a submission could not be applied: %s", type(problem).__name__)
        return _keep(_flagged(reading, "CANNOT_APPLY"), at=at, by=by)


def read(xml: bytes, *, at: datetime, by, device=None) -> Reading:
    instance = parse(xml)
    if not instance.instance_id:
        raise BadXml("NO_INSTANCE_ID", "The form has no instanceID.")
    form, found = _form_of(instance)
    verdict = form.validate(instance, today=policy.day_in_india(at), now=at)
    place, astray = _place_of(verdict.answers, at, by)
    arrival = Arrival(
        instance_id=instance.instance_id, form_id=instance.form_id, version=instance.version, xml=xml, place=place, device=device
    )
    return Reading(arrival=arrival, answers=verdict.answers, faults=(*found, *faults.from_verdict(verdict), *astray))


def _keep(reading: Reading, *, at: datetime, by) -> Receipt:
    with acting(by):
        submission = inbox.receive(arrival=reading.arrival, answers=reading.answers, faults=reading.faults, at=at, by=by)
        for name, content, kind in reading.files:
            inbox.attach(submission=submission, name=name, content_type=kind, content=content, by=by)
    return Receipt(submission, is_new=True)


def _known(reading: Reading, *, by) -> Receipt | None:
    """The same instance came before: its further attachments are kept, and the sender is told it is safe."""
    with acting(by):
        submission = inbox.known(instance_id=reading.arrival.instance_id, xml=reading.arrival.xml)
        if submission is None:
            return None
        for name, content, kind in reading.files:
            inbox.attach(submission=submission, name=name, content_type=kind, content=content, by=by)
    return Receipt(submission, is_new=False)


def _flagged(reading: Reading, kind: str) -> Reading:
    return replace(reading, faults=(*reading.faults, faults.fault(kind)))


def _form_of(instance: Instance):
    """The form in the version it was filled with; the newest one and a fault when that version was never published."""
    form = queries.compiled(instance.form_id, instance.version)
    if form:
        return form, ()
    form = queries.compiled_latest(instance.form_id)
    if form is None:
        raise UnknownForm(instance.form_id)
    return form, (faults.fault("FORM_VERSION", value=instance.version[:40]),)


def _place_of(answers: dict, at: datetime, by) -> tuple[Place, tuple[dict, ...]]:
    """The village told; or, when it is unknown or not the sender's, the sender's own place and why."""
    code = str(answers.get("place", {}).get("village") or "")
    village = village_by_code(code)
    if village and policy.can(by, Permission.SUBMISSION_SEND, village):
        return village, ()
    posting = next((p for p in policy.current_postings(by, on=policy.day_in_india(at)) if Permission.SUBMISSION_SEND in p.held.permissions), None)
    if posting is None:
        raise NowhereToKeepIt
    return posting.place, (faults.fault("OUT_OF_SCOPE" if village else "UNKNOWN_VILLAGE", "/data/place/village", code[:15]),)


def _cleaned(attachments: dict[str, bytes]) -> tuple[tuple[tuple[str, bytes, str], ...], tuple[dict, ...]]:
    kept, damaged = [], []
    for name, content in attachments.items():
        try:
            kept.append((name, *photos.cleaned(name, content)))
        except photos.NotKept:
            damaged.append(faults.fault("ATTACHMENT"))
    return tuple(kept), tuple(damaged)


__all__ = ["BadXml", "NowhereToKeepIt", "Parcel", "Reading", "Receipt", "SaysSomethingElse", "UnknownForm", "read", "take_in"]
