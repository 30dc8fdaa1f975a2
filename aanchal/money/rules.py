"""The pilot's money in double entry: the entries of each booking, which add up to zero, and what may be certified. Plain Python."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

BUDGET_BOOK = ("APPROPRIATED", "AVAILABLE", "COMMITTED", "SPENT")
"""What is allowed. The other accounts are the cash book; each book adds up to zero by itself."""
TRANSITIONS = {
    "DRAFT": {"SUBMITTED"},
    "RETURNED": {"SUBMITTED"},
    "SUBMITTED": {"IN_FORCE", "RETURNED"},
    "IN_FORCE": set(),
}
MOST_OF_A_LINE = 10**15
"""Paise of one line of a plan: ten lakh crore rupees. Beyond it a budget's sums would be too large to keep."""


class Refused(ValueError):
    """What was told cannot be so; `faults` are (field, code) pairs."""

    def __init__(self, faults: Iterable[tuple[str, str]]):
        self.faults = tuple(faults)
        super().__init__(", ".join(f"{field}: {code}" for field, code in self.faults))


@dataclass(frozen=True)
class Entry:
    """An amount in paise on an account: into it above zero, out of it below."""

    account: str
    paise: int
    head: str = ""
    district: int | None = None


@dataclass(frozen=True)
class Slot:
    """Where the budget holds money: a head, in a district or at the state."""

    head: str
    district: int | None = None


def approved(allotted: Mapping[Slot, int]) -> list[Entry]:
    given = [_at("AVAILABLE", paise, slot) for slot, paise in allotted.items() if paise]
    return [*given, Entry("APPROPRIATED", -sum(allotted.values()))]


def moved(paise: int, giver: Slot, taker: Slot) -> list[Entry]:
    return [_at("AVAILABLE", -paise, giver), _at("AVAILABLE", paise, taker)]


def released(paise: int) -> list[Entry]:
    return [Entry("BANK", paise), Entry("RELEASES", -paise)]


def committed(paise: int, slot: Slot) -> list[Entry]:
    return [_at("COMMITTED", paise, slot), _at("AVAILABLE", -paise, slot)]


def spent(paise: int, slot: Slot, *, source: str = "BANK") -> list[Entry]:
    """Against a commitment, out of the bank or out of an advance."""
    return [_at("SPENT", paise, slot), _at("COMMITTED", -paise, slot), Entry("PAID", paise), Entry(source, -paise)]


def advanced(paise: int) -> list[Entry]:
    return [Entry("ADVANCES", paise), Entry("BANK", -paise)]


def turned(entries: Iterable[Entry]) -> list[Entry]:
    return [replace(one, paise=-one.paise) for one in entries]


def balances(entries: Iterable[Entry]) -> bool:
    """Each of the two books adds up to zero."""
    told = list(entries)
    allowed = sum(one.paise for one in told if one.account in BUDGET_BOOK)
    return allowed == 0 == sum(one.paise for one in told) and len(told) > 1


def check(before: str, after: str) -> None:
    if after not in TRANSITIONS.get(before, set()):
        raise Refused([("", "not_from_here")])


def needs_reason(norm_paise: int | None, unit_paise: int) -> bool:
    """Where the norms have no figure, or the state plans more than it (Framework, cost components)."""
    return norm_paise is None or unit_paise > norm_paise


def last_day(starts_on: date) -> date:
    """Of the financial year that starts on a 1 April."""
    return starts_on.replace(year=starts_on.year + 1) - timedelta(days=1)


def quarter(on: date) -> int:
    """Of the financial year: April to June is the first."""
    return (on.month - 4) % 12 // 3 + 1


def name_of_year(starts_on: date) -> str:
    return f"{starts_on.year}-{(starts_on.year + 1) % 100:02}"


def variance(quarters: Sequence[tuple[int, ...]], starts_on: date, on: date) -> int:
    """Of (planned, spent) by quarter: what was planned for the quarters that have begun, less what was spent in them."""
    begun = ((on.year - starts_on.year) * 12 + on.month - starts_on.month) // 3 + 1
    return sum(planned - spent for planned, spent in quarters[: max(begun, 0)])


def certificate_faults(*, amount: int, spent: int, released: int, certified: int) -> list[tuple[str, str]]:
    """A certificate says no more than was spent in its period, and all of them together no more than was released."""
    found = []
    if amount <= 0:
        found.append(("amount_paise", "out_of_range"))
    if amount > released - certified:
        found.append(("amount_paise", "above_the_release"))
    if amount > spent:
        found.append(("amount_paise", "above_what_was_spent"))
    return found


def _at(account: str, paise: int, slot: Slot) -> Entry:
    return Entry(account, paise, slot.head, slot.district)
