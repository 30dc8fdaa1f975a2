"""Conditions over flat facts in Kleene's three-valued logic: True, False, or None where an answer is wanting."""

from collections.abc import Mapping
from dataclasses import dataclass

Facts = Mapping[str, int | None]


@dataclass(frozen=True)
class Is:
    fact: str
    value: int

    def truth(self, facts: Facts) -> bool | None:
        known = facts.get(self.fact)
        return None if known is None else known == self.value


@dataclass(frozen=True)
class AtLeast:
    fact: str
    bound: int

    def truth(self, facts: Facts) -> bool | None:
        known = facts.get(self.fact)
        return None if known is None else known >= self.bound


@dataclass(frozen=True)
class Below:
    fact: str
    bound: int

    def truth(self, facts: Facts) -> bool | None:
        known = facts.get(self.fact)
        return None if known is None else known < self.bound


@dataclass(frozen=True)
class Not:
    part: "Condition"

    def truth(self, facts: Facts) -> bool | None:
        inner = self.part.truth(facts)
        return None if inner is None else not inner


@dataclass(frozen=True)
class All:
    parts: tuple["Condition", ...]

    def truth(self, facts: Facts) -> bool | None:
        truths = [part.truth(facts) for part in self.parts]
        if False in truths:
            return False
        return None if None in truths else True


@dataclass(frozen=True)
class Any:
    parts: tuple["Condition", ...]

    def truth(self, facts: Facts) -> bool | None:
        truths = [part.truth(facts) for part in self.parts]
        if True in truths:
            return True
        return None if None in truths else False


Condition = Is | AtLeast | Below | Not | All | Any


def facts_read(condition: Condition) -> frozenset[str]:
    """The names of every fact a condition looks at."""
    if isinstance(condition, Not):
        return facts_read(condition.part)
    if isinstance(condition, All | Any):
        return frozenset().union(*map(facts_read, condition.parts))
    return frozenset({condition.fact})
