"""Makers of what the tests of rescue need; whoever calls acts as someone."""

from datetime import timedelta

from aanchal.rescue import actions, informing, keeping, prosecuting, queries
from tests.factories import DAY, NOON

NAME, TOLD_BY, PLACE = "Plantedgirl Sunita", "Plantedsource Ramu", "Plantedlane behind the cinema"
ACCUSED = "Plantedagent Kalu"
LATER = NOON + timedelta(hours=2)


def make_lead(unit, *, by, matter="CHILD_LABOUR", at=NOON, alert=None):
    details = informing.LeadDetails(
        matter=matter, channel="PHONE", is_child=True, texts={"words": f"{NAME} is held", "where": PLACE},
        source={"name": TOLD_BY, "phone": "9812345678"},
    )  # fmt: skip
    return informing.record_lead(unit=unit, details=details, at=at, by=by, alert=alert)


def make_operation(lead, *, by, at=NOON, on=DAY):
    return actions.plan(lead=lead, planned_for=on, led_by=by if by.pk else None, words=f"By the back door of {PLACE}", at=at, by=by)


def mark_all(operation, phase, *, at, by, mark="DONE"):
    for step in operation.sop.checklist:
        if step.phase == phase:
            actions.mark(operation=operation, key=step.key, mark=mark, note="seen", done_at=at, at=at, by=by)


def start(operation, *, at, by):
    mark_all(operation, "BEFORE", at=at, by=by)
    return actions.go_on(operation=operation, event="START", at=at, by=by)


def rescued_details(**more):
    told = {"at": LATER, "sex": "FEMALE", "years": 15, "age_basis": "STATED", "exploitation": "CHILD_LABOUR"}
    return actions.RescuedDetails(**told | {"texts": {"name": NAME, "father": "Plantedfather"}} | more)


def rescue(operation, *, by, at=LATER, **more):
    return actions.record_rescued(details=rescued_details(**{"at": at} | more), place=None, operation=operation, at=at, by=by)


def make_fir(unit, *, by, number="112", station="Kotwali", on=DAY, at=NOON, operation=None, **more):
    details = prosecuting.FirDetails(station=station, number=number, registered_on=on, **{"sections": ("BNS 143(4)",)} | more)
    return prosecuting.register_fir(unit=unit, details=details, operation=operation, at=at, by=by)


def make_accused(*, by, at=NOON, on=DAY, operation=None, fir=None):
    details = prosecuting.AccusedDetails(role="RECRUITER", sex="MALE", texts={"name": ACCUSED})
    return prosecuting.record_accused(details=details, on=on, at=at, by=by, operation=operation, fir=fir)


def make_evidence(unit, operation, *, by, at=LATER, **more):
    told = {"kind": "PHONE", "seized_at": at, "words": f"Phone of {ACCUSED}", "where": PLACE, "seal_no": "S 1"}
    return keeping.record_evidence(unit=unit, operation=operation, details=keeping.EvidenceDetails(**told | more), at=at, by=by)


def go_to(fir, *stages, by, at=NOON, on=DAY):
    for stage in stages:
        fir = prosecuting.go_on(fir=fir, stage=stage, on=on, number="7", court="Special court", at=at, by=by)
    return queries.fir(fir.pk)
