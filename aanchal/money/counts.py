"""The pilot's budget in numbers: thousands of rupees, of no person."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Sum

from aanchal.core.tallies import Tally, of_things
from aanchal.money.models import Line
from aanchal.money.terms import Account

THOUSAND_RUPEES = 100_000
"""In paise. A nation's budget in rupees would be too large for a count."""


def approved(year: date) -> Iterator[Tally]:
    """The budgets in force of the financial year that begins on a day."""
    return _thousands(year, Account.APPROPRIATED)


def spent(year: date, until: date) -> Iterator[Tally]:
    """Spent of them up to a day."""
    return _thousands(year, Account.SPENT, voucher__on__lte=until)


def _thousands(year: date, account: Account, **narrows: date) -> Iterator[Tally]:
    lines = Line.objects.filter(budget__standing="IN_FORCE", budget__starts_on=year, account=account, **narrows)
    rows = lines.order_by().values_list("budget__place_no").annotate(total=Sum("amount_paise"))
    return of_things((place_no, abs(int(total)) // THOUSAND_RUPEES) for place_no, total in rows if abs(total) >= THOUSAND_RUPEES)
