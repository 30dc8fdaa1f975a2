"""Pictures carry their figures in words and cannot carry anything else."""

import re

import pytest

from aanchal.core.pictures import Bar, Part, band_bar, bar_list, spark

RISKY = '"><script>alert(1)</script>'


def widths(picture: str) -> list[float]:
    return [float(w) for w in re.findall(r'class="seg"[^>]* width="([\d.]+)"', picture)]


@pytest.mark.parametrize(
    "picture",
    [
        bar_list([Bar(RISKY, 3)], title=RISKY),
        band_bar([Part("SEVERE", RISKY, 3)], title=RISKY),
    ],
)
def test_it_never_lets_words_become_markup(picture: str) -> None:
    assert "<script" not in picture
    assert "&lt;script&gt;" in picture
    assert "style=" not in picture


def test_it_says_its_figures_to_those_who_cannot_see_it() -> None:
    picture = band_bar([Part("SEVERE", "Severe", 120000), Part("AT_RISK", "At risk", 3)], title="Most are severe")
    assert ">Most are severe</title>" in picture
    assert ">Severe: 1,20,000; At risk: 3</desc>" in picture


def test_it_gives_every_band_its_share_of_the_bar() -> None:
    severe, risk = widths(band_bar([Part("SEVERE", "a", 30), Part("UNKNOWN", "b", 0), Part("AT_RISK", "c", 10)], title="t"))
    assert (severe + 2, risk + 2) == (480, 160)


def test_it_draws_nobody_as_an_empty_bar() -> None:
    assert widths(band_bar([Part("SEVERE", "a", 0)], title="t")) == []
    assert widths(bar_list([Bar("a", 0)], title="t")) == []
    assert "<svg" in bar_list([], title="t")


def test_it_measures_bars_by_the_longest() -> None:
    assert widths(bar_list([Bar("a", 50), Bar("b", 100)], title="t")) == [170, 340]


@pytest.mark.parametrize("values", [[], [5], [5, 5], [1, 9, 4]])
def test_it_draws_a_line_from_any_values(values: list[int]) -> None:
    points = re.search(r'd="M([^"]+)"', spark(values)).group(1).split("L")
    assert len(points) == max(len(values), 2)
    assert "nan" not in spark(values)
