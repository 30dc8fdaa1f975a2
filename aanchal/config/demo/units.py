"""The scheme of units in the fictional State: sanctioned, released, one certificate accepted and one asked for, units at every step."""

from datetime import date, datetime, timedelta

from aanchal.access.acting import acting
from aanchal.access.models import User
from aanchal.access.policy import day_in_india
from aanchal.nodal import scheme
from aanchal.nodal.scheme import Certified, Known, Order
from aanchal.places.models import Place
from aanchal.places.terms import Level

PAISE = 100
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
