"""A year of running the pilot: the state's budget, a task force that met, a cascade of trainings, the campaign."""

from datetime import date, datetime, time, timedelta

from aanchal.access.acting import acting
from aanchal.access.models import User
from aanchal.access.policy import day_in_india
from aanchal.activities import actions, attending, campaigning, training
from aanchal.activities.models import Module, Participant, Training
from aanchal.activities.training import Result, Someone
from aanchal.money import actions as money
from aanchal.money import booking
from aanchal.money.models import Budget
from aanchal.money.rules import Slot
from aanchal.places.models import Place
from aanchal.places.queries import villages_in

WHY = "मिशन के पिछले साल के ख़र्च के अनुसार; तीन कोटेशन फ़ाइल में हैं।"
PLAN = (  # head, for the district, quarter, how many, rupees for one
    ("WORKSHOPS", False, 1, 2, 60_000), ("MEETINGS", False, 1, 4, 8_000), ("MEETINGS", True, 2, 6, 5_000), ("STAFF", False, 1, 12, 45_000),
    ("STAFF", True, 2, 12, 32_000), ("COMMUNITY", True, 2, 600, 250), ("TRAINING", False, 1, 60, 900), ("TRAINING", True, 3, 300, 650),
    ("IEC", True, 2, 40, 4_500), ("RISK_FUND", True, 3, 20, 25_000), ("CENTRES", True, 2, 2, 70_000), ("PRINTING", True, 1, 80, 450),
    ("SKILLS", False, 4, 25, 18_000), ("MONITORING", False, 4, 1, 150_000), ("DOCUMENTATION", False, 4, 2, 40_000),
)  # fmt: skip
SPENT = (  # head, for the district, purpose, committed, paid, in rupees
    ("WORKSHOPS", False, "Consultative workshop of all departments", 60_000, 54_300),
    ("MEETINGS", True, "District task force, second quarter", 5_000, 4_250),
    ("STAFF", True, "District programme manager, first half", 192_000, 160_000),
    ("TRAINING", True, "Training of Gender CRPs, first batch", 40_000, 38_400),
    ("IEC", True, "Street plays in 20 villages", 90_000, 67_500),
    ("PRINTING", True, "Registers for 80 villages", 36_000, 36_000),
)
OFFICES = (
    ("District Magistrate", "OTHER", True), ("Superintendent of Police", "POLICE", False),
    ("District Programme Manager, SRLM", "SRLM", False), ("Chair of the Child Welfare Committee", "CWC", False),
    ("Secretary, District Legal Services Authority", "LEGAL", False),
    ("Labour Superintendent", "LABOUR", False),
)  # fmt: skip
DEPARTMENTS = (
    ("Home department", "OTHER"), ("Police headquarters", "POLICE"), ("State mission, SRLM", "SRLM"), ("Labour department", "LABOUR"),
    ("State Legal Services Authority", "LEGAL"),
)  # fmt: skip
RANKS = ("CONSTABLE", "CONSTABLE", "SUB_INSPECTOR", "SUB_INSPECTOR", "INSPECTOR", "SUPERVISORY")
OFFICERS = (
    ("Anil", "MALE"), ("Binita", "FEMALE"), ("Chandan", "MALE"), ("Deepak", "MALE"), ("Fulkumari", "FEMALE"), ("Govind", "MALE"),
    ("Harish", "MALE"), ("Ila", "FEMALE"), ("Jagdish", "MALE"), ("Kamal", "MALE"), ("Lalita", "FEMALE"), ("Manoj", "MALE"),
)  # fmt: skip
SURNAMES = ("Ekka", "Hembrom", "Kujur", "Mahto", "Munda", "Prasad", "Soren", "Tirkey", "Tudu", "Xaxa")
WORKERS = ("Phulmani", "Sushila", "Nagina", "Basanti", "Rukmini", "Champa", "Dulari", "Sumitra")


def load(*, district: Place, users: dict[str, User], at: datetime) -> None:
    """By those who do it: who plans and books does not approve."""
    on = day_in_india(at)
    budget = _budget(district, users, on, at)
    _spend(budget, district, users, on, at)
    _meet(district, users["programme_officer"], users["district_manager"], on, at)
    _consult(district.state, users["programme_officer"], on, at)
    _train(district, users["programme_officer"], on, at)
    _certify(district, users["programme_officer"], on, at)
    _campaign(district, users["programme_officer"], on, at)
    _sensitise(district, users["programme_officer"], on, at)


def _budget(district: Place, users: dict[str, User], on: date, at: datetime) -> Budget:
    finance, director = users["finance_officer"], users["mission_director"]
    with acting(finance):
        told = {"place": district.state, "title": "Pilot against trafficking", "starts_on": _april(on), "at": at, "by": finance}
        budget = money.draft_budget(**told)
        for head, in_district, quarter, quantity, rupees in PLAN:
            slot = Slot(head, district.pk if in_district else None)
            money.plan(budget=budget, line=money.Planned(slot, quarter, quantity, rupees * 100, WHY), by=finance)
        money.submit(budget=budget, at=at, by=finance)
    with acting(director):
        budget = money.decide(budget=budget, to="IN_FORCE", note="As discussed", at=at, by=director)
    with acting(finance):
        practice = {"scope": "TRAINING", "practice": "Three quotations; one NGO of the resource pool named by the committee."}
        money.record_procurement(
            place=district.state, source="SRLM/PROC/4", effective_from=budget.starts_on, at=at, by=finance, **practice
        )  # fmt: skip
    return budget


def _spend(budget: Budget, district: Place, users: dict[str, User], on: date, at: datetime) -> None:
    finance, told = users["finance_officer"], {"at": at, "by": users["finance_officer"]}
    first, days = budget.starts_on, [min(budget.starts_on + timedelta(days=25 * n), on) for n in range(len(SPENT) + 1)]
    with acting(finance):
        booking.release(budget=budget, amount_paise=900_000_00, number="SRLM/AHT/17", on=first, **told)
        for n, (head, in_district, purpose, committed, paid) in enumerate(SPENT, 1):
            slot = Slot(head, district.pk if in_district else None)
            order = {"number": f"Order {n}", "purpose": purpose, "amount_paise": committed * 100, "on": days[n - 1]}
            one = booking.commit(budget=budget, slot=slot, **order, **told)
            booking.spend(commitment=one, amount_paise=paid * 100, number=f"V-{n:03}", on=days[n - 1], **told)
        plays = budget.commitments.get(number="Order 5")
        booking.advance(commitment=plays, given_to="Block office", amount_paise=20_000_00, on=days[-1], **told)
        move = {"giver": Slot("DOCUMENTATION"), "taker": Slot("MEETINGS", district.pk), "amount_paise": 10_000_00}
        money.propose_move(budget=budget, reason="Two more meetings of the task force", **move, **told)
        until = max(min(days[3], on - timedelta(days=1)), first)
        paid = sum(one[4] for one, day in zip(SPENT, days, strict=False) if day <= until) * 100
        money.prepare_certificate(budget=budget, number="UC-1", from_on=first, until_on=until, amount_paise=paid, **told)


def _meet(district: Place, officer: User, owner: User, on: date, at: datetime) -> None:
    told = {"at": at, "by": officer}
    with acting(officer):
        title = f"{district.name} task force against trafficking"
        force = actions.constitute(place=district, title=title, order_no="DM/218", on=on - timedelta(days=240), **told)
        for office, body, is_chair in OFFICES:
            actions.join(force=force, office=office, body=body, is_chair=is_chair, since=on - timedelta(days=240), **told)
        for n, days in enumerate((200, 110, 20, -25), 1):
            agenda = "1. Action points\n2. Missing women and girls"
            notice = actions.Notice("TASK_FORCE", f"Meeting {n}", on - timedelta(days=days), time(11), "Collectorate", agenda)
            meeting = actions.call(place=district, notice=notice, force=force, **told)
            if days > 0:
                actions.hold(meeting=meeting, present=[(office, body, body != "LABOUR") for office, body, _chair in OFFICES], **told)
                actions.minute(meeting=meeting, words="सभी सदस्यों ने पिछली बैठक के निर्णयों पर बात की।", **told)
                _decide(meeting, owner if n == 3 else None, days, on, told)


def _consult(state: Place, officer: User, on: date, at: datetime) -> None:
    """A workshop of all departments, in the year of the budget that paid for it."""
    told = {"at": at, "by": officer}
    with acting(officer):
        day, agenda = max(on - timedelta(days=140), _april(on)), "1. Who does what\n2. The plan of the year"
        notice = actions.Notice("WORKSHOP", "Consultative workshop of all departments", day, time(10, 30), "State secretariat", agenda)
        meeting = actions.call(place=state, notice=notice, **told)
        actions.hold(meeting=meeting, present=[(office, body, True) for office, body in DEPARTMENTS], **told)
        actions.minute(meeting=meeting, words="हर विभाग ने साल का अपना काम बताया।", **told)


def _decide(meeting, owner: User | None, days: int, on: date, told: dict) -> None:
    due = meeting.on + timedelta(days=30)
    decided = {"decision": f"Helpline boards at bus stands, part {days // 90 + 1}", "office": "Superintendent of Police", "due_on": due}
    point = actions.decide(meeting=meeting, owner=owner, **decided, **told)
    if days > 150:
        actions.close(point=point, to="DONE", evidence="Photos in the file DM/218", on=due, **told)


def _train(district: Place, officer: User, on: date, at: datetime) -> None:
    told, basics = {"at": at, "by": officer}, Module.objects.get(key="basics", place=None)
    with acting(officer):
        lead = Someone("Madhu Lakra", "Resource person, NGO", "OFFICER", "FEMALE")
        master = training.nominate(
            place=district.state, someone=lead, module_key="basics", source="SRLM/AHT/9", on=on - timedelta(days=230), **told
        ).participant  # fmt: skip
        people = [
            training.known(place=district, someone=Someone(f"{name} Kumari", f"Gender CRP {n}", "CRP", "FEMALE"), **told)
            for n, name in enumerate(WORKERS, 1)
        ]
        _held(district, basics, master, people[:3], on - timedelta(days=180), told, is_of_trainers=True)
        _held(district, basics, people[0], people[3:], on - timedelta(days=90), told)
        _plan(district, basics, on + timedelta(days=18), told)
        training.set_target(place=district, module_key="basics", people=40, by_on=on + timedelta(days=120), **told)


def _certify(district: Place, officer: User, on: date, at: datetime) -> None:
    """Police officers and prosecutors, batch by batch: the first train the others, some did not pass. The state means to train more."""
    told, basics = {"at": at, "by": officer}, Module.objects.get(key="basics", place=None)
    with acting(officer):
        lead = training.known(place=district.state, someone=Someone("Madhu Lakra", "Resource person, NGO", "OFFICER", "FEMALE"), **told)
        for batch in range(3):
            day = on - timedelta(days=75 - 14 * batch)
            session = {"title": f"Training of police officers, batch {batch + 1}", "audience": "POLICE", "venue": "Police training college"}
            session |= {"is_of_trainers": not batch, "starts_on": day, "ends_on": day}
            one = training.plan(place=district.state, module=basics, told=session, **told)
            training.assign_trainer(training=one, participant=lead, by=officer)
            training.enrol_several(training=one, people=_officers(batch), **told)
            attendees = one.attendees.order_by("pk")
            results = {each.pk: Result(1, 35 + n % 20, 50 if n % 13 == 5 else 65 + n % 30) for n, each in enumerate(attendees)}
            training.hold(training=one, results=results, **told)
            training.certify(training=one, on=day, **told)
            lead = lead if batch else attendees[0].participant
        training.set_target(
            place=district.state, module_key="basics", people=400, by_on=on + timedelta(days=150), of_officers=True, **told
        )  # fmt: skip


def _officers(batch: int) -> list[Someone]:
    """Forty of 120, one in fourteen a prosecutor."""
    found = []
    for n in range(40 * batch, 40 * (batch + 1)):
        (name, sex), surname = OFFICERS[n % len(OFFICERS)], SURNAMES[n // len(OFFICERS)]
        if n % 14 == 13:
            post, audience, rank = "Assistant public prosecutor", "PROSECUTOR", "PROSECUTOR"
        else:
            post, audience, rank = f"Police station {n // 6 + 1}", "POLICE", RANKS[n % len(RANKS)]
        found.append(Someone(f"{name} {surname}", post, audience, sex, rank=rank, office_no=f"P-{n:03}"))
    return found


def _plan(district: Place, module: Module, day: date, told: dict, *, is_of_trainers: bool = False) -> Training:
    title = "Training of trainers" if is_of_trainers else "Training of Gender CRPs"
    session = {"title": title, "audience": "CRP", "is_of_trainers": is_of_trainers, "starts_on": day, "ends_on": day, "venue": "Block hall"}
    return training.plan(place=district, module=module, told=session, **told)


def _held(
    district: Place, module: Module, trainer: Participant, people: list[Participant], day: date, told: dict, *, is_of_trainers: bool = False
) -> None:
    one = _plan(district, module, day, told, is_of_trainers=is_of_trainers)
    training.assign_trainer(training=one, participant=trainer, by=told["by"])
    enrolled = [training.enrol(training=one, participant=person, by=told["by"]) for person in people]
    results = {each.pk: Result(1, 30 + 5 * n, 55 if n == 4 else 70 + 5 * n) for n, each in enumerate(enrolled)}
    training.hold(training=one, results=results, **told)
    training.certify(training=one, on=day, **told)


def _campaign(district: Place, officer: User, on: date, at: datetime) -> None:
    """Posters, a message a month for each village of a block, what was held, asked and remembered."""
    told, block = {"at": at, "by": officer}, Place.objects.filter(district=district, level="BLOCK").order_by("place_no").first()
    with acting(officer):
        poster = {"title": "काम का पूरा पता माँगो", "language": "Hindi", "method": "WALL", "message": "जाने से पहले नाम, पता और फ़ोन लिखवाओ।"}
        for _version in range(2):
            material = campaigning.publish(place=district.state, told=poster, **told)
        for n, (method, message) in enumerate((("PLAY", "एजेंट से तीन सवाल"), ("HELPLINE", "1098 और 112"), ("SCHOOL", "शादी की उम्र"))):
            month = (on - timedelta(days=30 * (2 - n))).replace(day=1)
            planned = {"month": month, "message": message, "method": method, "language": "Hindi", "material": material}
            campaigning.plan_messages(villages=villages_in(block), told=planned, **told)
        for n, (village, method) in enumerate(zip(villages_in(block)[:3], ("PLAY", "SCHOOL", "HELPLINE"), strict=True)):
            came = {"women": 40 + 9 * n, "men": 22, "again_women": 6 * n, "again_girls": 5 * n}
            came |= {"girls_0": 5 + 5 * n, "girls_12": 12 + 15 * n, "girls_16": 8 + 10 * n}
            came |= {"boys_0": 4, "boys_12": 8 + 4 * n, "boys_16": 6 + 2 * n}
            event = {"on": on - timedelta(days=70 - 15 * n), "method": method, "title": "आँचल अभियान", "language": "Hindi"}
            event["helplines"] = ["1098", "112"] if n else ["1098"]
            held = campaigning.record_event(place=village, told=event | came, **told)
            campaigning.note_question(event=held, topic="JOB", words="एजेंट का लाइसेंस कैसे देखें?", times=7 - n, by=officer)
            recalled = {"on": on - timedelta(days=20), "message": "1098", "asked": 20, "remembered": 13 + n}
            campaigning.check_recall(event=held, **recalled, **told)


def _sensitise(district: Place, officer: User, on: date, at: datetime) -> None:
    """The Village Organisations of a block were trained; one of them has not adopted its roadmap yet."""
    day = on - timedelta(days=12)
    block = Place.objects.filter(district=district, level="BLOCK").order_by("place_no").first()
    with acting(officer):
        trainer = Participant.objects.get(place=district, name=f"{WORKERS[0]} Kumari")
        one = _plan(district, Module.objects.get(key="basics", place=None), day, {"at": at, "by": officer})
        training.assign_trainer(training=one, participant=trainer, by=officer)
        for n, (subject, words) in enumerate((("PREVALENCE", "Map of our villages"), ("FORMS", "Stories"), ("PREVENTION", "Roadmap"))):
            session = attending.Planned(day, time(10 + 2 * n), 90, subject, words, "GROUP")
            attending.plan_session(training=one, told=session, trainer=one.trainers.get(), by=officer)
        attending.invite_villages(training=one, villages=villages_in(block)[:3], by=officer)
        leaders = [Someone(f"{name} Devi", f"VO leader {n}", "CBO", "FEMALE") for n, name in enumerate(("Etwari", "Somri"), 1)]
        enrolled = [
            training.enrol(training=one, participant=training.known(place=district, someone=leader, at=at, by=officer), by=officer)
            for leader in leaders
        ]
        results = {each.pk: Result(n, 40, 65 if n else None, "" if n else "HOME") for n, each in enumerate(enrolled[::-1])}
        training.hold(training=one, results=results, at=at, by=officer)


def _april(on: date) -> date:
    return date(on.year if on.month > 3 else on.year - 1, 4, 1)
