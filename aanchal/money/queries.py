"""Reads of budgets and their ledger."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import ExtractMonth

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.money.models import Advance, Budget, BudgetLine, Certificate, Commitment, CostHead, Line, Procurement, Reappropriation, Voucher
from aanchal.money.rules import Slot
from aanchal.money.terms import Account
from aanchal.places.models import Place


@dataclass(frozen=True)
class HeadTold:
    """What the budget holds under one head, in paise."""

    head: CostHead
    budget: int
    committed: int
    spent: int
    left: int
    quarters: tuple[tuple[int, int], ...]
    """Planned and spent, quarter by quarter."""

    @property
    def used_percent(self) -> int:
        return (self.committed + self.spent) * 100 // self.budget if self.budget else 0


@dataclass(frozen=True)
class DistrictTold:
    """What the budget holds in a district, in paise; None is the state itself."""

    district: Place | None
    committed: int
    spent: int
    left: int

    @property
    def budget(self) -> int:
        return self.committed + self.spent + self.left

    @property
    def used_percent(self) -> int:
        return (self.committed + self.spent) * 100 // self.budget if self.budget else 0


def budgets(user) -> QuerySet[Budget]:
    found = policy.visible(user, Permission.MONEY_READ, Budget.objects.all())
    return found.select_related("place").order_by("-starts_on", "-made_at", "pk")


def waiting(user) -> int:
    """Budgets, moves and certificates that wait for a second person."""
    kinds = (Budget, Reappropriation, Certificate)
    return sum(policy.visible(user, Permission.MONEY_READ, kind.objects.filter(standing="SUBMITTED")).count() for kind in kinds)


def heads(on: date, place: Place | None = None) -> dict[str, CostHead]:
    """The twelve heads as of a day: a state's own version before the shipped one."""
    here = Q(place=None) if place is None else Q(place=None) | Q(place=place)
    found: dict[str, CostHead] = {}
    for one in CostHead.objects.filter(here, effective_from__lte=on).order_by("number", "place_no", "effective_from", "pk"):
        if one.key not in found or one.place_id or not found[one.key].place_id:
            found[one.key] = one
    return found


def districts(budget: Budget) -> list[Place]:
    return list(Place.objects.filter(state=budget.place_id, level="DISTRICT").order_by("name", "pk"))


def allotted(budget: Budget) -> dict[Slot, int]:
    """What is planned, by head and district."""
    rows = budget.plan.values_list("head", "district_id").annotate(total=Sum("amount_paise")).order_by("head", "district_id")
    return {Slot(head, district): int(total) for head, district, total in rows}


def balances(budget: Budget) -> dict[str, int]:
    """In paise, by account; together they are zero."""
    told = dict(Line.objects.filter(budget=budget).values_list("account").annotate(total=Sum("amount_paise")).order_by())
    return {account: int(told.get(account) or 0) for account in Account.values}


def available(budget: Budget, slot: Slot) -> int:
    found = Line.objects.filter(budget=budget, account=Account.AVAILABLE, head=slot.head, district_id=slot.district)
    return _total(found)


def left_of_commitment(commitment: Commitment) -> int:
    return _total(commitment.lines.filter(account=Account.COMMITTED))


def left_of_advance(advance: Advance) -> int:
    return _total(advance.lines.filter(account=Account.ADVANCES))


def by_head(budget: Budget, district: int | None = None) -> list[HeadTold]:
    """All twelve, also those that hold nothing; of one district when it is asked for."""
    within = {} if district is None else {"district_id": district}
    totals: dict[tuple[str, str], int] = defaultdict(int)
    rows = Line.objects.filter(budget=budget, **within).exclude(head="").values_list("account", "head")
    for account, head, total in rows.annotate(total=Sum("amount_paise")).order_by():
        totals[account, head] = int(total)
    planned, spent = _planned(budget, within), _spent(budget, within)
    return [
        HeadTold(
            head=one, committed=totals["COMMITTED", key], spent=totals["SPENT", key], left=totals["AVAILABLE", key],
            budget=totals["COMMITTED", key] + totals["SPENT", key] + totals["AVAILABLE", key]
            if budget.standing == "IN_FORCE" else sum(planned[key, n] for n in range(1, 5)),
            quarters=tuple((planned[key, n], spent[key, n]) for n in range(1, 5)),
        )
        for key, one in heads(budget.starts_on, budget.place).items()
    ]  # fmt: skip


def _planned(budget: Budget, within: Mapping[str, int]) -> dict[tuple[str, int], int]:
    rows = BudgetLine.objects.filter(budget=budget, **within).values_list("head", "quarter").annotate(total=Sum("amount_paise"))
    return defaultdict(int, {(head, quarter): int(total) for head, quarter, total in rows.order_by()})


def _spent(budget: Budget, within: Mapping[str, int]) -> dict[tuple[str, int], int]:
    rows = Line.objects.filter(budget=budget, account=Account.SPENT, **within).annotate(month=ExtractMonth("voucher__on"))
    found: dict[tuple[str, int], int] = defaultdict(int)
    for head, month, total in rows.values_list("head", "month").annotate(total=Sum("amount_paise")).order_by():
        found[head, (month - 4) % 12 // 3 + 1] += int(total)
    return found


def released(budget: Budget, until: date) -> int:
    return -_total(Line.objects.filter(budget=budget, account=Account.RELEASES, voucher__on__lte=until))


def spent_between(budget: Budget, first: date, last: date) -> dict[str, int]:
    """By head."""
    found = Line.objects.filter(budget=budget, account=Account.SPENT, voucher__on__gte=first, voucher__on__lte=last)
    rows = found.values_list("head").annotate(total=Sum("amount_paise")).order_by("head")
    return {head: int(total) for head, total in rows if total}


def certified(budget: Budget) -> int:
    """By every certificate that was not refused."""
    return _total(budget.certificates.exclude(standing="REFUSED"))


def plan(budget: Budget) -> QuerySet[BudgetLine]:
    return budget.plan.exclude(quantity=0).select_related("district").order_by("head", "quarter", "district", "pk")


def vouchers_of(commitment: Commitment) -> QuerySet[Voucher]:
    return commitment.vouchers.select_related("reversal", "by").prefetch_related("lines__district").order_by("-on", "-pk")


def vouchers(budget: Budget) -> QuerySet[Voucher]:
    found = budget.vouchers.select_related("commitment", "reversal", "by").prefetch_related("lines__district")
    return found.order_by("-on", "-pk")


def lines(budget: Budget) -> QuerySet[Line]:
    """Every line of the ledger, the oldest first."""
    return budget.lines.select_related("voucher", "district").order_by("voucher__on", "voucher", "pk")


def commitments(budget: Budget) -> QuerySet[Commitment]:
    left = Sum("lines__amount_paise", filter=Q(lines__account=Account.COMMITTED), default=0)
    return budget.commitments.select_related("district").annotate(left=left).order_by("-on", "-pk")


def advances(commitment: Commitment) -> QuerySet[Advance]:
    left = Sum("lines__amount_paise", filter=Q(lines__account=Account.ADVANCES), default=0)
    return commitment.advances.annotate(left=left).order_by("on", "pk")


def by_district(budget: Budget) -> list[DistrictTold]:
    """Each district of the state, the state itself first; in two questions."""
    totals: dict[tuple[int | None, str], int] = defaultdict(int)
    rows = Line.objects.filter(budget=budget).exclude(head="").values_list("district", "account")
    for district, account, total in rows.annotate(total=Sum("amount_paise")).order_by():
        totals[district, account] = int(total)
    return [
        DistrictTold(place, *(totals[place.pk if place else None, account] for account in ("COMMITTED", "SPENT", "AVAILABLE")))
        for place in (None, *districts(budget))
    ]


def procurements(user) -> QuerySet[Procurement]:
    """What holds first, then what held before."""
    found = policy.visible(user, Permission.MONEY_READ, Procurement.objects.all())
    return found.select_related("place", "by").order_by("scope", "-effective_from", "pk")


def moves(budget: Budget) -> QuerySet[Reappropriation]:
    return budget.moves.select_related("from_district", "to_district", "made_by", "decided_by").order_by("-made_at", "-pk")


def certificates(budget: Budget) -> QuerySet[Certificate]:
    return budget.certificates.select_related("made_by", "decided_by").order_by("-from_on", "-pk")


def _total(rows) -> int:
    return int(rows.aggregate(total=Sum("amount_paise"))["total"] or 0)
