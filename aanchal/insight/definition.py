"""The indicators as data: read from the file that ships, every fault named."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from aanchal.core.yaml_files import read_yaml

SHIPPED = Path(__file__).with_name("indicators.yaml")
LANGUAGES = ("en", "hi", "te")
LEVELS = ("BLOCK", "DISTRICT", "STATE", "NATION")
UNITS, BETTER = ("PERCENT", "NUMBER", "DAYS", "RUPEES"), ("MORE", "LESS", "NEITHER")
EVERY = ("MONTH", "QUARTER", "HALF", "YEAR")
LACKS = ("INCOME",)


class DefinitionError(ValueError):
    """A file of indicators that cannot be used; `problems` names each fault and where it is."""

    def __init__(self, problems: list[str]):
        self.problems = tuple(problems)
        super().__init__("; ".join(problems))


@dataclass(frozen=True)
class Indicator:
    """`numerator` and `denominator` name measures; both are empty where it cannot be computed, and `lacks` says why."""

    code: str
    version: int
    effective_from: date
    titles: Mapping[str, str]
    numerator: str
    denominator: str
    is_typical: bool
    lacks: str
    unit: str
    better: str
    levels: tuple[str, ...]
    every: str

    @property
    def is_share(self) -> bool:
        return bool(self.denominator) and not self.is_typical

    @property
    def sha256(self) -> str:
        """What is no typical value is as it was before there were any."""
        left_out = ("version", "effective_from") if self.is_typical else ("version", "effective_from", "is_typical")
        told = {name: value for name, value in self.__dict__.items() if name not in left_out}
        return hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()


def read(path: Path, measures: Mapping[str, Any]) -> list[Indicator]:
    """Raises DefinitionError."""
    content = read_yaml(path)
    problems = [f"{code}: {said}" for code, told in content["indicators"].items() for said in _faults(told, measures)]
    if problems:
        raise DefinitionError(problems)
    return [_indicator(code, told, content, measures) for code, told in content["indicators"].items()]


def _faults(told: dict, measures: Mapping[str, Any]) -> list[str]:
    counts = told.get("counts", [])
    found = [f"no title in {language}" for language in LANGUAGES if not told.get("title", {}).get(language)]
    found += [f"unknown measure '{one}'" for one in counts if one not in measures]
    for name, known in (("unit", UNITS), ("better", BETTER), ("every", EVERY)):
        if told.get(name) not in known:
            found.append(f"{name} is '{told.get(name)}', not one of {', '.join(known)}")
    found += [f"unknown level '{one}'" for one in told.get("levels", ["none"]) if one not in LEVELS]
    if bool(counts) == bool(told.get("lacks")) or told.get("lacks", LACKS[0]) not in LACKS:
        found.append(f"either what it counts, or why it cannot be computed ({', '.join(LACKS)})")
    typical = [measures[one].typical for one in counts[:1] if one in measures]
    if counts and len(counts) != (1 if told.get("unit") == "NUMBER" and not any(typical) else 2):
        found.append("a share needs two measures, a number one")
    if any(one is not None and [one.of] != counts[1:] for one in typical):
        found.append("what is typical stands over those of whom it is")
    return found


def _indicator(code: str, told: dict, content: dict, measures: Mapping[str, Any]) -> Indicator:
    numerator, denominator = [*told.get("counts", []), "", ""][:2]
    is_typical = bool(numerator) and measures[numerator].typical is not None
    return Indicator(
        code=code, version=told.get("version", content["version"]), effective_from=content["effective_from"], titles=told["title"],
        numerator=numerator, denominator=denominator, is_typical=is_typical, lacks=told.get("lacks", ""), unit=told["unit"],
        better=told["better"], levels=tuple(told["levels"]), every=told["every"],
    )  # fmt: skip
