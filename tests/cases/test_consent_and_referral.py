from datetime import timedelta

import pytest
from django.utils import timezone

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.policy import day_in_india
from aanchal.cases import actions, consenting, deciding, forms, queries, referring
from aanchal.cases.models import Assessment, Assignment, Case, CaseConsent, CaseIdentity, Referral, SealedLink
from aanchal.cases.referring import ReferralDetails
from aanchal.cases.rules import NotPossible
from aanchal.core.models import Trail
from aanchal.notices.models import Notice
from tests.cases.builders import agree, details, open_case, someone


@pytest.fixture
def case(staff):
    case = open_case(staff, identity=someone())
    agree(case, by=staff.worker)
    with acting(staff.worker):
        told = {"scope": "HOUSEHOLD", "danger": "SOME", "needs": ["LEGAL"], "words": "sealed words"}
        now = timezone.now()
        actions.assess(case=case, on=case.opened_on, at=now, by=staff.worker, **told)
    return case


def refer(case, by, **more):
    told = {"party": "CWC", "support": "LEGAL", "reason": "SERVICES", "words": "needs a lawyer"} | more
    with acting(by):
        return referring.refer(case=case, details=ReferralDetails(**told), at=timezone.now(), by=by)


def answer(act, referral, by):
    with acting(by):
        return act(referral=referral, at=timezone.now(), by=by)


def why_not_closed(case, by) -> str:
    with acting(by):
        return deciding.why_not(case, "CLOSE", "FAMILY", case.opened_on)


def count(user, model) -> int:
    with acting(user):
        return model.objects.count()


def test_it_refuses_a_referral_without_her_consent(staff, case):
    with pytest.raises(NotPossible, match="consent_missing"):
        refer(case, staff.worker, receiver=staff.cwc)
    agree(case, by=staff.worker, purpose="REFER", party="LEGAL_AID")
    with pytest.raises(NotPossible, match="consent_missing"):
        refer(case, staff.worker, receiver=staff.cwc)
    with acting(SYSTEM):
        assert Referral.objects.count() == 0


def test_it_refuses_support_without_her_consent(staff):
    case = open_case(staff)
    told = {"support": "LEGAL", "words": "", "is_her_wish": True, "due_on": None, "on": case.opened_on, "at": timezone.now()}
    with acting(staff.worker), pytest.raises(NotPossible, match="consent_missing"):
        actions.set_goal(case=case, by=staff.worker, **told)


def test_it_shows_the_receiver_the_question_then_the_case_without_name_and_assessment(staff, case):
    agree(case, by=staff.worker, purpose="REFER", party="CWC")
    referral = refer(case, staff.worker, receiver=staff.cwc)
    assert (count(staff.cwc, Referral), count(staff.cwc, Case), count(staff.other, Referral)) == (1, 0, 0)
    with acting(SYSTEM):
        assert Notice.objects.get(about=referral.pk).user == staff.cwc
    answer(referring.accept, referral, staff.cwc)
    assert [count(staff.cwc, model) for model in (Case, CaseIdentity, Assessment)] == [1, 0, 0]
    with acting(staff.cwc):
        assert not queries.may_know_her(staff.cwc, case, timezone.now())


def test_it_tells_her_name_only_with_a_consent_to_that(staff, case):
    agree(case, by=staff.worker, purpose="REFER", party="CWC")
    with pytest.raises(NotPossible, match="consent_missing"):
        refer(case, staff.worker, receiver=staff.cwc, with_identity=True)
    named = agree(case, by=staff.worker, purpose="IDENTITY", party="CWC")
    answer(referring.accept, refer(case, staff.worker, receiver=staff.cwc, with_identity=True), staff.cwc)
    assert count(staff.cwc, CaseIdentity) == 1
    with acting(staff.worker):
        assert consenting.withdraw_consent(consent=named, at=timezone.now(), by=staff.worker) == 1
    assert [count(staff.cwc, model) for model in (Case, CaseIdentity)] == [0, 0]


def test_a_withdrawn_consent_shuts_the_shared_access_at_once(staff, case):
    consent = agree(case, by=staff.worker, purpose="REFER")
    accepted = refer(case, staff.worker, receiver=staff.cwc)
    answer(referring.accept, accepted, staff.cwc)
    waiting = refer(case, staff.worker, receiver=staff.officer, party="AHTU")
    with acting(staff.worker):
        assert consenting.withdraw_consent(consent=consent, at=timezone.now(), by=staff.worker) == 2
        with pytest.raises(NotPossible, match="withdrawn_already"):
            consenting.withdraw_consent(consent=consent, at=timezone.now(), by=staff.worker)
    assert count(staff.cwc, Case) == 0
    with pytest.raises(NotPossible, match="referral_state"):
        answer(referring.accept, waiting, staff.officer)
    with acting(SYSTEM):
        assert set(Referral.objects.values_list("state", flat=True)) == {"WITHDRAWN"}


def test_shared_access_ends_with_the_last_day_of_the_consent(staff, case):
    agree(case, by=staff.worker, purpose="REFER", days=3)
    answer(referring.accept, refer(case, staff.worker, receiver=staff.cwc), staff.cwc)
    with acting(staff.cwc):
        assert queries.case(staff.cwc, case.pk, timezone.now() + timedelta(days=2))
        assert queries.case(staff.cwc, case.pk, timezone.now() + timedelta(days=5)) is None


def test_it_is_declined_or_returned_and_then_shut(staff, case):
    agree(case, by=staff.worker, purpose="REFER")
    declined = refer(case, staff.worker, receiver=staff.cwc)
    answer(referring.decline, declined, staff.cwc)
    with pytest.raises(NotPossible, match="referral_state"):
        answer(referring.accept, declined, staff.cwc)
    accepted = refer(case, staff.worker, receiver=staff.cwc)
    with pytest.raises(NotPossible, match="referral_state"):
        answer(referring.accept, accepted, staff.worker)
    answer(referring.accept, accepted, staff.cwc)
    answer(referring.give_back, accepted, staff.cwc)
    assert count(staff.cwc, Case) == 0


def test_a_transfer_hands_the_case_over(staff, case):
    agree(case, by=staff.worker, purpose="REFER", party="HOME")
    agree(case, by=staff.worker, purpose="IDENTITY", party="HOME")
    transfer = refer(case, staff.worker, receiver=staff.other, party="HOME", is_transfer=True, with_identity=True)
    answer(referring.accept, transfer, staff.other)
    assert [count(user, Case) for user in (staff.worker, staff.other, staff.supervisor)] == [0, 1, 1]


def test_no_receiver_turns_a_referral_to_another_case(staff, case):
    from django.db import transaction
    from django.db.utils import DatabaseError

    agree(case, by=staff.worker, purpose="REFER")
    referral, other = refer(case, staff.worker, receiver=staff.cwc), open_case(staff)
    for told in ({"case": other}, {"with_identity": True}, {"is_transfer": True}, {"receiver": staff.far}):
        with pytest.raises(DatabaseError), transaction.atomic(), acting(staff.cwc):
            Referral.objects.filter(pk=referral.pk).update(**told)


def test_a_link_opens_once_with_its_passphrase(staff, case):
    agree(case, by=staff.worker, purpose="REFER")
    referral = refer(case, staff.worker, party="LEGAL_AID", organisation="DLSA")
    with acting(staff.worker):
        handed = referring.make_link(referral=referral, identity={}, at=timezone.now(), by=staff.worker)
    with acting(SYSTEM):
        told = {"token": handed.token, "at": timezone.now(), "by": SYSTEM}
        assert referring.open_link(passphrase="WRONG", **told) == {}
        assert referring.open_link(passphrase=handed.passphrase.lower(), **told)["words"] == "needs a lawyer"
        with pytest.raises(NotPossible, match="link_gone"):
            referring.open_link(passphrase=handed.passphrase, **told)
    with acting(SYSTEM):
        assert handed.passphrase not in str(list(Trail.objects.values_list("detail")))
        assert set(Trail.objects.filter(verb__startswith="cases.link").values_list("verb", flat=True)) == {
            "cases.link.made", "cases.link.refused", "cases.link.opened",
        }  # fmt: skip


def test_a_link_ends_by_five_wrong_passphrases_by_time_and_by_withdrawal(staff, case):
    consent = agree(case, by=staff.worker, purpose="REFER")
    handed = []
    for party in ("LEGAL_AID", "PIA", "NGO"):
        referral = refer(case, staff.worker, party=party)
        with acting(staff.worker):
            handed.append(referring.make_link(referral=referral, identity={}, at=timezone.now(), by=staff.worker))
    guessed, late, withdrawn = handed
    with acting(SYSTEM):
        for _ in range(5):
            referring.open_link(token=guessed.token, passphrase="x", at=timezone.now(), by=SYSTEM)
    with acting(staff.worker):
        consenting.withdraw_consent(consent=consent, at=timezone.now(), by=staff.worker)
    with acting(SYSTEM):
        assert SealedLink.objects.exclude(content=None).count() == 0
        for one, at in ((guessed, 0), (late, 73), (withdrawn, 0)):
            with pytest.raises(NotPossible, match="link_gone"):
                referring.open_link(token=one.token, passphrase=one.passphrase, at=timezone.now() + timedelta(hours=at), by=SYSTEM)


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ({"giver": "GUARDIAN", "child_agrees": True}, "giver"),
        ({"told": ("WHY",)}, "not_told"),
        ({"days": -1}, "consent_ended"),
    ],
)
def test_it_refuses_what_is_no_consent_of_an_adult(staff, case, told, kind):
    with pytest.raises(NotPossible, match=kind):
        agree(case, by=staff.worker, **told)


def test_a_child_is_heard_and_a_guardian_or_the_committee_agrees(staff):
    child = open_case(staff, is_child=True, years=15)
    with pytest.raises(NotPossible, match="child_not_heard"):
        agree(child, by=staff.worker, child_agrees=False)
    with pytest.raises(NotPossible, match="giver"):
        agree(child, by=staff.worker, giver="SELF")
    assert agree(child, by=staff.worker).giver == "CWC"
    with acting(SYSTEM):
        assert CaseConsent.objects.count() == 1


def test_it_refuses_an_age_that_is_not_the_tick(staff):
    with pytest.raises(NotPossible, match="age"):
        open_case(staff, is_child=True, years=24)
    assert details().is_child is False


def test_a_task_is_given_only_to_who_is_assigned(staff, case):
    told = {"words": "call", "due_on": case.opened_on, "at": timezone.now(), "by": staff.worker}
    with acting(staff.worker):
        with pytest.raises(NotPossible, match="not_assigned"):
            actions.set_task(case=case, who=staff.other, **told)
        assert actions.set_task(case=case, who=staff.supervisor, **told)
        assert Assignment.objects.filter(case=case).count() == 2


def test_who_sent_a_referral_takes_it_back_and_the_case_can_be_closed(staff, case):
    """A receiver who never answers, or the wrong one, must not keep a case open for ever."""
    agree(case, by=staff.worker, purpose="REFER")
    referral = refer(case, staff.worker, receiver=staff.cwc)
    with pytest.raises(NotPossible, match="not_assigned"):
        answer(referring.take_back, referral, staff.cwc)
    assert why_not_closed(case, staff.worker) == "open_referral"
    answer(referring.take_back, referral, staff.worker)
    assert why_not_closed(case, staff.worker) == ""
    with pytest.raises(NotPossible, match="referral_state"):
        answer(referring.accept, referral, staff.cwc)


def test_who_leads_ends_what_is_shared_but_not_a_transfer(staff, case):
    agree(case, by=staff.worker, purpose="REFER")
    shared = refer(case, staff.worker, receiver=staff.cwc)
    answer(referring.accept, shared, staff.cwc)
    assert count(staff.cwc, Case) == 1
    answer(referring.take_back, shared, staff.worker)
    assert count(staff.cwc, Case) == 0
    transfer = refer(case, staff.worker, receiver=staff.other, is_transfer=True)
    answer(referring.accept, transfer, staff.other)
    with pytest.raises(NotPossible, match="referral_state"):
        answer(referring.take_back, transfer, staff.supervisor)


@pytest.mark.parametrize(("state", "opens"), [("ACCEPTED", True), ("DECLINED", False)])
def test_the_answer_of_an_agency_without_an_account_is_noted(staff, case, state, opens):
    agree(case, by=staff.worker, purpose="REFER")
    referral, to_her = refer(case, staff.worker, party="LEGAL_AID", organisation="DLSA"), refer(case, staff.worker, receiver=staff.cwc)
    with acting(staff.worker):
        now = timezone.now()
        handed = referring.make_link(referral=referral, identity={}, at=now, by=staff.worker)
        with pytest.raises(NotPossible, match="referral_state"):
            referring.note_answer(referral=to_her, state=state, at=now, by=staff.worker)
        referring.note_answer(referral=referral, state=state, at=now, by=staff.worker)
        assert Referral.objects.get(pk=referral.pk).state == state
    with acting(SYSTEM):
        told = {"token": handed.token, "passphrase": handed.passphrase, "at": timezone.now(), "by": SYSTEM}
        if opens:
            assert referring.open_link(**told)
        else:
            with pytest.raises(NotPossible, match="link_gone"):
                referring.open_link(**told)


def test_a_link_nobody_opened_is_made_anew_and_never_beyond_her_consent(staff, case):
    agree(case, by=staff.worker, purpose="REFER", days=4)
    referral, now = refer(case, staff.worker, party="LEGAL_AID", organisation="DLSA"), timezone.now()

    def make(hours):
        with acting(staff.worker):
            return referring.make_link(referral=referral, identity={}, at=now + timedelta(hours=hours), by=staff.worker)

    first = make(0)
    with pytest.raises(NotPossible, match="link_stands"):
        make(1)
    second = make(73)
    assert second.expires_at < now + timedelta(days=5, hours=6)
    with acting(SYSTEM):
        then = {"at": now + timedelta(hours=74), "by": SYSTEM}
        with pytest.raises(NotPossible, match="link_gone"):
            referring.open_link(token=first.token, passphrase=first.passphrase, **then)
        assert referring.open_link(token=second.token, passphrase=second.passphrase, **then)
    with pytest.raises(NotPossible, match="link_stands"):
        make(160)


def test_a_link_is_refused_when_her_consent_has_ended_since(staff, case):
    agree(case, by=staff.worker, purpose="REFER", days=2)
    referral = refer(case, staff.worker, party="LEGAL_AID", organisation="DLSA")
    with acting(staff.worker), pytest.raises(NotPossible, match="consent_missing"):
        referring.make_link(referral=referral, identity={}, at=timezone.now() + timedelta(days=3), by=staff.worker)


def test_her_name_is_known_no_longer_than_she_agreed(staff, case):
    agree(case, by=staff.worker, purpose="REFER", party="CWC", days=90)
    agree(case, by=staff.worker, purpose="IDENTITY", party="CWC", days=5)
    referral = refer(case, staff.worker, receiver=staff.cwc, with_identity=True)
    answer(referring.accept, referral, staff.cwc)
    with acting(SYSTEM):
        ends = Assignment.objects.get(referral=referral).until
    assert timedelta(days=4) < ends - timezone.now() < timedelta(days=7)


def test_nobody_accepts_her_name_when_the_consent_to_tell_it_was_left_to_end(staff):
    then = timezone.now() - timedelta(days=9)
    on = day_in_india(then)
    told = {"giver": "SELF", "explained": "SPOKEN", "language": "hi", "told": ("WHY", "WITHDRAW", "REFUSE"), "party": "CWC"}
    asked = {"party": "CWC", "support": "LEGAL", "reason": "SERVICES", "words": "", "receiver": staff.cwc, "with_identity": True}
    with acting(staff.worker):
        case = actions.open_case(details=details(identity=someone()), place=staff.place, on=on, at=then, by=staff.worker)
        for purpose, days in (("REFER", 90), ("IDENTITY", 2)):
            consent = consenting.ConsentDetails(purpose=purpose, until=on + timedelta(days=days), **told)
            consenting.record_consent(case=case, details=consent, on=on, at=then, by=staff.worker)
        referral = referring.refer(case=case, details=ReferralDetails(**asked), at=then, by=staff.worker)
    with pytest.raises(NotPossible, match="consent_missing"):
        answer(referring.accept, referral, staff.cwc)


def test_a_consent_to_one_organisation_is_none_to_another(staff, case):
    agree(case, by=staff.worker, purpose="REFER", party="NGO", organisation="Sneh  Sadan")
    with pytest.raises(NotPossible, match="consent_missing"):
        refer(case, staff.worker, party="NGO", organisation="Another Trust")
    assert refer(case, staff.worker, party="NGO", organisation="sneh sadan")


def test_who_has_grown_up_agrees_herself(staff):
    now = timezone.now()
    with acting(staff.worker):
        her, on = details(is_child=True, years=16), day_in_india(now) - timedelta(days=800)
        case = actions.open_case(details=her, place=staff.place, on=on, at=now, by=staff.worker)
    with pytest.raises(NotPossible, match="giver"):
        agree(case, by=staff.worker, giver="GUARDIAN")
    hers = agree(case, by=staff.worker, giver="SELF", child_agrees=False)
    assert (hers.giver, hers.child_agrees) == ("SELF", None)
    with acting(staff.worker):
        form = forms.ConsentForm(case, day_in_india(now))
    assert (form["giver"].value(), "child_agrees" in form.fields) == ("SELF", True), "a consent of before may be written down later"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (24, 15, "She is a child by what is known now"),
        (15, 24, "She is an adult by now, and speaks for herself."),
        (24, 30, ""),
    ],
)
def test_a_consent_that_another_age_gave_is_to_be_asked_anew(signed_in, staff, before, after, said):
    case = open_case(staff, years=before, is_child=before < 18)
    agree(case, by=staff.worker)
    client = signed_in(staff.worker)
    assert "Ask anew" not in client.get(f"/cases/{case.pk}/").content.decode()
    with acting(staff.worker):
        actions.correct(case=case, told={"years": after, "is_child": after < 18}, by=staff.worker)
    page = client.get(f"/cases/{case.pk}/").content.decode()
    assert ("Ask anew" in page, said in page) == (bool(said), True)


def test_what_was_told_at_intake_is_corrected_and_the_trail_says_which_fields_only(staff, case):
    told = {"years": 17, "is_child": False, "status": "CONFIRMED", "decided_by": "POLICE"}
    with acting(staff.worker):
        with pytest.raises(NotPossible, match="age"):
            actions.correct(case=case, told=told, by=staff.worker)
        actions.correct(case=case, told=told | {"is_child": True}, by=staff.worker)
    with acting(SYSTEM):
        case.refresh_from_db()
        assert (case.years, case.is_child, case.status) == (17, True, "CONFIRMED")
        line = Trail.objects.get(verb="cases.case.corrected")
        assert line.detail == {"fields": ["years", "is_child", "status", "decided_by"]}
