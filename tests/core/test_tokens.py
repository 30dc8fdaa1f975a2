"""The colours of both themes keep their contrast, inside pictures too, where no accessibility checker looks."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[2] / "aanchal/core/static/aanchal/aanchal.css").read_text()
TABLES = {"light": ":root {", "dark": '[data-theme="dark"] {', "auto": '[data-theme="auto"] {'}

TEXT = [
    *[("ink", ground) for ground in ("paper", "card", "wash", "good-bg", "bad-bg", "warn-bg", "info-bg", "hamlet", "ground", "land")],
    *[("mute", ground) for ground in ("paper", "card", "ground", "hamlet", "wash")],
    *[("link", ground) for ground in ("paper", "card", "wash")],
    *[("on-brand", "brand"), ("brand-soft", "brand"), ("zari", "brand")],
    *[("on-action", "action"), ("on-action", "action-deep"), ("on-place", "help"), ("on-place", "danger")],
    *[(tone, f"{tone}-bg") for tone in ("good", "bad", "warn", "info")],
    *[("bad", "card"), ("bad", "paper"), ("calamity-edge", "ground")],
]
BANDS = ("unknown", "safe", "vulnerable", "risk", "severe", "urgent")
MARKS = [
    *[(band, ground) for band in BANDS for ground in ("card", "paper", "ground", "hamlet", "land", "calamity", "wash")],
    *[("safe", "good-bg"), ("vulnerable", "warn-bg"), ("risk", "bad-bg"), ("severe", "bad-bg"), ("urgent", "bad-bg")],
    *[(place, ground) for place in ("help", "danger") for ground in ("ground", "hamlet", "land", "calamity")],
    *[("edge", "card"), ("edge", "paper"), ("focus", "card"), ("focus", "paper"), ("focus", "ground"), ("zari", "brand")],
    *[("calamity-edge", "calamity"), ("link", "wash")],
]


def tokens(theme: str) -> dict[str, str]:
    table = CSS.split(TABLES[theme], 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", table))


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_it_keeps_text_readable(theme: str, front: str, back: str) -> None:
    table = tokens(theme)
    assert contrast(table[front], table[back]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), MARKS)
def test_it_keeps_marks_visible(theme: str, front: str, back: str) -> None:
    table = tokens(theme)
    assert contrast(table[front], table[back]) >= 3


def test_it_has_the_same_tokens_in_every_theme() -> None:
    assert tokens("auto") == tokens("dark")
    assert set(tokens("dark")) == set(tokens("light"))


def test_it_measures_contrast_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
