"""Signs in a worker's surveys that ask for a second look: pure sums over counts. A sign is a question, never an accusation.

Each needs enough surveys to say anything, and most set a worker beside the others of the same place: hardship differs between villages, so
the limits widen where the workers differ among themselves (over-dispersion, Spiegelhalter 2005, "Funnel plots for comparing institutional
performance", Statistics in Medicine 24).
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from statistics import median
from typing import TypeVar

LEAST_SURVEYS = 20
"""Of one worker, before a share of them says anything."""
LEAST_WORKERS = 5
"""Before one can be set beside the others."""
LEAST_AGES = 50
LEAST_TIMED = 20
LEAST_EXPECTED = 5
"""Of either kind, for the limits of a share to be those of a normal distribution."""
LIMIT = 3.0
STRONG = 5.0
FAST = Fraction(1, 3)
"""Of the usual time. Leiner 2019 ("Too fast, too straight, too weird", Survey Research Methods 13) takes a half: a third is stricter."""
FEWEST_FAST = 3
FAST_SHARE = Fraction(1, 10)
ROUGH = 175
"""Whipple's index from which the United Nations call ages very rough (Manual II, 1955: 100 no preference, 500 all ages in 0 and 5)."""
UNANSWERED = Fraction(1, 5)

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Beside:
    """A share of one worker beside the share of all: `z` counts widened standard errors from it."""

    count: int
    of: int
    expected: Fraction
    z: float

    @property
    def share(self) -> Fraction:
        return Fraction(self.count, self.of) if self.of else Fraction(0)


def beside_the_others(counted: Mapping[Key, tuple[int, int]], *, least: int = LEAST_SURVEYS) -> dict[Key, Beside]:
    """Every worker with enough cases, beside all of them together; nothing where too few can be compared, or nothing differs."""
    enough = {key: (count, of) for key, (count, of) in counted.items() if of >= least}
    whole = sum(of for _, of in enough.values())
    share = Fraction(sum(count for count, _ in enough.values()), whole) if whole else Fraction(0)
    if len(enough) < LEAST_WORKERS or share in (0, 1):
        return {}
    raw = {key: float(count - of * share) / sqrt(of * share * (1 - share)) for key, (count, of) in enough.items()}
    widening = sqrt(max(1.0, _dispersion(list(raw.values()))))
    return {key: Beside(count, of, share, raw[key] / widening) for key, (count, of) in enough.items()}


def outside(found: Mapping[Key, Beside], *, low: bool = False) -> dict[Key, Beside]:
    """Those above the funnel; with `low`, also those below it."""
    return {key: one for key, one in found.items() if _can_be_judged(one) and (one.z > LIMIT or (low and one.z < -LIMIT))}


def whipple(preferred: int, of: int) -> Fraction | None:
    """Whipple's index: how often ages of 23 to 62 end in 0 or 5, 100 being as often as chance has it."""
    return Fraction(preferred * 500, of) if of >= LEAST_AGES else None


def digits(ages: Iterable[int]) -> tuple[int, int]:
    """(ages ending in 0 or 5, all ages), of those from 23 to 62."""
    told = [age for age in ages if 23 <= age <= 62]
    return sum(age % 5 == 0 for age in told), len(told)


def usual(seconds: Iterable[int]) -> float | None:
    """How long a survey usually takes in a place; None where too few were timed."""
    timed = list(seconds)
    return median(timed) if len(timed) >= LEAST_TIMED else None


def is_fast(seconds: int | None, usual_time: float | None) -> bool:
    return seconds is not None and usual_time is not None and seconds < usual_time * FAST


def are_too_many_fast(fast: int, timed: int) -> bool:
    return fast >= FEWEST_FAST and Fraction(fast, timed) >= FAST_SHARE


def is_unanswered(answers: Iterable[object]) -> bool:
    """A fifth or more of what the index reads was not answered: its own line for "incomplete"."""
    told = list(answers)
    return bool(told) and Fraction(sum(one is None for one in told), len(told)) > UNANSWERED


def repeated(answers: Mapping[Key, Hashable]) -> set[Key]:
    """Surveys that say in every answer what another one says (duplication: Kuriakose and Robbins 2016, "Don't get duped")."""
    times = Counter(answers.values())
    return {key for key, told in answers.items() if times[told] > 1}


def _can_be_judged(one: Beside) -> bool:
    return LEAST_EXPECTED <= one.of * one.expected <= one.of - LEAST_EXPECTED or one.count >= LEAST_EXPECTED


def _dispersion(scores: list[float]) -> float:
    """Mean square of the scores, the outer tenths drawn in, so that one worker does not hide herself."""
    ordered = sorted(scores)
    tenth = max(1, len(ordered) // 10)
    low, high = ordered[tenth], ordered[-1 - tenth]
    return sum(min(max(score, low), high) ** 2 for score in ordered) / len(ordered)
