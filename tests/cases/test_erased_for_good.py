"""What was erased stays erased: nobody writes who she is anew, on no page and by no action."""

from datetime import timedelta

import pytest
from django.utils import timezone

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.policy import day_in_india
from aanchal.cases import actions, deciding, retention
from aanchal.cases.models import Case, CaseConsent, CaseIdentity, Event
from aanchal.cases.rules import NotPossible
from tests.cases.builders import agree, open_case, someone


@pytest.fixture
def erased(staff):
    with acting(SYSTEM):
        retention.load(by=SYSTEM)
    case = open_case(staff, identity=someone())
    with acting(staff.supervisor):
        actions.happened(case=case, happening="CLOSE", outcome="FAMILY", at=timezone.now(), by=staff.supervisor)
        return deciding.erase(case=case, at=timezone.now(), by=staff.supervisor)


def closed(staff) -> Case:
    case = open_case(staff, identity=someone())
    with acting(staff.supervisor):
        return actions.happened(case=case, happening="CLOSE", outcome="FAMILY", at=timezone.now(), by=staff.supervisor)


WRITTEN = {
    "identity": {"name": "Planted Again"},
    "event": {"kind": "TRANSIT", "country": "IN", "words": "Planted", "city": "Plantedtown"},
    "consent": {
        "purpose": "KEEP", "explained": "SPOKEN", "language": "hi", "told_of": ["WHY", "WITHDRAW", "REFUSE"], "giver": "SELF",
        "on": "2026-01-01", "until": "2099-01-01",
    },
    "proposal": {"kind": "REOPEN", "words": "Planted"},
}  # fmt: skip


@pytest.mark.parametrize("what", WRITTEN)
def test_its_supervisor_finds_no_way_to_write_in_it(signed_in, staff, erased, what):
    client = signed_in(staff.supervisor)
    assert client.get(f"/cases/{erased.pk}/").status_code == 200
    assert f"/cases/{erased.pk}/write/" not in client.get(f"/cases/{erased.pk}/").content.decode()
    assert client.post(f"/cases/{erased.pk}/write/{what}/", WRITTEN[what]).status_code == 404
    with acting(SYSTEM):
        assert CaseIdentity.objects.get().sealed is None
        assert not Event.objects.exists()
        assert not CaseConsent.objects.exists()


def test_no_page_of_rehabilitation_writes_in_it(signed_in, staff, erased):
    client = signed_in(staff.supervisor)
    for address in ("gate", "learning/leaning", "benefits/apply", "return/plan", "leading/choose", "own/pin", "start"):
        assert client.post(f"/rehabilitation/case/{erased.pk}/{address}/", {"pin": "271828"}).status_code == 404, address


def test_the_actions_refuse_it_too(staff, erased):
    now, by = timezone.now(), staff.supervisor
    with acting(by):
        with pytest.raises(NotPossible, match="not_live"):
            actions.tell_identity(case=erased, identity=someone(), by=by)
        with pytest.raises(NotPossible, match="not_live"):
            actions.record_event(case=erased, told=actions.Happened("TRANSIT", day_in_india(now) - timedelta(days=9)), by=by)
    with pytest.raises(NotPossible, match="not_live"):
        agree(erased, by=by)


def test_in_a_closed_case_neither_her_name_nor_what_happened_is_written_until_it_is_reopened(signed_in, staff):
    case = closed(staff)
    client = signed_in(staff.worker)
    for what in ("identity", "event"):
        page = client.post(f"/cases/{case.pk}/write/{what}/", WRITTEN[what])
        assert (page.status_code, "The case is not open. Reopen it first." in page.content.decode()) == (422, True)
