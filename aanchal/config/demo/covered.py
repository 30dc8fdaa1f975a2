"""An insurance to be renewed with a claim that was paid, and the fund of the federation that the village's organisation belongs to."""

from datetime import date, datetime, timedelta

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.models import User
from aanchal.access.policy import day_in_india
from aanchal.benefits import actions, funding, insurance
from aanchal.benefits.actions import Move
from aanchal.benefits.insurance import Settlement
from aanchal.benefits.models import Cbo
from aanchal.benefits.rules import Refused
from aanchal.core.rows import insert, new
from aanchal.people.models import Household, Membership
from aanchal.places.models import Place

SCHEME = "PMSBY"
GAVE = 60_000_00


def federation_of(village: Place, *, on: date, at: datetime) -> Cbo:
    """The CLF of the panchayat, with its community investment fund."""
    place = village.panchayat
    with acting(SYSTEM):
        clf = new(Cbo, kind="CLF", name=f"{place.name} CLF", lokos_id="DEMO-CLF-1", place=place, place_no=place.place_no)
        insert(clf)
        opened = on - timedelta(days=200)
        fund = funding.open_fund(cbo=clf, kind="COMMUNITY_INVESTMENT", on=opened, at=at, by=SYSTEM)
        funding.receive(fund=fund, amount_paise=GAVE, on=opened, note="Block mission, first instalment", at=at, by=SYSTEM)
    return clf


def insure(households: list[Household], *, at: datetime, by: User) -> None:
    """Of the first family where it can be: it came, a claim was paid, and it runs out this month."""
    on = day_in_india(at)
    with acting(by):
        for household in households:
            grown = Membership.objects.filter(household=household, until=None, person__years__gte=18, person__years__lt=60)
            woman = grown.filter(person__sex="FEMALE").select_related("person").order_by("since", "pk").first()
            if woman and _insured(household, woman, on, at=at, by=by):
                return


def _insured(household: Household, woman: Membership, on: date, *, at: datetime, by: User) -> bool:
    told = {"at": at, "by": by}
    try:
        one = actions.apply(household=household, person=woman.person, code=SCHEME, on=on - timedelta(days=356), **told)
    except Refused:  # what the family answered speaks against it
        return False
    came = on - timedelta(days=350)
    one = actions.move(entitlement=one, move=Move(to="DELIVERED", on=came, proof="PASSBOOK"), **told)
    days = {"happened_on": on - timedelta(days=90), "claimed_on": on - timedelta(days=80)}
    claim = insurance.claim(entitlement=one, cause="ACCIDENT", asked_paise=100_000_00, **days, **told)
    insurance.move_claim(claim=claim, told=Settlement("SETTLED", on - timedelta(days=30), settled_paise=100_000_00), **told)
    return True
