"""Worlds made by hand: so many of so many, for each indicator that came after the first thirty-six; and each list has that many rows."""

from datetime import date, datetime, time, timedelta
from itertools import count
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.policy import INDIA, day_in_india
from aanchal.activities import models as activities
from aanchal.benefits.models import Entitlement, SchemeVersion, Service, Told
from aanchal.benefits.models import Training as Learned
from aanchal.cases.models import Case, Leg
from aanchal.core.rows import insert
from aanchal.insight import queries, rules
from aanchal.insight.measures import MEASURES
from aanchal.insight.models import Counted, Definition, Figure
from aanchal.matching.models import Candidate, Decision, FoundPerson
from aanchal.money import actions as money
from aanchal.money import booking
from aanchal.money.rules import Slot
from aanchal.network import models as network
from aanchal.network.models import Stakeholder
from aanchal.nodal import actions as returns
from aanchal.nodal import scheme
from aanchal.people.models import FieldChange, Membership
from aanchal.places.terms import Level
from aanchal.registers.models import Entry
from aanchal.rehab.models import Engagement, GateDecision, LeaderLink, Learning, ResourcePerson
from aanchal.rehab.terms import Gate
from aanchal.rescue import models as rescue
from aanchal.rescue import prosecuting
from aanchal.tracking.models import Alert, AlertStep, Journey, Search
from aanchal.villages.models import PlanDemand, Roadmap, RoadmapAction
from tests.benefits.builders import lent, make_fund
from tests.factories import make_nation, make_place, make_posting, make_user, member
from tests.insight.builders import computed
from tests.insight.following import rows_of_all, sees_all
from tests.nodal.builders import FIGURES, cells
from tests.portal.builders import waiting
from tests.registers.builders import make_family, someone
from tests.rescue.builders import make_lead
from tests.risk.world import AT_RISK, CALM, family
from tests.selection.builders import make_series
from tests.trust.world import signed_in

NOW = timezone.now()
TODAY = day_in_india(NOW)
MONTH = rules.month_of(TODAY)
_codes = count(100_000)


def ago(days: int):
    return TODAY - timedelta(days=days)


def at(day):
    return datetime.combine(day, time(12), tzinfo=INDIA)


def put(model, **told):
    row = model(**told)
    insert(row)
    return row


def here(place) -> dict:
    return {"place": place, "place_no": place.place_no}


@pytest.fixture(scope="module")
def world(own_database_of_module):
    """Two districts of two villages each."""
    from aanchal.places.queries import forget_villages

    forget_villages()
    with acting(SYSTEM):
        india = {"nation": make_nation()}
        india["state"] = make_place(Level.STATE, india["nation"], "state")
        for name in ("east", "west"):
            india[name] = make_place(Level.DISTRICT, india["state"], name)
            india[f"{name} block"] = make_place(Level.BLOCK, india[name], f"{name} block")
            panchayat = make_place(Level.PANCHAYAT, india[f"{name} block"])
            india |= {f"{name} village {n}": make_place(Level.VILLAGE, panchayat) for n in (1, 2)}
        user = make_user()
        for fill in (directory, trainings, girls, searches, pairs, help_of_families, cases, units, nodal, the_others):
            fill(india, user)
        make_series("population_2011", {india["east"]: 7_200_000, india["west"]: 4_800_000})
    computed(MONTH, NOW)
    return india


def posted(role, place):
    with acting(SYSTEM):
        return make_posting(role, place)


def directory(india, user):
    """Of four kinds, all confirmed: the CBO in one village, one kind in its block, two in the district; in the west one unconfirmed."""
    for kind, name, confirmed in (
        ("VO", "east village 1", TODAY), ("CRP", "east block", TODAY), ("POLICE", "east", TODAY), ("CWC", "east", TODAY),
        ("VO", "west village 1", None), ("CRP", "west", TODAY), ("HEALTH", "west", TODAY), ("JJB", "west", TODAY),
    ):  # fmt: skip
        put(Stakeholder, kind=kind, name=f"A {kind}", name_key=f"a {kind}", confirmed_on=confirmed, recorded_at=NOW, **here(india[name]))


def trainings(india, user):
    """Both modules for one village, one of them for another; eleven officers came, one did not; two points due, one closed in time."""
    for key, villages in (("basics", ("east village 1", "east village 2")), ("registers", ("east village 1",))):
        module = activities.Module.objects.get(key=key, place=None)
        training = put(
            activities.Training, module=module, title=key, audience="CBO", starts_on=ago(9), ends_on=ago(9), venue="Hall", state="HELD",
            recorded_at=NOW, **here(india["east"]),
        )  # fmt: skip
        for name in villages:
            put(activities.TrainedVillage, training=training, **here(india[name]))
    training = put(
        activities.Training, module=module, title="Police", audience="POLICE", starts_on=ago(9), ends_on=ago(9), venue="Hall", state="HELD",
        recorded_at=NOW, **here(india["east"]),
    )  # fmt: skip
    for n in range(13):
        told = {"name": f"An officer {n}", "post": "SI", "audience": "POLICE" if n else "STAFF", "sex": "FEMALE", "recorded_at": NOW}
        rank = "INSPECTOR" if n > 9 else "CONSTABLE"
        she = put(activities.Participant, **told, rank=rank, **here(india["east"]))
        put(activities.Attendee, training=training, place_no=she.place_no, participant=she, days_present=int(n != 1))
    meeting = put(
        activities.Meeting, kind="REVIEW", title="A review", on=ago(40), starts_at=time(11), venue="Hall", agenda="All", state="HELD",
        recorded_at=NOW, **here(india["nation"]),
    )  # fmt: skip
    told = {"meeting": meeting, "place_no": meeting.place_no, "decision": "Write", "office": "Home", "due_on": TODAY}
    put(activities.ActionPoint, **told, state="DONE", evidence="Letter", closed_on=ago(1))
    put(activities.ActionPoint, **told)


def girls(india, user):
    """Three out of school; one came back 120 days before the last visit, one 30 days, one is still out. A boy is nobody here."""
    village = india["east village 1"]
    children = [member(f"Child {n}", years=13, sex="MALE" if n == 3 else "FEMALE", school_status="DROPPED_OUT") for n in range(4)]
    household = family(village, CALM, members=children).household
    for one in Membership.objects.filter(household=household).select_related("person").order_by("pk"):
        nth = next(n for n, child in enumerate(children) if child.id == one.person_id)
        if nth < 2:
            back_on = household.visited_on - timedelta(days=120 if nth == 0 else 30)
            change = {"field": "school_status", "before": "DROPPED_OUT", "after": "KGBV_HOSTEL", "version": 2, "state": "APPLIED"}
            put(FieldChange, household=household, person=one.person, place_no=village.place_no, told_on=back_on, recorded_at=NOW, **change)
            one.person.school_status = "KGBV_HOSTEL"
            one.person.save(update_fields=["school_status"])


def missing(village, **details) -> Entry:
    household, person = make_family(village, someone(years=12))
    told = {"register": "MISSING", "person": person, "household": household, "happened_on": ago(200), "recorded_at": NOW, "is_open": True}
    return put(Entry, **told, details={"missing_status": "GD_ENTRY"} | details, **here(village))


def searches(india, user):
    """Eleven children with an FIR after 0, 1 .. 10 days; two missing long, one of them with the AHTU. Two child marriages, one stopped."""
    village = india["east village 1"]
    for n in range(11):
        entry = missing(village, fir_on=TODAY.isoformat())
        told = {"entry": entry, "person": entry.person, "is_child": True, "changed_at": NOW, **here(village)}
        put(Search, state="FIR", reported_at=at(ago(n)), **told)
    for n, state in enumerate(("SEARCHING", "WITH_AHTU", "TRACED")):
        entry = missing(village)
        put(Search, entry=entry, person=entry.person, is_child=True, state=state, reported_at=at(ago(200)), changed_at=NOW, **here(village))
        told = {"kind": "MARRIAGE", "subject": entry.pk, "person": entry.person, "is_child": True, "step": "CRP", "raised_at": NOW}
        ended = {} if n == 0 else {"state": "CLOSED", "closed_at": NOW, "outcome": "PREVENTED" if n == 1 else "VERIFIED"}
        put(Alert, step_since=NOW, **told, **ended, **here(village))


def pairs(india, user):
    """Two pairs whose week is over, one of them looked at within it; a third is of today."""
    entry = missing(india["east village 1"])
    for days, said_after in ((9, 3), (8, None), (0, None)):
        found = put(FoundPerson, kind="RESCUED", found_on=ago(10), sex="FEMALE", recorded_at=NOW, **here(india["east"]))
        made = UUID(int=(int((NOW - timedelta(days=days)).timestamp() * 1000) << 80) | (7 << 76) | (2 << 62) | next(_codes))
        sides = {"found_place": found.place, "found_place_no": found.place_no, "person": entry.person, "entry": entry, "found": found}
        pair = put(Candidate, id=made, probability=0.9, benefit=1, model_version="a", searched_at=NOW, **sides, **here(entry.place))
        if said_after:
            told = {"candidate": pair, "place_no": pair.place_no, "found_place_no": pair.found_place_no, "answer": "UNSURE", "reasons": []}
            put(Decision, at=NOW - timedelta(days=days - said_after), by=user, **told)


def help_of_families(india, user):
    """Twelve families at risk that told of 40 days of work, each with a loan of ten parts, two late; two have all papers, three of

    their adults are insured. Twelve applications delivered after 30 days.
    """
    village, fund = india["east village 1"], make_fund(india["east village 1"], rupees=1_000_000)
    scheme = SchemeVersion.objects.filter(code="PMSBY").first()
    for n in range(12):
        household = family(village, AT_RISK | {"mgnregs_days": 40, "ration_card": True}).household
        she = household.memberships.get().person
        lent(fund, household, on=ago(75))
        told = {"household": household, "place_no": village.place_no, "recorded_at": NOW}
        cover = {"scheme": scheme, "code": "PMSBY", "state": "DELIVERED", "proof": "CARD", "applied_on": ago(30), "due_on": TODAY}
        held = TODAY if n < 3 else ago(1)
        put(Entitlement, **told, **cover, person=she, place=village, moved_on=TODAY, holds_until=held)
        if n < 2:
            put(Service, **told, code="MGNREGS", title={}, on=ago(9), source="TOLD")
            told = {"household": household, "place_no": village.place_no, "told_on": TODAY}
            put(Told, **told, answers={"health_card": False})
            put(Told, **told, answers={"health_card": True})
            put(Told, **told, person=she, answers={"bank_account": True})


def cases(india, user):
    """Four women: two enrolled with all gates open, one with a gate shut again, one of them in a usual trade; two lead, one did so.

    One was taken to another district.
    """
    east = india["east"]
    for n in range(4):
        told = {"code": f"C{next(_codes)}", "opened_on": ago(1), "opened_at": NOW, "opened_by": user, "gender": "FEMALE", "is_child": False}
        case = put(Case, **told, **here(east))
        of_case = {"case": case, "place_no": east.place_no}
        put(Leg, **of_case, number=1, origin=east, destination=india["west"] if n == 0 else east)
        if n < 3:
            for gate in Gate.values:
                put(GateDecision, **of_case, gate=gate, is_open=True, on=ago(9), at=at(ago(9)), by=user)
            if n == 2:
                put(GateDecision, **of_case, gate="MEDICAL", is_open=False, why="RELAPSE", on=ago(8), at=at(ago(8)), by=user)
            course = {"kind": "SKILLING", "trade": "tailoring" if n == 0 else "driving", "age": 25, "enrolled_on": ago(5)}
            put(Learning, **of_case, **course, moved_on=ago(5), recorded_at=NOW, recorded_by=user)
        if n < 2:
            person = put(ResourcePerson, fields=["MIGRATION"], since=ago(99), by=user, **here(east))
            put(LeaderLink, **of_case, person=person, chose_on=ago(99), by=user)
            if n == 0:
                done = {"field": "MIGRATION", "on": ago(5), "hours": 2, "honorarium_paise": 0, "at": NOW, "by": user}
                put(Engagement, place_no=east.place_no, person=person, **done)


def units(india, user):
    """Three bonded labourers rescued, two with certificate and relief, one of these with compensation; a unit of four posts, one filled."""
    east = india["east"]
    unit = put(rescue.Unit, name="A unit", tier="DISTRICT", fund="SCHEME", posts=4, opened_at=NOW, **here(east))
    put(rescue.Member, unit=unit, place_no=east.place_no, user=user, capacity="HEAD", since=ago(9), by=user)
    for n in range(3):
        told = {"code": f"R{n}", "sex": "FEMALE", "age_basis": "STATED", "is_child": False, "exploitation": "BONDED_LABOUR"}
        when = {"rescued_on": ago(30), "rescued_at": at(ago(30)), "recorded_at": NOW, "recorded_by": user}
        she = put(rescue.Rescued, **told, **when, **here(east))
        for care in [("RELEASED", "RELIEF", "AWARDED"), ("RELEASED", "RELIEF"), ("RELEASED",)][n]:
            put(rescue.CareStep, rescued=she, place_no=east.place_no, care=care, at=NOW, told_at=NOW, by=user)


def nodal(india, user):
    """Of thirty-seven States one sent the return due today; of three units sanctioned one is functional; money released and certified."""
    state, month = india["state"], rules.month_after(MONTH, -1)
    accepts = make_posting("national_analyst", india["nation"])
    mis, officer = (make_posting(role, state) for role in ("state_mis", "nodal_officer"))
    with acting(accepts):
        call = returns.call(period="MONTH", starts_on=month, due_on=TODAY, at=NOW, by=accepts)
    with acting(mis):
        one = returns.open_return(call=call, place=state, at=NOW, by=mis)
        returns.write(one=one, cells=cells(FIGURES | {"persons_arrested": 32}), by=mis)
    for step, by in (("submit", mis), ("approve", officer), ("accept", accepts), ("lock", accepts)):
        with acting(by):
            one = getattr(returns, step)(one=one, at=NOW, by=by)
    told = {"at": NOW, "by": accepts}
    with acting(accepts):
        order = scheme.Order(2025, "SCHEME", 3, "1", ago(90))
        scheme.sanction(place=state, order=order, tier="DISTRICT", **told)
        released = scheme.release(place=state, order=order, amount_paise=50_000_000, **told)
    works = scheme.Known(
        "DISTRICT", "SCHEME", order_no="9", notified_on=ago(60), head_post="DSP", phone="100", vehicles=1, reported_on=ago(9)
    )
    with acting(officer):
        for known, name in ((works, "One"), (scheme.Known("DISTRICT", "SCHEME"), "Two")):
            scheme.enter(state=state, place=india["east"], name=name, known=known, at=NOW, by=officer)
        uses = [
            scheme.submit(one=released, told=scheme.Certified(number, 20_000_000, ago(9)), at=NOW, by=officer) for number in ("1", "2")
        ]
    with acting(accepts):
        scheme.decide(use=uses[0], to="ACCEPTED", **told)


def the_others(india, user):
    """One row at least for each list of the first thirty-six."""
    village, east, told = india["east village 1"], india["east"], {"recorded_at": NOW}
    road = put(Roadmap, adopted_on=ago(9), meeting="M", village_organisation="VO", **told, **here(village))
    put(RoadmapAction, roadmap=road, title="A lamp", who="VO", due_on=TODAY, state="DONE", done_on=TODAY, **here(village))
    waiting(village, user, at=NOW), waiting(village, user, at=NOW, status="ACCEPTED")
    missing(village, gd_on=TODAY.isoformat())
    for details in ({"fir_on": ago(5).isoformat()}, {"traced_on": ago(1).isoformat()}):
        of_today = missing(village, **details)
        put(Entry, register="MISSING", person=of_today.person, happened_on=TODAY, is_open=True, details=details, **told, **here(village))
    household, person = make_family(village, someone())
    entry = {"register": "MIGRATION", "person": person, "household": household, "happened_on": TODAY, "is_open": True, "details": {}}
    entry = put(Entry, **entry, **told, **here(village))
    due = {"departed_on": TODAY, "interval_days": 7, "due_on": TODAY, "opened_at": NOW, "is_child": False}
    journey = put(Journey, kind="MIGRATION", entry=entry, person=person, household=household, **due, **here(village))
    lost = {"kind": "MISSED_CHECK_IN", "subject": journey.pk, "person": person, "journey": journey, "is_child": False, "step": "CRP"}
    alert = put(Alert, **lost, raised_at=at(ago(3)), step_since=NOW, **here(village))
    put(AlertStep, alert=alert, place_no=village.place_no, happening="ESCALATED", step="VO", at=at(ago(2)))
    scheme = SchemeVersion.objects.filter(code="PMAYG").first()
    asked = {"household": household, "scheme": scheme, "code": "PMAYG", "applied_on": TODAY, "moved_on": TODAY, **told, **here(village)}
    put(Entitlement, **asked | {"applied_on": ago(40)}, due_on=ago(1))
    other = put(Entitlement, **asked | {"household": make_family(village, someone())[0]}, due_on=TODAY, state="SANCTIONED")
    put(
        Learned, household=other.household, person=person, place_no=village.place_no, programme="MKSP", trade="Millets", state="PLACED",
        enrolled_on=ago(9), placed_on=TODAY, moved_on=TODAY, **told,
    )  # fmt: skip
    plan = {"year": TODAY.year, "given_on": ago(60), **told, **here(village)}
    put(PlanDemand, kind="PENSION", families=12, taken=9, taken_on=ago(9), **plan)
    put(PlanDemand, kind="HOUSE", families=8, **plan)
    force = put(activities.TaskForce, title="A task force", order_no="1", constituted_on=ago(9), **told, **here(east))
    put(
        activities.Meeting, task_force=force, kind="TASK_FORCE", title="A meeting", on=ago(2), starts_at=time(11), venue="Hall",
        agenda="All", state="HELD", **told, **here(east),
    )  # fmt: skip
    put(activities.CampaignEvent, on=TODAY, method="PLAY", title="A play", language="Hindi", women=9, girls=4, **told, **here(east))
    visit = {"licence_until": None, "visited_on": TODAY, "visit_outcome": "GOOD"}
    put(network.Listing, kind="EMPLOYER", name="A kiln", works_in="Here", trade="BRICK_KILN", **visit, **told, **here(village))
    hours = {"days": ["MON"], "opens": time(9), "closes": time(12), "opened_on": ago(9)}
    centre = put(network.Centre, name="A centre", address="Here", **hours, **here(village))
    put(network.Enquiry, centre=centre, place_no=village.place_no, on=TODAY, asker="WOMAN", topic="RIGHTS", advice=["KIT"], **told)
    post = put(network.Post, kind="GENDER_CRP", title="Gender CRP", order_no="1", sanctioned_on=ago(9), **told, **here(village))
    holder = put(Stakeholder, kind="CRP", name="She", name_key="she", **told, **here(village))
    put(network.Tenure, post=post, holder=holder, place_no=village.place_no, since=ago(9), order_no="2", **told)
    girl = {"code": "G1", "sex": "FEMALE", "age_basis": "STATED", "is_child": True, "rescued_on": TODAY, "rescued_at": NOW}
    girl["recorded_by"] = user
    girl = put(rescue.Rescued, **girl, **told, **here(east))
    put(rescue.CareStep, rescued=girl, place_no=east.place_no, care="CWC", at=NOW, told_at=NOW, by=user)
    unit = rescue.Unit.objects.get()
    fir = prosecuting.FirDetails(station="A station", number="1", registered_on=TODAY, sections=("BNS 143(4)",))
    prosecuting.register_fir(unit=unit, operation=None, details=fir, at=NOW, by=user)
    lead = make_lead(unit, by=user, at=NOW)
    plan = {"sop": rescue.Sop.objects.first(), "planned_for": TODAY, "planned_at": NOW, "planned_by": user, "led_by": user}
    put(rescue.Operation, unit=unit, lead=lead, state="CALLED_OFF", ended_at=NOW, **plan, **here(east))
    spend(india["state"])


def spend(state):
    """Of fifty thousand rupees ten are spent."""
    finance, director = (make_posting(role, state) for role in ("finance_officer", "mission_director"))
    told, slot = {"at": NOW, "by": finance}, Slot("TRAINING")
    with acting(finance):
        budget = money.draft_budget(place=state, title="A pilot", starts_on=date(rules.year_of(TODAY), 4, 1), **told)
        money.plan(budget=budget, line=money.Planned(slot, 1, 10, 500_000, "No norm"), by=finance)
        money.submit(budget=budget, **told)
    with acting(director):
        budget = money.decide(budget=budget, to="IN_FORCE", at=NOW, by=director)
    with acting(finance):
        booking.release(budget=budget, amount_paise=5_000_000, number="G.O. 1", on=TODAY, **told)
        one = booking.commit(budget=budget, slot=slot, number="O 1", purpose="A hall", amount_paise=2_000_000, on=TODAY, **told)
        booking.spend(commitment=one, amount_paise=1_000_000, number="V 1", on=TODAY, **told)


EAST = {
    "PRV02": (1, 2), "PRV05": (1, 2), "PRV13": (1, 3), "PRV14": (1, 2), "TRK06": (5, 11), "TRK07": (1, 2), "ENT02": (30, 12),
    "ENT05": (2, 12), "ENT06": (9, 20), "LIV02": (12, 12), "LIV03": (20, 12), "LIV04": (3, 12), "LIV06": (40, 12), "REH03": (2, 3),
    "REH07": (1, 4), "REH08": (2, 3), "REH09": (1, 2),
}  # fmt: skip
STATE = {
    "TRK11": (1, 2), "PRV11": (33, 12), "PRV12": (31, 13), "REH04": (2, 3), "AHT04": (1, 4), "RET03": (28, None), "RET04": (32, None),
    "RET05": (1, 5), "RET10": (52, 52),
}  # fmt: skip
NATION = {
    "HRS03": (11, 10_000), "AHT01": (1, 3), "AHT02": (200, 500), "RET06": (1, None), "RET07": (1, 37), "RET08": (1, 2),
    "RET09": (350, 1_000_000),
}  # fmt: skip


def test_each_counts_what_its_definition_says(world):
    with acting(SYSTEM):
        for place, told in (("east", EAST), ("state", STATE), ("nation", NATION)):
            rows = Figure.objects.filter(place=world[place], month=MONTH, definition__code__in=told)
            found = {code: (n, of) for code, n, of in rows.values_list("definition__code", "numerator", "denominator")}
            assert found == told, place


def test_what_is_typical_of_fewer_than_eleven_is_not_kept(world):
    """The eleven children with an FIR are of the east; of its days the west knows nothing, nor does anybody of the nought there."""
    with acting(SYSTEM):
        assert not Figure.objects.filter(place=world["west"], is_typical=True).exists()
        assert Counted.objects.filter(measure="days_to_fir").count() == 4


def test_who_may_only_count_knows_a_typical_value_however_small_it_is(world):
    """Five days of eleven children: the database gives the five, and keeps the one unit of three that it is not typical of."""
    analyst = posted("national_analyst", world["nation"])
    with acting(analyst):
        assert Figure.objects.get(place=world["east"], definition__code="TRK06", month=MONTH).value == 5
        assert not Figure.objects.filter(place=world["east"], definition__code="TRK07", month=MONTH).exists()


def test_beside_a_typical_value_stands_that_of_the_state(world):
    """Five days in the east; the same eleven children are all of whom the State tells."""
    with acting(posted("state_expert", world["state"])):
        code = Definition.objects.filter(code="TRK06").latest("version").pk
        of_state = Figure.objects.get(place=world["state"], definition=code, month=MONTH)
        assert queries.peers(world["east"], MONTH)[code] == of_state.value == 5
    with acting(posted("district_manager", world["east"])):
        assert queries.peers(world["east"], MONTH) == {}


def test_every_number_opens_a_list_of_that_many_rows(world):
    """Of a district and of the nation: between them they have every indicator but those of States alone."""
    opened = rows_of_all(sees_all(world["nation"]), [world["east"], world["state"]], (MONTH,))
    opened |= rows_of_all(sees_all(world["nation"]), [world["nation"]], (MONTH,))
    assert {key for key, one in MEASURES.items() if one.lines} - opened == set()


def test_a_list_of_families_asks_no_more_for_more_of_them(world):
    client = signed_in(posted("district_manager", world["east"]))
    with CaptureQueriesContext(connection) as asked:
        page = client.get(f"/insight/{world['east'].pk}/list/families_assessed/?month={MONTH:%Y-%m}")
    assert page.context["total"] >= 12
    assert sum('FROM "people_household"' in one["sql"] for one in asked.captured_queries) <= 2


def test_an_officer_of_the_unit_opens_the_lists_of_rescue_in_her_district_alone(world):
    opened = rows_of_all(posted("ahtu_officer", world["east"]), [world["east"]], (MONTH,))
    assert opened >= {"operations", "rescued", "bonded", "bonded_released"}
    stranger = signed_in(posted("ahtu_officer", world["west"]))
    assert stranger.get(f"/insight/{world['east'].pk}/list/rescued/").status_code == 404


def test_a_row_leads_to_its_page_only_whom_the_page_opens_to(world):
    path = f"/insight/{world['east'].pk}/list/families/?month={MONTH:%Y-%m}"
    for role, opens in (("ahtu_officer", False), ("district_manager", True)):
        client = signed_in(posted(role, world["east"]))
        rows = client.get(path).context["rows"]
        assert {(bool(row.said), bool(row.url)) for row in rows} == {(True, opens)}, role
        assert not opens or client.get(rows[0].url).status_code == 200


def test_nobody_is_shown_a_list_of_cases_and_the_page_says_why(world):
    client = signed_in(sees_all(world["nation"]))
    for measure in ("cases", "leaders_active", "skilling", "cases_on_a_way"):
        page = client.get(f"/insight/{world['nation'].pk}/list/{measure}/")
        assert "open to those who are assigned to it and to nobody else" in page.content.decode(), measure
        assert "rows" not in page.context


def test_who_may_not_open_the_records_is_told_so_and_a_stranger_finds_no_page(world):
    path = f"/insight/{world['east'].pk}/list/missing_long/"
    page = signed_in(posted("national_analyst", world["nation"])).get(path)
    assert "open to those who work with these records in this place" in page.content.decode()
    assert "rows" not in page.context
    assert signed_in(posted("district_manager", world["west"])).get(path).status_code == 404
    assert signed_in(posted("district_manager", world["east"])).get(f"/insight/{world['east'].pk}/list/nothing/").status_code == 404
    assert len(signed_in(posted("district_manager", world["east"])).get(path).context["rows"]) == 2


def test_the_rows_behind_a_number_are_told_by_kind(world):
    """Of eleven officers three are inspectors; twelve deliveries are of one scheme, and one kind is no breakdown."""
    client = signed_in(sees_all(world["nation"]))
    path = f"/insight/{world['nation'].pk}/list"
    page = client.get(f"{path}/officers_trained/")
    assert page.context["kinds"] == [("Constable, head constable", 8), ("Inspector", 3)]
    assert "By kind" in page.content.decode()
    assert client.get(f"{path}/delivered/").context["kinds"] == []
