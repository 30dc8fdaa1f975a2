"""Three ways to a life of one's own: a woman who learns to drive and leads, a girl back at school, a woman on her way home abroad."""

from datetime import date, datetime, timedelta

from aanchal.access.acting import acting
from aanchal.access.models import User
from aanchal.access.policy import day_in_india
from aanchal.benefits.models import Cbo
from aanchal.cases import actions as cases
from aanchal.cases import assigning, consenting
from aanchal.cases.consenting import ConsentDetails
from aanchal.cases.models import Case
from aanchal.network.models import Listing
from aanchal.places.models import Place
from aanchal.rehab import benefiting, catalogue, counselling, leading, learning, readiness, repatriating, returning
from aanchal.rehab.models import CboMaturity
from aanchal.rehab.terms import Gate

OPENED = 200
"""Days ago."""
HOURS = (("LISTENING", 40), ("LAW", 20), ("RISK", 12), ("PRACTICE", 60))
NOTES = "उसने आज पहली बार आगे की बात की। नींद बेहतर है। अगले हफ़्ते फिर मिलेंगे।"
AT_HOME = "माँ और बड़ा भाई घर पर हैं। दोनों उसे चाहते हैं, पड़ोस में भी बात की।"


def load(*, at: datetime, users: dict[str, User], block: Place) -> None:
    worker, counsellor, supervisor = (users[name] for name in ("case_worker", "counsellor", "counselling_supervisor"))
    recruit(counsellor, supervisor, block.district, at=at)
    mature = assess(users["block_officer"], block, at=at)
    woman, girl, foreign = (open_case(worker, counsellor, block.district, at=at, **told) for told in _CASES)
    counsel(woman, counsellor, at=at)
    open_gates(woman, worker, counsellor, at=at)
    learn(woman, worker, at=at)
    entitle(woman, worker, at=at)
    lead(woman, worker, block.district, at=at)
    go_home(woman, worker, mature, at=at)
    teach(girl, worker, at=at)
    go_abroad(foreign, worker, at=at)


_CASES = ({"years": 24, "citizenship": "IN"}, {"years": 15, "citizenship": "IN"}, {"years": 22, "citizenship": "BD"})


def recruit(counsellor: User, supervisor: User, place: Place, *, at: datetime) -> None:
    on = day_in_india(at) - timedelta(days=400)
    with acting(supervisor):
        row = counselling.recruit(user=counsellor, place=place, on=on, at=at, by=supervisor)
        for nth, (module, hours) in enumerate(HOURS):
            counselling.train(counsellor=row, module=module, hours=hours, on=on + timedelta(days=30 * nth), at=at, by=supervisor)


def assess(officer: User, block: Place, *, at: datetime) -> CboMaturity | None:
    with acting(officer):
        cbo = Cbo.objects.filter(kind="VO", place_no__range=(block.place_no, block.last_no)).order_by("pk").first()
        if cbo is None:
            return None
        on = day_in_india(at) - timedelta(days=60)
        keys = [one["key"] for one in catalogue.maturity(on).criteria][:6]
        return returning.assess_cbo(cbo=cbo, met=keys, on=on, at=at, by=officer)


def open_case(worker: User, counsellor: User, place: Place, *, years: int, citizenship: str, at: datetime) -> Case:
    since = at - timedelta(days=OPENED)
    details = cases.CaseDetails(gender="FEMALE", is_child=years < 18, years=years, citizenship=citizenship, language="hi")
    with acting(worker):
        case = cases.open_case(details=details, place=place, on=day_in_india(since), at=since, by=worker)
        assigning.assign(case=case, user=counsellor, capacity="WORKER", why="counselling", at=since, by=worker)
    return case


def counsel(case: Case, counsellor: User, *, at: datetime) -> None:
    with acting(counsellor):
        for days in (170, 150, 120, 90, 20):
            told = {"kind": "ALONE", "on": _ago(at, days), "minutes": 45, "notes": NOTES}
            counselling.hold(case=case, at=at - timedelta(days=days), by=counsellor, **told)


def open_gates(case: Case, worker: User, counsellor: User, *, at: datetime) -> None:
    for gate, days in zip(Gate, (199, 190, 130, 125, 120), strict=True):
        by = counsellor if gate == Gate.COUNSELLOR else worker
        with acting(by):
            readiness.decide(case=case, gate=gate, is_open=True, on=_ago(at, days), at=at - timedelta(days=days), by=by)
    with acting(worker):
        readiness.start(case=case, at=at - timedelta(days=119), by=worker)


def entitle(case: Case, worker: User, *, at: datetime) -> None:
    """A ration card that came, and a house she waits for."""
    agreed = {"giver": "SELF", "explained": "SPOKEN", "language": "hi", "told": ("WHY", "WITHDRAW", "REFUSE")}
    with acting(worker):
        consent = ConsentDetails(purpose="SUPPORT", until=_ago(at, -180), **agreed)
        consenting.record_consent(case=case, details=consent, on=_ago(at, 100), at=at, by=worker)
        card, _house = (
            benefiting.apply(case=case, code=code, on=_ago(at, days), at=at, by=worker) for code, days in (("NFSA_PHH", 95), ("PMAYG", 40))
        )
        benefiting.move(benefit=card, came=benefiting.Came("DELIVERED", _ago(at, 70), proof="CARD"), at=at, by=worker)


def learn(case: Case, worker: User, *, at: datetime) -> None:
    with acting(worker):
        told = {"interests": ["OUTDOORS", "MACHINES"], "strengths": ["FEARLESS", "QUICK"], "surroundings": "TOWN"}
        learning.tell_leaning(case=case, on=_ago(at, 119), by=worker, **told)
        agency = Listing.objects.filter(open_complaints=0, upheld_complaints=0, visit_outcome="GOOD").order_by("name").first()
        one = learning.enrol(
            case=case, kind="SKILLING", trade="driving", agency=agency, on=_ago(at, 110), at=at - timedelta(days=110), by=worker
        )
        for month in (90, 60):
            learning.attend(learning=one, month=_ago(at, month), held=22, present=20, at=at, by=worker)
        learning.move(learning=one, to="CERTIFIED", on=_ago(at, 30), at=at, by=worker)


def lead(case: Case, worker: User, place: Place, *, at: datetime) -> None:
    with acting(worker):
        told = {"place": place, "fields": ["MIGRATION"]}
        then = at - timedelta(days=25)
        leading.enter(called=leading.Called("Demo sakhi"), since=_ago(at, 80), at=at, by=worker, **told)
        chosen = {"called": leading.Called("Demo didi"), "chose_on": _ago(at, 26)}
        link = leading.choose(case=case, at=then, by=worker, **told, **chosen)
        done = {"field": "MIGRATION", "on": _ago(at, 10), "hours": 3, "honorarium_paise": 500_00}
        leading.engage(person=link.person, at=at, by=worker, **done)


def go_home(case: Case, worker: User, mature: CboMaturity | None, *, at: datetime) -> None:
    found = {"family_implicated": "NO", "family_safe": "YES", "family_willing": "YES", "is_threatened": False}
    told = {"on": _ago(at, 40), "at": at, "by": worker}
    with acting(worker):
        back = returning.plan(case=case, to="FAMILY" if mature else "ELSEWHERE", at=at - timedelta(days=45), by=worker)
        returning.hear(back=back, wish="YES", is_heard_alone=True, **told)
        returning.assess(back=back, found=found, community=mature, note=AT_HOME, **told)
        returning.go(back=back, **told)


def teach(girl: Case, worker: User, *, at: datetime) -> None:
    """The way home of a girl waits for the CWC's order; her wish stands."""
    with acting(worker):
        learning.enrol(case=girl, kind="BRIDGE", agency=None, on=_ago(at, 100), at=at - timedelta(days=100), by=worker)
        back = returning.plan(case=girl, to="FAMILY", at=at - timedelta(days=30), by=worker)
        returning.hear(back=back, wish="YES", is_heard_alone=True, on=_ago(at, 29), at=at, by=worker)


def go_abroad(foreign: Case, worker: User, *, at: datetime) -> None:
    with acting(worker):
        one = repatriating.begin(case=foreign, country="BD", on=_ago(at, 180), at=at, by=worker)
        for key, days in (("wish", 178), ("told_mission", 172), ("court_leave", 120)):
            repatriating.step(repatriation=one, key=key, on=_ago(at, days), at=at, by=worker)


def _ago(at: datetime, days: int) -> date:
    return day_in_india(at) - timedelta(days=days)
