"""Ages, what makes two names the same for finding a double entry, and how two changes of one field come together."""

import math
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from functools import lru_cache
from typing import Any

METRES_IN_A_DEGREE = 111_320
HONORIFICS = {
    "smt",
    "shri",
    "sri",
    "kumari",
    "km",
    "mr",
    "mrs",
    "ms",
    "late",
    "श्रीमती",
    "श्री",
    "कुमारी",
    "స్వర్గీయ",
    "శ్రీమతి",
    "శ్రీ",
}


@dataclass(frozen=True)
class Age:
    """How old someone is known to be: by a date, or by years on the day they were told."""

    basis: str
    born_on: date | None = None
    years: int | None = None
    told_on: date | None = None

    def on(self, day: date) -> int | None:
        """Completed years on a day; None when not known."""
        if self.born_on:
            return day.year - self.born_on.year - ((day.month, day.day) < (self.born_on.month, self.born_on.day))
        if self.years is None:
            return None
        return self.years + max(0, (day - self.told_on).days // 365) if self.told_on else self.years


def folded(name: str) -> str:
    """A name for comparing: case, accents of composition, punctuation and honorifics taken away; the script stays."""
    words = "".join(map(_kept, unicodedata.normalize("NFKC", name).casefold())).split()
    return " ".join(word for word in words if word not in HONORIFICS)


@lru_cache(maxsize=4_096)
def _kept(letter: str) -> str:
    """Letters, the signs that belong to them, and digits stay; joiners go, for they only shape a word; all else parts words."""
    category = unicodedata.category(letter)
    return letter if category[0] in "LMN" else "" if category == "Cf" else " "


def shifted(longitude: float, latitude: float, mark: bytes) -> tuple[float, float]:
    """A house's position moved by 10 to 30 m, the same way each time for the same house (`mark`: 8 bytes nobody can guess).

    Our own phones shift before they send; another OpenRosa client does not, so nothing exact is kept outside the sealed form.
    """
    angle = int.from_bytes(mark[:4]) / 2**32 * math.tau
    metres = 10 + int.from_bytes(mark[4:8]) / 2**32 * 20
    north = latitude + metres * math.cos(angle) / METRES_IN_A_DEGREE
    east = longitude + metres * math.sin(angle) / (METRES_IN_A_DEGREE * max(0.01, math.cos(math.radians(latitude))))
    return round(east, 6), round(north, 6)


class Unseen(Enum):
    """Stands for what a worker had before her when nobody can say what that was."""

    UNSEEN = auto()


UNSEEN = Unseen.UNSEEN


class Outcome(Enum):
    """What becomes of one field of a visit."""

    UNCHANGED = auto()
    """She told what she had before her: no change of hers, whatever others changed meanwhile."""
    SAME = auto()
    """Two changed it to the same value: one change."""
    APPLIED = auto()
    """Nobody else changed it."""
    CONFLICT = auto()
    """Others changed it to something else: what stands stays, and a person decides."""


def merged(field: str, told: Any, seen: Any, stands: Any) -> Outcome:
    """Three values of a field: what was told, what the worker had before her (`seen`, the common base), what stands now."""
    if seen is UNSEEN:
        return Outcome.SAME if alike(field, told, stands) else Outcome.CONFLICT
    if alike(field, told, seen):
        return Outcome.UNCHANGED
    if alike(field, told, stands):
        return Outcome.SAME
    return Outcome.APPLIED if alike(field, seen, stands) else Outcome.CONFLICT


NEAR_METRES = 100
"""A phone's position of the same door differs by this much from day to day."""


def alike(field: str, one: Any, other: Any) -> bool:
    """The same value; an age also when only time has passed, a position when it is the same door."""
    if one is None or other is None or field not in ("age", "position"):
        return bool(one == other)
    return _same_age(one, other) if field == "age" else _metres(one, other) <= NEAR_METRES


def age_as_told(age: Age) -> dict[str, Any]:
    """An age as it is kept in a history."""
    born_on, told_on = (day.isoformat() if day else None for day in (age.born_on, age.told_on))
    return {"basis": age.basis, "born_on": born_on, "years": age.years, "told_on": told_on}


def age_of(told: Mapping[str, Any]) -> Age:
    born_on, told_on = (date.fromisoformat(told[name]) if told[name] else None for name in ("born_on", "told_on"))
    return Age(basis=told["basis"], born_on=born_on, years=told["years"], told_on=told_on)


def _same_age(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    first, second = age_of(one), age_of(other)
    if first.basis != second.basis or first.born_on or second.born_on:
        return (first.basis, first.born_on) == (second.basis, second.born_on)
    day = max(filter(None, (first.told_on, second.told_on)), default=None)
    return first.on(day) == second.on(day) if day else first.years == second.years


def _metres(one: Sequence[float], other: Sequence[float]) -> float:
    """Between two (longitude, latitude) that lie near each other."""
    east = (one[0] - other[0]) * math.cos(math.radians(one[1]))
    return math.hypot(east, one[1] - other[1]) * METRES_IN_A_DEGREE


CONFLICT_TRANSITIONS = {"OPEN": {"SETTLED"}, "SETTLED": {"OPEN"}}
"""A conflict is settled by a person, and opened again when that was a mistake."""


def contradiction(sex: str, other_sex: str, age: Age, other_age: Age) -> str:
    """What says that two records cannot be of one person; empty when nothing does."""
    if "UNKNOWN" not in (sex, other_sex) and sex != other_sex:
        return "sex"
    if age.born_on and other_age.born_on and age.born_on != other_age.born_on:
        return "born_on"
    return ""


class NotPossible(Exception):
    """A conflict in this state cannot go to that one."""


def check(before: str, after: str) -> None:
    if after not in CONFLICT_TRANSITIONS[before]:
        raise NotPossible(f"{before} -> {after}")
