"""How a direction goes its way: what step may follow which, and who hears of what is late. Plain Python."""

from collections.abc import Iterable
from datetime import date, timedelta

from aanchal.insight.rules import finds_a_person

VERSION = 1
MOST_TASKS = 20_000
"""Of one direction: a direction for more places is given in parts, by naming districts."""
STEPS = {
    ("OPEN", "ANSWER"): "ANSWERED",
    ("RETURNED", "ANSWER"): "ANSWERED",
    ("ANSWERED", "ACCEPT"): "ACCEPTED",
    ("ANSWERED", "RETURN"): "RETURNED",
}
WAITING = frozenset({"OPEN", "RETURNED"})
ENDED = frozenset({"ACCEPTED", "CANCELLED"})
LADDER = (("BLOCK", 1), ("DISTRICT", 8), ("STATE", 22), ("NATION", 45))
"""Days past the day it was due until each level hears of it; those above the place only."""


class Refused(ValueError):
    """What was asked cannot be so; `faults` are (field, code) pairs."""

    def __init__(self, faults: Iterable[tuple[str, str]]):
        self.faults = tuple(faults)
        super().__init__(", ".join(f"{field}: {code}" for field, code in self.faults))


def step(standing: str, event: str) -> str:
    """Where a task stands after it. Raises Refused."""
    if (standing, event) not in STEPS:
        raise Refused([("", "not_from_here")])
    return STEPS[standing, event]


def told_by(on: date, n: int) -> date:
    """What was due on this day or before it has reached rung `n` on `on`."""
    return on - timedelta(days=LADDER[n - 1][1])


def levels_below(n: int) -> frozenset[str]:
    """Of whose tasks the level on rung `n` is told."""
    return frozenset(level for level in ("VILLAGE", "BLOCK", "DISTRICT", "STATE") if _is_above(LADDER[n - 1][0], level))


def _is_above(above: str, level: str) -> bool:
    ladder = [one for one, _days in LADDER]
    return level not in ladder or ladder.index(above) > ladder.index(level)


def check_words(field: str, said: str, most: int) -> str:
    """Without the white space around it. Raises Refused for nothing and for too much."""
    said = said.strip()
    if not said:
        raise Refused([(field, "empty")])
    if len(said) > most:
        raise Refused([(field, "too_long")])
    return said


def check_told(said: str, most: int) -> str:
    """What comes up from the field: numbers and what was done, nothing that finds a person. Raises Refused."""
    said = check_words("words", said, most)
    if finds_a_person(said):
        raise Refused([("words", "finds_a_person")])
    return said
