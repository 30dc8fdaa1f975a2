"""The name she is called by here is changed: the old one stands nowhere any more."""

import json

import pytest
from django.utils import timezone

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.policy import day_in_india
from aanchal.cases import actions, deciding, referring, renaming
from aanchal.cases.models import Case, Referral, Renaming, SealedLink
from aanchal.cases.referring import ReferralDetails
from aanchal.cases.rules import NotPossible
from aanchal.core.models import Trail
from tests.cases.builders import agree, open_case, someone
from tests.paper_reading import text_of


@pytest.fixture
def case(staff):
    """Called Kaveri in everything that was written."""
    case = open_case(staff, identity=someone("Planted Sunita"), pseudonym="Kaveri")
    for purpose in ("SUPPORT", "REFER", "KEEP"):
        agree(case, by=staff.worker, purpose=purpose)
    now, by = timezone.now(), staff.worker
    with acting(by):
        actions.set_goal(
            case=case, support="LEGAL", words="kaveri's own goal", is_her_wish=True, due_on=None, on=case.opened_on, at=now, by=by
        )
        actions.record_visit(case=case, seen="HOME", danger="NONE", words="Kaveri slept", on=case.opened_on, at=now, by=by)
        told = {"kind": "TRANSIT", "words": "Kaveri by train", "city": "Kaveri ghat"}
        actions.record_event(case=case, told=actions.Happened(**told), by=by)
    return case


def rename(case, by, pseudonym="Meghna", why="IDENTIFIES"):
    with acting(by):
        return renaming.rename(case=case, pseudonym=pseudonym, why=why, at=timezone.now(), by=by)


def refer(case, staff, **more):
    told = {"party": "CWC", "support": "LEGAL", "reason": "SERVICES", "words": "Kaveri needs a lawyer"} | more
    with acting(staff.worker):
        return referring.refer(case=case, details=ReferralDetails(**told), at=timezone.now(), by=staff.worker)


def test_it_stands_on_no_page_list_file_or_paper_any_more(signed_in, staff, case):
    referral = refer(case, staff, receiver=staff.cwc)
    client = signed_in(staff.worker)
    answer = client.post(f"/cases/{case.pk}/write/pseudonym/", {"pseudonym": "Meghna", "why": "IDENTIFIES"})
    assert answer["Location"] == f"/cases/{case.pk}/"
    paper = {"recipient": "COURT", "number": "", "language": "en"}
    told = [
        client.get(f"/cases/{case.pk}/"), client.get("/cases/"), client.get(f"/cases/{case.pk}/write/service/"),
        client.post(f"/cases/{case.pk}/paper/", paper | {"how": "PAGE"}),
    ]  # fmt: skip
    pages = [one.content.decode() for one in told]
    pages.append(text_of(client.post(f"/cases/{case.pk}/paper/", paper | {"how": "FILE"}).content))
    pages.append(json.dumps(json.loads(client.post(f"/cases/{case.pk}/htcds/").content), ensure_ascii=False))
    pages.append(signed_in(staff.cwc).get(f"/cases/referrals/{referral.pk}/").content.decode())
    for page in pages:
        assert "kaveri" not in page.casefold()
    assert sum("Meghna" in page for page in pages) == len(pages)


def test_links_that_nobody_opened_are_emptied(staff, case):
    referral = refer(case, staff, party="NGO", organisation="A friend")
    with acting(staff.worker):
        handed = referring.make_link(referral=referral, identity={}, at=timezone.now(), by=staff.worker)
    rename(case, staff.worker)
    with acting(SYSTEM):
        assert SealedLink.objects.get().content is None
        with pytest.raises(NotPossible, match="link_gone"):
            referring.open_link(token=handed.token, passphrase=handed.passphrase, at=timezone.now(), by=SYSTEM)
    with acting(staff.worker):
        again = Referral.objects.get()
        handed = referring.make_link(referral=again, identity={}, at=timezone.now(), by=staff.worker)
    with acting(SYSTEM):
        told = referring.open_link(token=handed.token, passphrase=handed.passphrase, at=timezone.now(), by=SYSTEM)
    assert told["words"] == "Meghna needs a lawyer"


def test_the_reason_is_on_the_trail_and_neither_name(staff, case):
    rename(case, staff.worker)
    with acting(SYSTEM):
        assert Trail.objects.get(verb="cases.pseudonym.changed").detail == {"why": "IDENTIFIES"}
        assert Renaming.objects.get().told() == {"before": "Kaveri"}
        assert b"Kaveri" not in bytes(Renaming.objects.get().sealed)


def test_with_none_only_the_code_is_left_and_a_name_of_before_may_come_back(signed_in, staff, case):
    rename(case, staff.worker, "", "WISH")
    assert f"{case.shown_code} slept" in signed_in(staff.worker).get(f"/cases/{case.pk}/").content.decode()
    rename(case, staff.worker, "Kaveri", "WISH")
    assert "Kaveri slept" in signed_in(staff.worker).get(f"/cases/{case.pk}/").content.decode()


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("Kaveri", "She is called so already."),
        ("Sunita", "The pseudonym is a part of her name. Choose another with her."),
        ("GANGA", "Another of your cases is called so. Choose another with her."),
        ("x" * 41, "at most 40 characters"),
    ],
)
def test_another_that_cannot_be_is_refused_and_nothing_changes(signed_in, staff, case, wanted, said):
    open_case(staff, pseudonym="Ganga")
    page = signed_in(staff.worker).post(f"/cases/{case.pk}/write/pseudonym/", {"pseudonym": wanted, "why": "SAME"})
    assert page.status_code == 422
    assert said in page.content.decode()
    with acting(SYSTEM):
        assert Case.objects.get(pk=case.pk).pseudonym == "Kaveri"
        assert not Renaming.objects.exists()


def test_a_second_of_the_same_pseudonym_is_not_opened(staff, case):
    with pytest.raises(NotPossible, match="pseudonym_taken"):
        open_case(staff, pseudonym="kaveri")


def test_a_closed_case_is_not_renamed(staff, case):
    now = timezone.now()
    with acting(staff.worker):
        asked = deciding.propose(case=case, kind="CLOSE", outcome="FAMILY", words="done", at=now, by=staff.worker)
    with acting(staff.supervisor):
        deciding.decide(proposal=asked, approve=True, at=now, by=staff.supervisor)
    with pytest.raises(NotPossible, match="not_live"):
        rename(case, staff.worker)


def test_a_stranger_renames_nothing_and_reads_no_earlier_name(signed_in, staff, case):
    rename(case, staff.worker)
    for user in (staff.far, staff.second, staff.other, staff.cwc):
        told = {"pseudonym": "Other", "why": "WISH"}
        assert signed_in(user).post(f"/cases/{case.pk}/write/pseudonym/", told).status_code == 404
        with acting(user):
            assert not Renaming.objects.exists()
    assert day_in_india(timezone.now()) >= case.opened_on
