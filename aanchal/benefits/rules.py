"""How an entitlement and a loan move on, what is due when, and what a rule says of a family: plain Python, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

ENTITLEMENT_TRANSITIONS = {
    "APPLIED": {"SANCTIONED", "DELIVERED", "REFUSED", "COMPLAINED", "WITHDRAWN"},
    "COMPLAINED": {"SANCTIONED", "DELIVERED", "REFUSED", "WITHDRAWN"},
    "SANCTIONED": {"DELIVERED", "REFUSED", "COMPLAINED", "WITHDRAWN"},
    "REFUSED": {"APPEALED"},
    "APPEALED": {"SANCTIONED", "DELIVERED", "UPHELD"},
    "DELIVERED": {"LAPSED"},
    "UPHELD": set(),
    "WITHDRAWN": set(),
    "LAPSED": set(),
}
"""A grievance is about waiting, an appeal about a refusal. What was delivered is not delivered again; what runs out lapses."""
LOAN_TRANSITIONS = {
    "REQUESTED": {"SANCTIONED", "REFUSED", "WITHDRAWN"},
    "SANCTIONED": {"RELEASED", "WITHDRAWN"},
    "RELEASED": {"REPAID", "SANCTIONED"},
    "REPAID": {"RELEASED"},
    "REFUSED": set(),
    "WITHDRAWN": set(),
}
"""Back from RELEASED and REPAID only by the reversal of what was paid."""
TRAINING_TRANSITIONS = {
    "ENROLLED": {"CERTIFIED", "LEFT"},
    "CERTIFIED": {"PLACED", "LEFT"},
    "PLACED": {"RETAINED_3", "LEFT"},
    "RETAINED_3": {"RETAINED_6", "LEFT"},
    "RETAINED_6": {"RETAINED_12", "LEFT"},
    "RETAINED_12": set(),
    "LEFT": set(),
}
LIVELIHOOD_TRANSITIONS = {
    "PLANNED": {"BEGUN", "STOPPED"},
    "BEGUN": {"EARNING", "STOPPED"},
    "EARNING": {"STOPPED"},
    "STOPPED": {"BEGUN"},
}
CLAIM_TRANSITIONS = {
    "CLAIMED": {"SETTLED", "REFUSED", "WITHDRAWN"},
    "REFUSED": {"CLAIMED"},
    "SETTLED": set(),
    "WITHDRAWN": set(),
}
"""A claim that was refused may be made again, with the paper that was wanting."""
TRANSITIONS = {
    "entitlement": ENTITLEMENT_TRANSITIONS,
    "loan": LOAN_TRANSITIONS,
    "training": TRAINING_TRANSITIONS,
    "livelihood": LIVELIHOOD_TRANSITIONS,
    "claim": CLAIM_TRANSITIONS,
}
WAITING = ("APPLIED", "COMPLAINED", "SANCTIONED", "APPEALED")
"""Somebody has to act on it."""
STANDING = (*WAITING, "DELIVERED")
"""No second application beside it."""
RETAINED_AFTER = {"RETAINED_3": 90, "RETAINED_6": 180, "RETAINED_12": 365}
"""Days after the placement."""
APPEAL_DAYS = 30
RENEWAL_DAYS = 30
"""So long before an insurance runs out its renewal is due."""


class Refused(ValueError):
    """What was told cannot be so; `faults` are (field, code) pairs."""

    def __init__(self, faults: Iterable[tuple[str, str]]):
        self.faults = tuple(faults)
        super().__init__(", ".join(f"{field}: {code}" for field, code in self.faults))


class NotPossible(Exception):
    """A record in this state cannot go to that one."""


def check(kind: str, before: str, after: str) -> None:
    if after not in TRANSITIONS[kind][before]:
        raise NotPossible(f"{kind}: {before} -> {after}")


@dataclass(frozen=True)
class Waiting:
    """Days since the application against the days allowed."""

    days: int
    due_on: date
    late: int

    @property
    def is_late(self) -> bool:
        return self.late > 0


def waiting(applied_on: date, due_on: date, on: date) -> Waiting:
    return Waiting((on - applied_on).days, due_on, max((on - due_on).days, 0))


def due_on(begun_on: date, days: int) -> date:
    return begun_on + timedelta(days=days)


def holds_until(delivered_on: date, renews: int | None) -> date | None:
    return None if renews is None else delivered_on + timedelta(days=renews)


def last_day_to_pay(until: date, grace: int) -> date:
    """A premium paid by then is no new application; paid after the end, it holds from that day and not for the days between."""
    return until + timedelta(days=grace)


def held(came_on: date, first_until: date | None, premiums: Iterable[tuple[date, date]], day: date) -> bool:
    """Whether an insurance held on a day. `premiums`: paid on and held until, the first first."""
    since, until = came_on, first_until
    for paid_on, next_until in premiums:
        if until and until < paid_on and day < paid_on:
            break
        since, until = (paid_on if until and until < paid_on else since), next_until
    return since <= day and (until is None or day < until)


def has_lapsed(delivered_on: date, renews: int | None, on: date, told: date | None = None) -> bool:
    """What holds for a time has to be applied for again. `told`: until when, where a premium or the delivery said so."""
    until = told or holds_until(delivered_on, renews)
    return until is not None and until <= on


def verdict(eligible: bool | None, receives: bool | None) -> str:
    """What the answers say: RECEIVES, NOT (eligible), ASK (an answer is wanting) or PROPOSED."""
    if receives:
        return "RECEIVES"
    if eligible is False:
        return "NOT"
    return "ASK" if eligible is None or receives is None else "PROPOSED"
