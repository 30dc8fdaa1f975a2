"""Families with what schemes ask, applications at each step, and funds."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.policy import day_in_india
from aanchal.benefits import actions, funding
from aanchal.benefits.actions import Move
from aanchal.benefits.funding import Meeting
from aanchal.benefits.models import Cbo, Fund, Loan
from aanchal.core.rows import insert
from aanchal.people.models import Household
from tests.factories import member
from tests.risk import world

POOR = {"landless": True, "casual_labour_main": True, "food_short_months": 3, "ration_card": False, "mgnregs_days": 0}
AT_RISK = world.AT_RISK | POOR
NOTE = "The office has not answered."


def today() -> date:
    return day_in_india(timezone.now())


def now() -> datetime:
    return timezone.now()


def ago(days: int) -> date:
    return today() - timedelta(days=days)


def family(village, told=None, *, members=(), **details) -> Household:
    """Surveyed and poor, with an old woman in it unless told otherwise."""
    people = members or (member(name="Budhni Unheard", years=67, told_on=today(), guardian="Ramdhari", marital_status="WIDOWED"),)
    assessment = world.family(village, AT_RISK | (told or {}), members=people, **details)
    return assessment.household


def persons(household: Household) -> list:
    with acting(SYSTEM):
        return [one.person for one in household.memberships.filter(until=None).select_related("person").order_by("since", "pk")]


def applied(household, code="NFSA_PHH", *, person=None, on=None, by=SYSTEM):
    with acting(by):
        return actions.apply(household=household, person=person, code=code, on=on or today(), at=now(), by=by)


def moved(entitlement, to, *, on=None, by=SYSTEM, **said):
    needs = {"REFUSED": {"reason": "NO_DOCUMENT"}, "UPHELD": {"reason": "NOT_ON_LIST"}, "DELIVERED": {"proof": "CARD"}}
    needs |= {state: {"note": NOTE} for state in ("COMPLAINED", "APPEALED", "WITHDRAWN")}
    with acting(by):
        return actions.move(entitlement=entitlement, move=Move(to=to, on=on or today(), **(needs.get(to, {}) | said)), at=now(), by=by)


def make_cbo(village, kind="VO", name="Ujala VO", lokos_id="") -> Cbo:
    row = Cbo(kind=kind, name=name, lokos_id=lokos_id, place=village, place_no=village.place_no)
    with acting(SYSTEM):
        insert(row)
    return row


def make_fund(village, kind="RISK_MITIGATION", rupees=100_000, *, opened=400) -> Fund:
    with acting(SYSTEM):
        fund = funding.open_fund(cbo=make_cbo(village), kind=kind, on=ago(opened), at=now(), by=SYSTEM)
        if rupees:
            funding.receive(fund=fund, amount_paise=rupees * 100, on=ago(opened), note="", at=now(), by=SYSTEM)
    return fund


def asked(fund, household, rupees=5_000, *, months=10, on=None, is_grant=False) -> Loan:
    with acting(SYSTEM):
        return funding.request(
            fund=fund, household=household, amount_paise=rupees * 100, months=months, purpose="Two goats", is_grant=is_grant,
            on=on or ago(300), at=now(), by=SYSTEM,
        )  # fmt: skip


def lent(fund, household, rupees=5_000, *, on=None, **told) -> Loan:
    """Asked, sanctioned and released on one day."""
    day = on or ago(300)
    loan = asked(fund, household, rupees, on=day, **told)
    with acting(SYSTEM):
        meeting = Meeting(met_on=day, present=14, minutes="All agreed.")
        funding.decide(loan=loan, to="SANCTIONED", meeting=meeting, amount_paise=rupees * 100, at=now(), by=SYSTEM)
        funding.release(loan=Loan.objects.get(pk=loan.pk), on=day, at=now(), by=SYSTEM)
        return Loan.objects.select_related("fund").get(pk=loan.pk)
