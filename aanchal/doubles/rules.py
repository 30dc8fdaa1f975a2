"""When two records are likely one, what may be decided about them, and which lines both told. Plain Python."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

LEAST_SHOWN = 0.2  # of probability: a pair of persons below is put before nobody
LEAST_MEMBER = 0.1  # of a member's pair, where the family as a whole speaks for it
LEAST_SHARE = 0.5  # of the smaller family that stands in the other too
MOST = 0.99
DOUBLED = 0.02  # of people who are thought to be recorded twice
IN_ONE_VILLAGE = 0.8  # of those recorded twice: both times in the same village
SAME_PHONE = 4.0  # bits; a family shares a phone, so it says less than it seems
IN_ONE_FAMILY = ("father", "family")  # say nothing of two who live under one roof
WAITING = ("OPEN", "UNSURE")
AFTER: Mapping[str, Mapping[str, str]] = {
    standing: {"SAME": "MERGED", "DIFFERENT": "DIFFERENT", "UNSURE": "UNSURE"} for standing in WAITING
}


class NotPossible(Exception):
    """It cannot be done now; the message is a code that says why."""


@dataclass(frozen=True)
class Line:
    """What the rules need of a standing register line."""

    id: Any
    register: str
    is_open: bool
    happened_on: date
    details: Mapping[str, object]


def after(standing: str, answer: str) -> str:
    try:
        return AFTER[standing][answer]
    except KeyError:
        raise NotPossible("decided") from None


def probability(bits: float, *, people: int, villages: int, same_village: bool) -> float:
    """Of two records among so many people: what the comparisons say, and that people are recorded twice mostly in one village."""
    place = math.log2(IN_ONE_VILLAGE * villages) if same_village else math.log2((1 - IN_ONE_VILLAGE) * villages / max(1, villages - 1))
    odds = bits + (place if villages > 1 else 0.0) + math.log2(DOUBLED / max(2, people))
    against: float = 2.0 ** -max(-60.0, min(60.0, odds))
    return min(MOST, 1 / (1 + against))


def paired(pairs: Iterable[tuple[Any, Any, float]]) -> list[tuple[Any, Any, float]]:
    """Each member of one family with one of the other at most, the likeliest first."""
    ones, others, kept = set(), set(), []
    for one, other, likely in sorted(pairs, key=lambda pair: (-pair[2], str(pair[0]), str(pair[1]))):
        if one not in ones and other not in others and likely >= LEAST_MEMBER:
            ones.add(one)
            others.add(other)
            kept.append((one, other, likely))
    return kept


def family_probability(members: Sequence[tuple[Any, Any, float]], *, sizes: tuple[int, int], is_head: bool) -> float:
    """Of two families whose members pair like this; 0 where too few do. One member alone says it only of the heads of both."""
    if not members or len(members) < LEAST_SHARE * min(sizes) or (len(members) == 1 and not is_head):
        return 0.0
    return min(MOST, 1 - math.prod(1 - likely for _, _, likely in members))


def told_twice(stays: Sequence[Line], away: Sequence[Line]) -> list[Any]:
    """The lines of `away` that `stays` tells too. Raises NotPossible where two open lines of one register do not say the same."""
    twice = []
    for line in away:
        for other in (one for one in stays if one.register == line.register):
            agree = other.happened_on == line.happened_on and other.is_open == line.is_open and _agree(other, line)
            if agree:
                twice.append(line.id)
                break
            if other.is_open and line.is_open:
                raise NotPossible("lines")
    return twice


def _agree(one: Line, other: Line) -> bool:
    return all(one.details[key] == other.details[key] for key in one.details.keys() & other.details.keys())


def outcome(register: str, on: date) -> dict[str, str]:
    """How a line of this register is closed when the person is home again on a day."""
    if register == "MISSING":
        return {"missing_status": "TRACED", "traced_on": on.isoformat()}
    return {"returned_on": on.isoformat()}
