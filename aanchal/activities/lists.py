"""Trainings, their sessions and attendance, courses, the campaign and meetings as files: columns, and what writes a row."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.activities import actions, attending, campaigning, enrolling, queries, training, words
from aanchal.activities.models import (
    Attendee,
    CampaignEvent,
    Course,
    Enrolment,
    Meeting,
    PlannedMessage,
    Session,
    Training,
)
from aanchal.activities.rules import Refused
from aanchal.activities.terms import (
    GROUPS,
    IN_BANDS,
    Audience,
    EnrolmentState,
    Helpline,
    MeetingKind,
    Method,
    Rank,
    SessionMethod,
    Sex,
    State,
    Subject,
    WhyLeft,
)
from aanchal.core.list_files import Cells, Faulty, FileList, Sending, Wrote, snapshot
from aanchal.places.terms import Level

PLACED = ("place_level", "place_code")
AGAIN = tuple(f"again_{group}" for group in GROUPS)
TRAININGS = ("module", "title", *PLACED, "audience", "of_trainers", "starts_on", "ends_on", "venue")
SESSIONS = ("on", "starts_at", "minutes", "subject", "words", "method")
ATTENDANCE = (
    "name", "post", "audience", "sex", "rank", "office_no", "days_present", "test_before", "test_after", "why_left",
)  # fmt: skip
EVENTS = ("on", "method", "title", *PLACED, "language", *GROUPS, *IN_BANDS, *AGAIN, "helplines", "cost_rupees")
ENROLMENTS = ("name", "post", "office_no", "enrolled_on", "status", "ended_on", "result", "certificate_no", "why_left")
MESSAGES = ("month", "method", "message", *PLACED, "language")
MEETINGS = ("kind", "title", *PLACED, "on", "starts_at", "venue", "agenda")
MOST_CAME = 100_000


def write_training(cells: Cells, sending: Sending) -> list[Wrote]:
    told = {
        "title": cells.text("title", 120, needed=True), "audience": cells.choice("audience", Audience),
        "is_of_trainers": cells.yes("of_trainers"), "starts_on": cells.day("starts_on", needed=True),
        "ends_on": cells.day("ends_on") or cells.day("starts_on"), "venue": cells.text("venue", 160, needed=True),
    }  # fmt: skip
    key = cells.text("module", 20, needed=True)
    cells.check()
    module = next((one for one in queries.modules(told["starts_on"], sending.place) if one.key == key.casefold()), None)
    if module is None:
        raise Faulty([("module", "not_of_the_list")])
    known = Training.objects.filter(place=sending.place, module__key=module.key, title=told["title"], starts_on=told["starts_on"])
    if known.exclude(state=State.CANCELLED).exists():
        return []
    return [Wrote(training.plan(place=sending.place, module=module, told=told, at=sending.at, by=sending.by))]


def write_session(cells: Cells, sending: Sending) -> list[Wrote]:
    told = {
        "on": cells.day("on", needed=True), "starts_at": cells.clock("starts_at"), "minutes": cells.whole("minutes", 5, 480, needed=True),
        "subject": cells.choice("subject", Subject), "words": cells.text("words", 160, needed=True),
        "method": cells.choice("method", SessionMethod),
    }  # fmt: skip
    cells.check()
    if Session.objects.filter(training=sending.belongs, **told).exists():
        return []
    return [Wrote(attending.plan_session(training=sending.belongs, told=attending.Planned(**told), by=sending.by))]


def write_attendance(cells: Cells, sending: Sending) -> list[Wrote]:
    """Someone on the list of a training, and what the paper list says of her. Empty cells leave what stands."""
    someone = training.Someone(
        name=cells.text("name", 120, needed=True), post=cells.text("post", 120, needed=True), audience=cells.choice("audience", Audience),
        sex=cells.choice("sex", Sex), rank=cells.choice("rank", Rank, needed=False), office_no=cells.text("office_no", 30),
    )  # fmt: skip
    days, why = cells.whole("days_present", 0, 366), cells.choice("why_left", WhyLeft, needed=False)
    before, after = cells.whole("test_before", 0, 100), cells.whole("test_after", 0, 100)
    cells.check()
    was_known = training.standing(sending.belongs.place, someone) is not None
    participant = training.known(place=sending.belongs.place, someone=someone, at=sending.at, by=sending.by)
    wrote = [] if was_known else [Wrote(participant)]
    attendee = sending.belongs.attendees.filter(participant=participant).first()
    stood = snapshot(Attendee, attendee.pk) if attendee else None
    if attendee is None:
        attendee = training.enrol(training=sending.belongs, participant=participant, by=sending.by)
    told = {"days_present": days, "before_percent": before, "after_percent": after, "why_left": why or None}
    told = {name: value for name, value in told.items() if value is not None and value != getattr(attendee, name)}
    if told:
        training.note_attendance(attendee=attendee, told=told, at=sending.at, by=sending.by)
    return [*wrote, Wrote(attendee, stood)] if told or stood is None else wrote


def write_event(cells: Cells, sending: Sending) -> list[Wrote]:
    told: dict[str, Any] = {
        "on": cells.day("on", needed=True), "method": cells.choice("method", Method), "title": cells.text("title", 120, needed=True),
        "language": cells.text("language", 40, needed=True), "cost_paise": cells.paise("cost_rupees"),
        "helplines": cells.several("helplines", Helpline, needed=False),
    }  # fmt: skip
    told |= {name: cells.whole(name, 0, MOST_CAME) or 0 for name in (*GROUPS, *AGAIN)}
    told |= {name: cells.whole(name, 0, MOST_CAME) for name in IN_BANDS}
    cells.check()
    if CampaignEvent.objects.filter(place=sending.place, **{name: told[name] for name in ("on", "method", "title")}).exists():
        return []
    return [Wrote(campaigning.record_event(place=sending.place, told=told, at=sending.at, by=sending.by))]


def write_meeting(cells: Cells, sending: Sending) -> list[Wrote]:
    """The notice of a workshop or of a meeting of stakeholders. A task force is called from its page, where its members stand."""
    notice = actions.Notice(
        kind=cells.choice("kind", MeetingKind), title=cells.text("title", 120, needed=True), on=cells.day("on", needed=True),
        starts_at=cells.clock("starts_at"), venue=cells.text("venue", 160, needed=True), agenda=cells.text("agenda", 1000, needed=True),
    )  # fmt: skip
    cells.check()
    same = Meeting.objects.filter(place=sending.place, kind=notice.kind, title=notice.title, on=notice.on)
    if same.exclude(state=State.CANCELLED).exists():
        return []
    return [Wrote(actions.call(place=sending.place, notice=notice, at=sending.at, by=sending.by))]


def write_message(cells: Cells, sending: Sending) -> list[Wrote]:
    """What one village is to hear in a month; the month by any of its days."""
    told = {
        "month": cells.day("month", needed=True), "method": cells.choice("method", Method),
        "message": cells.text("message", 200, needed=True), "language": cells.text("language", 40, needed=True),
    }  # fmt: skip
    if sending.place.level != Level.VILLAGE:
        cells.faults.append(("place_level", "not_a_village"))
    cells.check()
    same = {"place": sending.place, "month": told["month"].replace(day=1), "method": told["method"], "message": told["message"]}
    if PlannedMessage.objects.filter(**same).exists():
        return []
    campaigning.plan_messages(villages=[sending.place], told=told, at=sending.at, by=sending.by)
    return [Wrote(PlannedMessage.objects.get(**same))]


def write_enrolment(cells: Cells, sending: Sending) -> list[Wrote]:
    """Someone of the training records in a course, and how it ended. An empty status leaves what stands."""
    name, post, office_no = cells.text("name", 120, needed=True), cells.text("post", 120, needed=True), cells.text("office_no", 30)
    on, ended_on = cells.day("enrolled_on"), cells.day("ended_on")
    status, why = cells.choice("status", EnrolmentState, needed=False), cells.choice("why_left", WhyLeft, needed=False)
    result, number = cells.text("result", 40), cells.text("certificate_no", 40)
    if status in (EnrolmentState.COMPLETED, EnrolmentState.DROPPED) and ended_on is None:
        cells.faults.append(("ended_on", "empty"))
    if status == EnrolmentState.DROPPED and not why:
        cells.faults.append(("why_left", "empty"))
    cells.check()
    participant = queries.one_of_the_records(sending.by, sending.whole, name, post, office_no)
    told = {"at": sending.at, "by": sending.by}
    row = Enrolment.objects.filter(course=sending.belongs, participant=participant).first()
    stood = snapshot(Enrolment, row.pk) if row else None
    if row is None:
        if on is None:
            raise Faulty([("enrolled_on", "empty")])
        row = enrolling.enrol(course=sending.belongs, participant=participant, on=on, **told)
    if status == EnrolmentState.COMPLETED and (row.state, row.result, row.certificate_no) != (status, result, number):
        enrolling.complete(enrolment=row, on=ended_on, result=result, certificate_no=number, **told)
    elif status == EnrolmentState.DROPPED and row.state != status:
        enrolling.drop(enrolment=row, on=ended_on, why=why, **told)
    elif stood is not None:
        return []
    return [Wrote(row, stood)]


def open_course(user, pk: UUID) -> Course | None:
    """A course whose people may be written, by who records at its place or at a part of it."""
    one = Course.objects.filter(pk=pk).select_related("place").first()
    parts = policy.scope(user, Permission.ACTIVITY_RECORD)
    return one if one is not None and any(one.place_no <= part.last and part.first <= one.last_no for part in parts) else None


def planned_training(user, pk: UUID) -> Training | None:
    """A training whose list may still be written, by who records there."""
    one = Training.objects.filter(pk=pk, state=State.PLANNED).select_related("place", "module").first()
    return one if one is not None and policy.can(user, Permission.ACTIVITY_RECORD, one) else None


def events_stand(taken: list[dict]) -> None:
    """Raises Refused when a later event counts people as reached before who were reached by one that was taken back."""
    for event in taken:
        campaigning.check_standing(place_id=event["place_id"])


def training_told(row: Training) -> list:
    days = (row.starts_on, row.ends_on, row.venue)
    return [row.module.key, row.title, *_placed(row.place), row.audience, _yes(row.is_of_trainers), *days]


def session_told(row: Session) -> list:
    return [row.on, f"{row.starts_at:%H:%M}", row.minutes, row.subject, row.words, row.method]


def attendance_told(row: Attendee) -> list:
    who, told = row.participant, (row.days_present, row.before_percent, row.after_percent, row.why_left)
    return [who.name, who.post, who.audience, who.sex, who.rank, who.office_no, *told]


def enrolment_told(row: Enrolment) -> list:
    who, ended = row.participant, (row.ended_on, row.result, row.certificate_no, row.why_dropped)
    return [who.name, who.post, who.office_no, row.enrolled_on, row.state, *ended]


def event_told(row: CampaignEvent) -> list:
    counted = (getattr(row, name) for name in (*GROUPS, *IN_BANDS, *AGAIN))
    rupees = f"{row.cost_paise // 100}.{row.cost_paise % 100:02}"
    return [row.on, row.method, row.title, *_placed(row.place), row.language, *counted, " ".join(row.helplines), rupees]


def message_told(row: PlannedMessage) -> list:
    return [row.month, row.method, row.message, *_placed(row.place), row.language]


def meeting_told(row: Meeting) -> list:
    return [row.kind, row.title, *_placed(row.place), row.on, f"{row.starts_at:%H:%M}", row.venue, " ".join(row.agenda.split())]


def _placed(place) -> tuple[str, int | None]:
    return place.level, place.lgd_code


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _page(name: str):
    return lambda belongs: reverse(f"activities:{name}", args=[belongs.pk] if belongs else [])


_SAID: dict[str, Any] = {"permission": Permission.ACTIVITY_RECORD, "refused": Refused, "words": words.FAULTS}
LISTS = (
    FileList(
        key="trainings", title=_("Trainings"), columns=TRAININGS, needed=("module", "title", *PLACED, "audience", "starts_on", "venue"),
        write=write_training, codes=(("audience", Audience),), back=_page("trainings"), **_SAID,
        example=(("basics", "First batch", "BLOCK", "4321", "STAFF", "no", "2026-05-04", "2026-05-05", "Block hall"),),
    ),
    FileList(
        key="sessions", title=_("Sessions of a training"), columns=SESSIONS, needed=SESSIONS, write=write_session,
        codes=(("subject", Subject), ("method", SessionMethod)), belongs=planned_training, back=_page("training-plan"), **_SAID,
        example=(("2026-05-04", "10:30", "60", "FORMS", "What trafficking looks like here", "CASE"),),
    ),
    FileList(
        key="attendance", title=_("Attendance of a training"), columns=ATTENDANCE, needed=("name", "post", "audience", "sex"),
        write=write_attendance, codes=(("audience", Audience), ("sex", Sex), ("rank", Rank), ("why_left", WhyLeft)),
        belongs=planned_training, back=_page("training"), **_SAID,
        example=(("Meera Devi", "Block coordinator", "STAFF", "FEMALE", "", "B-17", "2", "40", "80", ""),),
    ),
    FileList(
        key="enrolments", title=_("People in a course"), columns=ENROLMENTS, needed=("name", "post"), write=write_enrolment,
        codes=(("status", EnrolmentState), ("why_left", WhyLeft)), belongs=open_course, back=_page("course"), **_SAID,
        example=(("Meera Devi", "Sub-inspector", "B-17", "2026-01-10", "COMPLETED", "2026-12-20", "B", "CAHT/2026/411", ""),),
    ),
    FileList(
        key="events", title=_("Campaign events"), columns=EVENTS, needed=("on", "method", "title", *PLACED, "language"), write=write_event,
        codes=(("method", Method), ("helplines", Helpline)), back=_page("campaign"), stands=events_stand, **_SAID,
        example=(("2026-05-04", "PLAY", "Play", "VILLAGE", "123456", "Hindi", *map(str, (40, 20, 15, 10, 0, 0, 0, 0)), "1098", "1500"),),
    ),
    FileList(
        key="messages", title=_("What each village is to hear"), columns=MESSAGES, needed=MESSAGES, write=write_message,
        codes=(("method", Method),), back=_page("villages"), **_SAID,
        example=(("2026-05-01", "PLAY", "Ask the agent three questions", "VILLAGE", "123456", "Hindi"),),
    ),
    FileList(
        key="meetings", title=_("Meetings"), columns=MEETINGS, needed=MEETINGS, write=write_meeting, codes=(("kind", MeetingKind),),
        back=_page("calendar"), **_SAID,
        example=(("WORKSHOP", "With all departments", "DISTRICT", "123", "2026-05-04", "11:00", "Collectorate", "Plan of the year"),),
    ),
)  # fmt: skip
