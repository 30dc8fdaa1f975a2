"""Three survivors who do not exist: one with a plan and help, a child referred to the CWC, one whose closing waits; and an emergency."""

from datetime import date, datetime, timedelta

from aanchal.access.acting import acting
from aanchal.access.models import User
from aanchal.access.policy import day_in_india
from aanchal.cases import actions, assigning, consenting, deciding, referring
from aanchal.cases.actions import CaseDetails, Happened, Identity
from aanchal.cases.consenting import ConsentDetails
from aanchal.cases.models import Case
from aanchal.cases.referring import ReferralDetails
from aanchal.places.models import Place
from aanchal.places.terms import Level

TOLD = ("WHY", "USE", "RIGHT", "HOW_LONG", "WITHDRAW", "REFUSE")


def load(*, at: datetime, users: dict[str, User]) -> None:
    worker, supervisor = users["case_worker"], users["case_supervisor"]
    place = Place.objects.get(pk=worker.postings.get().place_id)
    other = Place.objects.filter(level=Level.DISTRICT, state=place.state_id).exclude(pk=place.pk).order_by("pk").first()
    with acting(worker):
        one = _with_a_plan(place, other, at=at, by=worker, supervisor=supervisor, to=users["osc_worker"])
        _child(place, other, at=at, by=worker, supervisor=supervisor, to=users["cwc_member"])
        _to_be_closed(place, at=at, by=worker, supervisor=supervisor)
    second = users["second_supervisor"]
    with acting(second):
        told = {"reason": "DANGER", "words": "पुराना दलाल आश्रय गृह के बाहर देखा गया।"}
        assigning.break_glass(code=one.code, at=at, by=second, **told)


def _with_a_plan(place: Place, other: Place, *, at: datetime, by: User, supervisor: User, to: User) -> Case:
    today = day_in_india(at)
    on = today - timedelta(days=40)
    events = (
        Happened("RECRUITMENT", on - timedelta(days=400), place, words="गाँव की एक जान-पहचान वाली ने शहर में अच्छा काम बताया।"),
        Happened("EXPLOITATION", on - timedelta(days=390), other, words="कमरे में बंद रखा, मज़दूरी नहीं दी।"),
    )
    details = CaseDetails(
        gender="FEMALE", is_child=False, years=22, years_when_trafficked=20, pseudonym="नदी", language="hi", status="CONFIRMED",
        decided_by="POLICE", acts=("RECRUITMENT", "TRANSPORTATION"), means=("DECEPTION",), purposes=("FORCED_LABOUR",),
        controls=("TAKES_EARNINGS", "RESTRICTS_MOVEMENT"),
        recruitment=("FRIENDS",), recruiter="NEIGHBOUR", industry="MANUFACTURING", identity=Identity("कल्पना उदाहरण", "उदाहरण राम"),
        firs=("DEMO 101/2026",), events=events, way=(place, other),
    )  # fmt: skip
    case = actions.open_case(details=details, place=place, on=on, at=at, by=by, supervisor=supervisor)
    for purpose in ("KEEP", "SUPPORT", "REFER"):
        _agree(case, purpose, on, at=at, by=by)
    told = {"at": at, "by": by}
    actions.assess(
        case=case, scope="INDIVIDUAL", danger="SOME", needs=["HEALTH", "LEGAL"], words="नींद नहीं आती, अकेले बाहर जाने से डरती है।", on=on, **told
    )
    goal = actions.set_goal(
        case=case,
        support="LIVELIHOOD",
        words="गाड़ी चलाना सीखना चाहती हूँ।",
        is_her_wish=True,
        due_on=today + timedelta(days=90),
        on=on,
        **told,
    )
    actions.set_task(case=case, who=by, words="ड्राइविंग स्कूल का पता करना", due_on=today - timedelta(days=2), goal=goal, **told)
    actions.set_task(case=case, who=by, words="बैंक खाता खुलवाने साथ जाना", due_on=today + timedelta(days=5), **told)
    actions.record_service(case=case, support="HEALTH", party="HEALTH", words="जाँच और दवा।", on=on + timedelta(days=3), **told)
    actions.record_visit(case=case, seen="SHELTER", danger="NONE", words="खुश थी, सहेली बनी है।", on=today - timedelta(days=6), **told)
    words = "मुआवज़े के लिए सलाह और साथ चाहिए।"
    referral = referring.refer(case=case, details=ReferralDetails("OSC", "LEGAL", "SERVICES", words, receiver=to), at=at, by=by)
    with acting(to):
        referring.accept(referral=referral, at=at, by=to)
    return case


def _child(place: Place, other: Place, *, at: datetime, by: User, supervisor: User, to: User) -> Case:
    on = day_in_india(at) - timedelta(days=3)
    details = CaseDetails(
        gender="FEMALE", is_child=True, years=14, pseudonym="चिड़िया", language="hi",
        acts=("RECRUITMENT", "RECEIPT"), purposes=("DOMESTIC_SERVITUDE",),
        recruitment=("BUSINESS",), recruiter="STRANGER", industry="HOUSEHOLDS",
        identity=Identity("छाया उदाहरण", "उदाहरण देवी"), way=(place, other),
    )  # fmt: skip
    case = actions.open_case(details=details, place=place, on=on, at=at, by=by, supervisor=supervisor)
    for purpose in ("SUPPORT", "REFER"):
        _agree(case, purpose, on, at=at, by=by, giver="CWC", child_agrees=True)
    words = "समिति के सामने पेश करना है; बच्ची घर लौटना चाहती है।"
    referring.refer(case=case, details=ReferralDetails("CWC", "SOCIAL", "SERVICES", words, receiver=to), at=at, by=by)
    return case


def _to_be_closed(place: Place, *, at: datetime, by: User, supervisor: User) -> Case:
    on = day_in_india(at) - timedelta(days=400)
    details = CaseDetails(
        gender="MALE", is_child=False, years=31, language="hi", purposes=("BONDED_LABOUR",), status="CONFIRMED", decided_by="GOVERNMENT"
    )
    case = actions.open_case(details=details, place=place, on=on, at=at, by=by, supervisor=supervisor)
    deciding.propose(case=case, kind="CLOSE", outcome="FAMILY", words="एक साल से घर पर है, काम मिला है।", at=at, by=by)
    return case


def _agree(case: Case, purpose: str, on: date, *, at: datetime, by: User, giver: str = "SELF", child_agrees: bool | None = None) -> None:
    until = day_in_india(at) + timedelta(days=180)
    details = ConsentDetails(purpose, giver, "SPOKEN", "hi", TOLD, until, child_agrees=child_agrees)
    consenting.record_consent(case=case, details=details, on=on, at=at, by=by)
