"""Rules of awards in plain Python: every way to have an interest, and a ranking that is the same whatever the order."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import product

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from aanchal.awards import rules
from aanchal.awards.actions import SHIPPED
from aanchal.awards.rules import CODES, TOLD, Facts, Refused
from aanchal.awards.terms import KINDS, Category, Interest
from aanchal.network.terms import StakeholderKind

EVERY = [Facts(*told) for told in product((False, True), (False, True), (False, True), (False, True), (None, False, True))]
DAY = date(2026, 3, 1)
scores = st.lists(st.lists(st.sampled_from([0, 333, 500, 667, 1000]), max_size=4), max_size=5)
"""Of nominees a, b, c and so on."""


def test_who_has_no_interest_and_said_so_is_clear_and_nobody_else():
    assert [facts for facts in EVERY if rules.is_clear(facts)] == [Facts(declared=False)]


@pytest.mark.parametrize("facts", EVERY, ids=str)
def test_each_interest_is_named_and_none_is_invented(facts):
    named = rules.interests(facts)
    expected = [code for name, code in zip(TOLD, CODES, strict=True) if getattr(facts, name)] + ["DECLARED"] * bool(facts.declared)
    assert list(named) == expected
    assert not (rules.is_clear(facts) and named)
    assert set(named) <= set(Interest.values)


@pytest.mark.parametrize(
    ("standing", "day", "stage"),
    [
        ("DRAFT", 0, "DRAFT"), ("ANNOUNCED", -1, "ANNOUNCED"), ("ANNOUNCED", 0, "OPEN"), ("ANNOUNCED", 30, "OPEN"),
        ("ANNOUNCED", 31, "JUDGED"), ("DECIDED", 0, "DECIDED"),
    ],
)  # fmt: skip
def test_the_first_and_the_last_day_belong_to_the_nominations(standing, day, stage):
    assert rules.stage(standing, DAY, DAY + timedelta(days=30), DAY + timedelta(days=day)) == stage


@given(scores, st.integers(2, 4))
def test_a_ranking_is_the_same_in_any_order_and_names_who_is_level(given_scores, least):
    told = dict(zip("abcde", given_scores, strict=False))
    ranked = rules.ranking(told, least)
    turned = {key: told[key][::-1] for key in reversed(told)}
    assert rules.ranking(turned, least) == ranked
    assert {one.nomination for one in ranked} == told.keys()
    by_id = {one.nomination: one for one in ranked}
    for key, one in by_id.items():
        assert (one.rank is None) == (len(told[key]) < least)
        if one.rank is not None:
            others = [other for other in ranked if other.points is not None]
            assert one.rank == 1 + sum(other.points > one.points for other in others)
            assert set(one.tied) == {other.nomination for other in others if other.points == one.points} - {key}
            assert one.points == Fraction(sum(told[key]), 10 * len(told[key]))


@given(scores, st.data())
def test_whoever_is_chosen_in_order_needs_no_words_and_out_of_order_does(given_scores, data):
    ranked = rules.ranking(dict(zip("abcde", given_scores, strict=False)), 2)
    able = [one.nomination for one in ranked if one.rank is not None]
    chosen = data.draw(st.sets(st.sampled_from(able))) if able else set()
    passed_over = [
        one for one in ranked if one.rank is not None and one.nomination not in chosen
        and any(other.rank >= one.rank for other in ranked if other.nomination in chosen)
    ]  # fmt: skip
    if chosen and not passed_over:
        rules.check_chosen(chosen, ranked, 6, "")
    else:
        with pytest.raises(Refused, match="say_why"):
            rules.check_chosen(chosen, ranked, 6, " ")
        rules.check_chosen(chosen, ranked, 6, "A reason")


def test_points_are_weighed_and_shown_with_two_decimals():
    weights = {"a": 30, "b": 70}
    assert rules.weighed({"a": 10, "b": 10}, weights) == 1000
    assert rules.weighed({"a": 5, "b": 0}, weights) == 150
    assert [rules.shown(one) for one in (Fraction(100), Fraction(200, 3), Fraction(1, 200), None)] == ["100.00", "66.67", "0.01", ""]


@pytest.mark.parametrize(
    "points", [{}, {"a": 5}, {"a": 5, "b": 11}, {"a": -1, "b": 5}, {"a": 5, "b": 5.0}, {"a": 5, "b": True}, {"a": 1, "b": 1, "c": 1}]
)
def test_points_that_cannot_be_are_refused(points):
    with pytest.raises(Refused, match="points"):
        rules.check_points(points, ["a", "b"])


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("Inspector Joshi led it.", True), ("KAMLA helped", True), ("(Joshi)", True), ("Joshipura led it.", False),
        ("The inspector led it.", False),
    ],
)  # fmt: skip
def test_a_name_is_found_in_a_text(text, is_named):
    assert rules.names(text, "Inspector Kamla Joshi") is is_named


def test_shipped_criteria_add_up_in_every_category_and_language():
    for version in yaml.safe_load(SHIPPED.read_text(encoding="utf-8")):
        assert set(version["categories"]) == set(Category.values)
        for lines in version["categories"].values():
            rules.check_weights([line["weight"] for line in lines])
            assert all(set(line["titles"]) == {"en", "hi", "te"} for line in lines)


def test_no_home_and_nobody_in_care_can_be_nominated():
    kinds = {kind for each in KINDS.values() for kind in each}
    assert kinds <= set(StakeholderKind.values)
    assert not kinds & {"HOME", "ONE_STOP", "CRP", "COUNSELLOR", "PARALEGAL"}
