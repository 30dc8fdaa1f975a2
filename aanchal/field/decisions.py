"""What a reviewer decides of a submission that waits: accept it, or send a corrected version in its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db import InterfaceError, OperationalError
from uuid_utils.compat import uuid7

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.field import faults, intake, lines
from aanchal.field.lines import Line
from aanchal.field.routing import REFUSALS
from aanchal.field.xform import Form, Instance, Verdict, parse
from aanchal.inbox import actions as inbox
from aanchal.inbox.actions import Arrival
from aanchal.inbox.models import Submission
from aanchal.inbox.rules import NotPossible
from aanchal.places.models import Place
from aanchal.places.queries import village_by_code

ASTRAY = {"UNKNOWN_VILLAGE", "OUT_OF_SCOPE"}
TYPED_ANEW = {"TYPE", "REQUIRED", "IRRELEVANT_VALUE", "CONSTRAINT", "CHOICE", "REPEAT_COUNT"} | ASTRAY
"""Faults a person can mend by answering again; the others go with the corrected version to be accepted."""
VILLAGE = intake.VILLAGE
MINTED = {"household_id", "person_id"}


class CannotApply(Exception):
    """The registers refuse it as it stands; `told` is the fault in question."""

    def __init__(self, told: dict):
        super().__init__(told["kind"])
        self.told = told


@dataclass(frozen=True)
class Case:
    """A kept submission read again: what was answered, and what is wrong with it, by numbered path."""

    submission: Submission
    form: Form = field(repr=False)
    instance: Instance = field(repr=False)
    verdict: Verdict = field(repr=False)

    @property
    def lines(self) -> list[Line]:
        return lines.of_instance(self.form, self.instance.root)

    @property
    def faults(self) -> list[dict]:
        """The form's own faults as found anew, and what was found on arrival besides."""
        own = {str(found.kind) for found in self.verdict.faults}
        besides = [told for told in self.submission.faults if told["kind"] not in own]
        return [*besides, *numbered(self.verdict)]

    @property
    def is_astray(self) -> bool:
        return any(told["kind"] in ASTRAY for told in self.submission.faults)


@dataclass(frozen=True)
class Correction:
    """What became of a correction: a new version, or the faults that still stand in its lines."""

    lines: list[Line] = field(repr=False)
    faults: list[dict]
    version: Submission | None = None


def reread(submission: Submission) -> Case:
    instance = parse(submission.raw())
    form, _found = intake.form_of(instance)
    return Case(submission, form, instance, intake.checked(form, instance, submission.received_at))


def numbered(verdict: Verdict) -> list[dict]:
    return [faults.fault(str(found.kind), found.path, found.value or "") for found in verdict.faults]


def accept(*, submission: Submission, note: str, at: datetime, by) -> Submission:
    """It is right as it stands: apply it. Raises CannotApply, or NotPossible when someone else has decided."""
    case = reread(submission)
    if case.is_astray:
        raise CannotApply(next(told for told in submission.faults if told["kind"] in ASTRAY))
    try:
        return inbox.accept(submission=submission, answers=case.verdict.answers, note=note, at=at, by=by)
    except (NotPossible, OperationalError, InterfaceError):
        raise
    except tuple(REFUSALS) as refusal:
        raise CannotApply(intake.refused(refusal, submission.raw())) from refusal
    except Exception as problem:  # shown to the reviewer; the submission still waits
        raise CannotApply(intake.broken(problem)) from problem


def asked(case: Case, whole: list[Line], at: datetime) -> Mapping:
    """The answers the form takes of these lines: what it does not ask by them is absent."""
    return intake.checked(case.form, parse(_written(case, whole, case.submission.instance_id)), at).answers


def correct(*, case: Case, entered: list[Line], note: str, at: datetime, by) -> Correction:
    """A corrected version of the submission, or what is still wrong with it; then nothing is written."""
    instance_id = f"uuid:{uuid7()}"
    whole = _worked_out(case, [_minted(line) for line in entered], instance_id, at)
    xml = _written(case, whole, instance_id)
    verdict = intake.checked(case.form, parse(xml), at)
    village, astray = _village(case, verdict.answers, by)
    wrong = [*numbered(verdict), *astray]
    if any(told["kind"] in TYPED_ANEW for told in wrong) or village is None:
        return Correction(whole, wrong)
    arrival = Arrival(instance_id=instance_id, form_id=case.form.form_id, version=case.form.version, xml=xml, place=village)
    return Correction(whole, wrong, _replaced(case, arrival, verdict, wrong, note=note, at=at, by=by))


def _replaced(case: Case, arrival: Arrival, verdict: Verdict, found: list[dict], *, note: str, at: datetime, by) -> Submission:
    """The new version, applied; or waiting in its turn when the registers refuse it."""
    said = {"submission": case.submission, "arrival": arrival, "answers": verdict.answers, "note": note, "at": at, "by": by}
    try:
        return inbox.correct(**said, faults=found)
    except (NotPossible, OperationalError, InterfaceError):
        raise
    except tuple(REFUSALS) as refusal:
        told = intake.refused(refusal, arrival.xml)
    except Exception as problem:  # what the reviewer typed is kept, whatever broke
        told = intake.broken(problem)
    return inbox.correct(**said, faults=[*found, told])


def _worked_out(case: Case, entered: list[Line], instance_id: str, at: datetime) -> list[Line]:
    """The lines with every calculation done anew, and nothing where the form does not calculate."""
    answers = intake.checked(case.form, parse(_written(case, entered, instance_id)), at).answers
    return [
        replace(line, value=lines.answer_at(answers, line.path)) if line.field.type == "calculate" and not _is_minted(line) else line
        for line in entered
    ]


def _written(case: Case, whole: list[Line], instance_id: str) -> bytes:
    name = next((line.value for line in whole if line.path.endswith("/meta/instanceName")), "")
    meta = {"instanceID": instance_id, "deprecatedID": case.submission.instance_id} | ({"instanceName": name} if name else {})
    return lines.to_xml(case.form, whole, meta)


def _is_minted(line: Line) -> bool:
    return line.field.name in MINTED


def _minted(line: Line) -> Line:
    """An id that the phone should have given, given now when it is damaged."""
    if not _is_minted(line):
        return line
    try:
        UUID(line.value)
    except ValueError:
        return replace(line, value=str(uuid7()))
    return line


def _village(case: Case, answers: Mapping, by) -> tuple[Place | None, list[dict]]:
    asked = intake.village_asked(case.form)
    if not asked:
        return case.submission.place, []
    code = lines.answer_at(answers, asked)
    village = village_by_code(code)
    if village and policy.can(by, Permission.SUBMISSION_REVIEW, village):
        return village, []
    return None, [faults.fault("OUT_OF_SCOPE" if village else "UNKNOWN_VILLAGE", asked, code[:15])]
