"""The pilot's budget in numbers: thousands of rupees, of no person."""

from datetime import date

from django.db.models import BigIntegerField, QuerySet, Sum
from django.db.models.functions import Abs, Cast

from aanchal.money.models import Budget
from aanchal.money.terms import Account

THOUSAND_RUPEES = 100_000
"""In paise. A nation's budget in rupees would be too large for a count."""


def approved(year: date) -> QuerySet[Budget]:
    """The budgets in force of the financial year that begins on a day; `thousands` of each."""
    return _thousands(year, Account.APPROPRIATED)


def spent(year: date, until: date) -> QuerySet[Budget]:
    """The same budgets; `thousands` spent of each up to a day."""
    return _thousands(year, Account.SPENT, lines__voucher__on__lte=until)


def _thousands(year: date, account: Account, **narrows: date) -> QuerySet[Budget]:
    found = Budget.objects.filter(standing="IN_FORCE", starts_on=year, lines__account=account, **narrows)
    whole = Cast(Abs(Sum("lines__amount_paise")), BigIntegerField()) / THOUSAND_RUPEES
    return found.annotate(thousands=whole).filter(thousands__gt=0)
