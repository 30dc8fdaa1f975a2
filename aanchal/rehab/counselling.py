"""Community counsellors, from recruitment to supervision; their sessions, and notes for two readers."""

from collections.abc import Iterable
from datetime import date, datetime

from aanchal.access import policy
from aanchal.access.acting import SYSTEM, acting
from aanchal.access.models import User
from aanchal.access.permissions import Permission
from aanchal.cases.models import Assignment, Case
from aanchal.cases.pseudonyms import without_old
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.network.models import Listing
from aanchal.places.models import Place
from aanchal.rehab import queries, rules
from aanchal.rehab.models import CboMaturity, Counsellor, Session, SessionNote, TrainingHours
from aanchal.rehab.terms import CounsellorLevel, NoteKind

LONGEST = 5_000


@action
def recruit(*, user: User, place: Place, on: date, at: datetime, by, found: CboMaturity | None = None) -> Counsellor:
    """Someone of a community organisation becomes a counsellor, supervised by who recruits her until that is changed.

    `found`: what was found of that organisation; who recruits may not read its funds.
    """
    _check_day(on, at)
    if Counsellor.objects.filter(user=user).exists():
        raise rules.NotPossible("counsellor_already")
    if user.pk == by.pk:
        raise rules.NotPossible("own_supervisor")
    cbo = found.cbo_id if found else None
    row = Counsellor(user=user, place=place, place_no=place.place_no, cbo_id=cbo, supervisor_id=by.pk, recruited_on=on)
    insert(row)
    trail.write("rehab.counsellor.recruited", about=row)
    return row


@action
def train(*, counsellor: Counsellor, module: str, hours: int, on: date, at: datetime, by) -> TrainingHours:
    _check_day(on, at)
    if not 1 <= hours <= 80:
        raise rules.NotPossible("hours")
    row = TrainingHours(counsellor=counsellor, place_no=counsellor.place_no, module=module, hours=hours, on=on, at=at, by_id=by.pk)
    insert(row)
    trail.write("rehab.counsellor.trained", about=row, module=module, hours=hours)
    return row


@action
def place_with(*, counsellor: Counsellor, agency: Listing, on: date, at: datetime, by) -> Counsellor:
    """With an agency that rescues or rehabilitates; only who has had the hours."""
    _check_day(on, at)
    if queries.level(counsellor).key == CounsellorLevel.LEARNING:
        raise rules.NotPossible("still_learning")
    counsellor.agency, counsellor.agency_since = agency, on
    counsellor.save(update_fields=["agency", "agency_since"])
    trail.write("rehab.counsellor.placed", about=counsellor)
    return counsellor


@action
def supervise(*, counsellor: Counsellor, supervisor: User, by) -> Counsellor:
    """From now on; notes of before stay with who supervised then."""
    if supervisor.pk == counsellor.user_id or not policy.holds(supervisor, Permission.COUNSEL_SUPERVISE):
        raise rules.NotPossible("own_supervisor")
    counsellor.supervisor = supervisor
    counsellor.save(update_fields=["supervisor"])
    trail.write("rehab.counsellor.supervised", about=counsellor)
    return counsellor


@action
def hold(*, case: Case, kind: str, on: date, minutes: int, notes: str, at: datetime, by) -> Session:
    """A session took place. Those assigned see that; what was said is for the counsellor and her supervisor."""
    rules.check_live(case.is_live)
    _check_day(on, at)
    mine = queries.counsellor_of(by)
    if mine is None:
        raise rules.NotPossible("no_counsellor")
    level = queries.level(mine)
    if level.key == CounsellorLevel.LEARNING:
        raise rules.NotPossible("still_learning")
    if case_load(by, at) > level.most_cases:
        raise rules.NotPossible("case_load")
    row = Session(
        case=case, place_no=case.place_no, counsellor_id=by.pk, supervisor_id=mine.supervisor_id, kind=kind, on=on, minutes=minutes, at=at
    )
    insert(row)
    trail.write("rehab.session.held", about=row, kind=kind)
    _note(row, NoteKind.NOTES, notes, at=at, by=by)
    return row


@action
def advise(*, session: Session, notes: str, at: datetime, by) -> SessionNote | None:
    """What the supervisor says of a session, to the counsellor alone."""
    if session.supervisor_id != by.pk:
        raise rules.NotPossible("not_supervisor")
    return _note(session, NoteKind.SUPERVISION, notes, at=at, by=by)


@action
def read(*, session: Session, by) -> list[tuple[SessionNote, str]]:
    """The notes of a session, for its two readers. The reading is on the trail."""
    found = list(queries.notes(session))
    trail.write("rehab.notes.read", about=session, notes=len(found))
    with acting(SYSTEM):  # who supervises counsellors may not see the case
        plain = without_old(session.case)
    return [(one, plain(one.told()["notes"])) for one in found]


def case_load(user, at: datetime) -> int:
    """How many cases the user is assigned to now."""
    return len(set(_live(Assignment.objects.filter(user=user.pk), at)))


def _live(assignments, at: datetime) -> Iterable:
    return assignments.exclude(until__lte=at).values_list("case", flat=True)


def _note(session: Session, kind: str, notes: str, *, at: datetime, by) -> SessionNote | None:
    if not notes.strip():
        return None
    row = SessionNote(
        session=session, place_no=session.place_no, counsellor_id=session.counsellor_id, supervisor_id=session.supervisor_id,
        kind=kind, at=at, by_id=by.pk,
    )  # fmt: skip
    row.seal({"notes": notes.strip()[:LONGEST]})
    insert(row)
    trail.write("rehab.note.written", about=row, kind=kind)
    return row


def _check_day(on: date, at: datetime) -> None:
    if on > policy.day_in_india(at):
        raise rules.NotPossible("future")
