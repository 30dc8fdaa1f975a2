"""She takes back her consent that her record is kept: what is shut at once, who decides, what is erased by itself and what is not."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.policy import day_in_india
from aanchal.cases import actions, assigning, consenting, keeping, queries, referring, retention, tasks
from aanchal.cases.models import Assignment, Case, CaseIdentity, CaseTask, Mark, Referral, RetentionRule, Withdrawal
from aanchal.cases.referring import ReferralDetails
from aanchal.cases.rules import NotPossible
from aanchal.core.models import Trail
from aanchal.notices import queries as notices
from aanchal.notices.models import Notice
from aanchal.rehab import own
from tests.cases.builders import agree, open_case, someone

NAME = "Planted Phulmani"


@pytest.fixture
def shared(staff):
    """A case that is kept, supported and shared with the committee, her name too."""
    with acting(SYSTEM):
        retention.load(by=SYSTEM)
    case = open_case(staff, identity=someone(NAME))
    keep = agree(case, by=staff.worker, purpose="KEEP")
    for purpose in ("SUPPORT", "REFER", "IDENTITY"):
        agree(case, by=staff.worker, purpose=purpose)
    with acting(staff.worker):
        told = ReferralDetails(party="CWC", support="LEGAL", reason="SERVICES", words="an order", receiver=staff.cwc, with_identity=True)
        referral = referring.refer(case=case, details=told, at=timezone.now(), by=staff.worker)
        actions.set_task(case=case, who=staff.worker, words="call", due_on=case.opened_on, at=timezone.now(), by=staff.worker)
    with acting(staff.cwc):
        referring.accept(referral=referral, at=timezone.now(), by=staff.cwc)
    return case, keep


def take_back(consent, by, at=None):
    with acting(by):
        consenting.withdraw_consent(consent=consent, at=at or timezone.now(), by=by)
    with acting(SYSTEM):
        return Withdrawal.objects.get(consent=consent)


def decide(case, by, answer="ERASE", ground="", at=None):
    with acting(by):
        rule = RetentionRule.objects.get(key=ground) if ground else None
        return keeping.decide(case=case, answer=answer, ground=rule, words="so it is", at=at or timezone.now(), by=by)


def names(user) -> tuple[int, int]:
    """Identities and marks of a name that someone sees in raw SQL."""
    with acting(user), connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM cases_caseidentity), (SELECT count(*) FROM cases_mark WHERE kind <> 'FIR')")
        return cursor.fetchone()


def state(case) -> str:
    with acting(SYSTEM):
        return Case.objects.get(pk=case.pk).state


def night(at):
    with acting(SYSTEM):
        return keeping.look(at=at, by=SYSTEM)


def after(withdrawal, days: int):
    """Noon of so many days after the last day on which it is kept."""
    return timezone.now() + timedelta(days=(withdrawal.due_on - day_in_india(timezone.now())).days + days)


def test_her_name_is_sealed_at_once_from_all_but_who_decides(staff, shared):
    case, keep = shared
    assert names(staff.worker) == (1, 2)
    take_back(keep, staff.worker)
    assert names(staff.worker) == names(staff.cwc) == names(staff.second) == names(staff.far) == (0, 0)
    assert names(staff.supervisor) == (1, 2)
    with acting(staff.worker):
        assert not queries.may_know_her(staff.worker, case, timezone.now())
        assert actions.open_identity(case=case, reason="PAGE", by=staff.worker) == {}
        assert not actions.search_name(name=NAME, at=timezone.now(), by=staff.worker).exists()
        with pytest.raises(NotPossible, match="keeping_withdrawn"):
            actions.tell_identity(case=case, identity=someone("Another"), by=staff.worker)
    with acting(staff.supervisor):
        assert queries.may_know_her(staff.supervisor, case, timezone.now())


def test_an_emergency_does_not_open_it(staff, shared):
    case, keep = shared
    take_back(keep, staff.worker)
    with acting(staff.second):
        assigning.break_glass(code=case.code, reason="COURT", words="today", at=timezone.now(), by=staff.second)
    assert names(staff.second) == (0, 0)


def test_what_was_shared_ends_and_nothing_more_is(staff, shared):
    case, keep = shared
    take_back(keep, staff.worker)
    with acting(SYSTEM):
        assert set(Referral.objects.values_list("state", flat=True)) == {"WITHDRAWN"}
        assert not Assignment.objects.filter(user=staff.cwc, until=None).exists()
    told = ReferralDetails("CWC", "LEGAL", "SERVICES", "an order", receiver=staff.cwc)
    with acting(staff.worker), pytest.raises(NotPossible, match="keeping_withdrawn"):
        referring.refer(case=case, details=told, at=timezone.now(), by=staff.worker)


def test_every_consent_to_keep_ends_and_the_supervisor_alone_is_told(staff, shared):
    case, keep = shared
    again = agree(case, by=staff.worker, purpose="KEEP")
    withdrawal = take_back(keep, staff.worker)
    with acting(SYSTEM):
        again.refresh_from_db()
        assert again.withdrawn_at
        assert set(Notice.objects.filter(about=case.pk).values_list("user", flat=True)) == {staff.supervisor.pk}
        assert Trail.objects.get(verb="cases.keeping.withdrawn").detail == {"due": withdrawal.due_on.isoformat()}


def test_another_than_who_wrote_it_down_decides_and_only_a_supervisor_of_the_case(staff, shared):
    case, keep = shared
    with pytest.raises(NotPossible, match="nothing_withdrawn"):
        decide(case, staff.supervisor)
    take_back(keep, staff.supervisor)
    with pytest.raises(NotPossible, match="own_proposal"):
        decide(case, staff.supervisor)
    with acting(staff.supervisor):
        told = {"case": case, "capacity": "SUPERVISOR", "why": "decides", "at": timezone.now(), "by": staff.supervisor}
        assigning.assign(user=staff.second, **told)
    with pytest.raises(NotPossible, match="not_supervisor"):
        decide(case, staff.worker)
    assert decide(case, staff.second).state == "ERASED"


def test_erased_by_decision_it_is_closed_by_her_wish_and_nothing_of_it_can_be_read(staff, shared):
    case, keep = shared
    withdrawal = take_back(keep, staff.worker)
    assert decide(case, staff.supervisor).outcome == "OWN_WISH"
    with acting(SYSTEM):
        assert CaseIdentity.objects.get().told() == {}
        assert {bytes(one.mark) for one in Mark.objects.all()}.isdisjoint({actions.finding.name_mark(NAME, staff.place)})
        assert CaseTask.objects.get().state == "DROPPED"
        withdrawal.refresh_from_db()
        assert (withdrawal.end, withdrawal.sealed) == ("ERASED", None)
        assert [one.happening for one in case.steps.order_by("at", "pk")] == ["OPEN", "CLOSE", "ERASE"]
    assert names(staff.worker) == (0, 0)


def test_kept_by_law_it_names_the_law_and_is_decided_anew_when_its_time_is_over(staff, shared):
    case, keep = shared
    withdrawal = take_back(keep, staff.worker)
    for ground in ("", "closed-case", "ground-child"):
        with pytest.raises(NotPossible, match="no_ground"):
            decide(case, staff.supervisor, "KEEP", ground)
    assert decide(case, staff.supervisor, "KEEP", "ground-court").state == "ACTIVE"
    first = withdrawal.due_on
    with acting(SYSTEM):
        withdrawal.refresh_from_db()
        assert Trail.objects.get(verb="cases.keeping.decided").detail["ground"] == "ground-court"
    assert withdrawal.due_on > first
    assert names(staff.worker) == (0, 0)
    night(after(withdrawal, 0))
    assert state(case) == "ACTIVE"
    night(after(withdrawal, 1))
    assert state(case) == "ERASED"


def test_undecided_it_is_erased_after_the_last_day_and_not_before_and_who_supervises_is_reminded(staff, shared):
    case, keep = shared
    withdrawal = take_back(keep, staff.worker)
    assert 27 <= (withdrawal.due_on - day_in_india(withdrawal.asked_at)).days <= 31
    with acting(SYSTEM):
        Notice.objects.update(seen_at=timezone.now())
    night(after(withdrawal, -8))
    with acting(SYSTEM):
        assert not notices.unseen(staff.supervisor).exists()
    night(after(withdrawal, 0))
    with acting(SYSTEM):
        assert notices.unseen(staff.supervisor).count() == 1
        assert not notices.unseen(staff.worker).exists()
    assert state(case) == "ACTIVE"
    night(after(withdrawal, 1))
    assert state(case) == "ERASED"
    with acting(SYSTEM):
        assert case.steps.get(happening="ERASE").by is None


@pytest.mark.parametrize("has_fir", [False, True])
def test_the_case_says_what_will_truly_happen(signed_in, staff, shared, has_fir):
    case, keep = shared
    if has_fir:
        with acting(staff.worker):
            actions.mark_fir(case=case, number="112/2026")
    take_back(keep, staff.worker)
    for user in (staff.worker, staff.supervisor):
        page = signed_in(user).get(f"/cases/{case.pk}/").content.decode()
        assert ("Because of the FIR nothing is erased by itself." in page, "who she is is erased after" in page) == (has_fir, not has_fir)
    with acting(staff.worker):
        own.set_pin(case=case, pin="274951", at=timezone.now(), by=staff.worker)
    told = signed_in(staff.worker).post(f"/rehabilitation/case/{case.pk}/own/look/", {"pin": "274951"}).content.decode()
    assert ("Because of the FIR it is not erased by itself" in told, "it is erased after" in told) == (has_fir, not has_fir)


def test_where_an_fir_is_known_nothing_is_erased_by_itself(staff, shared):
    case, keep = shared
    with acting(staff.worker):
        actions.mark_fir(case=case, number="112/2026")
    withdrawal = take_back(keep, staff.worker)
    night(after(withdrawal, 40))
    assert state(case) == "ACTIVE"
    assert decide(case, staff.supervisor, at=after(withdrawal, 41)).state == "ERASED"


def test_she_agrees_anew_and_it_is_kept_as_before(staff, shared):
    case, keep = shared
    withdrawal = take_back(keep, staff.worker)
    agree(case, by=staff.worker, purpose="KEEP")
    assert names(staff.worker) == (1, 2)
    night(after(withdrawal, 9))
    assert state(case) == "ACTIVE"
    with acting(SYSTEM):
        assert Withdrawal.objects.get().end == "AGREED"


def test_many_are_looked_at_a_batch_at_a_time(staff, shared, monkeypatch):
    monkeypatch.setattr(keeping, "A_BATCH", 1)
    _, keep = shared
    withdrawal = take_back(keep, staff.worker, at=timezone.now() - timedelta(days=90))
    with acting(SYSTEM):
        assert keeping.look(at=timezone.now(), by=SYSTEM) == withdrawal
        assert keeping.look(at=timezone.now(), by=SYSTEM, after=withdrawal.pk) is None
    assert tasks.look_at_withdrawn.name.endswith("look_at_withdrawn")


def test_the_application_itself_cannot_move_it_to_another_case_or_unseal_it(staff, shared):
    case, keep = shared
    withdrawal = take_back(keep, staff.worker)
    other = open_case(staff)
    for change in ({"case": other}, {"asked_by": staff.other}):
        with acting(staff.supervisor), pytest.raises(DatabaseError), transaction.atomic():
            Withdrawal.objects.filter(pk=withdrawal.pk).update(**change)
    with acting(staff.far):
        assert not Withdrawal.objects.exists()
        assert Withdrawal.objects.filter(pk=withdrawal.pk).update(due_on=day_in_india(timezone.now())) == 0


def test_the_case_says_so_and_the_supervisor_decides_there(signed_in, staff, shared):
    case, keep = shared
    worker = signed_in(staff.worker)
    worker.post(f"/cases/{case.pk}/end/consent/{keep.pk}/")
    page = worker.get(f"/cases/{case.pk}/").content.decode()
    assert "she took back her consent to keep this record" in page
    assert not any(words in page for words in ("Show her name", "Refer her", "Take out as HTCDS"))
    assert worker.post(f"/cases/{case.pk}/htcds/")["Location"] == f"/cases/{case.pk}/"
    assert "nothing more of it is shared" in worker.get(f"/cases/{case.pk}/").content.decode()
    assert worker.post(f"/cases/{case.pk}/open/").status_code == 404
    assert worker.get(f"/cases/{case.pk}/write/keeping/").status_code == 404
    decide_at = f"/cases/{case.pk}/write/keeping/"
    assert decide_at not in signed_in(staff.second).get("/cases/").content.decode()
    supervisor = signed_in(staff.supervisor)
    assert decide_at in supervisor.get("/cases/").content.decode()
    refused = supervisor.post(decide_at, {"answer": "KEEP", "words": "the trial"})
    assert refused.status_code == 422
    assert "Say which law has it kept" in refused.content.decode()
    with acting(SYSTEM):
        court = RetentionRule.objects.get(key="ground-court")
    supervisor.post(decide_at, {"answer": "KEEP", "ground": court.pk, "words": "the trial of her father-in-law"})
    page = supervisor.get(f"/cases/{case.pk}/").content.decode()
    assert "case in court of what was done to her is not over" in page
    assert "the trial of her father-in-law" in page
    assert NAME in supervisor.post(f"/cases/{case.pk}/open/").content.decode()
    for user in (staff.far, staff.second, staff.cwc):
        assert signed_in(user).get(decide_at).status_code == 404
