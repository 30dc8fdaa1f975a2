"""Sections of law as data (sections.yaml)."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from aanchal.core.yaml_files import read_yaml
from aanchal.places.models import in_language
from aanchal.rescue import rules

SHIPPED = Path(__file__).with_name("sections.yaml")


@dataclass(frozen=True)
class SectionOfLaw:
    section: rules.Section
    texts: dict[str, str]
    is_read: bool

    @property
    def local_text(self) -> str:
        return in_language(self.texts)


@cache
def sections() -> dict[str, SectionOfLaw]:
    """By code, in the order of the file."""
    told = read_yaml(SHIPPED)
    return {
        one["code"]: SectionOfLaw(
            rules.Section(one["code"], one.get("since"), one.get("until")), one["texts"], one.get("mark") == "READ"
        )
        for one in told
    }


def section(code: str) -> rules.Section | None:
    found = sections().get(code)
    return found.section if found else None


def sections_on(day: date) -> list[SectionOfLaw]:
    """Those that hold for what was done on a day."""
    return [one for one in sections().values() if rules.holds(one.section, day)]
