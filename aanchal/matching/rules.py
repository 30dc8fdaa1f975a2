"""Who may decide what, in which order people look, and what follows a confirmed link. Plain Python."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

CHILD = 18
WEEK, QUARTER = 7, 90
LEAST_SHOWN = 0.02  # of probability, for one right pair is worth looking at 50 wrong ones: one below is not put before anyone


class NotPossible(Exception):
    """The state of the pair does not allow it; the message says why, for the person who tried."""


class Standing(StrEnum):
    OPEN = "OPEN"
    SAID_SAME = "SAID_SAME"
    UNSURE = "UNSURE"
    CONFIRMED = "CONFIRMED"
    REJECTED = "REJECTED"
    CLOSED = "CLOSED"


# state of the pair -> answer -> the state after it. A confirmed pair is only undone; a rejected one stays rejected.
AFTER: Mapping[str, Mapping[str, str]] = {
    Standing.OPEN: {"SAME": Standing.SAID_SAME, "DIFFERENT": Standing.REJECTED, "UNSURE": Standing.UNSURE},
    Standing.UNSURE: {"SAME": Standing.SAID_SAME, "DIFFERENT": Standing.REJECTED, "UNSURE": Standing.UNSURE},
    Standing.SAID_SAME: {"SAME": Standing.CONFIRMED, "DIFFERENT": Standing.REJECTED, "UNSURE": Standing.UNSURE},
}
WAITING = (Standing.OPEN, Standing.UNSURE, Standing.SAID_SAME)
LISTED = (*WAITING, Standing.REJECTED)


@dataclass(frozen=True)
class FollowUp:
    kind: str
    due: timedelta


def after(standing: str, answer: str, *, by: object, first: object) -> str:
    """The state after an answer. The second who says "the same" is another person than the first."""
    try:
        reached = AFTER[Standing(standing)][answer]
    except (KeyError, ValueError):
        raise NotPossible("decided") from None
    if reached == Standing.CONFIRMED and by == first:
        raise NotPossible("second_person")
    return reached


def may_look_again(standing: str, *, is_looked_for: bool) -> None:
    """What one person rejected by mistake waits for people again, while both are looked for. Raises NotPossible."""
    if standing != Standing.REJECTED:
        raise NotPossible("decided")
    if not is_looked_for:
        raise NotPossible("closed")


def may_change(*, is_struck: bool) -> None:
    """What was struck is as it was written until it stands again. Raises NotPossible."""
    if is_struck:
        raise NotPossible("struck")


def urgency(*, age: int | None, days_since: int) -> float:
    """How much an hour counts: a child twice, the first week and the first quarter more (SOP on missing children, MWCD 2016)."""
    weight = 2.0 if age is not None and age < CHILD else 1.0
    return weight * (3.0 if days_since <= WEEK else 1.5 if days_since <= QUARTER else 1.0)


def benefit(probability: float, weight: float) -> float:
    """The order of the queue: what a look is expected to bring."""
    return probability * weight


def follow_ups(*, kind: str, age: int | None) -> tuple[FollowUp, ...]:
    """What has to be done about a confirmed link, and by when. Of a death the family is told at its door, by a person."""
    tasks = [FollowUp("VISIT_FAMILY" if kind == "BODY" else "CALL_FAMILY", timedelta(days=1)), FollowUp("TELL_POLICE", timedelta(days=1))]
    if kind != "BODY":
        tasks.append(FollowUp("VISIT_FAMILY", timedelta(days=7)))
        if age is not None and age < CHILD:
            tasks.append(FollowUp("TELL_CWC", timedelta(days=1)))
    return tuple(tasks)


def closing(kind: str, found_on: date) -> dict[str, str]:
    """What the missing register then says. Someone only seen is not traced yet."""
    if kind == "SIGHTED":
        return {"missing_status": "SIGHTED"}
    return {"missing_status": "TRACED_DECEASED" if kind == "BODY" else "TRACED", "traced_on": found_on.isoformat()}


def reopening(before: Mapping[str, object]) -> dict[str, object]:
    """The same answers as they stood before; an empty answer takes one away."""
    return {"missing_status": before.get("missing_status", "REPORTED_VILLAGE"), "traced_on": before.get("traced_on", "")}


def largest(bits: Mapping[str, float], most: int = 3) -> list[str]:
    """The comparisons that say most, for the line of the queue."""
    return [name for name, value in sorted(bits.items(), key=lambda one: -abs(one[1]))[:most] if abs(value) >= 1]


def shares(values: Iterable[float]) -> list[float]:
    """Lengths of bars, the largest 100."""
    values = list(values)
    most = max((abs(value) for value in values), default=0) or 1
    return [round(100 * abs(value) / most) for value in values]
