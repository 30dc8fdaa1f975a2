"""What a rule of a scheme may ask of a family and of a person."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from aanchal.core.yaml_files import read_yaml
from aanchal.risk.definition import Fact, Text

SHIPPED = Path(__file__).parent / "questions.yaml"


@dataclass(frozen=True)
class Question:
    key: str
    of: str
    source: str
    fact: Fact
    title: Text

    @property
    def is_asked(self) -> bool:
        """Asked for the plan alone; the others come from surveys and from what is kept of the family."""
        return self.source == "asked"


@cache
def questions() -> dict[str, Question]:
    told = read_yaml(SHIPPED)
    return {key: _question(key, of, data) for of, listed in told.items() for key, data in listed.items()}


@cache
def facts() -> dict[str, Fact]:
    return {key: one.fact for key, one in questions().items()}


def _question(key: str, of: str, data: dict) -> Question:
    highest = data.get("to", 1)
    return Question(key, of, data["from"], Fact(key, "to" in data, highest, data.get("private", False)), data["title"])
