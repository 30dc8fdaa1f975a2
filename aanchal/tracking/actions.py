"""Journeys and check-ins: every change to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.dateparse import parse_date

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.policy import day_in_india
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.people import actions as people
from aanchal.people.queries import Names
from aanchal.registers import actions as registers
from aanchal.registers.models import Entry
from aanchal.registers.terms import Register, YesNoDontKnow
from aanchal.tracking import alerting, far, queries, rules
from aanchal.tracking.models import Alert, CheckIn, Journey
from aanchal.tracking.rules import JourneyEvent
from aanchal.tracking.terms import AlertKind, Answer, JourneyKind, JourneyState, Outcome

LONGEST_NOTE = 300


class AlreadyAway(Exception):
    """The person has an open journey of this kind; `journey` is that one."""

    def __init__(self, journey: Journey):
        super().__init__()
        self.journey = journey


@dataclass(frozen=True)
class Opened:
    """Whom to call: read by someone whose task it is, the reading on the trail."""

    names: Names | None
    texts: dict[str, str]
    code_word: str


@action
def open_journey(*, entry: Entry, at: datetime, by, code_word: str = "") -> Journey:
    """Someone went: touch is kept from now on. Raises AlreadyAway."""
    kind = JourneyKind.MARRIAGE if entry.register == Register.MARRIAGE else JourneyKind.MIGRATION
    if standing := queries.open_journey(entry.person_id, kind):
        raise AlreadyAway(standing)
    journey = Journey(
        kind=kind, entry=entry, person=entry.person, household=entry.household, place=entry.place, place_no=entry.place_no, opened_at=at,
        is_child=_is_child(entry), **_told(entry),
    )  # fmt: skip
    opened_on = day_in_india(at)
    journey.due_on = rules.first_due(departed_on=entry.happened_on, opened_on=opened_on, interval_days=journey.interval_days)
    if code_word.strip():
        journey.seal({"code_word": code_word.strip()})
    insert(journey)
    trail.write("tracking.journey.opened", about=journey, kind=kind, every=journey.interval_days)
    return journey


@action
def keep_code_word(*, journey: Journey, code_word: str, by) -> None:
    """The word by which she says that she is not free to speak. Kept sealed."""
    journey.seal(journey.told() | {"code_word": code_word.strip()})
    journey.save(update_fields=["sealed", "wrapped_key"])
    trail.write("tracking.journey.code_word", about=journey)


@action
def follow_line(*, entry: Entry, at: datetime, by) -> Journey | None:
    """What a line of the migration or marriage register says, new or corrected, is followed by the journey."""
    journey = queries.journey_of(entry.corrects_id) if entry.corrects_id else None
    away = entry.is_open if entry.register == Register.MIGRATION else far.is_far(entry)
    if journey:
        _follow(journey, entry, away=away, at=at, by=by)
    elif away:
        journey = open_journey(entry=entry, at=at, by=by)
    if entry.register == Register.MARRIAGE:
        look_into(entry, journey, at=at, by=by)
    return journey


@action
def record_check_in(
    *, journey: Journey, way: str, answer: str, on: date, at: datetime, by, note: str = "", submission_id: UUID | None = None
) -> CheckIn:
    """Heard of, or tried in vain. Heard, the next check-in falls due from that day and the missed one's alert ends. Raises NotPossible.

    One from a phone (`submission_id`) may come late: of a day on which she was still away it stands in the story, and ends nothing.
    """
    journey = Journey.objects.select_for_update().get(pk=journey.pk)
    rules.check_check_in(on=on, departed_on=journey.departed_on, today=day_in_india(at))
    if not journey.is_open and not (submission_id and journey.closed_at and on <= day_in_india(journey.closed_at)):
        raise rules.NotPossible("over")
    check_in = CheckIn(
        journey=journey, place_no=journey.place_no, way=way, answer=Answer(answer), on=on, at=at, by_id=by.pk, submission_id=submission_id
    )
    if note.strip():
        check_in.seal({"note": note.strip()[:LONGEST_NOTE]})
    insert(check_in)
    trail.write("tracking.check_in.recorded", about=journey, way=way, answer=answer)
    if journey.is_open and answer != Answer.NO_ANSWER:
        _heard(journey, on=on, at=at, by=by)
    if answer == Answer.TROUBLE and journey.state != JourneyState.HOME:
        alerting.raise_alert(kind=AlertKind.TROUBLE, about=journey, at=at, by=by)
    return check_in


@action
def end(*, journey: Journey, event: str, on: date, at: datetime, by) -> Journey:
    """Came home, or an adult wants no more calls. A return is written into the register too, from which the journey came."""
    journey = Journey.objects.select_for_update().get(pk=journey.pk)
    after = rules.journey_after(journey.state, event)
    if event == JourneyEvent.SETTLED and journey.is_child:
        raise rules.NotPossible("child")
    if event == JourneyEvent.SETTLED:
        alerting.check_settled(journey.pk, at=at, by=by)
    if event == JourneyEvent.CAME_HOME and on < journey.departed_on:
        raise rules.NotPossible("before_departure")
    if on > day_in_india(at):
        raise rules.NotPossible("future")
    _set(journey, after, at=at)
    trail.write("tracking.journey.ended", about=journey, state=after)
    alerting.close_all(subject=journey.pk, outcome=rules.OUTCOME_OF_END[JourneyEvent(event)], at=at, by=by)
    if event == JourneyEvent.CAME_HOME and journey.kind == JourneyKind.MIGRATION:
        _write_return(journey, on=on, at=at)
    return journey


@action
def close_alert(*, alert: Alert, outcome: str, at: datetime, by, note: str = "") -> Alert:
    """With an outcome, which is also the answer or the end of the journeys behind it. Raises NotPossible."""
    behind = queries.journeys_behind(alert, outcome)
    alert = alerting.finish(alert=alert, outcome=outcome, at=at, by=by, note=note)
    event, today = rules.EFFECT.get(outcome), day_in_india(at)
    for journey in behind:
        if event == JourneyEvent.HEARD:
            _heard(journey, on=max(today, journey.departed_on), at=at, by=by)
        elif event:
            end(journey=journey, event=event, on=max(today, journey.departed_on), at=at, by=by)
    return alert


@action
def open_contacts(*, journey: Journey, reason: str, by) -> Opened:
    """The name, the phones and what is written of where someone is. The reading is on the trail."""
    names = people.open_names(people=[journey.person], reason=reason, by=by).get(journey.person_id)
    trail.write("tracking.journey.opened_names", about=journey, reason=reason)
    texts = journey.entry.texts()
    texts.pop(registers.REASON, None)
    return Opened(names=names, texts=texts, code_word=journey.told().get("code_word", ""))


@action
def open_notes(*, check_ins: Iterable[CheckIn], journey: Journey, by) -> dict[UUID, str]:
    trail.write("tracking.check_ins.read", about=journey)
    return {one.pk: note for one in check_ins if (note := one.told().get("note"))}


@action
def open_what_stands(*, at: datetime, by) -> int:
    """Journeys for lines written before this was kept: once, when an installation is brought up to date."""
    if Journey.objects.exists():
        return 0
    lines = Entry.objects.filter(register__in=[Register.MIGRATION, Register.MARRIAGE], stands=True)
    found = 0
    for entry in (
        lines.select_related("person", "household", "place__state", "place__district", "corrects").order_by("pk").iterator(chunk_size=500)
    ):
        away = entry.is_open if entry.register == Register.MIGRATION else far.is_far(entry)
        kind = JourneyKind.MARRIAGE if entry.register == Register.MARRIAGE else JourneyKind.MIGRATION
        if away and not queries.open_journey(entry.person_id, kind):
            open_journey(entry=entry, at=at, by=by)
            found += 1
    return found


def _told(entry: Entry) -> dict:
    """What a line says of a journey, in the words of the journey."""
    details = entry.details
    if entry.register == Register.MARRIAGE:
        until: date | None = entry.happened_on + rules.MARRIAGE_FOLLOWED
        every = rules.MARRIAGE_INTERVAL_DAYS
    else:
        until, every = parse_date(details.get("expected_return_on") or ""), details["check_in_interval_days"]
    return {
        "departed_on": entry.happened_on,
        "expected_until": until,
        "interval_days": every,
        "destination": far.destination(entry),
        "is_abroad": details.get("migration_type") == "OVERSEAS",
        "listing": far.listing(entry),
    }


def _follow(journey: Journey, entry: Entry, *, away: bool, at: datetime, by) -> None:
    """The corrected line takes the place of the one before; what it says anew holds from now."""
    for name, value in _told(entry).items():
        setattr(journey, name, value)
    journey.entry, journey.person, journey.household = entry, entry.person, entry.household
    if journey.heard_on and journey.heard_on < journey.departed_on:
        journey.heard_on = None
    ended = None
    if away and not _was_away(entry) and not journey.is_open and not queries.open_journey(journey.person_id, journey.kind):
        journey.state, journey.closed_at = rules.journey_after(journey.state, JourneyEvent.REOPENED), None
    elif not away and journey.is_open:
        ended = JourneyEvent.CAME_HOME if "returned_on" in entry.details else JourneyEvent.SETTLED
        journey.state, journey.closed_at = rules.journey_after(journey.state, ended), at
    _date(journey, day_in_india(at))
    journey.save(force_update=True)
    if ended:
        alerting.close_all(subject=journey.pk, outcome=rules.OUTCOME_OF_END[ended], at=at, by=by)
    trail.write("tracking.journey.followed", about=journey, state=journey.state)


def _was_away(entry: Entry) -> bool:
    before = entry.corrects
    if before is None:
        return False
    return before.is_open if entry.register == Register.MIGRATION else far.is_far(before)


def _date(journey: Journey, today: date) -> None:
    if journey.heard_on:
        journey.due_on = rules.next_due(heard_on=journey.heard_on, interval_days=journey.interval_days)
    else:
        opened_on = min(day_in_india(journey.opened_at), today)
        journey.due_on = rules.first_due(departed_on=journey.departed_on, opened_on=opened_on, interval_days=journey.interval_days)


def _heard(journey: Journey, *, on: date, at: datetime, by) -> None:
    journey.heard_on = max(on, journey.heard_on or on)
    journey.due_on = rules.next_due(heard_on=journey.heard_on, interval_days=journey.interval_days)
    is_late = journey.due_on < day_in_india(at)
    if not is_late:
        journey.state = rules.journey_after(journey.state, JourneyEvent.HEARD)
    journey.save(update_fields=["heard_on", "due_on", "state"])
    if not is_late:
        alerting.close_all(subject=journey.pk, outcome=Outcome.HEARD_SAFE, at=at, by=by, kind=AlertKind.MISSED_CHECK_IN)


def _set(journey: Journey, state: str, *, at: datetime) -> None:
    journey.state = state
    journey.closed_at = None if state in rules.JOURNEY_OPEN else at
    journey.save(update_fields=["state", "closed_at"])


def _write_return(journey: Journey, *, on: date, at: datetime) -> None:
    """As the installation: a VO leader may say that she came home, and writes no register."""
    entry = queries.line(journey.entry_id)
    if entry and entry.stands and entry.is_open:
        changes = registers.Changes(details={"returned_on": on.isoformat()})
        with acting(SYSTEM):
            registers.correct_entry(entry=entry, changes=changes, reason="CAME_HOME", at=at, by=SYSTEM)


def look_into(entry: Entry, journey: Journey | None, *, at: datetime, by) -> None:
    """A child bride anywhere, or a marriage far away whose address nobody checked; what was checked since needs no alert."""
    subject = journey.pk if journey else entry.person_id
    if _is_child(entry) or (journey and entry.details.get("groom_address_verified") != YesNoDontKnow.YES):
        if journey:
            alerting.raise_alert(kind=AlertKind.MARRIAGE, about=journey, at=at, by=by)
        else:
            alerting.raise_for(kind=AlertKind.MARRIAGE, person=entry.person, place=entry.place, is_child=True, at=at, by=by)
    else:
        alerting.close_all(subject=subject, outcome=Outcome.VERIFIED, kind=AlertKind.MARRIAGE, at=at, by=by)


def _is_child(entry: Entry) -> bool:
    return rules.is_child(entry.person.age.on(entry.happened_on))
