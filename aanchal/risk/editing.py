"""What an expert may change in a definition: points, cut-offs, bands, the village's limit. Its questions stay as they are."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from aanchal.risk.loading import COMPARISONS

Content = dict[str, Any]


@dataclass(frozen=True)
class Cutoff:
    """A number an answer is held against, inside an indicator; `part` is its place among the indicator's own."""

    indicator: str
    part: int
    fact: str
    how: str
    value: Any

    @property
    def name(self) -> str:
        return f"cutoff_{self.indicator}_{self.part}"


def cutoffs(content: Mapping[str, Any]) -> list[Cutoff]:
    return [
        Cutoff(indicator["key"], n, data["fact"], how, data[how])
        for indicator in content["indicators"]
        for n, (data, how) in enumerate(_numbers(indicator["deprived"]))
    ]


def edited(content: Mapping[str, Any], values: Mapping[str, Any]) -> Content:
    """The definition with other numbers, by the names of the editor's fields; what is not named stays."""
    new = deepcopy(dict(content))
    for indicator in new["indicators"]:
        indicator["points"] = values.get(f"points_{indicator['key']}", indicator["points"])
        for n, (data, how) in enumerate(_numbers(indicator["deprived"])):
            data[how] = values.get(f"cutoff_{indicator['key']}_{n}", data[how])
    for key, parameter in (new.get("parameters") or {}).items():
        told = values.get(f"parameter_{key}", parameter["value"])
        if str(told) != str(parameter["value"]):
            parameter |= {"value": told, "source": values.get("source") or parameter["source"]}
    for band in new["bands"]:
        band["from"] = values.get(f"band_{band['key']}", band["from"])
    new["village_limit"] = values.get("village_limit", new.get("village_limit", 0))
    return _summed(new)


def _summed(content: Content) -> Content:
    """A dimension weighs what its indicators weigh."""
    for dimension in content["dimensions"]:
        dimension["points"] = sum(one["points"] for one in content["indicators"] if one["dimension"] == dimension["key"])
    return content


def _numbers(condition: Any) -> Iterator[tuple[dict[str, Any], str]]:
    """Every comparison with a number of its own, in the order in which it is written."""
    match condition:
        case {"not": part}:
            yield from _numbers(part)
        case {"all": parts} | {"any": parts}:
            for part in parts:
                yield from _numbers(part)
        case {"fact": _}:
            yield from ((condition, how) for how in COMPARISONS if _is_number(condition.get(how)))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | str) and not isinstance(value, bool)
