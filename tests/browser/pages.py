"""Opening one page as one person, and all that every page keeps to: on a phone in Hindi and light, at a desk in English and dark."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser import rules_of_pages as rules
from tests.browser.visitor import DESK, PHONE

PICTURES = Path(__file__).resolve().parents[2] / "screenshots"
PHOTOGRAPHED = os.environ.get("SCREENSHOTS") == "1"
VIEWS = ((PHONE, "hi", "light"), (DESK, "en", "dark"))
MORE_VIEWS = ((PHONE, "te", "dark"), (DESK, "te", "light"))

in_each_view = pytest.mark.parametrize("view", VIEWS + (MORE_VIEWS if PHOTOGRAPHED else ()), ids=lambda view: f"{view[0]}-{view[1]}")


@dataclass(frozen=True)
class Kind:
    """A page as one person opens it; `press` is what opens it when it has no address of its own."""

    name: str
    username: str
    path: str
    press: str = ""
    expected: int = 200
    is_paper: bool = False
    nodes: int = rules.NODES


def wrong_on(arrive, ids: dict, kind: Kind, view: tuple) -> list[str]:
    """All that is measured, in the colours of this view."""
    width, language, theme = view
    visitor = arrive(kind.username, language=language, width=width, theme=theme)
    answer = _opened(visitor, kind, ids)
    wrong = rules.faults_axe_finds(visitor)
    photograph(visitor, f"{kind.name}-{width}-{language}-{theme}")
    if kind.is_paper:
        return wrong
    wrong += rules.sideways(visitor) if width == PHONE else rules.in_two_rows(visitor)
    return wrong + rules.too_heavy(visitor, answer.body(), kind.nodes)


def _opened(visitor, kind: Kind, ids: dict):
    answer = visitor.open(kind.path.format(**ids, wrong=ids["flagged"]["CONSTRAINT"][0]), kind.expected)
    if kind.press:
        with visitor.page.expect_navigation() as followed:
            visitor.page.locator(kind.press).first.click()
        answer = followed.value
    return answer


def photograph(visitor, name: str) -> None:
    if PHOTOGRAPHED:
        visitor.page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
