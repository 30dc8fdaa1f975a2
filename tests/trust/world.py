"""A village where every table of persons holds a row, and people who must not see it."""

import io
from dataclasses import dataclass, replace
from dataclasses import field as made
from datetime import time, timedelta
from functools import cached_property
from types import SimpleNamespace
from uuid import uuid4

from django.apps import apps
from django.db import connection, connections
from django.test import Client
from django.utils import timezone
from PIL import Image

from aanchal.access import actions as access
from aanchal.access import policy
from aanchal.access.acting import SYSTEM, acting
from aanchal.access.models import User
from aanchal.activities import actions as activities
from aanchal.activities import attending, campaigning, sameness, training
from aanchal.activities.models import Module
from aanchal.benefits import actions as benefits
from aanchal.benefits import funding, insurance, livelihoods
from aanchal.benefits.models import Cbo, GroupMember
from aanchal.cases import actions as cases
from aanchal.cases import assigning, consenting, deciding, disclosing, referring, renaming
from aanchal.config.demo import differing
from aanchal.core import rows as rows_of
from aanchal.doubles import actions as doubles
from aanchal.doubles import homecoming
from aanchal.doubles.models import Double
from aanchal.field import actions as field
from aanchal.field import order, state_forms
from aanchal.field.uploads.conversion import convert
from aanchal.inbox.models import Submission
from aanchal.matching import actions as matching
from aanchal.matching import correcting, searching
from aanchal.matching import deciding as pairs
from aanchal.matching.models import Candidate, FoundPerson, LearntModel
from aanchal.money import actions as money
from aanchal.money import booking
from aanchal.money.rules import Slot
from aanchal.network import actions as network
from aanchal.people.models import Household
from aanchal.pilots import actions as pilots
from aanchal.places.models import Place
from aanchal.places.terms import Level
from aanchal.registers import striking
from aanchal.registers.models import Entry
from aanchal.rescue import actions as rescue
from aanchal.rescue import informing, keeping, prosecuting, staffing
from aanchal.risk import actions, appeals, drafting, own_points, totals
from aanchal.risk import queries as risk
from aanchal.risk.terms import Subject
from aanchal.tracking import actions as tracking
from aanchal.tracking import clock
from aanchal.tracking.models import Journey
from aanchal.villages import demanding
from tests.factories import make_nation, make_place, make_posting
from tests.field import phone, workbooks
from tests.matching.builders import found, report
from tests.pilots.builders import approved_run
from tests.portal.builders import roadmap
from tests.selection.builders import make_run, make_series, record
from tests.signing_in import sign_in
from tests.trust import advice_part, awards_part, directory_part, insight_part, nodal_part, posters_part, rehab_part

NAME, GUARDIAN, TELEPHONE = "Chandrakala Planted", "Ramdhari Planted", "9812345678"
AGENT, GROOM, MARK = "Kalu Plantedagent", "Mahesh Plantedgroom", "a Plantedmole on the left hand"
PLANTED = (NAME, GUARDIAN, TELEPHONE, AGENT, GROOM, MARK)
FAMILIES = 5
"""Records of families in the village: one surveyed once, two twice."""


@dataclass(eq=False)
class World:
    here: Place
    next_door: Place
    far: Place
    crp: User
    officer: User
    stranger: User
    """A Gender CRP of the next village."""
    token: str
    staff: dict[str, User] = made(default_factory=dict)
    """By role: who is assigned to this world's cases."""

    @cached_property
    def household(self) -> Household:
        with acting(SYSTEM):
            return Household.objects.filter(place=self.here).order_by("pk").first()

    def post(self, role: str, place: Place) -> User:
        with acting(SYSTEM):
            return make_posting(role, place)


def make_world(*, filled: bool = True) -> World:
    with acting(SYSTEM):
        state, other = (make_place(Level.STATE, make_nation()) for _ in range(2))
        here, next_door = _villages(state, 2)
        [far] = _villages(other, 1)
        crp, stranger = make_posting("gender_crp", here), make_posting("gender_crp", next_door)
        officer = make_posting("block_officer", here.block)
        token = access.enrol_device(user=crp, label="a phone", at=timezone.now(), by=SYSTEM)[1]
    world = World(here=here, next_door=next_door, far=far, crp=crp, officer=officer, stranger=stranger, token=token)
    if filled:
        fill(world)
    return world


def fill(world: World) -> None:
    """By the phone, as it comes in the field; the roadmap by the site."""
    for form_id, answers, files in forms(world.here):
        answer = phone.post(Client(), world.token, phone.filled(form_id, answers), **files)
        assert answer.status_code == 201, answer.content
    roadmap(world.here)
    with acting(world.crp):
        now, day = timezone.now(), policy.day_in_india(timezone.now())
        demanding.record(place=world.here, year=day.year, kind="PENSION", families=3, given_on=day, at=now, by=world.crp)
    forced_visit(world)
    differing.tell_differently(village=world.here, workers=[world.crp, world.officer], at=timezone.now())
    own_form(world)
    select(world.here.block)
    weigh(world)
    assess_twice(world)
    find_her(world)
    tell_twice(world)
    strike_a_line(world)
    keep_touch(world)
    ask_first(world)
    help_comes(world)
    she_is_free(world)
    begin_again(world)
    rehab_part.fill(world)
    spend(world)
    meet_and_train(world)
    nodal_part.fill(world)
    directory_part.fill(world)
    insight_part.fill(world)
    advice_part.fill(world)
    posters_part.fill(world)
    awards_part.fill(world)


def tell_twice(world: World) -> None:
    """Two families surveyed twice, one of them joined; and someone who left and may be back."""
    now, day = timezone.now(), policy.day_in_india(timezone.now())
    first, _second = (_surveyed_twice(world, name) for name in (f"Budhni {NAME}", f"Jhano {NAME}"))
    with acting(SYSTEM):
        doubles.look(block=world.here.block, at=now, by=SYSTEM)
        double = Double.objects.get(one_household__in=first, other_household__in=first)
        left = Entry.objects.filter(place=world.here, register="LEFT").first()
    with acting(world.officer):
        doubles.decide(double=double, answer="SAME", stays=double.one_household_id, at=now, by=world.officer)
        homecoming.note_present(people=[left.person_id], place=world.here, on=day, at=now, by=world.officer)


def _surveyed_twice(world: World, name: str) -> list[str]:
    """The ids of both records; the second worker wrote the husband's name otherwise."""
    families = []
    for guardian in (GUARDIAN, GUARDIAN.replace("dh", "d")):
        answers = phone.survey(world.here, phone.head(name), phone.daughter(f"Salo {NAME}"), hh={"guardian_name": guardian})
        assert phone.post(Client(), world.token, phone.filled("household_survey", answers)).status_code == 201
        families.append(answers["hh"]["household_id"])
    return families


def assess_twice(world: World) -> None:
    """A change that is folded into the running totals, and others that wait."""
    now = timezone.now()
    with acting(SYSTEM):
        totals.fold(1)
        actions.assess_household(household=world.household, on=policy.day_in_india(now), at=now, by=SYSTEM)


def find_her(world: World) -> None:
    """Someone reported, someone found; two people say that it is she. Another who was found waits."""
    now, day = timezone.now(), policy.day_in_india(timezone.now())
    entry = report(world.here, f"{NAME} Cha", guardian=GUARDIAN, on=day - timedelta(days=40), at=now, texts={"physical_marks": MARK})
    she = found(world.here, f"{NAME} Cha", home=world.here.district, on=day, at=now, father=GUARDIAN, marks=MARK)
    with acting(SYSTEM):
        searching.forget()
        searching.search_report(entry, by=SYSTEM)
        candidate = Candidate.objects.get(found=she, entry=entry)
    for user in (world.officer, world.post("block_officer", world.here.block)):
        with acting(user):
            pairs.decide(candidate=candidate, answer="SAME", reasons=["NAME"], note=f"Like {NAME}", at=now, by=user)
    other = found(world.here, f"{NAME} Ga", home=world.here.district, on=day, at=now, father=GUARDIAN, marks=MARK)
    with acting(world.officer):
        told = matching.FoundDetails(kind=other.kind, found_on=other.found_on, sex=other.sex, years=16, home=other.home)
        correcting.correct_found(found=other, details=told, reason=f"Like {NAME}", at=now, by=world.officer)
    with acting(SYSTEM):
        searching.search_found(FoundPerson.objects.filter(place=world.here, is_open=True).get(), by=SYSTEM)
        LearntModel.objects.get_or_create(version="a trial", defaults={"told": {}, "learnt_at": now})


def strike_a_line(world: World) -> None:
    """A line struck by mistake, and taken back."""
    now = timezone.now()
    with acting(SYSTEM):
        lines = Entry.objects.filter(place=world.here, register="MIGRATION", stands=True).select_related("person", "household", "place")
        struck = striking.strike(entry=lines.first(), reason=f"Like {NAME}", at=now, by=SYSTEM)
        striking.take_back(struck=struck, reason=f"It was {NAME}", at=now, by=SYSTEM)


def keep_touch(world: World) -> None:
    """She was called, and then a check-in was missed; a child's search whose clock has passed."""
    now = timezone.now()
    with acting(world.crp):
        journey = Journey.objects.filter(place=world.here, kind="MIGRATION").first()
        told = {"way": "CALL", "answer": "WELL", "on": policy.day_in_india(now), "note": f"{AGENT} keeps her phone"}
        tracking.record_check_in(journey=journey, at=now, by=world.crp, **told)
    with acting(SYSTEM):
        clock.run(at=now + timedelta(days=40), by=SYSTEM)


def ask_first(world: World) -> None:
    """An employer, what was said of it, a centre with who works there and what was asked."""
    now, day = timezone.now(), policy.day_in_india(timezone.now())
    told = {"kind": "EMPLOYER", "name": "A kiln", "works_in": "By the river", "trade": "BRICK_KILN"}
    told |= {"licence_kind": "OTHER", "licence_no": "K 1"}
    hours = network.Hours(("MON", "THU"), time(10), time(16))
    with acting(world.crp):
        listing = network.record_listing(place=world.here, told=told, at=now, by=world.crp)
        network.record_visit(listing=listing, outcome="GOOD", on=day, at=now, by=world.crp)
        network.record_complaint(listing=listing, topic="HELD", words=f"{NAME} was held", at=now, by=world.crp)
        centre = network.open_centre(place=world.here, name="A centre", address="Panchayat", phone="", hours=hours, on=day, by=world.crp)
        network.join_staff(centre=centre, user=world.crp, capacity="GENDER_CRP", on=day, by=world.crp)
        asked = {"asker": "WOMAN", "topic": "EMPLOYER", "trade": "", "advice": ["KIT"]}
        network.record_enquiry(centre=centre, told=asked, on=day, at=now, by=world.crp)
def she_is_free(world: World) -> None:
    """A unit of the district, a lead with its source, an operation that runs, a child rescued, an FIR, evidence handed over once."""
    now, day, by = timezone.now(), policy.day_in_india(timezone.now()), SYSTEM
    at, told = {"at": now, "by": by}, {"name": "A unit", "tier": "DISTRICT", "fund": "SCHEME", "posts": 1}
    with acting(SYSTEM):
        unit = staffing.open_unit(place=world.here.district, told=told, on=day, **at)
        staffing.join(unit=unit, user=world.crp, capacity="NGO", on=day, by=by)
        texts = {"words": f"{NAME} is held", "where": MARK}
        lead = informing.LeadDetails(matter="SEXUAL", channel="PERSON", texts=texts, source={"name": GUARDIAN, "phone": TELEPHONE})
        lead = informing.record_lead(unit=unit, details=lead, **at)
        operation = rescue.plan(lead=lead, planned_for=day, led_by=None, words=f"{AGENT} keeps the key", **at)
        for step in operation.sop.checklist:
            if step.phase == "BEFORE":
                rescue.mark(operation=operation, key=step.key, mark="DONE", note=NAME, done_at=now, **at)
        operation = rescue.go_on(operation=operation, event="START", **at)
        girl = rescue.RescuedDetails(at=now, sex="FEMALE", years=15, age_basis="STATED", texts={"name": NAME, "father": GUARDIAN})
        girl = rescue.record_rescued(details=girl, place=None, operation=operation, **at)
        rescue.record_care(rescued=girl, details=rescue.CareDetails(care="MEDICAL", at=now), **at)
        fir = prosecuting.FirDetails(station="A station", number="1", registered_on=day, sections=("BNS 143(4)", "ITPA 5"))
        fir = prosecuting.register_fir(unit=unit, operation=operation, details=fir, **at)
        told = prosecuting.AccusedDetails(role="RECRUITER", sex="MALE", texts={"name": AGENT})
        prosecuting.record_accused(details=told, on=day, fir=fir, **at)
        prosecuting.go_on(fir=fir, stage="CHARGE_SHEETED", on=day, number="2", court="A court", **at)
        prosecuting.set_hearing(fir=fir, on=day, purpose="CHARGES", **at)
        piece = keeping.EvidenceDetails(kind="PHOTO", seized_at=now, words=f"{NAME} at the door", file=picture(), content_type="image/jpeg")
        piece = keeping.record_evidence(unit=unit, operation=operation, fir=fir, details=piece, **at)
        office = keeping.Holder("COURT", office="A court")
        keeping.hand_over(evidence=piece, to=office, why="TO_SHOW", is_seal_whole=True, when=now, **at)


def help_comes(world: World) -> None:
    """An application refused and one delivered, answers of the plan, a group, a loan half repaid, a training, a livelihood plan."""
    now, day = timezone.now(), policy.day_in_india(timezone.now())
    household = world.household
    told = {"household": household, "on": day, "at": now, "by": SYSTEM}
    with acting(SYSTEM):
        person = household.memberships.filter(until=None).order_by("since", "pk").first().person
        benefits.tell(person=None, answers={"tap_water": False}, **told)
        for to, said in (("REFUSED", {"reason": "NO_DOCUMENT"}), ("DELIVERED", {"proof": "CARD"})):
            one = benefits.apply(person=None, code="JJM", **told)
            benefits.move(entitlement=one, move=benefits.Move(to=to, on=day, **said), at=now, by=SYSTEM)
        vo = rows_of.new(Cbo, kind="VO", name="Ujala VO", place=world.here, place_no=world.here.place_no)
        rows_of.insert(vo)
        rows_of.insert(
            rows_of.new(GroupMember, cbo=vo, place_no=vo.place_no, household=household, person=person, joined_on=day, recorded_at=now)
        )
        fund = funding.open_fund(cbo=vo, kind="RISK_MITIGATION", on=day, at=now, by=SYSTEM)
        funding.receive(fund=fund, amount_paise=10_000_00, on=day, at=now, by=SYSTEM)
        loan = funding.request(fund=fund, amount_paise=5_000_00, months=10, purpose="Goats", is_grant=False, **told)
        meeting = funding.Meeting(day, 12, "All agreed.")
        loan = funding.decide(loan=loan, to="SANCTIONED", meeting=meeting, amount_paise=5_000_00, at=now, by=SYSTEM)
        funding.release(loan=loan, on=day, at=now, by=SYSTEM)
        cover = benefits.apply(person=None, code="PMJAY", **told)
        cover = benefits.move(entitlement=cover, move=benefits.Move(to="DELIVERED", on=day, proof="CARD"), at=now, by=SYSTEM)
        insurance.pay_premium(entitlement=cover, amount_paise=20_00, on=day, holds_until=day + timedelta(days=365), at=now, by=SYSTEM)
        claimed = {"cause": "ILLNESS", "happened_on": day, "claimed_on": day, "asked_paise": None}
        insurance.claim(entitlement=cover, **claimed, at=now, by=SYSTEM)
        livelihoods.enrol(person=person, programme="MKSP", trade="Millets", **told)
        livelihoods.plan_livelihood(activity="Goats", cost_paise=12_000_00, **told)


def begin_again(world: World) -> None:
    """A survivor's case with all that can be written in it; a referral answered and one by a sealed link; an emergency.

    And one that is asked to be closed, called otherwise than at first, of which she no longer wants the record kept.
    """
    now, day = timezone.now(), policy.day_in_india(timezone.now())
    district = world.here.district
    worker, supervisor, second = (world.post(role, district) for role in ("case_worker", "case_supervisor", "case_supervisor"))
    told = {"on": day, "at": now, "by": worker}
    agreed = consenting.ConsentDetails("REFER", "SELF", "SPOKEN", "hi", ("WHY", "WITHDRAW", "REFUSE"), day + timedelta(days=90))
    happened = cases.Happened("RECRUITMENT", day, district, words=f"{AGENT} took her")
    details = cases.CaseDetails(
        "FEMALE", False, 24, firs=("112/2026",), events=(happened,), way=(district, world.far.district),
        identity=cases.Identity(f"{NAME} Ka {new_id()}", GUARDIAN, TELEPHONE),
    )  # fmt: skip
    with acting(worker):
        case = cases.open_case(details=details, place=district, supervisor=supervisor, **told)
        for purpose in ("REFER", "SUPPORT"):
            consenting.record_consent(case=case, details=replace(agreed, purpose=purpose), **told)
        cases.assess(case=case, scope="HOUSEHOLD", danger="SOME", needs=["LEGAL"], words=f"{NAME} fears {AGENT}", **told)
        goal = cases.set_goal(case=case, support="LEGAL", words=f"{NAME} wants a lawyer", is_her_wish=True, due_on=None, **told)
        cases.set_task(case=case, who=worker, words=f"Call {GUARDIAN}", due_on=day, at=now, by=worker, goal=goal)
        cases.record_service(case=case, support="LEGAL", party="LEGAL_AID", words=f"{NAME} met her", **told)
        cases.record_visit(case=case, seen="HOME", danger="NONE", words=f"{NAME} is well", **told)
        disclosing.take_out(case=case, recipient="COURT", with_identity=True, at=now, by=worker, number="1")
        asked = referring.ReferralDetails("CWC", "LEGAL", "SERVICES", f"{NAME} needs help", receiver=world.post("cwc_member", district))
        referring.refer(case=case, details=asked, at=now, by=worker)
        outside = referring.ReferralDetails("NGO", "LEGAL", "SERVICES", "words", organisation="DLSA")
        referring.make_link(referral=referring.refer(case=case, details=outside, at=now, by=worker), identity={}, at=now, by=worker)
        closed = cases.open_case(details=cases.CaseDetails("FEMALE", False, 30), place=district, supervisor=supervisor, **told)
        for pseudonym in (f"{AGENT} Tara", "Tara"):
            renaming.rename(case=closed, pseudonym=pseudonym, why="MISTAKE", at=now, by=worker)
        kept = consenting.record_consent(case=closed, details=replace(agreed, purpose="KEEP"), **told)
        consenting.withdraw_consent(consent=kept, at=now, by=worker)
        deciding.propose(case=closed, kind="CLOSE", outcome="FAMILY", words=f"{NAME} is home", at=now, by=worker)
    with acting(second):
        assigning.break_glass(code=case.code, reason="DANGER", words=f"{AGENT} is there", at=now, by=second)


def spend(world: World) -> None:
    """A year's budget in force, with each kind of booking, a move that was asked for and a certificate."""
    now, day = timezone.now(), policy.day_in_india(timezone.now())
    april, state = day.replace(year=day.year if day.month > 3 else day.year - 1, month=4, day=1), world.here.state
    finance, director = world.post("finance_officer", state), world.post("mission_director", state)
    told, here, there = {"at": now, "by": finance}, Slot("TRAINING"), Slot("IEC")
    with acting(finance):
        budget = money.draft_budget(place=state, title="A pilot", starts_on=april, **told)
        money.plan(budget=budget, line=money.Planned(here, 1, 10, 100_00, "No norm"), by=finance)
        money.submit(budget=budget, **told)
    with acting(director):
        budget = money.decide(budget=budget, to="IN_FORCE", at=now, by=director)
    with acting(finance):
        booking.release(budget=budget, amount_paise=900_00, number="G.O. 1", on=day, **told)
        one = booking.commit(budget=budget, slot=here, number="O 1", purpose="A hall", amount_paise=500_00, on=day, **told)
        booking.spend(commitment=one, amount_paise=100_00, number="V 1", on=day, **told)
        booking.advance(commitment=one, given_to="A district", amount_paise=50_00, on=day, **told)
        practice = {"scope": "IEC", "practice": "Three quotations", "source": "1", "effective_from": day}
        money.record_procurement(place=state, **practice, **told)
        money.propose_move(budget=budget, giver=here, taker=there, amount_paise=100_00, reason="Posters", **told)
        money.prepare_certificate(budget=budget, number="UC 1", from_on=april, until_on=day, amount_paise=100_00, **told)


def meet_and_train(world: World) -> None:
    """A task force that met and decided, a training held and certified, a target, a campaign event."""
    now, day, place = timezone.now(), policy.day_in_india(timezone.now()), world.here.district
    by = world.post("programme_officer", world.here.state)
    told, each = {"at": now, "by": by}, {"post": "Officer", "audience": "STAFF", "sex": "FEMALE"}
    notice = activities.Notice("TASK_FORCE", "A meeting", day, time(11), "A hall", "Posters")
    session = {"title": "A day", "audience": "STAFF", "is_of_trainers": False, "starts_on": day, "ends_on": day, "venue": "A hall"}
    reach = {"on": day, "method": "PLAY", "title": "A play", "language": "Hindi", "women": 9, "girls": 9, "men": 0, "boys": 0}
    with acting(by):
        force = activities.constitute(place=place, title="A task force", order_no="1", on=day, **told)
        activities.correct_order(force=force, order_no="2", on=day, words="One more", file=b"%PDF-1.7", **told)
        activities.join(force=force, office="An office", body="SRLM", is_chair=True, since=day, **told)
        meeting = activities.call(place=place, notice=notice, force=force, **told)
        activities.hold(meeting=meeting, present=[("An office", "SRLM", True)], **told)
        activities.minute(meeting=meeting, file=b"%PDF-1.7", **told)
        activities.decide(meeting=meeting, decision="Posters", office="An office", due_on=day, owner=by, **told)
        one = training.plan(place=place, module=Module.objects.get(key="basics", place=None), told=session, **told)
        she = training.Someone(name="A trainer", **each)
        master = training.nominate(place=place, someone=she, module_key="basics", source="1", on=day, **told)
        training.assign_trainer(training=one, participant=master.participant, by=by)
        she = training.known(place=place, someone=training.Someone(name="An officer", **each), **told)
        namesake = training.known(place=place, someone=training.Someone(name="An officer", **each | {"post": "Another post"}), **told)
        sameness.say_two(one=she, other=namesake, **told)
        attendee = training.enrol(training=one, participant=she, by=by)
        training.hold(training=one, results={attendee.pk: training.Result(1, 10, 90)}, **told)
        training.certify(training=one, on=day, **told)
        training.set_target(place=place, module_key="basics", people=10, by_on=day, **told)
        campaign(world, reach, by, now)
    begin_pilot(world, one, by, now)


def campaign(world: World, reach: dict, by: User, now) -> None:
    """A material, a message planned in the village, events with what was asked and remembered; a training to come, with its door."""
    told, day, district = {"at": now, "by": by}, policy.day_in_india(now), world.here.district
    poster = {"title": "A poster", "language": "Hindi", "method": "WALL", "message": "Ask first"}
    campaigning.publish(place=district, told=poster, file=b"%PDF-1.7", **told)
    message = {"month": day, "message": "Ask first", "method": "PLAY", "language": "Hindi"}
    campaigning.plan_messages(villages=[world.here], told=message, **told)
    event = campaigning.record_event(place=district, told=reach, **told)
    campaigning.note_question(event=event, topic="JOB", words="Who is he?", times=2, by=by)
    campaigning.check_recall(event=event, on=day, message="1098", asked=9, remembered=4, **told)
    session = {"title": "To come", "audience": "CBO", "is_of_trainers": False, "starts_on": day, "ends_on": day, "venue": "A hall"}
    coming = training.plan(place=world.here, module=Module.objects.get(key="basics", place=None), told=session, **told)
    attending.plan_session(training=coming, told=attending.Planned(day, time(10), 60, "FORMS", "Stories", "TALK"), by=by)
    attending.invite_villages(training=coming, villages=[world.here], by=by)
    each = training.Someone(name="A leader", post="VO leader", audience="CBO", sex="FEMALE")
    attendee = training.enrol(training=coming, participant=training.known(place=world.here, someone=each, **told), by=by)
    attending.sign_in(training=coming, typed=attendee.code, on=day, **told)


def begin_pilot(world: World, held, by: User, now) -> None:
    """The state's pilot where the nation approved it, with an aim, a phase, the strategy; a roadmap offered to the village."""
    told, day, state = {"at": now, "by": by}, policy.day_in_india(now), world.here.state
    run = approved_run(world.here.district)
    with acting(by):
        pilot = pilots.begin(state=state, title="A pilot", starts_on=day, ends_on=day + timedelta(days=90), runs=[run], **told)
        pilots.set_aim(pilot=pilot, measure="TOLD", words="Boards", unit="boards", number=9, by_on=day, by=by)
        pilots.plan_phase(pilot=pilot, title="First", starts_on=day, ends_on=day, by=by)
        pilots.file_strategy(pilot=pilot, file=b"%PDF-1.7", **told)
        pilots.offer_roadmaps(training=held, villages=[world.here], **told)


def weigh(world: World) -> None:
    """What the state drafts of an index, a village signs, a family disputes; and what an officer noted of a worker's surveys."""
    now, day = timezone.now(), policy.day_in_india(timezone.now())
    expert, leader = world.post("state_expert", world.here.state), world.post("vo_leader", world.here)
    meeting = own_points.Meeting(met_on=day, present=12, roles=("VO_MEMBER",), minutes="As the state weighs.")
    with acting(expert):
        drafting.draft_version(subject=Subject.HOUSEHOLD, state=world.here.state, at=now, by=expert)
    with acting(leader):
        points = dict(risk.definition_in_force(Subject.HOUSEHOLD, day, world.here).points_of) | {"B1": 5, "B2": 3}
        own_points.sign(place=world.here, points=points, meeting=meeting, effective_from=day, at=now, by=leader)
    with acting(world.crp):
        told = {"indicator": "B1", "disputed_by": "FAMILY", "why": "He came back.", "on": day, "at": now, "by": world.crp}
        appeals.dispute(household=world.household, **told)
    with acting(world.officer):
        found = SimpleNamespace(sign="FAST", about="", worker=world.crp, of=1)
        field.note_look(found=found, place=world.here.block, note="Spoke with her.", at=now, by=world.officer)


def forced_visit(world: World) -> None:
    """A visit of a run that was applied without the one before it."""
    with acting(SYSTEM):
        step = order.Step(entity=world.household.pk, branch=uuid4(), trunk=1, base=2)
        submission = Submission.objects.filter(place=world.here).first()
        field.note_step(step=step, submission=submission, is_forced=True, at=timezone.now(), by=SYSTEM)


def own_form(world: World) -> None:
    """A form of the state in use with what a worker sent, the next version in draft with what was sent to test it."""
    officer, form_id = world.post("state_mis", world.here.state), workbooks.new_id()
    told = {"place": world.here.state, "file_name": "census.xlsx", "at": timezone.now(), "by": officer}
    with acting(officer):
        for version in ("1", "2"):
            book = workbooks.census(form_id, version)
            form = state_forms.draft(found=convert(book, "census.xlsx"), workbook=book, **told)
            if version == "1":
                state_forms.put_in_use(form=form, at=told["at"], by=officer)
        token = state_forms.enrol_test_phone(place=world.here.state, label="tests", at=told["at"], by=officer)[1]
    for sender, version in ((world.token, "1"), (token, "2-test2")):
        answer = phone.post(Client(), sender, workbooks.filled(form_id, version, world.here, keeper=NAME))
        assert answer.status_code == 201, answer.content


def select(block: Place) -> None:
    """A ranking of the blocks of the district, and what is recorded of one."""
    with acting(SYSTEM):
        expert = make_posting("state_expert", block.district)
        series = make_series(f"series_{block.pk}", {block: 1.0}, level=Level.BLOCK)
    make_run(expert, block.district, series, level=Level.BLOCK)
    record(expert, block, "RESOURCE_BLOCK")


def forms(village) -> list[tuple[str, dict, dict]]:
    """One of each form, with every planted name in it; the last is flagged."""
    photo = {"photo.jpg": ("photo.jpg", picture())}
    family = {"guardian_name": GUARDIAN, "phone": TELEPHONE}
    someone = [phone.adult(f"{NAME} {which}", guardian_name=GUARDIAN, phone=TELEPHONE) for which in ("Ka", "Kha", "Ga", "Gha")]
    return [
        ("household_survey", phone.survey(village, phone.head(NAME), phone.daughter(f"Gita {NAME}"), hh=family), photo),
        ("migration_entry", phone.migration(village, someone[0]) | {"agent_name": AGENT}, {}),
        ("marriage_entry", _marriage(village, someone[1]), {}),
        ("missing_entry", phone.missing(village, someone[2]) | {"description": {"physical_marks": MARK}}, {}),
        ("departure_entry", phone.departure(village, someone[3]), {}),
        ("village_situation", phone.situation(village), {}),
        ("safety_point", phone.safety_point(village), {}),
        ("household_survey", phone.survey(village, phone.head(NAME, sex=NAME, age_years=NAME), hh=family), photo),
    ]


def _marriage(village, person) -> dict:
    told = phone.marriage(village, person)
    return told | {"groom": told["groom"] | {"groom_name": GROOM}}


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (16, 16), (120, 60, 30)).save(out, "JPEG")
    return out.getvalue()


def _villages(state: Place, n: int) -> list[Place]:
    place = state
    for level in (Level.DISTRICT, Level.BLOCK, Level.PANCHAYAT):
        place = make_place(level, place)
    return [make_place(Level.VILLAGE, place) for _ in range(n)]


def walled() -> list[str]:
    """Every table that the database itself says stands behind the wall."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relforcerowsecurity ORDER BY 1")
        return [name for (name,) in cursor.fetchall()]


def walled_models() -> list:
    tables = set(walled())
    return [model for model in apps.get_models() if model._meta.db_table in tables]


def rows(statement: str, *values) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def signed_in(user) -> Client:
    return sign_in(Client(raise_request_exception=False), user)


def new_id() -> str:
    return str(uuid4())
