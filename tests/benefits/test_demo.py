"""The demo shows what the screens are for: refused pensions, late applications, a loan overdue, a fund nearly spent."""

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.benefits import queries
from aanchal.benefits.models import Entitlement, Fund, Loan, Proposed
from aanchal.config import flow
from aanchal.config.demo import helped
from aanchal.core import facts
from tests.benefits.builders import family, now, today
from tests.factories import member

pytestmark = pytest.mark.django_db


def test_it_fills_the_board_and_the_ledger(village, crp, leader):
    facts.connect(flow.FLOW)
    for n in range(helped.FAMILIES):
        old = member(name=f"Budhni {n}", years=62 + n, guardian="Ramdhari", marital_status="WIDOWED")
        family(village, members=(member(name=f"Maya {n}", years=30), old), house_type="KUTCHA")
    helped.load(village=village, worker=crp, leader=leader, at=now())
    with acting(SYSTEM):
        states = set(Entitlement.objects.values_list("state", flat=True))
        assert states >= {"APPLIED", "REFUSED", "DELIVERED", "SANCTIONED", "COMPLAINED"}
        assert Entitlement.objects.filter(state="REFUSED", code__in=helped.PENSIONS).exists()
        assert Entitlement.objects.filter(state="APPLIED", due_on__lt=today()).exists()
        balances = queries.balances(Fund.objects.get(kind="RISK_MITIGATION"))
        assert 0 < balances["BANK"] * 10 < -balances["CAPITAL"]
        assert any(queries.owed(one, today()).late for one in Loan.objects.filter(state="RELEASED"))
        assert Proposed.objects.count() == helped.FAMILIES
