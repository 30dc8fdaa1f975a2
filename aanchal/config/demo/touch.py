"""Who is away in the pilot is called, some too late; a missing girl is found; a centre is open and an agency's licence has expired."""

from datetime import datetime, time, timedelta

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.models import User
from aanchal.access.policy import day_in_india
from aanchal.config.demo import state
from aanchal.network import actions as network
from aanchal.network.actions import Hours
from aanchal.places.models import Place
from aanchal.places.terms import Level
from aanchal.tracking import actions, alerting, clock, searches
from aanchal.tracking.models import Alert, Journey, Search
from aanchal.tracking.terms import AlertKind

OVERDUE = 6
LISTINGS = (
    ("Sample Brick Works", "EMPLOYER", "BRICK_KILN", "Riverside road, Nadipur", "CONTRACT_LABOUR", "DEMO-CL-101", 200, "GOOD"),
    ("Sample Home Care Placements", "PLACEMENT_AGENCY", "DOMESTIC_WORK", "Station market, Nadipur", "PLACEMENT", "DEMO-PA-7", -40, ""),
    ("Sample Textile Mill", "EMPLOYER", "FACTORY", "Mill gate 3, Dakshinpur", "FACTORY_SHOP", "DEMO-FS-55", 500, "GOOD"),
    ("Sample Stage Dreams", "CONTRACTOR", "DANCE_STAGE", "Said to be near the cinema", "NONE", "", 0, "NOT_FOUND"),
    ("Sample Sardar and Sons", "CONTRACTOR", "CONSTRUCTION", "Bypass site office", "CONTRACT_LABOUR", "DEMO-CL-140", 90, "CONCERNS"),
)


def load(*, at: datetime, users: dict[str, User]) -> None:
    village = Place.objects.get(level=Level.VILLAGE, lgd_code=state.villages(state.DEMO_BLOCK.code)[0].code)
    call_late(village, at=at, crp=users["crp"])
    find_a_girl(at=at, officer=users["block_officer"])
    open_a_centre(village, at=at, crp=users["crp"], officer=users["block_officer"])


def call_late(village: Place, *, at: datetime, crp: User) -> None:
    """Calls of the weeks before, as she kept them; then the clock of each day since."""
    today = day_in_india(at)
    with acting(crp):
        journeys = list(Journey.objects.filter(place=village, state="IN_TOUCH").select_related("place").order_by("pk"))
        for nth, journey in enumerate(journeys):
            late = 5 - nth if nth < OVERDUE else -3 - nth % 9
            on = max(journey.departed_on, today - timedelta(days=journey.interval_days + late))
            actions.record_check_in(journey=journey, way=("CALL", "VISIT", "MESSAGE")[nth % 3], answer="WELL", on=on, at=at, by=crp)
    for days in (4, 3, 2, 1, 0):
        with acting(SYSTEM):
            clock.run(at=at - timedelta(days=days), by=SYSTEM)
    with acting(crp):
        alert = Alert.objects.filter(place=village, kind=AlertKind.MISSED_CHECK_IN, state="OPEN", step="CRP").order_by("-raised_at").first()
        if alert:
            alerting.snooze(alert=alert, until=today + timedelta(days=2), reason="CALLS_ON_A_DAY", at=at, by=crp)


def find_a_girl(*, at: datetime, officer: User) -> None:
    """A girl of the block: FIR, found, back home. The others are still searched for."""
    with acting(officer):
        search = (
            Search.objects.filter(is_child=True, person__sex="FEMALE", state__in=["REPORTED", "GD_ENTRY"])
            .select_related("place")
            .order_by("pk")
            .first()
        )
        if search is None:
            return
        today = day_in_india(at)
        search = searches.move(search=search, state="FIR", on=today, number="DEMO 112/2026", at=at, by=officer)
        search = searches.move(search=search, state="TRACED", on=today, number="", at=at, by=officer)
        searches.move(search=search, state="RESTORED", on=today, number="", at=at, by=officer)


def open_a_centre(village: Place, *, at: datetime, crp: User, officer: User) -> None:
    today = day_in_india(at)
    hours = Hours(days=("MON", "WED", "FRI"), opens=time(10), closes=time(16))
    with acting(crp):
        centre = network.open_centre(
            place=village, name="सुरक्षित पलायन केंद्र", address="पंचायत भवन", phone="", hours=hours, on=today - timedelta(days=90), by=crp
        )
        network.join_staff(centre=centre, user=crp, capacity="GENDER_CRP", on=today - timedelta(days=90), by=crp)
        for nth, (topic, asker, advice) in enumerate(_ASKED):
            told = {"topic": topic, "asker": asker, "advice": list(advice), "trade": "BRICK_KILN" if topic == "EMPLOYER" else ""}
            network.record_enquiry(centre=centre, told=told, on=today - timedelta(days=3 * nth), at=at, by=crp)
    with acting(officer):
        for name, kind, trade, works_in, licence, number, days, visit in LISTINGS:
            told = {"name": name, "kind": kind, "trade": trade, "works_in": works_in, "licence_kind": licence, "licence_no": number}
            told["licence_until"] = today + timedelta(days=days) if number else None
            listing = network.record_listing(place=village.block, told=told, at=at, by=officer)
            if visit:
                network.record_visit(listing=listing, outcome=visit, on=today - timedelta(days=20), at=at, by=officer)
            if visit == "CONCERNS":
                network.record_complaint(listing=listing, topic="UNPAID", words="दो महीने की मज़दूरी नहीं मिली।", at=at, by=officer)


_ASKED = (
    ("EMPLOYER", "WOMAN", ("DIRECTORY", "KIT")),
    ("MARRIAGE", "FAMILY", ("NOT_TO_GO", "HELPLINE")),
    ("PAPERS", "MAN", ("KIT", "REGISTERED")),
    ("WAGES", "MAN", ("LEGAL_AID",)),
)
