"""What must not be written of her, and the exact words on the page that say why: nothing of it is kept."""

from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from aanchal.access import policy
from aanchal.access.acting import SYSTEM, acting
from aanchal.cases import actions as cases
from aanchal.cases import referring
from aanchal.cases.models import Case, Proposal, Referral
from aanchal.rehab.models import Learning
from aanchal.rescue import clocks, sops, staffing
from aanchal.rescue.models import Rescued
from tests.cases.builders import agree, details, someone
from tests.rehab.builders import begin, make_case
from tests.rescue import builders as rescue

NOW = timezone.now()
TODAY = policy.day_in_india(NOW)


@pytest.fixture
def told(staff, posted):
    """An operation that is planned and one that runs, a woman's and a girl's case begun, a case shared with the Committee."""
    officer, cwc = posted("ahtu_officer", "east"), posted("cwc_member", "east")
    with acting(SYSTEM):
        sops.load(by=SYSTEM)
        clocks.load(by=SYSTEM)
        unit = staffing.open_unit(
            place=staff.place, told={"name": "A unit", "tier": "DISTRICT", "fund": "STATE", "posts": 1}, on=TODAY, at=NOW, by=SYSTEM
        )
    with acting(officer):
        planned, running = (rescue.make_operation(rescue.make_lead(unit, by=officer, at=NOW), by=officer, at=NOW, on=TODAY) for _ in "12")
        rescue.start(running, at=NOW, by=officer)
        freed = rescue.rescue(running, by=officer, at=NOW)
    woman, girl = (make_case(staff.place, staff.worker, staff.counsellor, years=years) for years in (24, 15))
    for case in (woman, girl):
        begin(case, staff.worker, staff.counsellor)
    shared = share(staff, cwc)
    return SimpleNamespace(
        officer=officer, cwc=cwc, planned=planned, running=running, freed=freed, woman=woman, girl=girl, shared=shared, today=TODAY,
        worker=staff.worker, place=staff.place, supervisor=staff.lead,
    )  # fmt: skip


def share(staff, cwc) -> Case:
    """Her case, known by name, seen by the Committee with her consent; with a task that is not done."""
    with acting(staff.worker):
        her = details(identity=someone("Planted Sunita"))
        case = cases.open_case(details=her, place=staff.place, on=TODAY, at=NOW, by=staff.worker, supervisor=staff.lead)
    for purpose in ("SUPPORT", "REFER"):
        agree(case, by=staff.worker, purpose=purpose)
    with acting(staff.worker):
        cases.set_task(case=case, who=staff.worker, words="a task", due_on=TODAY, at=NOW, by=staff.worker)
        asked = referring.ReferralDetails("CWC", "LEGAL", "SERVICES", "words", receiver=cwc)
        referral = referring.refer(case=case, details=asked, at=NOW, by=staff.worker)
    with acting(cwc):
        referring.accept(referral=referral, at=NOW, by=cwc)
    return case


def moment(days: int = 0) -> str:
    return (timezone.localtime(NOW, policy.INDIA) - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


FORM = "application/x-www-form-urlencoded"
RESCUED = {"sex": "FEMALE", "years": "15", "age_basis": "STATED", "exploitation": "CHILD_LABOUR", "nationality": "IN"}
INTAKE = {
    "gender": "FEMALE",
    "years": "24",
    "citizenship": "IN",
    "status": "CONFIRMED",
    "name": "Planted Sunita",
    "guardian_name": "Planted Ram",
}
REFER = {"party": "CWC", "support": "LEGAL", "reason": "SERVICES", "words": "words"}
ENROL = {"on": TODAY.isoformat()}
CLOSE = {"kind": "CLOSE", "outcome": "FAMILY", "words": "She is home."}
WOMAN, GIRL = "/rehabilitation/case/{t.woman.pk}/learning/enrol/", "/rehabilitation/case/{t.girl.pk}/learning/enrol/"
REFUSED = {  # kind: (who, page, what is sent, the words that answer)
    "a rescue before its operation began": (
        "officer", "/rescue/operations/{t.planned.pk}/rescued/", lambda t: RESCUED | {"at": moment()},
        "No one is rescued before the operation has begun. Start it first, on its page, by its checklist.",
    ),
    "a rescue before the hour of its operation": (
        "officer", "/rescue/operations/{t.running.pk}/rescued/", lambda t: RESCUED | {"at": moment(days=2)},
        "That is before the operation was planned. Check the day and the hour.",
    ),
    "a case before the rescue": (
        "officer", "/cases/new/?rescued={t.freed.pk}",
        lambda t: INTAKE | {"opened_on": TODAY - timedelta(days=1), "place": t.place.pk, "supervisor": t.supervisor.pk, "name": "Another"},
        "She would have come to us before she was rescued. Correct the day.",
    ),
    "an adult in a bridge course": (
        "worker", WOMAN, lambda t: ENROL | {"kind": "BRIDGE"},
        "She is 18 or older: this course is for children. Choose skill training or open school.",
    ),
    "a minor trained for a placement": (
        "worker", GIRL, lambda t: ENROL | {"kind": "SKILLING", "trade": "welding"},
        "She is under 18 today: no skill training for work. Choose school, a bridge course or vocational education.",
    ),
    "a referral without consent": (
        "worker", "/cases/{t.woman.pk}/write/referral/", lambda t: REFER | {"receiver": t.cwc.pk},
        "She has not agreed to this, or no longer. Ask her first and record her consent. Nothing was shared.",
    ),
    "a goal without consent": (
        "worker", "/cases/{t.woman.pk}/write/goal/", lambda t: {"support": "LEGAL", "words": "a goal", "on": TODAY},
        "She has not agreed to this, or no longer. Ask her first and record her consent. Nothing was shared.",
    ),
    "her name told to whom she did not agree": (
        "worker", "/cases/{t.shared.pk}/write/referral/", lambda t: REFER | {"receiver": t.cwc.pk, "with_identity": "on"},
        "She has not agreed to this, or no longer. Ask her first and record her consent. Nothing was shared.",
    ),
    "closing with open tasks": (
        "worker", "/cases/{t.shared.pk}/write/proposal/", lambda t: CLOSE, "There are tasks still to do. The case cannot be closed.",
    ),
    "a second identity of the same person": (
        "worker", "/cases/new/", lambda t: INTAKE | {"opened_on": TODAY, "place": t.place.pk, "supervisor": t.supervisor.pk},
        "A case of this person is open already. Ask the supervisor of the district. Nothing was saved.",
    ),
}  # fmt: skip


def kept(told) -> list:
    """What would have grown or moved."""
    with acting(SYSTEM):
        tables = [model.objects.count() for model in (Case, Rescued, Referral, Proposal, Learning)]
        return [*tables, *Case.objects.order_by("pk").values_list("pk", "state", "rescued")]


def test_each_is_refused_on_its_page_with_its_own_words_and_nothing_is_kept(told, signed_in):
    before = kept(told)
    for kind, (who, path, sent, words) in REFUSED.items():
        answer = signed_in(getattr(told, who)).post(path.format(t=told), urlencode(sent(told), doseq=True), content_type=FORM)
        said = answer.content.decode()
        assert (answer.status_code, words in said) == (422, True), (kind, answer.status_code, said[said.find('role="alert"') :][:600])
        assert kept(told) == before, kind


def test_a_minor_is_never_placed_whichever_course_she_is_in(told, signed_in):
    client = signed_in(told.worker)
    client.post(GIRL.format(t=told), ENROL | {"kind": "BRIDGE"})
    with acting(SYSTEM):
        course = Learning.objects.get(case=told.girl)
    answer = client.post(f"/rehabilitation/course/{course.pk}/move/", ENROL | {"to": "PLACED"})
    assert answer.status_code == 422
    assert "Select a valid choice. PLACED is not one of the available choices." in answer.content.decode()
    with acting(SYSTEM):
        assert Learning.objects.get(case=told.girl).state == "ENROLLED"


def test_a_consent_that_is_taken_back_shuts_a_shared_case_at_once(told, signed_in):
    page = f"/cases/{told.shared.pk}/"
    assert signed_in(told.cwc).get(page).status_code == 200
    with acting(SYSTEM):
        consent = told.shared.consents.get(purpose="REFER")
    answer = signed_in(told.worker).post(f"{page}end/consent/{consent.pk}/", follow=True)
    assert "Taken back. What was shared with it is shut." in answer.content.decode()
    assert signed_in(told.cwc).get(page).status_code == 404
    with acting(SYSTEM):
        assert Referral.objects.get(case=told.shared).state == "WITHDRAWN"
    answer = signed_in(told.worker).post(f"{page}write/referral/", REFER | {"receiver": told.cwc.pk})
    assert (answer.status_code, REFUSED["a referral without consent"][3] in answer.content.decode()) == (422, True)
    answer = signed_in(told.worker).post(f"{page}end/consent/{consent.pk}/", follow=True)
    assert "This consent was taken back already." in answer.content.decode()


def test_who_is_not_assigned_is_told_nothing_of_all_this(told, signed_in, posted):
    client = signed_in(posted("case_worker", "west"))
    for who, path, sent, _words in REFUSED.values():
        if who == "worker" and "/new/" not in path:
            assert client.post(path.format(t=told), sent(told)).status_code == 404, path
