"""From a girl reported missing to the first session she leads, by five people; then each of them asks every table in raw SQL."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from aanchal.access import policy
from aanchal.access.acting import SYSTEM, acting
from aanchal.cases import actions as cases
from aanchal.cases import assigning, referring
from aanchal.cases.consenting import ConsentDetails, record_consent
from aanchal.people.models import Person
from aanchal.registers import actions as registers
from aanchal.registers.terms import Register
from aanchal.rehab import counselling, leading, learning, own, readiness, returning
from aanchal.rehab.models import LeaderLink
from aanchal.rehab.terms import Gate
from aanchal.rescue import actions as rescue
from aanchal.rescue import clocks, prosecuting, sops, staffing
from aanchal.tracking.models import Alert
from tests.factories import make_household, make_posting, member
from tests.rehab.builders import make_counsellor
from tests.rescue import builders

HERS, FATHER = "Plantedjourney Phulmani", "Plantedjourney Som"
NOW = timezone.now()
FREED = NOW - timedelta(days=400)
"""She was 17 then."""
THEN, TODAY = policy.day_in_india(FREED), policy.day_in_india(NOW)
APPS = ("people", "registers", "rescue", "cases", "rehab")
OF_EVERYBODY = {"rescue_sop", "cases_retentionrule", "rehab_cbomaturity"}
"""Checklists, rules and which organisation is mature: of no person."""
WHO = ("crp", "officer", "cwc", "counsellor", "worker", "stranger")
STRANGER = ("ahtu_officer", "case_worker", "case_supervisor", "cwc_member", "counsellor", "counselling_supervisor", "block_officer")
"""All that someone of the next district can be."""

SEES = {  # table: rows that each of WHO sees
    "cases_assessment": (0, 1, 0, 1, 1, 0),
    "cases_assignment": (0, 4, 4, 4, 4, 0),
    "cases_case": (0, 1, 1, 1, 1, 0),
    "cases_caseconsent": (0, 2, 2, 2, 2, 0),
    "cases_caseidentity": (0, 1, 0, 0, 1, 0),
    "cases_caseservice": (0, 1, 1, 1, 1, 0),
    "cases_casetask": (0, 1, 1, 1, 1, 0),
    "cases_event": (0, 1, 1, 1, 1, 0),
    "cases_goal": (0, 1, 1, 1, 1, 0),
    "cases_leg": (0, 1, 1, 1, 1, 0),
    "cases_mark": (0, 3, 1, 1, 3, 0),
    "cases_referral": (0, 1, 1, 1, 1, 0),
    "cases_step": (0, 1, 1, 1, 1, 0),
    "cases_visit": (0, 1, 1, 1, 1, 0),
    "people_consent": (1, 1, 0, 0, 0, 0),
    "people_household": (1, 1, 0, 0, 0, 0),
    "people_identity": (1, 1, 0, 0, 0, 0),
    "people_membership": (1, 1, 0, 0, 0, 0),
    "people_person": (1, 1, 0, 0, 0, 0),
    "registers_entry": (1, 1, 0, 0, 0, 0),
    "rehab_attendance": (0, 1, 1, 1, 1, 0),
    "rehab_counsellor": (0, 0, 0, 1, 0, 0),
    "rehab_engagement": (0, 0, 0, 0, 1, 0),
    "rehab_gatedecision": (0, 5, 5, 5, 5, 0),
    "rehab_leaderlink": (0, 1, 0, 1, 1, 0),
    "rehab_leaning": (0, 1, 1, 1, 1, 0),
    "rehab_learning": (0, 1, 1, 1, 1, 0),
    "rehab_ownaccess": (0, 1, 0, 1, 1, 0),
    "rehab_rehabilitation": (0, 1, 1, 1, 1, 0),
    "rehab_resourceperson": (0, 0, 0, 0, 1, 0),
    "rehab_return": (0, 1, 0, 1, 1, 0),
    "rehab_session": (0, 1, 1, 1, 1, 0),
    "rehab_sessionnote": (0, 0, 0, 1, 0, 0),
    "rehab_traininghours": (0, 0, 0, 4, 0, 0),
    "rescue_accused": (0, 1, 0, 0, 0, 0),
    "rescue_carestep": (0, 1, 0, 0, 0, 0),
    "rescue_custody": (0, 1, 0, 0, 0, 0),
    "rescue_deadline": (0, 2, 0, 0, 0, 0),
    "rescue_evidence": (0, 1, 0, 0, 0, 0),
    "rescue_fir": (0, 1, 0, 0, 0, 0),
    "rescue_firsection": (0, 1, 0, 0, 0, 0),
    "rescue_firstep": (0, 1, 0, 0, 0, 0),
    "rescue_hearing": (0, 1, 0, 0, 0, 0),
    "rescue_jurisdiction": (0, 1, 0, 0, 0, 0),
    "rescue_lead": (0, 1, 0, 0, 0, 0),
    "rescue_leadsource": (0, 1, 0, 0, 0, 0),
    "rescue_member": (0, 1, 0, 0, 0, 0),
    "rescue_operation": (0, 1, 0, 0, 0, 0),
    "rescue_rescued": (0, 1, 0, 0, 0, 0),
    "rescue_stepmark": (0, 4, 0, 0, 0, 0),
    "rescue_unit": (0, 1, 0, 0, 0, 0),
}
NOT_REACHED = {
    "cases_disclosure",
    "cases_emergency",
    "cases_proposal",
    "cases_renaming",
    "cases_sealedlink",
    "cases_withdrawal",
    "people_conflict",
    "people_fieldchange",
    "people_merger",
    "registers_strike",
    "rehab_correction",
    "rehab_followup",
    "rehab_ownbenefit",
    "rehab_repatriation",
    "rehab_repatriationstep",
    "rescue_evidencefile",
}
"""Tables that this journey does not fill."""


@pytest.fixture
def five(india):
    """Who they are; and someone of the next district who holds every one of their posts there."""
    east = india["east"]
    with acting(SYSTEM):
        sops.load(by=SYSTEM)
        clocks.load(by=SYSTEM)
        coach = make_posting("counselling_supervisor", east)
        stranger = make_posting("gender_crp", india["west village 1"])
        for role in STRANGER:
            make_posting(role, india["west"], user=stranger)
        found = SimpleNamespace(
            crp=make_posting("gender_crp", india["east village 1"]), officer=make_posting("ahtu_officer", east),
            cwc=make_posting("cwc_member", east), counsellor=make_posting("counsellor", east), worker=make_posting("case_worker", east),
            stranger=stranger, village=india["east village 1"], west=india["west"], place=east,
        )  # fmt: skip
    make_counsellor(found.counsellor, coach, east)
    return found


@pytest.fixture
def journey(five):
    alert = reported(five)
    rescued = freed(five, alert)
    case = shared(five, rescued)
    rehabilitated(five, case)
    return leads(five, case)


def reported(five) -> Alert:
    """The worker of the village writes her into the register of the missing."""
    make_household(five.village, member(HERS, years=17, guardian=FATHER))
    at = FREED - timedelta(days=4)
    told = {"missing_circumstance": "UNKNOWN", "police_informed": "no", "missing_status": "REPORTED_VILLAGE", "photo_consent": "no"}
    with acting(five.crp):
        person = Person.objects.get()
        entry = registers.record_entry(
            register=Register.MISSING, person=person, household=person.memberships.get().household, place=five.village,
            happened_on=policy.day_in_india(at), details=told, texts={"physical_marks": "a Plantedmole"}, at=at, by=five.crp,
        )  # fmt: skip
        return Alert.objects.get(search__entry=entry)


def freed(five, alert: Alert):
    """The officer makes the alert a lead, plans by the checklist, frees her, brings her before the Committee, registers the FIR."""
    by, at = five.officer, FREED - timedelta(days=1)
    with acting(SYSTEM):
        told = {"name": "Unit East", "tier": "DISTRICT", "fund": "NIRBHAYA", "posts": 4}
        unit = staffing.open_unit(place=five.place, told=told, on=policy.day_in_india(at), at=at, by=SYSTEM)
        staffing.join(unit=unit, user=by, capacity="HEAD", on=policy.day_in_india(at), by=SYSTEM)
    with acting(by):
        lead = builders.make_lead(unit, by=by, matter="MISSING_CHILD", at=at, alert=alert)
        operation = builders.make_operation(lead, by=by, at=at, on=policy.day_in_india(at))
        operation = builders.start(operation, at=at, by=by)
        rescued = builders.rescue(operation, by=by, at=FREED, years=17, texts={"name": HERS, "father": FATHER})
        care = rescue.CareDetails(care="CWC", at=FREED + timedelta(hours=9))
        rescue.record_care(rescued=rescued, details=care, at=FREED + timedelta(hours=9), by=by)
        fir = builders.make_fir(unit, by=by, on=THEN, at=FREED, operation=operation)
        builders.make_accused(by=by, at=FREED, on=THEN, fir=fir)
        builders.go_to(fir, "CHARGE_SHEETED", by=by, at=NOW, on=TODAY)
        prosecuting.set_hearing(fir=fir, on=TODAY, purpose="CHARGES", at=NOW, by=by)
        builders.make_evidence(unit, operation, by=by, at=FREED)
    return rescued


def shared(five, rescued):
    """Her case; the Committee is asked with her consent and answers; a worker of the NGO and a counsellor are assigned."""
    by, told = five.officer, {"on": THEN, "at": FREED, "by": five.officer}
    details = cases.CaseDetails(
        "FEMALE", True, 17, pseudonym="Kaveri", rescued=rescued, identity=cases.Identity(HERS, FATHER), firs=("112/2025",),
        events=(cases.Happened("RECRUITMENT", THEN, five.place, words="a Plantedword"),), way=(five.place, five.west),
    )  # fmt: skip
    agreed = ConsentDetails("SUPPORT", "CWC", "SPOKEN", "hi", ("WHY", "WITHDRAW", "REFUSE"), TODAY + timedelta(days=90), child_agrees=True)
    with acting(by):
        case = cases.open_case(details=details, place=five.place, **told)
        for purpose in ("SUPPORT", "REFER"):
            record_consent(case=case, details=replace(agreed, purpose=purpose), **told)
        asked = referring.ReferralDetails("CWC", "LEGAL", "SERVICES", "To be produced", receiver=five.cwc)
        referral = referring.refer(case=case, details=asked, at=FREED, by=by)
    with acting(five.cwc):
        referring.accept(referral=referral, at=FREED, by=five.cwc)
    with acting(by):
        for user in (five.worker, five.counsellor):
            assigning.assign(case=case, user=user, capacity="WORKER", why="rehabilitation", at=FREED, by=by)
    return case


def rehabilitated(five, case) -> None:
    """She is assessed and has a goal; the gates open; she is counselled and learns; her way home is looked into; her PIN is set."""
    by, told = five.worker, {"on": TODAY, "at": NOW, "by": five.worker}
    with acting(by):
        cases.assess(case=case, scope="INDIVIDUAL", danger="NONE", needs=["LEGAL"], words="a Plantedword", **told)
        goal = cases.set_goal(case=case, support="LIVELIHOOD", words="to drive", is_her_wish=True, due_on=None, **told)
        cases.set_task(case=case, who=by, words="a task", due_on=TODAY, at=NOW, by=by, goal=goal)
        cases.record_service(case=case, support="HEALTH", party="HEALTH", words="care", **told)
        cases.record_visit(case=case, seen="SHELTER", danger="NONE", words="is well", **told)
    with acting(five.counsellor):
        counselling.hold(case=case, kind="ALONE", on=TODAY, minutes=45, notes="a Plantednote", at=NOW, by=five.counsellor)
    for nth, gate in enumerate(Gate):
        decides = five.counsellor if gate == Gate.COUNSELLOR else by
        with acting(decides):
            readiness.decide(case=case, gate=gate, is_open=True, on=TODAY, at=NOW + timedelta(seconds=nth), by=decides)
    with acting(by):
        readiness.start(case=case, at=NOW, by=by)
        learning.tell_leaning(case=case, interests=["MACHINES"], strengths=["QUICK"], surroundings="TOWN", on=TODAY, by=by)
        course = learning.enrol(case=case, kind="SKILLING", trade="welding", agency=None, **told)
        learning.attend(learning=course, month=TODAY, held=1, present=1, at=NOW, by=by)
        back = returning.plan(case=case, to="ELSEWHERE", at=NOW, by=by)
        returning.hear(back=back, wish="YES", is_heard_alone=True, **told)
        own.set_pin(case=case, pin="480271", at=NOW, by=by)


def leads(five, case) -> LeaderLink:
    with acting(five.worker):
        called = leading.Called("Plantedcalled didi")
        told = {"place": five.place, "fields": ["COUNSELLING"], "chose_on": TODAY, "at": NOW, "by": five.worker}
        link = leading.choose(case=case, called=called, **told)
        done = {"field": "COUNSELLING", "on": TODAY, "hours": 2, "honorarium_paise": 300_00}
        leading.engage(person=link.person, at=NOW, by=five.worker, **done)
    return link


def tables() -> list[str]:
    found = (model._meta.db_table for app in APPS for model in apps.get_app_config(app).get_models())
    return sorted(set(found) - OF_EVERYBODY)


def seen(user) -> dict[str, int]:
    """Table -> rows that the database shows the application while this person acts."""
    with acting(user), connection.cursor() as cursor:
        counts = {}
        for table in tables():
            cursor.execute(f"SELECT count(*) FROM {table}")
            counts[table] = cursor.fetchone()[0]
    return counts


def test_each_sees_the_rows_her_task_needs_and_the_next_district_none(five, journey):
    by_person = {who: seen(getattr(five, who)) for who in WHO}
    found = {table: tuple(by_person[who][table] for who in WHO) for table in tables()}
    assert {table: rows for table, rows in found.items() if any(rows)} == SEES
    assert not any(by_person["stranger"].values())
    everything = seen(SYSTEM)
    assert {table for table, rows in everything.items() if not rows} == {table for table in found if not any(found[table])} == NOT_REACHED
