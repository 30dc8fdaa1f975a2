"""A unit of the demo's district with two operations: one that runs, one that is done and in court."""

from datetime import datetime, timedelta

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.models import User
from aanchal.access.policy import day_in_india
from aanchal.config.demo import state
from aanchal.places.models import Place
from aanchal.places.terms import Level
from aanchal.rescue import actions, informing, keeping, prosecuting, staffing
from aanchal.rescue.models import Operation, Unit
from aanchal.rescue.rules import Holder
from aanchal.rescue.terms import Phase

MONTH = timedelta(days=30)


def load(*, at: datetime, officer: User) -> None:
    with acting(SYSTEM):
        district = Place.objects.get(level=Level.BLOCK, lgd_code=state.DEMO_BLOCK.code).district
        told = {"name": f"AHTU {district.name}", "tier": "DISTRICT", "fund": "NIRBHAYA", "posts": 12, "phone": "112"}
        unit = staffing.open_unit(place=district, told=told, on=day_in_india(at - 6 * MONTH), at=at - 6 * MONTH, by=SYSTEM)
        staffing.join(unit=unit, user=officer, capacity="HEAD", on=day_in_india(at - 6 * MONTH), by=SYSTEM)
    with acting(officer):
        kiln_that_is_in_court(unit, at - 2 * MONTH, at, officer)
        workshop_that_runs(unit, at - timedelta(hours=30), at, officer)
        _lead(unit, "SEXUAL", "UNNAMED", "बस अड्डे के पीछे दो लड़कियों को रोका गया है।", at - timedelta(hours=3), officer, is_urgent=True)
        _lead(unit, "FOREIGN", "NGO", "एक महिला, जो हिंदी नहीं बोलती, घर में बंद है।", at - timedelta(days=2), officer)


def kiln_that_is_in_court(unit: Unit, at: datetime, now: datetime, by: User) -> None:
    """Bonded labourers freed two months ago: certificates, relief, charge sheet, the first hearing to come."""
    operation = _begun(unit, "BONDED", "ईंट भट्ठे पर तीन परिवार पेशगी के कारण रोके गए हैं।", at, by)
    there = at + timedelta(hours=5)
    freed = [_freed(operation, there, by, sex, years, "BONDED_LABOUR") for sex, years in (("FEMALE", 31), ("MALE", 34), ("FEMALE", 12))]
    phone = _seized(unit, operation, "DOCUMENT", "पेशगी का रजिस्टर", there, by)
    _over(operation, there + timedelta(hours=3), by)
    for nth, one in enumerate(freed):
        _care(one, "CWC" if one.is_child else "RELEASED", there + timedelta(hours=16 + nth), by, number=f"DEMO/{nth + 1}")
    for one in freed[:2]:
        _care(one, "RELIEF", there + timedelta(days=4), by, amount_paise=30_000_00)
    fir = _fir(unit, operation, "Kotwali", "212", there, by, ("BNS 143(3)", "BNS 143(5)", "BNS 146", "BLSA 16"))
    accused = prosecuting.record_accused(details=_of("EMPLOYER"), on=day_in_india(there), at=there, by=by, fir=fir)
    prosecuting.move_accused(accused=accused, state="ARRESTED", on=day_in_india(there), at=there, by=by)
    office = Holder("LABORATORY", office="Sample State Laboratory")
    keeping.hand_over(evidence=phone, to=office, why="TO_EXAMINE", is_seal_whole=True, when=there + timedelta(days=3), at=now, by=by)
    for days, stage in ((40, "CHARGE_SHEETED"), (48, "COGNIZANCE")):
        on = day_in_india(there + timedelta(days=days))
        fir = prosecuting.go_on(fir=fir, stage=stage, on=on, number="DEMO 18", court="Sample Sessions Court", at=now, by=by)
    prosecuting.set_hearing(fir=fir, on=day_in_india(now + timedelta(days=6)), purpose="CHARGES", at=now, by=by)


def workshop_that_runs(unit: Unit, at: datetime, now: datetime, by: User) -> None:
    """Children freed yesterday from a workshop: one was before the Committee in time, for the other the clock is nearly over."""
    operation = _begun(unit, "CHILD_LABOUR", "चूड़ी के कारख़ाने में छोटे बच्चे रात में काम करते हैं।", at, by)
    there = at + timedelta(hours=8)
    brother, _sister = (_freed(operation, there, by, sex, years, "CHILD_LABOUR") for sex, years in (("MALE", 11), ("FEMALE", 14)))
    _seized(unit, operation, "PHONE", "मालिक का फ़ोन", there, by)
    _over(operation, there + timedelta(hours=2), by, after=("fir", "safe-home"))
    _care(brother, "CWC", there + timedelta(hours=14), by, number="DEMO/CWC/7", journey_hours=2)
    fir = _fir(unit, operation, "Sadar", "88", there, by, ("BNS 143(5)", "CLPRA 14", "JJ 79"))
    for role in ("EMPLOYER", "RECRUITER"):
        prosecuting.record_accused(details=_of(role), on=day_in_india(there), at=now, by=by, fir=fir)


def _lead(unit: Unit, matter: str, channel: str, words: str, at: datetime, by: User, **more):
    texts, source = {"words": words, "where": "Nadipur"}, {"name": "एक पड़ोसी", "phone": ""}
    details = informing.LeadDetails(matter=matter, channel=channel, texts=texts, source=source, **more)
    return informing.record_lead(unit=unit, details=details, at=at, by=by)


def _begun(unit: Unit, matter: str, words: str, at: datetime, by: User) -> Operation:
    lead = _lead(unit, matter, "HELPLINE", words, at, by, is_child=matter == "CHILD_LABOUR")
    lead = informing.move(lead=lead, state="CHECKED", why="दो दिन देखा गया: सच है।", at=at + timedelta(hours=2), by=by)
    told = {"planned_for": day_in_india(at + timedelta(hours=4)), "led_by": by, "words": "दो दल, पीछे का दरवाज़ा भी।"}
    operation = actions.plan(lead=lead, at=at + timedelta(hours=3), by=by, **told)
    _mark(operation, Phase.BEFORE, at + timedelta(hours=4), by)
    return actions.go_on(operation=operation, event="START", at=at + timedelta(hours=4), by=by)


def _over(operation: Operation, at: datetime, by: User, after: tuple[str, ...] | None = None) -> None:
    """Left the spot; of the duties after it those that are named are done, or all."""
    _mark(operation, Phase.DURING, at, by)
    operation = actions.go_on(operation=operation, event="LEAVE", at=at, by=by)
    _mark(operation, Phase.AFTER, at + timedelta(hours=6), by, after)
    if after is None:
        actions.go_on(operation=operation, event="FINISH", at=at + 50 * timedelta(days=1), by=by)


def _mark(operation: Operation, phase: str, at: datetime, by: User, only: tuple[str, ...] | None = None) -> None:
    for step in operation.sop.checklist:
        if step.phase == phase and (only is None or step.key in only):
            actions.mark(operation=operation, key=step.key, mark="DONE", note="", done_at=at, at=at, by=by)


def _freed(operation: Operation, at: datetime, by: User, sex: str, years: int, exploitation: str):
    details = actions.RescuedDetails(at=at, sex=sex, years=years, age_basis="STATED", exploitation=exploitation)
    return actions.record_rescued(details=details, place=None, operation=operation, at=at + timedelta(hours=1), by=by)


def _care(rescued, care: str, at: datetime, by: User, **more) -> None:
    actions.record_care(rescued=rescued, details=actions.CareDetails(care=care, at=at, **more), at=at, by=by)


def _seized(unit: Unit, operation: Operation, kind: str, words: str, at: datetime, by: User):
    details = keeping.EvidenceDetails(kind=kind, seized_at=at, words=words, seal_no="DEMO 4")
    return keeping.record_evidence(unit=unit, operation=operation, details=details, at=at + timedelta(hours=1), by=by)


def _fir(unit: Unit, operation: Operation, station: str, number: str, at: datetime, by: User, sections: tuple[str, ...]):
    details = prosecuting.FirDetails(station=station, number=number, registered_on=day_in_india(at), sections=sections)
    return prosecuting.register_fir(unit=unit, operation=operation, details=details, at=at + timedelta(hours=2), by=by)


def _of(role: str) -> prosecuting.AccusedDetails:
    return prosecuting.AccusedDetails(role=role, sex="MALE", texts={"remarks": "नाम अभी पता नहीं"})
