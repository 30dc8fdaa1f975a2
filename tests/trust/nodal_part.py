"""What the Nodal Cell adds to the world: a return of its State with a figure, a sheet and a question."""

from datetime import date, time

from django.utils import timezone

from aanchal.access import policy
from aanchal.access.acting import SYSTEM, acting
from aanchal.activities import actions as meetings
from aanchal.activities import coordinating
from aanchal.activities.actions import Notice
from aanchal.activities.models import ActionPoint, Invitation, Minutes
from aanchal.nodal import actions, scheme, sheets
from aanchal.nodal.models import AreaNote, Call, Release, Return, Sanction, Unit, Upload
from tests.factories import make_nation

PERIOD = date(2026, 1, 1)


def fill(world) -> None:
    now, state = timezone.now(), world.here.state
    with acting(SYSTEM):
        told = {"period": "MONTH", "starts_on": PERIOD}
        call = Call.objects.filter(**told).first() or actions.call(due_on=date(2026, 2, 20), at=now, by=SYSTEM, **told)
    by = world.post("state_mis", state)
    with acting(by):
        one = actions.open_return(call=call, place=state, at=now, by=by)
        actions.take_sheet(one=one, sheet=sheets.Sheet("a.xlsx", "0", b"a sheet", {("missing_total", None): 3}, []), at=now, by=by)
    officer = world.post("nodal_officer", state)
    with acting(officer):
        remark = actions.Remark("SOURCE", {"SOURCE": 12}, "Look at the kilns", "Ask the labour office", policy.day_in_india(now))
        actions.note_area(place=world.here.district, remark=remark, at=now, by=officer)
        known = scheme.Known("DISTRICT", "SCHEME")
        scheme.enter(state=state, place=world.here.district, name=f"Unit of {state.pk}", known=known, at=now, by=officer)
    with acting(SYSTEM):
        order = scheme.Order(2024, "SCHEME", 3, "15011/1", date(2024, 9, 1))
        scheme.sanction(place=state, order=order, tier="DISTRICT", at=now, by=SYSTEM)
        released = scheme.release(place=state, order=order, amount_paise=50_000_000, at=now, by=SYSTEM)
    with acting(officer):
        told = scheme.Certified("UC 1", 20_000_000, date(2025, 3, 31))
        scheme.submit(one=released, told=told, at=now, by=officer)
    meet(state, officer, now)


def meet(state, officer, now) -> None:
    """A meeting that only this State is called to, its minutes as a file, a point that it answered."""
    notice = Notice("NODAL", f"Meeting of {state.pk}", policy.day_in_india(now), time(11), "A hall", "Units")
    with acting(SYSTEM):
        told = {"at": now, "by": SYSTEM}
        meeting = coordinating.convene(place=make_nation(), notice=notice, invited={state: ""}, **told)
        coordinating.hold(meeting=meeting, states=[state], **told)
        meetings.minute(meeting=meeting, file=b"%PDF-1.7", **told)
        [point] = coordinating.decide(meeting=meeting, decision="Notify it", due_on=meeting.on, states=[state], **told)
    with acting(officer):
        coordinating.answer(point=point, words="It is notified", at=now, by=officer)


def ids(world) -> dict:
    """For the addresses of the URL matrix."""
    state = {"place_no": world.here.state.place_no}
    called = Invitation.objects.get(of_state=world.here.state).meeting_id
    district = world.here.district
    return {
        ("nodal/areas/", "pk"): district.pk,
        ("nodal/areas/notes/", "pk"): AreaNote.objects.get(place=district).pk,
        ("nodal/units/<int:pk>/", "pk"): world.here.state_id,
        ("nodal/units/<uuid:pk>/", "pk"): Unit.objects.get(state=world.here.state).pk,
        ("nodal/units/releases/", "pk"): Release.objects.get(**state).pk,
        ("nodal/units/sanctions/", "pk"): Sanction.objects.get(**state).pk,
        ("nodal/meetings/", "pk"): called,
        ("nodal/meetings/minutes/", "pk"): Minutes.objects.get(meeting=called).pk,
        ("nodal/meetings/points/", "pk"): ActionPoint.objects.get(of_state=world.here.state).pk,
        ("nodal/returns/", "pk"): Return.objects.get(**state).pk,
        ("nodal/returns/uploads/", "pk"): Upload.objects.get(**state).pk,
    }
