"""The indicators as data: read from the file that ships, every fault named."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import orjson

from aanchal.core.yaml_files import read_yaml

SHIPPED = Path(__file__).with_name("indicators.yaml")
LANGUAGES = ("en", "hi", "te")
LEVELS = ("BLOCK", "DISTRICT", "STATE", "NATION")
UNITS, BETTER = ("PERCENT", "NUMBER", "DAYS", "RUPEES"), ("MORE", "LESS", "NEITHER")
EVERY = ("MONTH", "QUARTER", "HALF", "YEAR")
LACKS = ("NOT_RECORDED", "NOT_COUNTED", "RETURNS", "DIVISOR")


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
    lacks: str
    unit: str
    better: str
    levels: tuple[str, ...]
    every: str

    @property
    def sha256(self) -> str:
        told = {name: value for name, value in self.__dict__.items() if name not in ("version", "effective_from")}
        return hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()


def read(path: Path, measures: Mapping[str, object]) -> list[Indicator]:
    """Raises DefinitionError."""
    content = read_yaml(path)
    problems = [f"{code}: {said}" for code, told in content["indicators"].items() for said in _faults(told, measures)]
    if problems:
        raise DefinitionError(problems)
    return [_indicator(code, told, content) for code, told in content["indicators"].items()]


def _faults(told: dict, measures: Mapping[str, object]) -> list[str]:
    counts = told.get("counts", [])
    found = [f"no title in {language}" for language in LANGUAGES if not told.get("title", {}).get(language)]
    found += [f"unknown measure '{one}'" for one in counts if one not in measures]
    for name, known in (("unit", UNITS), ("better", BETTER), ("every", EVERY)):
        if told.get(name) not in known:
            found.append(f"{name} is '{told.get(name)}', not one of {', '.join(known)}")
    found += [f"unknown level '{one}'" for one in told.get("levels", ["none"]) if one not in LEVELS]
    if bool(counts) == bool(told.get("lacks")) or told.get("lacks", LACKS[0]) not in LACKS:
        found.append(f"either what it counts, or why it cannot be computed ({', '.join(LACKS)})")
    if counts and len(counts) != (2 if told.get("unit") == "PERCENT" else 1):
        found.append("a share needs two measures, a number one")
    return found


def _indicator(code: str, told: dict, content: dict) -> Indicator:
    numerator, denominator = [*told.get("counts", []), "", ""][:2]
    return Indicator(
        code=code, version=told.get("version", content["version"]), effective_from=content["effective_from"], titles=told["title"],
        numerator=numerator, denominator=denominator, lacks=told.get("lacks", ""), unit=told["unit"], better=told["better"],
        levels=tuple(told["levels"]), every=told["every"],
    )  # fmt: skip
