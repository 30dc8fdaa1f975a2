"""Reads an index definition from plain data and says everything that is wrong with it, and where."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from functools import partial
from math import ceil, floor
from typing import Any as Anything

from aanchal.risk.conditions import All, Any, AtLeast, Below, Condition, Is, Not, facts_read
from aanchal.risk.consistency import faults_of
from aanchal.risk.definition import (
    LANGUAGES,
    Band,
    Definition,
    Dimension,
    Fact,
    Indicator,
    Override,
    Parameter,
    Service,
    Text,
)

MOST_POINTS = 255
# Disaggregated for audit, never scored: a name containing one of these is refused.
NEVER_SCORED = ("social_category", "caste", "religion", "community", "tribe", "minority")
COMPARISONS = ("over", "at_least", "below", "is")
PARTS = {"bands", "parameters", "facts", "services", "dimensions", "indicators", "overrides"}
HEAD = {"key", "version", "effective_from", "title", "total_points", "complete_share", "poor_from", "village_limit"}

Data = Mapping[str, Anything]


class DefinitionError(ValueError):
    """An index definition that cannot be used; `problems` names each fault and where it is."""

    def __init__(self, problems: Iterable[str]):
        self.problems = tuple(problems)
        super().__init__("; ".join(self.problems))


def load(mapping: Data) -> Definition:
    """The definition a mapping describes, or a DefinitionError with every problem found."""
    reading = _Reading(mapping)
    definition = reading.definition()
    if reading.problems or definition is None:
        raise DefinitionError(reading.problems)
    return definition


def condition(data: Anything, facts: Mapping[str, Fact]) -> Condition:
    """A condition over these facts as plain data says it; ValueError names what is wrong, an unknown fact among it."""
    reading = _Reading({})
    reading.facts = dict(facts)
    return reading._condition(data)


def with_parameters(mapping: Data, values: Mapping[str, Anything], *, version: str, source: str) -> dict[str, Anything]:
    """A state's own version of a definition: the same rules with its reference values in place of the national ones."""
    parameters = {key: dict(parameter) for key, parameter in mapping["parameters"].items()}
    unknown = sorted(values.keys() - parameters.keys())
    if unknown:
        raise DefinitionError(f"parameters: unknown parameter '{key}'" for key in unknown)
    for key, value in values.items():
        parameters[key] |= {"value": value, "source": source}
    return {**mapping, "version": version, "parameters": parameters}


class _Reading:
    """One pass over a definition, collecting problems instead of stopping at the first."""

    def __init__(self, mapping: Data):
        self.mapping = mapping
        self.problems: list[str] = []
        self.facts: dict[str, Fact] = {}
        self.parameters: dict[str, Parameter] = {}
        self.services: dict[str, Service] = {}

    def definition(self) -> Definition | None:
        if not isinstance(self.mapping, Mapping):
            self.problems.append("definition: must be a mapping")
            return None
        self._unexpected("definition", self.mapping, HEAD | PARTS)
        head = self._part("definition", self._head)
        self.facts = {fact.key: fact for fact in self._named("facts", self._fact)}
        self.parameters = {parameter.key: parameter for parameter in self._named("parameters", self._parameter)}
        self.services = {service.key: service for service in self._named("services", self._service)}
        parts: dict[str, Anything] = {
            "services": tuple(self.services.values()),
            "dimensions": self._listed("dimensions", self._dimension),
            "bands": self._listed("bands", self._band),
            "indicators": self._listed("indicators", self._indicator),
            "overrides": self._listed("overrides", self._override),
        }
        if self.problems or head is None:
            return None
        whole = Definition(**head, **parts, facts=tuple(self.facts.values()), parameters=tuple(self.parameters.values()))
        self.problems += faults_of(whole)
        return whole

    def _head(self) -> dict[str, Anything]:
        effective_from = _given(self.mapping, "effective_from", (date, str))
        share = Fraction(str(_given(self.mapping, "complete_share", (int, float, str))))
        total = _whole(self.mapping, "total_points", 1, MOST_POINTS)
        if not 0 < share <= 1:
            raise ValueError("complete_share must be above 0 and at most 1")
        return {
            "key": _given(self.mapping, "key", str),
            "version": _given(self.mapping, "version", str),
            "effective_from": date.fromisoformat(str(effective_from)),
            "title": _text(self.mapping, "title"),
            "total_points": total,
            "complete_share": share,
            "poor_from": _given(self.mapping, "poor_from", str),
            "village_limit": _whole(self.mapping, "village_limit", 0, MOST_POINTS) if "village_limit" in self.mapping else 0,
        }

    def _fact(self, key: str, data: Data) -> Fact:
        self._unexpected(f"facts.{key}", data, {"kind", "to", "private"})
        if any(word in key.lower() for word in NEVER_SCORED):
            raise ValueError("caste, religion and community are never scored")
        kind = _given(data, "kind", str)
        if kind not in ("yes_no", "number"):
            raise ValueError(f"kind must be yes_no or number, not '{kind}'")
        highest = _whole(data, "to", 1, 2**31 - 1) if kind == "number" else 1
        return Fact(key, kind == "number", highest, _flag(data, "private"))

    def _parameter(self, key: str, data: Data) -> Parameter:
        self._unexpected(f"parameters.{key}", data, {"value", "unit", "source"})
        value = _number(_given(data, "value", (int, float, str)))
        return Parameter(key, value, _given(data, "unit", str), _given(data, "source", str))

    def _service(self, key: str, data: Data) -> Service:
        return Service(key, _text({"title": data}, "title"))

    def _dimension(self, data: Data) -> Dimension:
        wording = _text(data, "help") if "help" in data else None
        return Dimension(_given(data, "key", str), _whole(data, "points", 1, MOST_POINTS), _text(data, "title"), wording)

    def _band(self, data: Data) -> Band:
        return Band(_given(data, "key", str), _whole(data, "from", 0, MOST_POINTS), _text(data, "title"))

    def _indicator(self, data: Data) -> Indicator:
        deprived = self._condition(_given(data, "deprived", Mapping))
        return Indicator(
            key=_given(data, "key", str),
            dimension=_given(data, "dimension", str),
            points=_whole(data, "points", 1, MOST_POINTS),
            deprived=deprived,
            source=_given(data, "source", str),
            reason=_text(data, "reason"),
            is_private=self._privacy(data, deprived),
            helps=self._services_named(data.get("helps", [])),
        )

    def _services_named(self, keys: Anything) -> tuple[str, ...]:
        if not isinstance(keys, list):
            raise ValueError("helps must be a list of services")
        unknown = [key for key in keys if key not in self.services]
        if unknown:
            raise ValueError(f"unknown service '{unknown[0]}'")
        return tuple(keys)

    def _override(self, data: Data) -> Override:
        raised = self._condition(_given(data, "raised", Mapping))
        return Override(
            key=_given(data, "key", str),
            raised=raised,
            source=_given(data, "source", str),
            reason=_text(data, "reason"),
            task=_text(data, "task"),
            is_private=self._privacy(data, raised),
        )

    def _privacy(self, data: Data, condition: Condition) -> bool:
        """A condition over a private fact must itself be private, or a village list would tell the secret."""
        is_private = _flag(data, "private")
        secrets = sorted(fact for fact in facts_read(condition) if self.facts[fact].is_private)
        if secrets and not is_private:
            raise ValueError(f"reads the private fact '{secrets[0]}' and must be private")
        return is_private

    def _condition(self, data: Data) -> Condition:
        if not isinstance(data, Mapping):
            raise ValueError(f"a condition must be a mapping, not {data!r}")
        if data.keys() == {"not"}:
            return Not(self._condition(data["not"]))
        if data.keys() in ({"all"}, {"any"}):
            joined, parts = next(iter(data.items()))
            if not isinstance(parts, list) or not parts:
                raise ValueError(f"'{joined}' needs a list of conditions")
            return (All if joined == "all" else Any)(tuple(map(self._condition, parts)))
        if "fact" in data:
            return self._comparison(data)
        raise ValueError(f"a condition needs fact, not, all or any, not {sorted(map(str, data))}")

    def _comparison(self, data: Data) -> Condition:
        fact = self._fact_named(data["fact"])
        how = [key for key in data if key != "fact"]
        if not fact.is_number:
            wanted = data.get("is", True)
            if how not in ([], ["is"]) or not isinstance(wanted, bool):
                raise ValueError(f"'{fact.key}' is yes or no and can only be asked with is: true or is: false")
            return Is(fact.key, int(wanted))
        if len(how) != 1 or how[0] not in COMPARISONS:
            raise ValueError(f"'{fact.key}' is a number and needs one of {', '.join(COMPARISONS)}")
        return _bounded(fact, how[0], self._value(data[how[0]]))

    def _fact_named(self, key: Anything) -> Fact:
        if key not in self.facts:
            raise ValueError(f"unknown fact '{key}'")
        return self.facts[key]

    def _value(self, data: Anything) -> Fraction:
        if not isinstance(data, Mapping):
            return _number(data)
        if data.keys() != {"param"} or data["param"] not in self.parameters:
            raise ValueError(f"unknown parameter '{data.get('param')}'")
        return self.parameters[data["param"]].value

    def _named(self, part: str, read: Callable[[str, Data], Anything]) -> list[Anything]:
        entries = self.mapping.get(part) or {}
        if not isinstance(entries, Mapping):
            self.problems.append(f"{part}: must be a mapping of names")
            return []
        found = [self._part(f"{part}.{key}", partial(_read_named, read, str(key), data)) for key, data in entries.items()]
        return [entry for entry in found if entry is not None]

    def _listed(self, part: str, read: Callable[[Data], Anything]) -> tuple[Anything, ...]:
        entries = self.mapping.get(part) or []
        if not isinstance(entries, list):
            self.problems.append(f"{part}: must be a list")
            return ()
        found = []
        for position, data in enumerate(entries, 1):
            key = data.get("key") if isinstance(data, Mapping) else None
            where = f"{part}.{key}" if key else f"{part}[{position}]"
            if isinstance(data, Mapping):
                self._unexpected(where, data, EXPECTED[part])
            found.append(self._part(where, partial(_read_one, read, data)))
        return tuple(entry for entry in found if entry is not None)

    def _part(self, where: str, read: Callable[[], Anything]) -> Anything:
        try:
            return read()
        except ValueError as fault:
            self.problems.append(f"{where}: {fault}")
            return None

    def _unexpected(self, where: str, data: Data, expected: set[str]) -> None:
        self.problems += [f"{where}: unexpected '{key}'" for key in data if key not in expected]


EXPECTED = {
    "dimensions": {"key", "points", "title", "help"},
    "bands": {"key", "from", "title"},
    "indicators": {"key", "dimension", "points", "deprived", "source", "reason", "private", "helps"},
    "overrides": {"key", "raised", "source", "reason", "task", "private"},
}


def _bounded(fact: Fact, how: str, value: Fraction) -> Condition:
    """A comparison with any exact number, said with whole numbers only; one that can never change is a mistake."""
    if how == "is":
        if value.denominator != 1 or not 0 <= value <= fact.highest:
            raise ValueError(f"'{fact.key}' is {value} can never hold: it runs from 0 to {fact.highest}")
        return Is(fact.key, int(value))
    bound = floor(value) + 1 if how == "over" else ceil(value)
    if not 0 < bound <= fact.highest:
        raise ValueError(f"'{fact.key}' {how} {value} never changes: it runs from 0 to {fact.highest}")
    return (Below if how == "below" else AtLeast)(fact.key, bound)


def _read_named(read: Callable[[str, Data], Anything], key: str, data: Anything) -> Anything:
    return read(key, _mapping(data))


def _read_one(read: Callable[[Data], Anything], data: Anything) -> Anything:
    return read(_mapping(data))


def _mapping(data: Anything) -> Data:
    if not isinstance(data, Mapping):
        raise ValueError("must be a mapping")
    return data


def _given(data: Data, key: str, kind: type | tuple[type, ...]) -> Anything:
    value = data.get(key)
    if value is None or value == "" or isinstance(value, bool) or not isinstance(value, kind):
        raise ValueError(f"{key} is missing or of the wrong kind")
    return value


def _flag(data: Data, key: str) -> bool:
    value = data.get(key, False)
    if not isinstance(value, bool):
        raise ValueError(f"{key} must be true or false")
    return value


def _whole(data: Data, key: str, lowest: int, highest: int) -> int:
    value: int = _given(data, key, int)
    if not lowest <= value <= highest:
        raise ValueError(f"{key} must be from {lowest} to {highest}, not {value}")
    return value


def _number(value: Anything) -> Fraction:
    """The number as it is written: 57.93 is 5793/100, not the float nearest to it."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError(f"{value!r} is not a number")
    return Fraction(str(value))


def _text(data: Data, key: str) -> Text:
    texts = _given(data, key, Mapping)
    wanting = [language for language in LANGUAGES if not str(texts.get(language) or "").strip()]
    if wanting:
        raise ValueError(f"{key} has no translation in {', '.join(wanting)}")
    return {str(language): str(text).strip() for language, text in texts.items()}
