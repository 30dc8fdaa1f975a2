"""The actions a village begins its roadmap with, from the framework (roadmap.yaml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from aanchal.core.yaml_files import read_yaml
from aanchal.villages.terms import Doer

SOURCE = Path(__file__).with_name("roadmap.yaml")


@dataclass(frozen=True)
class DefaultAction:
    key: str
    who: str
    days: int
    source: str
    titles: Mapping[str, str]

    @property
    def title(self) -> str:
        return self.titles["en"]

    @property
    def local_title(self) -> str:
        return self.titles.get((get_language() or "en")[:2]) or self.title

    @property
    def who_label(self) -> str:
        return Doer(self.who).label


@cache
def default_actions() -> tuple[DefaultAction, ...]:
    return tuple(DefaultAction(key=key, **action) for key, action in read_yaml(SOURCE).items())
