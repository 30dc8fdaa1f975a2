"""From the bytes a phone sent to a submission kept, and applied or flagged. Nothing that could be read is ever lost."""

import logging
import traceback
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, InterfaceError, OperationalError

from aanchal.access import policy
from aanchal.access.acting import SYSTEM, acting
from aanchal.access.permissions import Permission
from aanchal.field import faults, lines, photos, queries, rules, trials
from aanchal.field.checks import village_question
from aanchal.field.models import TestAnswers
from aanchal.field.routing import NATIONAL, REFUSALS, fault_of
from aanchal.field.xform import BadXml, Form, Instance, Verdict, parse
from aanchal.inbox import actions as inbox
from aanchal.inbox.actions import Arrival, SaysSomethingElse
from aanchal.inbox.models import Submission
from aanchal.places.models import Place
from aanchal.places.queries import village_by_code

log = logging.getLogger(__name__)
VILLAGE = "/data/place/village"
LONGEST_ID = 200
LONGEST_VERSION = 40
LONGEST_FILE_NAME = 120


class UnknownForm(Exception):
    """No form of this id was ever published."""


class NowhereToKeepIt(Exception):
    """The sender holds no posting, so no place may keep what was sent."""


NOT_KEPT = (BadXml, UnknownForm, NowhereToKeepIt, SaysSomethingElse, OperationalError, InterfaceError)
"""What is told to the sender, who tries again; nothing half-done stays."""
Files = tuple[tuple[str, bytes, str], ...]


@dataclass(frozen=True)
class Parcel:
    """What one POST or one file holds."""

    xml: bytes = field(repr=False)
    attachments: dict[str, bytes] = field(default_factory=dict, repr=False)
    device: object = None
    doubts: tuple[dict, ...] = ()
    """Faults known before it is read: then a person looks at it first."""


@dataclass(frozen=True)
class Receipt:
    """`submission` is the one in the inbox, or the test of a draft kept apart from it."""

    submission: Submission | TestAnswers
    is_new: bool


@dataclass(frozen=True)
class Reading:
    """A submission understood as far as it can be: which form, which village, which answers, what is wrong with them."""

    arrival: Arrival
    answers: dict = field(repr=False)
    faults: tuple[dict, ...]
    has_left: bool = False
    """She worked there once, and may write there no more."""


def take_in(*, parcel: Parcel, at: datetime, by) -> Receipt:
    """Keep a submission, then apply or flag it.

    Raises BadXml, UnknownForm, NowhereToKeepIt, photos.TooLarge, inbox.SaysSomethingElse: then nothing was kept, and the sender is told.
    """
    files, damaged = _cleaned(parcel.attachments)
    damaged = (*parcel.doubts, *damaged)
    try:
        return _keep(parcel, files, damaged, at=at, by=by)
    except NOT_KEPT:
        raise
    except tuple(REFUSALS) as refusal:
        return _keep(parcel, files, (*damaged, refused(refusal, parcel.xml)), at=at, by=by)
    except IntegrityError as problem:
        known = _known(parcel, files, by=by)
        return known or _keep(parcel, files, (*damaged, broken(problem)), at=at, by=by)
    except Exception as problem:  # whatever broke, what the worker sent is kept
        return _keep(parcel, files, (*damaged, broken(problem)), at=at, by=by)


def read(xml: bytes, *, at: datetime, by, device=None) -> Reading:
    return understood(parse(xml), xml, at=at, by=by, device=device)


def understood(instance: Instance, xml: bytes, *, at: datetime, by, device=None) -> Reading:
    form, found = form_of(instance)
    verdict = checked(form, instance, at)
    place, astray, has_left = _place_of(form, verdict.answers, at, by)
    arrival = Arrival(
        instance_id=_instance_id(instance),
        form_id=instance.form_id,
        version=instance.version[:LONGEST_VERSION],
        xml=xml,
        place=place,
        device=device,
    )
    return Reading(arrival=arrival, answers=verdict.answers, faults=(*found, *faults.from_verdict(verdict), *astray), has_left=has_left)


def checked(form: Form, instance: Instance, at: datetime) -> Verdict:
    """What the form's own rules say of it, on the day it arrived."""
    return form.validate(instance, today=policy.day_in_india(at), now=at)


def file_faults(attachments: dict[str, bytes]) -> tuple[dict, ...]:
    """The faults of files that would not be kept. Raises photos.TooLarge."""
    return _cleaned(attachments)[1]


def refused(refusal: Exception, xml: bytes) -> dict:
    """The fault a reviewer sees for what an action refused, at the question it is about."""
    kind, about, name = fault_of(refusal)
    form, _found = form_of(parse(xml))
    path = next((asked.path for asked in form.fields if name and asked.name == name), "")
    return faults.fault(kind, path, about=about)


def broken(problem: Exception) -> dict:
    """The fault for what nobody foresaw. The log says what kind of problem and where in the program, never what was being written."""
    steps = reversed(traceback.extract_tb(problem.__traceback__)[-6:])
    where = " < ".join(f"{step.name} ({step.filename}:{step.lineno})" for step in steps)
    log.error("a submission could not be applied: %s in %s", type(problem).__name__, where)
    return faults.fault("CANNOT_APPLY")


def _keep(parcel: Parcel, files: Files, found: tuple[dict, ...], *, at: datetime, by) -> Receipt:
    instance = parse(parcel.xml)
    with acting(by, gather=True):
        if rules.is_test(instance.version):
            return _tested(instance, at=at, by=by)
        reading = understood(instance, parcel.xml, at=at, by=by, device=parcel.device)
        if not reading.has_left:
            return _kept(reading, files, found, at=at, by=by)
    with acting(SYSTEM, gather=True):  # unsent work of a place she has left: hers, but for the reviewer there
        return _kept(reading, files, found, at=at, by=by)


def _kept(reading: Reading, files: Files, found: tuple[dict, ...], *, at: datetime, by) -> Receipt:
    every = (*reading.faults, *found)
    submission = inbox.receive(arrival=reading.arrival, answers=reading.answers, faults=every, at=at, by=by)
    _attach(submission, files, by=by)
    return Receipt(submission, is_new=True)


def _tested(instance: Instance, *, at: datetime, by) -> Receipt:
    form = trials.form_of(instance, by)
    if form is None:
        raise UnknownForm(instance.form_id)
    row, is_new = trials.keep(form=form, instance=instance, instance_id=_instance_id(instance), at=at, by=by)
    return Receipt(row, is_new=is_new)


def _known(parcel: Parcel, files: Files, *, by) -> Receipt | None:
    """The same instance came before: its further attachments are kept, and the sender is told it is safe."""
    instance_id = parse(parcel.xml).instance_id
    with acting(SYSTEM):  # an instance id is taken once in the whole country, whoever may see what holds it
        submission = inbox.known(instance_id=instance_id, xml=parcel.xml)
    if submission is None:
        return None
    is_hers = submission.sender_id == by.pk  # also where she works no more
    if not (is_hers or policy.can(by, Permission.SUBMISSION_SEND, submission)):
        raise SaysSomethingElse(instance_id)
    with acting(SYSTEM if is_hers else by):
        _attach(submission, files, by=by)
    return Receipt(submission, is_new=False)


def _attach(submission: Submission, files: Files, *, by) -> None:
    for name, content, kind in files:
        inbox.attach(submission=submission, name=name, content_type=kind, content=content, by=by)


def _instance_id(instance: Instance) -> str:
    if not instance.instance_id:
        raise BadXml("NO_INSTANCE_ID", "The form has no instanceID.")
    if len(instance.instance_id) > LONGEST_ID:
        raise BadXml("LONG_INSTANCE_ID", f"The instanceID has more than {LONGEST_ID} letters.")
    return instance.instance_id


def form_of(instance: Instance):
    """The form in the version it was filled with; the newest one and a fault when that version was never published."""
    form = queries.compiled(instance.form_id, instance.version)
    if form:
        return form, ()
    form = queries.compiled_latest(instance.form_id)
    if form is None:
        raise UnknownForm(instance.form_id)
    return form, (faults.fault("FORM_VERSION", value=instance.version[:40]),)


Whereabouts = tuple[Place, tuple[dict, ...], bool]


def village_asked(form: Form) -> str:
    """The path of the question that says which village; empty in a state's own form that asks for none."""
    return VILLAGE if form.form_id in NATIONAL else village_question(form)


def _place_of(form: Form, answers: dict, at: datetime, by) -> Whereabouts:
    """The village told, also where she worked before; or, when it is unknown or never was hers, her own place and why."""
    asked = village_asked(form)
    code = lines.answer_at(answers, asked) if asked else ""
    village = village_by_code(code) if asked else None
    if village and policy.can(by, Permission.SUBMISSION_SEND, village):
        return village, (), False
    today = policy.day_in_india(at)
    former = [one for one in policy.former_postings(by, on=today) if Permission.SUBMISSION_SEND in one.held.permissions]
    if village and any(policy.reaches(one, village) for one in former):
        return village, (faults.fault("LEFT_PLACE", VILLAGE, code[:15]),), True
    now = [one for one in policy.current_postings(by, on=today) if Permission.SUBMISSION_SEND in one.held.permissions]
    if not (now or former):
        raise NowhereToKeepIt
    astray = (faults.fault("OUT_OF_SCOPE" if village else "UNKNOWN_VILLAGE", asked, code[:15]),) if asked else ()
    return (now or former)[0].place, astray, not now


def _cleaned(attachments: dict[str, bytes]) -> tuple[Files, tuple[dict, ...]]:
    kept, damaged = [], []
    for name, content in attachments.items():
        try:
            kept.append((name[-LONGEST_FILE_NAME:], *photos.cleaned(name, content)))
        except photos.NotKept:
            damaged.append(faults.fault("ATTACHMENT"))
    return tuple(kept), tuple(damaged)


__all__ = ["BadXml", "NowhereToKeepIt", "Parcel", "Reading", "Receipt", "SaysSomethingElse", "UnknownForm", "read", "take_in"]
