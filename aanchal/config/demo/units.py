"""The scheme of units in the fictional State: orders, certificates accepted and asked for, units at every step, a meeting about them."""

from datetime import date, datetime, time, timedelta

from aanchal.access.acting import acting
from aanchal.access.models import User
from aanchal.access.policy import day_in_india
from aanchal.activities import actions as meetings
from aanchal.activities import coordinating
from aanchal.activities.actions import Notice
from aanchal.nodal import scheme
from aanchal.nodal.scheme import Certified, Known, Order
from aanchal.places.models import Place
from aanchal.places.terms import Level

PAISE = 100
AGENDA = "1. Units that are not functional\n2. Utilisation certificates that are owed\n3. Training of police officers and prosecutors"
MINUTES = (
    "The Joint Secretary welcomed the nodal officers. Units that are sanctioned and not notified were gone through State by State. "
    "States that owe a utilisation certificate were asked to send it within the month."
)
A_UNIT = 758_000 * PAISE
"""What the Ministry gave for one unit in 2010-11 (shared domain.md 2); the State's own figures are made up."""


def load(*, state: Place, users: dict[str, User], at: datetime) -> None:
    on = day_in_india(at)
    year = on.year - 1
    cell, mis = users["analyst"], users["state_mis"]
    with acting(cell):
        first = Order(year, "SCHEME", 3, f"15011/6/{year}", date(year, 6, 12))
        second = Order(year, "NIRBHAYA", 2, f"15011/9/{year}", date(year, 9, 4))
        scheme.sanction(place=state, order=first, tier="DISTRICT", at=at, by=cell)
        scheme.sanction(place=state, order=second, tier="DESK", at=at, by=cell)
        paid = scheme.release(place=state, order=first, amount_paise=3 * A_UNIT, at=at, by=cell)
        later = scheme.release(place=state, order=second, amount_paise=2 * A_UNIT, at=at, by=cell)
    with acting(mis):
        use = scheme.submit(one=paid, told=Certified(f"UC/{year}/1", 2 * A_UNIT, date(year, 12, 31)), at=at, by=mis)
        _units(state, on, at, mis)
    with acting(cell):
        scheme.decide(use=use, to="ACCEPTED", at=at, by=cell)
        scheme.ask(one=later, due_on=on + timedelta(days=20), at=at, by=cell)
        _meet(state, on, at, cell)


def _meet(state: Place, on: date, at: datetime, cell: User) -> None:
    """Held today with one open action; the neighbour that sorts before the State was called and did not come."""
    nation = Place.objects.get(level=Level.NATION)
    absent = Place.objects.filter(level=Level.STATE).exclude(pk=state.pk).order_by("name", "pk").first()
    called = {one: "Inspector General of Police, CID" for one in (state, absent) if one}
    notice = Notice("NODAL", "Coordination meeting with the nodal officers", on, time(11), "North Block, New Delhi", AGENDA)
    told = {"at": at, "by": cell}
    meeting = coordinating.convene(place=nation, notice=notice, invited=called, **told)
    coordinating.hold(meeting=meeting, states=[state], others=["National Crime Records Bureau"], **told)
    meetings.minute(meeting=meeting, words=MINUTES, **told)
    due = on + timedelta(days=30)
    coordinating.decide(meeting=meeting, decision="Notify the Women Help Desk and name who heads it", due_on=due, states=[state], **told)


def _units(state: Place, on: date, at: datetime, by: User) -> None:
    notified, month = date(on.year - 1, 8, 1), on - timedelta(days=20)
    district = Place.objects.filter(state=state, level=Level.DISTRICT).order_by("name").first() or state
    works = Known("DISTRICT", "SCHEME", "G.O. 41", notified, "Deputy Superintendent of Police", notified, "0800 2345670", 2, month)
    silent = Known("STATE", "SCHEME", "G.O. 40", notified, "Inspector General of Police", notified, "0800 2345600", 1)
    planned = Known("DESK", "NIRBHAYA")
    told = {"state": state, "at": at, "by": by}
    scheme.enter(place=district, name=f"Anti Human Trafficking Unit, {district.name}", known=works, **told)
    scheme.enter(place=state, name="State Anti Human Trafficking Bureau", known=silent, **told)
    scheme.enter(place=district, name=f"Women Help Desk, {district.name} town", known=planned, **told)
