"""The band of a score: exact on every boundary, whatever part of the points was answered."""

from fractions import Fraction

import pytest

from aanchal.risk.rules import UNKNOWN, assess
from tests.risk.builders import HOUSEHOLD, VILLAGE

EVERY_SCORE = [(points, observed) for observed in range(4, 61, 4) for points in range(0, observed + 1, 4)]
EVERY_VILLAGE_SCORE = [(points, observed) for observed in range(5, 61, 5) for points in range(0, observed + 1, 5)]
SIMPLE = [
    "breadwinner_lost", "livelihood_lost", "substance_harm", "violence_disclosed", "girl_out_of_school",
    "child_marriage", "child_working", "unverified_migrant", "agent_approach",
]


def expected_of(score):
    if score >= Fraction(1, 2):
        return "SEVERE"
    if score >= Fraction(1, 3):
        return "AT_RISK"
    return "VULNERABLE" if score >= Fraction(1, 5) else "NOT_AT_RISK"


@pytest.mark.parametrize(("points", "observed"), EVERY_SCORE)
def test_it_bands_a_family_exactly_over_what_was_answered(points, observed):
    assert HOUSEHOLD.band(points, observed) == expected_of(Fraction(points, observed))


@pytest.mark.parametrize(("points", "observed"), EVERY_VILLAGE_SCORE)
def test_it_bands_a_village_exactly_over_what_was_answered(points, observed):
    score = Fraction(points, observed)
    expected = "HIGH" if score >= Fraction(1, 2) else "MEDIUM" if score >= Fraction(1, 3) else "LOW"
    assert VILLAGE.band(points, observed) == expected


@pytest.mark.parametrize(("points", "band"), [
    (8, "NOT_AT_RISK"), (12, "VULNERABLE"), (16, "VULNERABLE"), (20, "AT_RISK"), (28, "AT_RISK"), (32, "SEVERE"),
    (60, "SEVERE"),
])
def test_it_uses_the_published_lines_when_everything_was_answered(points, band):
    assert HOUSEHOLD.band(points, 60) == band


@pytest.mark.parametrize(("points", "band"), [
    (11, "NOT_AT_RISK"), (12, "VULNERABLE"), (19, "VULNERABLE"), (20, "AT_RISK"), (29, "AT_RISK"), (30, "SEVERE")])
def test_it_changes_band_at_the_line_itself(points, band):
    assert HOUSEHOLD.band(points, 60) == band


def test_it_has_no_band_where_nothing_was_answered():
    result = assess(HOUSEHOLD, {})
    assert (result.band, result.points, result.observed_points, result.score) == (UNKNOWN, 0, 0, None)
    assert result.is_complete is False


@pytest.mark.parametrize("observed", range(0, 61, 4))
def test_it_is_complete_from_four_fifths_of_the_points(observed):
    assert HOUSEHOLD.is_complete(observed) is (observed >= 48)


@pytest.mark.parametrize("answered", range(1, len(SIMPLE) + 1))
def test_it_scores_only_what_was_answered(answered):
    result = assess(HOUSEHOLD, {**dict.fromkeys(SIMPLE[:answered], False), SIMPLE[0]: True})
    assert (result.points, result.observed_points) == (4, 4 * answered)
    assert result.score == Fraction(1, answered)
    assert len(result.unknown) == 15 - answered
