"""What help came to families of the demo village: applied, late, refused, appealed, delivered; a fund nearly spent and a loan overdue."""

from datetime import date, datetime, timedelta

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.models import User
from aanchal.access.policy import day_in_india
from aanchal.benefits import actions, funding, livelihoods, plan, queries
from aanchal.benefits.actions import Move
from aanchal.benefits.funding import Meeting
from aanchal.benefits.models import Cbo, Fund, GroupMember
from aanchal.benefits.rules import Refused
from aanchal.config.demo import covered
from aanchal.core.rows import insert, new
from aanchal.people.models import Household
from aanchal.places.models import Place
from aanchal.risk.families import AT_RISK
from aanchal.risk.models import Assessment

FAMILIES = 14
GAVE = 24_000_00
LENT = (("Two goats", 8_000_00, 200), ("Sewing machine", 9_000_00, 120), ("Seed and manure", 6_000_00, 20))
PENSIONS = ("IGNOAPS", "IGNWPS", "SPONSOR")
ENDS = ("REFUSED", "LATE", "DELIVERED", "SANCTIONED", "COMPLAINED", "APPEALED", "APPLIED")


def load(*, village: Place, worker: User, leader: User, at: datetime) -> None:
    """By the worker of the village and the leader of its VO, as they would."""
    on = day_in_india(at)
    households, federation = _families(village), covered.federation_of(village, on=on, at=at)
    with acting(worker):
        vo = _groups(village, households, federation, on, at=at, by=worker)
        for n, household in enumerate(households):
            _apply_for(household, n, on, at=at, by=worker)
        _train(households, on, at=at, by=worker)
    with acting(leader):
        _lend(vo, households, on, at=at, by=leader)
    covered.insure(households, at=at, by=worker)
    with acting(SYSTEM):
        at_risk = Assessment.objects.filter(AT_RISK, is_current=True, household__place__block=village.block_id).select_related("household")
        actions.propose(households=[one.household for one in at_risk], at=at)


def _families(village: Place) -> list[Household]:
    """At risk, the worst first."""
    with acting(SYSTEM):
        found = Assessment.objects.filter(AT_RISK, is_current=True, household__place=village).select_related("household")
        return [one.household for one in found.order_by("-points", "pk")[:FAMILIES]]


def _apply_for(household: Household, n: int, on: date, *, at: datetime, by: User) -> None:
    """What the family lacks, pensions first: each ends otherwise."""
    since = on - timedelta(days=95)
    family, schemes = queries.family(household, since), queries.schemes_in_force(since, household)
    found = [
        one for scheme in schemes if not scheme.is_private for one in plan.of_scheme(scheme, family) if one.verdict == "PROPOSED"
    ]
    for nth, one in enumerate(sorted(found, key=lambda one: one.scheme.code not in PENSIONS)[:2]):
        end = "REFUSED" if one.scheme.code in PENSIONS and n % 2 == 0 else ENDS[(n + nth) % len(ENDS)]
        _take_through(household, one, end, on, at=at, by=by)


def _take_through(household: Household, one: plan.Proposal, end: str, on: date, *, at: datetime, by: User) -> None:
    applied_on = on - timedelta(days=95 if end != "APPLIED" else 4)
    try:
        held = actions.apply(household=household, person=one.person, code=one.scheme.code, on=applied_on, at=at, by=by)
    except Refused:  # another benefit of the family changed what it lacks
        return
    for step in _STEPS[end]:
        to, days, said = step
        held = actions.move(entitlement=held, move=Move(to=to, on=applied_on + timedelta(days=days), **said), at=at, by=by)


_REFUSED = ("REFUSED", 40, {"reason": "NOT_ON_LIST"})
_STEPS: dict[str, list[tuple[str, int, dict[str, str]]]] = {
    "APPLIED": [],
    "LATE": [],
    "REFUSED": [_REFUSED],
    "APPEALED": [_REFUSED, ("APPEALED", 50, {"note": "सूची में नाम अब जुड़ गया है।"})],
    "SANCTIONED": [("SANCTIONED", 30, {})],
    "DELIVERED": [("SANCTIONED", 30, {}), ("DELIVERED", 45, {"proof": "PASSBOOK"})],
    "COMPLAINED": [("COMPLAINED", 94, {"note": "दफ़्तर से कोई जवाब नहीं मिला।"})],
}


def _groups(village: Place, households: list[Household], federation: Cbo, on: date, *, at: datetime, by: User) -> Cbo:
    kept = {"place": village, "place_no": village.place_no}
    vo = new(Cbo, kind="VO", name=f"{village.name} VO", lokos_id="DEMO-VO-1", parent=federation, **kept)
    shg = new(Cbo, kind="SHG", name="Ujala SHG", lokos_id="DEMO-SHG-1", parent=vo, **kept)
    insert(vo)
    insert(shg)
    for n, household in enumerate(households[:5]):
        woman = household.memberships.filter(until=None, person__sex="FEMALE").order_by("since", "pk").first()
        row = new(
            GroupMember, cbo=shg, place_no=village.place_no, lokos_id=f"DEMO-{n}", household=household if woman else None,
            person=woman.person if woman else None, joined_on=on - timedelta(days=300), recorded_by_id=by.pk, recorded_at=at,
        )  # fmt: skip
        insert(row)
    return vo


def _lend(vo: Cbo, households: list[Household], on: date, *, at: datetime, by: User) -> None:
    """Nearly all of the fund is lent; the first loan is overdue, and one repayment was booked wrongly and reversed."""
    told = {"at": at, "by": by}
    opened = on - timedelta(days=220)
    fund = funding.open_fund(cbo=vo, kind="RISK_MITIGATION", on=opened, **told)
    funding.receive(fund=fund, amount_paise=GAVE, on=opened, note="Block mission, first instalment", **told)
    for (purpose, paise, days), household in zip(LENT, households, strict=False):
        day = on - timedelta(days=days)
        loan = funding.request(
            fund=fund, household=household, amount_paise=paise, months=10, purpose=purpose, is_grant=False, on=day, **told
        )
        meeting = Meeting(met_on=day, present=16, minutes="बैठक में सबकी सहमति से मंज़ूर।")
        loan = funding.decide(loan=loan, to="SANCTIONED", meeting=meeting, amount_paise=paise, **told)
        funding.release(loan=loan, on=day, **told)
    _repay(fund, on, at=at, by=by)
    if len(households) > len(LENT):
        funding.request(
            fund=fund, household=households[len(LENT)], amount_paise=5_000_00, months=10, purpose="Tea stall", is_grant=False,
            on=on - timedelta(days=2), **told,
        )  # fmt: skip


def _repay(fund: Fund, on: date, *, at: datetime, by: User) -> None:
    second = fund.loans.select_related("fund").order_by("pk")[1]
    funding.repay(loan=second, amount_paise=990_00, on=on - timedelta(days=85), at=at, by=by)
    wrong = funding.repay(loan=second, amount_paise=90_00, on=on - timedelta(days=50), at=at, by=by)
    funding.reverse(voucher=wrong, note="Another amount was paid", on=on, at=at, by=by)


def _train(households: list[Household], on: date, *, at: datetime, by: User) -> None:
    for household in households[:3]:
        grown = household.memberships.filter(until=None, person__sex="FEMALE", person__years__gte=16).order_by("since", "pk").first()
        if grown is None:
            continue
        told = {"on": on - timedelta(days=150), "at": at, "by": by}
        training = livelihoods.enrol(household=household, person=grown.person, programme="RSETI", trade="सिलाई", **told)
        livelihoods.move_training(training=training, to="CERTIFIED", on=on - timedelta(days=60), at=at, by=by)
        livelihoods.plan_livelihood(household=household, activity="बकरी पालन", cost_paise=12_000_00, **told)
