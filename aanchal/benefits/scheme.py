"""What a scheme consists of, read from plain data; everything that is wrong with it is said, and where."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from aanchal.benefits.questions import facts, questions
from aanchal.core.yaml_files import read_yaml
from aanchal.risk.conditions import Condition, facts_read
from aanchal.risk.definition import LANGUAGES, Text
from aanchal.risk.loading import condition

KINDS = ("HOUSING", "RATION", "PENSION", "SCHOOL", "STIPEND", "WATER", "LAND", "WORK", "INSURANCE", "MATERNITY", "SKILL", "RELIEF")
PER = ("ONCE", "MONTH", "YEAR", "KIND")
UNVERIFIED = ("rule", "amount", "days", "grace")
EXPECTED = {
    "title", "kind", "unit", "private", "eligible", "received", "gives", "amount", "documents", "office", "days", "renews", "grace",
    "source", "unverified",
}  # fmt: skip
MOST_DAYS = 730
MOST_RUPEES = 10_000_000
PAISE = 100
SHIPPED = Path(__file__).parent / "schemes"


class SchemeError(ValueError):
    """A scheme that cannot be used; `problems` names each fault and where it is."""

    def __init__(self, problems: Iterable[str]):
        self.problems = tuple(problems)
        super().__init__("; ".join(self.problems))


@dataclass(frozen=True)
class Scheme:
    code: str
    title: Text
    kind: str
    unit: str
    is_private: bool
    eligible: Condition
    received: Condition | None
    gives: Mapping[str, int]
    amount_paise: int
    per: str
    documents: tuple[str, ...]
    office: str
    days: int
    renews: int | None
    source: str
    unverified: tuple[str, ...]
    version: str = ""
    grace: int = 0
    """Days after its end within which a premium paid late still makes it hold again, from the day it was paid."""

    @property
    def is_of_person(self) -> bool:
        return self.unit == "person"

    @cached_property
    def asks(self) -> frozenset[str]:
        return facts_read(self.eligible) | (facts_read(self.received) if self.received else frozenset())


def shipped_schemes() -> dict[str, tuple[date, dict]]:
    """Code -> (holds from, content) of this version of the program."""
    found = {}
    for path in sorted(SHIPPED.glob("*.yaml")):
        told = read_yaml(path)
        found.update({code: (told["effective_from"], content) for code, content in told["schemes"].items()})
    return found


def load(code: str, data: Any, *, version: str = "") -> Scheme:
    """Raises SchemeError with every problem found; a rule over a question nobody asks names that question."""
    if not isinstance(data, Mapping):
        raise SchemeError([f"{code}: must be a mapping"])
    reading = _Reading(code, data)
    scheme = reading.scheme(version)
    if reading.problems or scheme is None:
        raise SchemeError(reading.problems)
    return scheme


class _Reading:
    """One pass over a scheme, collecting problems instead of stopping at the first."""

    def __init__(self, code: str, data: Mapping[str, Any]):
        self.code, self.data = code, data
        self.problems = [f"unexpected '{key}'" for key in data if key not in EXPECTED]

    def scheme(self, version: str) -> Scheme | None:
        given = {
            "unit": self._part("unit", lambda: _one_of(self.data.get("unit"), ("household", "person"))),
            "title": self._part("title", lambda: _text(self.data.get("title"))),
            "kind": self._part("kind", lambda: _one_of(self.data.get("kind"), KINDS)),
            "eligible": self._part("eligible", lambda: self._rule(self.data.get("eligible"))),
            "received": self._part("received", lambda: self._rule(self.data["received"]) if self.data.get("received") else None),
            "gives": self._part("gives", lambda: _gives(self.data.get("gives") or {})),
            "amount": self._part("amount", lambda: _amount(self.data.get("amount"))),
            "documents": self._part("documents", lambda: _words(self.data.get("documents"))),
            "office": self._part("office", lambda: _word(self.data.get("office"))),
            "days": self._part("days", lambda: _whole(self.data.get("days"), 1, MOST_DAYS)),
            "renews": self._part("renews", lambda: _whole(self.data["renews"], 1, 3650) if self.data.get("renews") else None),
            "grace": self._part("grace", lambda: _whole(self.data.get("grace") or 0, 0, 365)),
            "source": self._part("source", lambda: _word(self.data.get("source"))),
            "unverified": self._part("unverified", lambda: tuple(_one_of(one, UNVERIFIED) for one in self.data.get("unverified") or ())),
        }
        if self.problems:
            return None
        self._hold_privacy(given)
        amount_paise, per = given.pop("amount")
        return Scheme(self.code, is_private=bool(self.data.get("private")), amount_paise=amount_paise, per=per, version=version, **given)

    def _rule(self, data: Any) -> Condition:
        rule = condition(data, facts())
        persons = sorted(key for key in facts_read(rule) if questions()[key].of == "person")
        if persons and self.data.get("unit") == "household":
            raise ValueError(f"a scheme for the family cannot ask '{persons[0]}' of one person")
        return rule

    def _hold_privacy(self, given: dict[str, Any]) -> None:
        """A rule over what was told in private must itself be private, or a list would tell it."""
        rules = [given["eligible"], *([given["received"]] if given["received"] else [])]
        secrets = sorted(key for rule in rules for key in facts_read(rule) if facts()[key].is_private)
        if secrets and not self.data.get("private"):
            self.problems.append(f"eligible: asks '{secrets[0]}', which is told in private, and must be private")

    def _part(self, where: str, read: Callable[[], Any]) -> Any:
        try:
            return read()
        except (ValueError, KeyError, TypeError) as fault:
            self.problems.append(f"{where}: {fault}")
            return None


def _gives(data: Mapping[str, Any]) -> dict[str, int]:
    for key, value in data.items():
        if key not in facts():
            raise ValueError(f"unknown fact '{key}'")
        if not 0 <= int(value) <= facts()[key].highest:
            raise ValueError(f"'{key}' runs from 0 to {facts()[key].highest}")
    return dict(data)


def _amount(data: Any) -> tuple[int, str]:
    per = _one_of((data or {}).get("per"), PER)
    return _whole(data.get("rupees"), 0, MOST_RUPEES) * PAISE, per


def _whole(value: Any, lowest: int, highest: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
        raise ValueError(f"must be a whole number from {lowest} to {highest}")
    return value


def _one_of(value: Any, known: Iterable[str]) -> str:
    if value not in known:
        raise ValueError(f"must be one of {', '.join(known)}")
    return str(value)


def _word(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("is missing")
    return value.strip()


def _words(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError("must be a list")
    return tuple(map(_word, value))


def _text(value: Any) -> Text:
    wanting = [language for language in LANGUAGES if not str((value or {}).get(language) or "").strip()]
    if wanting:
        raise ValueError(f"no translation in {', '.join(wanting)}")
    return {str(language): str(text).strip() for language, text in value.items()}
