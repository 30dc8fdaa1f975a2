"""She applies for schemes in her own right: by her case, with her consent, and all that came stands in one list."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.policy import day_in_india
from aanchal.benefits import actions as schemes
from aanchal.benefits import queries
from aanchal.benefits.models import Entitlement, Service
from aanchal.cases import actions as cases
from aanchal.rehab import benefiting, came
from aanchal.rehab.benefiting import Came
from aanchal.rehab.models import OwnBenefit
from aanchal.rehab.rules import NotPossible
from tests.cases.builders import agree


@pytest.fixture
def today():
    return day_in_india(timezone.now())


@pytest.fixture
def code(staff, today) -> str:
    with acting(SYSTEM):
        schemes.load_schemes(by=SYSTEM)
        return queries.schemes_in_force(today, staff.place)[0].code


@pytest.fixture
def agreed(case, staff):
    agree(case, by=staff.worker)
    return case


def apply(case, staff, code, today):
    with acting(staff.worker):
        return benefiting.apply(case=case, code=code, on=today, at=timezone.now(), by=staff.worker)


def move(benefit, staff, to, today, **more):
    with acting(staff.worker):
        return benefiting.move(benefit=benefit, came=Came(to, today, **more), at=timezone.now(), by=staff.worker)


def test_it_needs_her_consent_a_scheme_and_no_second_application(case, staff, code, today):
    with pytest.raises(NotPossible, match="support_consent"):
        apply(case, staff, code, today)
    agree(case, by=staff.worker)
    with pytest.raises(NotPossible, match="scheme"):
        apply(case, staff, "no-such-scheme", today)
    with pytest.raises(NotPossible, match="future"):
        apply(case, staff, code, today + timedelta(days=1))
    apply(case, staff, code, today)
    with pytest.raises(NotPossible, match="applied_already"):
        apply(case, staff, code, today)


def test_it_goes_from_refusal_to_appeal_to_what_came(agreed, staff, code, today):
    one = apply(agreed, staff, code, today)
    with pytest.raises(NotPossible, match="benefit_reason"):
        move(one, staff, "REFUSED", today)
    one = move(one, staff, "REFUSED", today, reason="NO_FUNDS")
    with pytest.raises(NotPossible, match="over"):
        move(one, staff, "SANCTIONED", today)
    one = move(one, staff, "APPEALED", today)
    with pytest.raises(NotPossible, match="benefit_proof"):
        move(one, staff, "DELIVERED", today)
    with pytest.raises(NotPossible, match="before_last_step"):
        move(one, staff, "DELIVERED", today - timedelta(days=1), proof="LETTER")
    one = move(one, staff, "DELIVERED", today, proof="LETTER", amount_paise=1_200_00)
    assert (one.state, one.amount_paise) == ("DELIVERED", 1_200_00)


def test_all_that_came_stands_in_one_list_and_in_no_household(agreed, staff, code, today):
    one = apply(agreed, staff, code, today)
    with acting(staff.worker):
        told = {"support": "HEALTH", "party": "HEALTH", "words": "", "on": today - timedelta(days=2)}
        cases.record_service(case=agreed, at=timezone.now(), by=staff.worker, **told)
        assert [line.paise for line in came.ledger(agreed, "en")] == [None]
    move(one, staff, "DELIVERED", today, proof="LETTER", amount_paise=1_200_00)
    with acting(staff.worker):
        assert [line.paise for line in came.ledger(agreed, "hi")] == [1_200_00, None]
    with acting(SYSTEM):
        assert not Entitlement.objects.exists()
        assert not Service.objects.exists()


def test_its_pages_apply_and_move(agreed, staff, code, today, signed_in):
    client, address = signed_in(staff.worker), f"/rehabilitation/case/{agreed.pk}/benefits/"
    told = {"code": code, "on": today.isoformat()}
    assert client.post(f"{address}apply/", {"code": "", "on": ""}).status_code == 422
    assert client.post(f"{address}apply/", told)["Location"] == address
    assert "applied for it already" in client.post(f"{address}apply/", told).content.decode()
    with acting(SYSTEM):
        one = OwnBenefit.objects.get()
    delivered = {"to": "DELIVERED", "on": today.isoformat(), "amount_paise": "1200.50"}
    assert "what was seen" in client.post(f"/rehabilitation/benefit/{one.pk}/", delivered).content.decode()
    client.post(f"/rehabilitation/benefit/{one.pk}/", delivered | {"proof": "LETTER"})
    assert "1,200.50" in client.get(address).content.decode()


def test_strangers_and_those_of_a_referral_find_nothing(agreed, staff, code, today, signed_in):
    one = apply(agreed, staff, code, today)
    for user in (staff.other, staff.stranger, staff.officer):
        client = signed_in(user)
        assert client.get(f"/rehabilitation/case/{agreed.pk}/benefits/").status_code == 404
        assert client.post(f"/rehabilitation/benefit/{one.pk}/", {"to": "WITHDRAWN", "on": today.isoformat()}).status_code == 404
        with acting(user), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM rehab_ownbenefit")
            assert cursor.fetchone() == (0,)
            cursor.execute("UPDATE rehab_ownbenefit SET state = 'WITHDRAWN'")
            assert cursor.rowcount == 0
