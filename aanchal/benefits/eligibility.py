"""Every scheme for many families at once: columns of answers in, bits out, by the same conditions that judge one family."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aanchal.benefits.questions import questions
from aanchal.benefits.scheme import Scheme
from aanchal.risk.batch import NOT_KNOWN, Bools, Column, Truths, column_type, truths
from aanchal.risk.conditions import All, Any, Condition, Not, facts_read

CHUNK = 16_384  # families whose working arrays, with those of their members, stay in the processor's cache
MOST_SCHEMES = 64

Bits = NDArray[np.uint64]


@dataclass(frozen=True)
class Families:
    """A row a family, and a row a member in the order of the families; `starts` is the first member of each. Nobody is without members."""

    households: Mapping[str, Column]
    members: Mapping[str, Column]
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def persons(self) -> int:
        return len(next(iter(self.members.values())))


@dataclass(frozen=True)
class Found:
    """For each family a bit a scheme, in their order: proposed to it or to one of its members; to be asked first."""

    proposed: Bits
    to_ask: Bits


class Eligibility:
    """Schemes made ready for columns. A part of a rule that reads the family alone is judged once a family, and shared by all rules."""

    def __init__(self, schemes: Sequence[Scheme]):
        if len(schemes) > MOST_SCHEMES:
            raise ValueError(f"at most {MOST_SCHEMES} schemes are judged together")
        self.schemes = tuple(schemes)
        self._of_family = [(bit, one) for bit, one in enumerate(schemes) if not one.is_of_person]
        self._of_person = [(bit, one) for bit, one in enumerate(schemes) if one.is_of_person]
        read = frozenset().union(*(one.asks for one in schemes))
        self.asks = {of: sorted(key for key in read if questions()[key].of == of) for of in ("household", "person")}

    def of(self, families: Families) -> Found:
        found = Found(np.zeros(len(families), np.uint64), np.zeros(len(families), np.uint64))
        ends = np.append(families.starts[1:], families.persons)
        for start in range(0, len(families), CHUNK):
            rows = slice(start, min(start + CHUNK, len(families)))
            inside = slice(int(families.starts[rows.start]), int(ends[rows.stop - 1]))
            part = _Part(
                {key: families.households[key][rows] for key in self.asks["household"]},
                {key: families.members[key][inside] for key in self.asks["person"]},
                families.starts[rows] - inside.start,
                inside.stop - inside.start,
            )
            self._judge(part, found.proposed[rows], found.to_ask[rows])
        return found

    def _judge(self, part: "_Part", proposed: Bits, to_ask: Bits) -> None:
        """The bits of a family's members are put together once for all schemes."""
        for bit, scheme in self._of_family:
            yes, perhaps = _verdict(scheme, part.of_family)
            _put(proposed, bit, yes)
            _put(to_ask, bit, perhaps)
        of_members = np.zeros((2, part.persons), np.uint64)
        for bit, scheme in self._of_person:
            yes, perhaps = _verdict(scheme, part.of_person)
            _put(of_members[0], bit, yes)
            _put(of_members[1], bit, perhaps)
        for bits, together in ((proposed, of_members[0]), (to_ask, of_members[1])):
            np.bitwise_or(bits, np.bitwise_or.reduceat(together, part.starts), out=bits)


class _Part:
    """A chunk of families: what was judged of it is kept until its end."""

    def __init__(self, households: dict[str, Column], members: dict[str, Column], starts: NDArray[np.int64], persons: int):
        self.households, self.members, self.starts, self.persons = households, members, starts, persons
        self.sizes = np.diff(np.append(starts, persons))
        self._family: dict[Condition, Truths] = {}
        self._person: dict[Condition, Truths] = {}

    def of_family(self, condition: Condition) -> Truths:
        if condition not in self._family:
            self._family[condition] = truths(condition, self.households)
        return self._family[condition]

    def of_person(self, condition: Condition) -> Truths:
        if condition not in self._person:
            self._person[condition] = self._judged(condition)
        return self._person[condition]

    def _judged(self, condition: Condition) -> Truths:
        if facts_read(condition).isdisjoint(self.members):
            is_true, could_be = self.of_family(condition)
            return np.repeat(is_true, self.sizes), np.repeat(could_be, self.sizes)
        if isinstance(condition, Not):
            is_true, could_be = self.of_person(condition.part)
            return ~could_be, ~is_true
        if isinstance(condition, All | Any):
            join = np.logical_and if isinstance(condition, All) else np.logical_or
            pairs = [self.of_person(part) for part in condition.parts]
            return join.reduce([one for one, _ in pairs]), join.reduce([one for _, one in pairs])
        return truths(condition, self.members)


def columns_of(keys: Iterable[str], rows: Sequence[Mapping[str, int | None]]) -> dict[str, Column]:
    """Columns from answers, None becoming NOT_KNOWN; what is beyond its range is held at its end."""
    found: dict[str, Column] = {}
    for key in keys:
        fact = questions()[key].fact
        told = (row.get(key) for row in rows)
        known = (NOT_KNOWN if value is None else min(max(int(value), 0), fact.highest) for value in told)
        found[key] = np.fromiter(known, column_type(fact), len(rows))
    return found


def codes(bits: int, schemes: Sequence[Scheme]) -> list[str]:
    return [scheme.code for bit, scheme in enumerate(schemes) if bits >> bit & 1]


def _verdict(scheme: Scheme, judge: Callable[[Condition], Truths]) -> tuple[Bools, Bools]:
    """Proposed; and to be asked: eligible or not, received or not, hangs on an answer."""
    is_true, could_be = judge(scheme.eligible)
    if scheme.received is None:
        return is_true, could_be ^ is_true
    has, could_have = judge(scheme.received)
    yes = is_true & ~could_have
    return yes, (could_be & ~has) ^ yes


def _put(bits: Bits, bit: int, held: Bools) -> None:
    np.bitwise_or(bits, held.astype(np.uint64) << np.uint64(bit), out=bits)

