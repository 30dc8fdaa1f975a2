"""A bind of the form, and its conditions compiled."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .choices import Choices
from .compiler import Compiled


@dataclass(slots=True)
class Bind:
    """As written in the form."""

    type: str = "string"
    required: str = ""
    relevant: str = ""
    constraint: str = ""
    calculate: str = ""
    is_readonly: bool = False
    required_message: Mapping[str, str] = field(default_factory=dict)
    constraint_message: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Rules:
    """What is checked of one node, compiled; phones enforce `required` and `constraint` only where a control asks."""

    is_asked: bool = False
    required: Compiled | None = None
    relevant: Compiled | None = None
    constraint: Compiled | None = None
    calculate: Compiled | None = None
    choices: Choices | None = None
    count: Compiled | None = None
