"""What validation found: the faults, and the answers that stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class FaultKind(StrEnum):
    TYPE = "TYPE"
    REQUIRED = "REQUIRED"
    IRRELEVANT_VALUE = "IRRELEVANT_VALUE"
    CONSTRAINT = "CONSTRAINT"
    CALCULATION = "CALCULATION"
    CHOICE = "CHOICE"
    REPEAT_COUNT = "REPEAT_COUNT"
    UNKNOWN_NODE = "UNKNOWN_NODE"
    DUPLICATE_NODE = "DUPLICATE_NODE"
    UNSUPPORTED = "UNSUPPORTED"


@dataclass(frozen=True, slots=True)
class Fault:
    """`path` numbers the repeats (/data/member[2]/age), `field` does not (/data/member/age).

    `value` is only ever a known choice, a number or a date: never a text, so never a name. `message` is the form's
    own message by language, empty where the form has none.
    """

    kind: FaultKind
    path: str
    value: str | None = None
    message: Mapping[str, str] = field(default_factory=dict)
    field: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`answers` nests groups as dicts and repeats as lists; what is not relevant is absent, what is blank is None."""

    ok: bool
    faults: tuple[Fault, ...]
    answers: Mapping[str, Any]
