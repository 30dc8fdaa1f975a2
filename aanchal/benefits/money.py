"""Money of a fund in whole paise: a loan's schedule, what is owed of it, and the lines of each booking, which add up to zero."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

BASIS_POINTS = 10_000
BANK, LOANS, CAPITAL, INTEREST, GRANTS = "BANK", "LOANS", "CAPITAL", "INTEREST", "GRANTS"

Lines = Mapping[str, int]


@dataclass(frozen=True)
class Instalment:
    nth: int
    due_on: date
    principal: int
    interest: int

    @property
    def total(self) -> int:
        return self.principal + self.interest


@dataclass(frozen=True)
class Owed:
    """Of a loan on a day. `late`: what should have come by then and has not."""

    principal: int
    interest: int
    late: int
    late_since: date | None

    @property
    def total(self) -> int:
        return self.principal + self.interest


def schedule(principal: int, months: int, interest_bp: int, released_on: date) -> tuple[Instalment, ...]:
    """Equal parts of the principal, the first ones a paisa more where it does not divide; interest each month on what is still out."""
    part, more = divmod(principal, months)
    out, found = principal, []
    for nth in range(1, months + 1):
        due = part + (nth <= more)
        interest = (out * interest_bp + BASIS_POINTS // 2) // BASIS_POINTS
        found.append(Instalment(nth, month_after(released_on, nth), due, interest))
        out -= due
    return tuple(found)


def owed(instalments: tuple[Instalment, ...], paid_principal: int, paid_interest: int, on: date) -> Owed:
    """Principal still out, and interest that has come due and was not paid."""
    principal = sum(one.principal for one in instalments) - paid_principal
    come = [one for one in instalments if one.due_on <= on]
    interest = max(sum(one.interest for one in come) - paid_interest, 0) if principal else 0
    left, late, since = paid_principal + paid_interest, 0, None
    for one in come:
        missing = max(one.total - left, 0)
        left = max(left - one.total, 0)
        late, since = late + missing, since or (one.due_on if missing else None)
    return Owed(principal, interest, min(late, principal + interest), since if principal + interest else None)


def received(amount: int) -> Lines:
    return {BANK: amount, CAPITAL: -amount}


def released(amount: int, *, is_grant: bool) -> Lines:
    return {BANK: -amount, GRANTS if is_grant else LOANS: amount}


def repaid(amount: int, still: Owed) -> Lines:
    """Interest that is due first, then principal."""
    interest = min(amount, still.interest)
    lines = {BANK: amount, LOANS: -(amount - interest), INTEREST: -interest}
    return {account: paise for account, paise in lines.items() if paise}


def reversed_(lines: Lines) -> Lines:
    return {account: -paise for account, paise in lines.items()}


def month_after(day: date, months: int) -> date:
    """The same day so many months on, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError(day)
