"""Whoever has to act next hears that something waits: assigned, given a task, asked, answered, ended."""

from datetime import timedelta

import pytest
from django.utils import timezone

from aanchal.access.acting import SYSTEM, acting
from aanchal.cases import actions, assigning, consenting, deciding, referring
from aanchal.cases.models import Assignment, SealedLink
from aanchal.cases.referring import ReferralDetails
from aanchal.cases.rules import NotPossible
from aanchal.notices.models import Notice
from tests.cases.builders import agree, open_case, someone


@pytest.fixture
def case(staff):
    case = open_case(staff, identity=someone())
    for purpose in ("SUPPORT", "REFER"):
        agree(case, by=staff.worker, purpose=purpose)
    return case


def told(about) -> set:
    with acting(SYSTEM):
        return set(Notice.objects.filter(about=about.pk, topic="URGENT").values_list("user", flat=True))


def refer(case, staff, **more):
    given = {"party": "CWC", "support": "LEGAL", "reason": "SERVICES", "words": "an order", "receiver": staff.cwc} | more
    with acting(staff.worker):
        return referring.refer(case=case, details=ReferralDetails(**given), at=timezone.now(), by=staff.worker)


def accept(referral, by):
    with acting(by):
        return referring.accept(referral=referral, at=timezone.now(), by=by)


def propose(case, by):
    with acting(by):
        return deciding.propose(case=case, kind="CLOSE", outcome="FAMILY", words="home", at=timezone.now(), by=by)


def assign(case, user, by, capacity="WORKER"):
    with acting(by):
        return assigning.assign(case=case, user=user, capacity=capacity, why="a test", at=timezone.now(), by=by)


def end(assignment, by):
    with acting(by):
        return assigning.unassign(assignment=assignment, at=timezone.now(), by=by)


def live(case, capacity):
    with acting(SYSTEM):
        return Assignment.objects.get(case=case, capacity=capacity, until=None)


def test_who_supervises_and_who_is_assigned_hears_of_it(staff, case):
    assert told(live(case, "SUPERVISOR")) == {staff.supervisor.pk}
    assert told(assign(case, staff.other, staff.worker)) == {staff.other.pk}


def test_who_is_given_a_task_hears_of_it_and_who_gives_it_to_herself_does_not(staff, case):
    given = {"case": case, "words": "call", "due_on": case.opened_on, "at": timezone.now(), "by": staff.worker}
    with acting(staff.worker):
        assert told(actions.set_task(who=staff.supervisor, **given)) == {staff.supervisor.pk}
        assert told(actions.set_task(who=staff.worker, **given)) == set()


def test_a_closing_waits_in_the_list_of_the_supervisor_and_its_answer_is_told(signed_in, staff, case):
    proposal = propose(case, staff.worker)
    assert told(proposal) == {staff.supervisor.pk}
    for user, shown in ((staff.supervisor, True), (staff.worker, False), (staff.second, False)):
        page = signed_in(user).get("/cases/").content.decode()
        assert ("To approve or return" in page) is shown, user
    signed_in(staff.supervisor).post(f"/cases/{case.pk}/end/proposal/{proposal.pk}/", {"state": "RETURNED"})
    assert told(proposal) == {staff.supervisor.pk, staff.worker.pk}
    assert "To approve or return" not in signed_in(staff.supervisor).get("/cases/").content.decode()


@pytest.mark.parametrize("answer", [referring.accept, referring.decline])
def test_who_sent_a_referral_hears_its_answer(staff, case, answer):
    referral = refer(case, staff)
    with acting(staff.cwc):
        answer(referral=referral, at=timezone.now(), by=staff.cwc)
    assert told(referral) == {staff.cwc.pk, staff.worker.pk}


def test_who_was_asked_hears_when_her_consent_is_taken_back(staff, case):
    consent = agree(case, by=staff.worker, purpose="REFER", days=100)
    referral = accept(refer(case, staff), staff.cwc)
    with acting(SYSTEM):
        Notice.objects.filter(about=referral.pk).update(on="2020-01-01")
    with acting(staff.worker):
        consenting.withdraw_consent(consent=consent, at=timezone.now(), by=staff.worker)
    with acting(SYSTEM):
        assert Notice.objects.filter(about=referral.pk, user=staff.cwc).count() == 2


def test_who_was_referred_to_can_be_given_a_task_on_the_screen(signed_in, staff, case):
    accept(refer(case, staff), staff.cwc)
    client = signed_in(staff.worker)
    told = {"words": "write the order", "who": str(staff.cwc.pk), "due_on": (case.opened_on + timedelta(days=3)).isoformat()}
    assert client.post(f"/cases/{case.pk}/write/task/", told)["Location"] == f"/cases/{case.pk}/"


@pytest.mark.parametrize("is_transfer", [False, True])
def test_nobody_refers_her_to_herself_or_to_who_leads_the_case_already(signed_in, staff, case, is_transfer):
    told = {"party": "CWC", "support": "LEGAL", "reason": "SERVICES", "words": "x"} | ({"is_transfer": "on"} if is_transfer else {})
    for user in (staff.worker, staff.supervisor):
        page = signed_in(staff.worker).post(f"/cases/{case.pk}/write/referral/", told | {"receiver": str(user.pk)})
        assert page.status_code == 422
        assert "She is assigned to this case already." in page.content.decode()


def test_a_transfer_to_who_was_assigned_meanwhile_is_refused_in_words(signed_in, staff, case):
    referral = refer(case, staff, receiver=staff.other, is_transfer=True)
    assign(case, staff.other, staff.worker)
    page = signed_in(staff.other).post(f"/cases/referrals/{referral.pk}/accept/", follow=True)
    assert "She is assigned to this case already." in page.content.decode()
    assert live(case, "SUPERVISOR").user == staff.supervisor


def test_no_case_is_left_without_its_supervisor_and_nobody_is_ended_twice(staff, case):
    with pytest.raises(NotPossible, match="last_supervisor"):
        end(live(case, "SUPERVISOR"), staff.worker)
    before = live(case, "SUPERVISOR")
    assign(case, staff.second, staff.worker, "SUPERVISOR")
    end(before, staff.worker)
    with pytest.raises(NotPossible, match="ended_already"):
        end(before, staff.worker)


def test_who_made_a_sealed_link_hears_and_reads_that_it_was_opened(signed_in, staff, case):
    referral = refer(case, staff, receiver=None, party="NGO", organisation="A friend")
    with acting(staff.worker):
        handed = referring.make_link(referral=referral, identity={}, at=timezone.now(), by=staff.worker)
    page = f"/cases/{case.pk}/"
    assert "The sealed link was not opened yet" in signed_in(staff.worker).get(page).content.decode()
    with acting(SYSTEM):
        link = SealedLink.objects.get()
        assert referring.open_link(token=handed.token, passphrase="AAAA", at=timezone.now(), by=SYSTEM) == {}
        assert told(link) == set()
        referring.open_link(token=handed.token, passphrase=handed.passphrase, at=timezone.now(), by=SYSTEM)
    assert told(link) == {staff.worker.pk}
    shown = signed_in(staff.worker).get(page).content.decode()
    assert "The sealed link was opened" in shown
    assert "Make a sealed link" not in shown
