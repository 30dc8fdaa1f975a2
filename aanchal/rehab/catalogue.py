"""What ships as data, read once: trades, maturity of organisations, steps of repatriation, counsellors' levels. Plain Python."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from aanchal.core.yaml_files import read_yaml
from aanchal.rehab.rules import ADULT, NotPossible

HERE = Path(__file__).parent
LIKED, STRONG, NEAR = 3, 1, 1
"""Points: what she likes counts most."""


@dataclass(frozen=True)
class Trade:
    key: str
    min_age: int
    weeks: int
    interests: tuple[str, ...]
    strengths: tuple[str, ...]
    places: tuple[str, ...]
    texts: Mapping[str, str]
    usual: bool = False
    framework: bool = False


@dataclass(frozen=True)
class Her:
    """What she told of herself. There is no sex here: nothing can be suggested by it."""

    age: int | None
    interests: tuple[str, ...]
    strengths: tuple[str, ...]
    place: str


@dataclass(frozen=True)
class Suggestion:
    """A trade and why: what of hers it agrees with."""

    trade: Trade
    points: int
    interests: tuple[str, ...]
    strengths: tuple[str, ...]
    is_near: bool


@dataclass(frozen=True)
class Maturity:
    version: str
    effective_from: date
    source: str
    is_read: bool
    at_least: int
    holds_days: int
    criteria: tuple[Mapping[str, Any], ...]

    def is_met(self, met: Collection[str]) -> bool:
        """Every criterion that must be met, and enough of all."""
        must = {one["key"] for one in self.criteria if one["must"]}
        known = {one["key"] for one in self.criteria}
        return must <= set(met) and len(known & set(met)) >= self.at_least


@dataclass(frozen=True)
class Step:
    """Of a repatriation: what it waits for, whose it is, in how many days it is asked for."""

    key: str
    after: tuple[str, ...]
    who: str
    days: int
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Level:
    key: str
    hours: int
    needs: Mapping[str, int]
    most_cases: int


def _read(name: str) -> Any:
    return read_yaml(HERE / name)


@cache
def trades() -> Mapping[str, Trade]:
    listed = ("interests", "strengths", "places")
    return {one["key"]: Trade(**one | {name: tuple(one[name]) for name in listed}) for one in _read("trades.yaml")["trades"]}


@cache
def maturities() -> tuple[Maturity, ...]:
    told = (Maturity(**one | {"criteria": tuple(one["criteria"])}) for one in _read("maturity.yaml"))
    return tuple(sorted(told, key=lambda one: one.effective_from))


def maturity(on: date) -> Maturity:
    """The criteria that hold on a day. Raises NotPossible before the first."""
    held = [one for one in maturities() if one.effective_from <= on]
    if not held:
        raise NotPossible("no_criteria")
    return held[-1]


@cache
def steps() -> Mapping[str, Step]:
    return {one["key"]: Step(**one | {"after": tuple(one["after"])}) for one in _repatriation()["steps"]}


@cache
def _repatriation() -> Mapping[str, Any]:
    return _read("repatriation.yaml")


def steps_source() -> str:
    return _repatriation()["source"]


def steps_version() -> str:
    return _repatriation()["version"]


@cache
def levels() -> tuple[Level, ...]:
    """The lowest first."""
    return tuple(Level(**one) for one in _read("levels.yaml")["levels"])


def level(hours: Mapping[str, int]) -> Level:
    """The highest whose hours, in all and by module, were had."""
    reached = levels()[0]
    for one in levels():
        if sum(hours.values()) >= one.hours and all(hours.get(module, 0) >= needed for module, needed in one.needs.items()):
            reached = one
    return reached


def suggestions(her: Her) -> list[Suggestion]:
    """Best first; among equals what is offered to every woman anyway comes last. Nobody under 18 is offered a trade."""
    if her.age is None or her.age < ADULT:
        return []
    found = [_suggestion(trade, her) for trade in trades().values() if her.age >= trade.min_age]
    fitting = [one for one in found if one.interests or one.strengths]
    return sorted(fitting, key=lambda one: (-one.points, one.trade.usual, one.trade.key))


def _suggestion(trade: Trade, her: Her) -> Suggestion:
    liked = tuple(one for one in trade.interests if one in her.interests)
    strong = tuple(one for one in trade.strengths if one in her.strengths)
    is_near = her.place in trade.places
    return Suggestion(trade, LIKED * len(liked) + STRONG * len(strong) + NEAR * is_near, liked, strong, is_near)
