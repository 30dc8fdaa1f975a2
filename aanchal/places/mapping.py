"""A mapping: which columns of somebody's file are which figures, and how its rows find their places."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aanchal.places.formulas import Formula, NotAFormula, parse
from aanchal.places.terms import Level, SeriesKind, Unit

KEY = re.compile(r"[a-z][a-z0-9_]{2,59}")
LANGUAGES = ("en", "hi", "te")
CODES = ("lgd", "census2011", "name")
# Disaggregated for audit, never ranked by (domain 3.3): a series whose key holds one of these is refused.
NEVER_RANKED = ("caste", "religion", "tribe", "community", "minority", "sc_share", "st_share")
HEAD = {"publisher", "licence", "place", "columns", "where", "blank", "repeated", "series"}
PLACE = {"level", "code", "column", "name", "state", "same_as"}
SERIES = {"key", "kind", "year", "edition", "unit", "more_is_worse", "where", "value", "absent", "per", "bounds", "title", "definition"}


class MappingError(ValueError):
    """A mapping that cannot be used; `problems` names each fault and where it is."""

    def __init__(self, problems: list[str]):
        self.problems = problems
        super().__init__("; ".join(problems))


@dataclass(frozen=True)
class Per:
    """Divide by another series of the same place, times so many."""

    series: str
    times: int


@dataclass(frozen=True)
class SeriesMapping:
    key: str
    kind: SeriesKind
    year: int
    edition: str
    unit: Unit
    more_is_worse: bool
    where: Mapping[str, tuple[str, ...]]
    value: Formula
    bounds: tuple[float, float]
    titles: Mapping[str, str]
    definitions: Mapping[str, str]
    absent: float | None = None
    per: Per | None = None


@dataclass(frozen=True)
class PlaceMapping:
    level: Level
    code: str
    column: str
    name: str = ""
    state: str = ""
    same_as: Mapping[str, int | None] = field(default_factory=dict)
    """What the file writes -> LGD code; None for what is no place."""


@dataclass(frozen=True)
class FileMapping:
    publisher: str
    licence: str
    place: PlaceMapping
    columns: Mapping[str, str]
    where: Mapping[str, tuple[str, ...]]
    blank: frozenset[str]
    adds_up: bool
    series: tuple[SeriesMapping, ...]

    @property
    def headers(self) -> set[str]:
        """Every column the file must have."""
        named = {self.place.column, self.place.name, self.place.state} - {""}
        asked = set(self.where).union(*(one.where for one in self.series))
        used = {self.columns.get(name, name) for one in self.series for name in one.value.names}
        return named | asked | used


def read(content: Any) -> FileMapping:
    """The mapping that plain data describes, or MappingError with everything that is wrong."""
    reading = _Reading()
    mapping = reading.file(content if isinstance(content, Mapping) else {})
    if reading.problems:
        raise MappingError(reading.problems)
    return mapping


class _Reading:
    def __init__(self) -> None:
        self.problems: list[str] = []

    def file(self, told: Mapping) -> FileMapping:
        self.only("mapping", told, HEAD)
        rows = told.get("series") or []
        if not isinstance(rows, list) or not rows:
            self.problems.append("series: a mapping needs at least one")
            rows = []
        return FileMapping(
            publisher=self.text("publisher", told.get("publisher")),
            licence=str(told.get("licence", "")),
            place=self.place(told.get("place") or {}),
            columns=dict(told.get("columns") or {}),
            where=self.where("where", told.get("where")),
            blank=frozenset(str(one) for one in told.get("blank", ())) | {""},
            adds_up=self.one_of("repeated", told.get("repeated", "refuse"), ("refuse", "sum")) == "sum",
            series=tuple(self.series(f"series[{n}]", row) for n, row in enumerate(rows) if isinstance(row, Mapping)),
        )

    def place(self, told: Mapping) -> PlaceMapping:
        self.only("place", told, PLACE)
        code = self.one_of("place.code", told.get("code"), CODES)
        if code == "name" and not told.get("state"):
            self.problems.append("place.state: names are looked for inside a State; say its column")
        return PlaceMapping(
            level=Level(self.one_of("place.level", told.get("level"), Level.values) or Level.DISTRICT),
            code=code,
            column=self.text("place.column", told.get("column")),
            name=str(told.get("name", "")),
            state=str(told.get("state", "")),
            same_as={str(said): meant for said, meant in (told.get("same_as") or {}).items()},
        )

    def series(self, at: str, told: Mapping) -> SeriesMapping:
        self.only(at, told, SERIES)
        key = self.text(f"{at}.key", told.get("key"))
        if key and not KEY.fullmatch(key):
            self.problems.append(f"{at}.key: {key!r} is not small letters, digits and _")
        if any(word in key for word in NEVER_RANKED):
            self.problems.append(f"{at}.key: {key!r}: caste and religion are never ranked by")
        per = told.get("per")
        return SeriesMapping(
            key=key,
            kind=SeriesKind(self.one_of(f"{at}.kind", told.get("kind"), SeriesKind.values) or SeriesKind.CONTEXT),
            year=self.number(f"{at}.year", told.get("year"), 1900, 2100),
            edition=self.text(f"{at}.edition", told.get("edition")),
            unit=Unit(self.one_of(f"{at}.unit", told.get("unit"), Unit.values) or Unit.COUNT),
            more_is_worse=self.yes_no(f"{at}.more_is_worse", told.get("more_is_worse")),
            where=self.where(f"{at}.where", told.get("where")),
            value=self.formula(f"{at}.value", told.get("value")),
            bounds=self.bounds(f"{at}.bounds", told.get("bounds")),
            titles=self.languages(f"{at}.title", told.get("title")),
            definitions=self.languages(f"{at}.definition", told.get("definition")),
            absent=None if told.get("absent") is None else float(told["absent"]),
            per=Per(str(per["series"]), int(per["times"])) if per else None,
        )

    def only(self, at: str, told: Mapping, known: set[str]) -> None:
        strange = sorted(set(map(str, told)) - known)
        self.problems += [f"{at}: {key!r} is not known; known are {', '.join(sorted(known))}" for key in strange]

    def text(self, at: str, said: Any) -> str:
        if not isinstance(said, str) or not said.strip():
            self.problems.append(f"{at}: is missing")
            return ""
        return said.strip()

    def one_of(self, at: str, said: Any, known: Any) -> str:
        if said not in known:
            self.problems.append(f"{at}: {said!r} is none of {', '.join(known)}")
            return ""
        return str(said)

    def yes_no(self, at: str, said: Any) -> bool:
        if not isinstance(said, bool):
            self.problems.append(f"{at}: say true or false")
        return said is True

    def number(self, at: str, said: Any, low: int, high: int) -> int:
        if not isinstance(said, int) or not low <= said <= high:
            self.problems.append(f"{at}: {said!r} is not a number from {low} to {high}")
            return low
        return said

    def where(self, at: str, said: Any) -> dict[str, tuple[str, ...]]:
        if said and not isinstance(said, Mapping):
            self.problems.append(f"{at}: say COLUMN: [VALUE, …]")
            return {}
        return {str(column): tuple(str(one) for one in wanted) for column, wanted in (said or {}).items()}

    def formula(self, at: str, said: Any) -> Formula:
        try:
            return parse(str(said))
        except NotAFormula as problem:
            self.problems.append(f"{at}: {problem}")
            return parse("0")

    def bounds(self, at: str, said: Any) -> tuple[float, float]:
        if not isinstance(said, list) or len(said) != 2 or not all(isinstance(one, int | float) for one in said) or said[0] >= said[1]:
            self.problems.append(f"{at}: say [lowest, highest]")
            return 0.0, 0.0
        return float(said[0]), float(said[1])

    def languages(self, at: str, said: Any) -> dict[str, str]:
        told = said if isinstance(said, Mapping) else {}
        self.problems += [f"{at}.{language}: is missing" for language in LANGUAGES if not str(told.get(language) or "").strip()]
        return {language: str(told.get(language) or "").strip() for language in LANGUAGES}
