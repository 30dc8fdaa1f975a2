"""What is wrong with a set of figures, and what may follow what in a return."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from aanchal import nodal
from aanchal.nodal import rules
from tests.nodal.builders import FIGURES

SHIPPED = yaml.safe_load((Path(nodal.__path__[0]) / "editions.yaml").read_text(encoding="utf-8"))
[EDITION] = [one for one in SHIPPED["editions"] if one["kind"] == "RETURN"]
HEADS = [head["key"] for head in EDITION["heads"]]
CHECKS = rules.checks(EDITION["checks"])


def found(told=None, **more):
    figures = {head: n for head, n in (FIGURES | (told or {})).items() if n is not None}
    return {(one.code, one.head, one.severity) for one in rules.findings(figures, HEADS, CHECKS, **more)}


def test_the_checks_of_the_edition_speak_only_of_its_heads():
    named = {head for total, parts in CHECKS.sums for head in (total, *parts)}
    named |= {head for came, went in CHECKS.balances for head in (*came, *went)} | set(CHECKS.watched)
    named |= {head for pairs in (CHECKS.carried, CHECKS.at_most, CHECKS.needs, CHECKS.equal) for pair in pairs for head in pair}
    assert named <= set(HEADS) == set(FIGURES)


def test_it_says_nothing_of_figures_that_stand_up():
    assert found() == set()


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"cases_total": 25, "police_pending_end": 45}, ("sum", "cases_total", "HARD")),
        ({"rescued_total": None}, ("empty", "rescued_total", "HARD")),
        ({"police_pending_end": 40}, ("balance", "police_pending_end", "HARD")),
        ({"court_pending_end": 0}, ("balance", "court_pending_end", "HARD")),
        ({"nationality_other": 1}, ("sum", "rescued_total", "HARD")),
        ({"persons_chargesheeted": 32}, ("more_than", "persons_chargesheeted", "EXPLAIN")),
        ({"persons_convicted": 21}, ("more_than", "persons_convicted", "EXPLAIN")),
        ({"missing_fir": 50}, ("fewer_than", "missing_fir", "EXPLAIN")),
        ({"missing_fir": 53}, ("more_than", "missing_fir", "EXPLAIN")),
        ({"court_convicted": 0, "court_acquitted": 5}, ("without", "persons_convicted", "EXPLAIN")),
    ],
)
def test_it_names_what_is_wrong(told, expected):
    assert expected in found(told)


def test_it_asks_about_what_moved_since_the_last_period_and_what_was_not_carried():
    last = FIGURES | {"police_pending_end": 41, "court_pending_end": 90, "missing_total": 5, "cases_total": 20}
    assert found(previous=last) == {("carried", "police_pending_start", "EXPLAIN"), ("moved", "missing_total", "EXPLAIN")}


@pytest.mark.parametrize(("now", "then", "moved"), [(10, 0, False), (11, 0, True), (0, 11, True), (100, 60, True), (100, 75, False)])
def test_a_move_is_more_than_chance(now, then, moved):
    assert rules.has_moved(now, then) is moved


def test_a_state_is_at_least_its_districts():
    districts = {1: {"missing_total": 50}, 2: {"missing_total": 3}}
    assert ("below_districts", "missing_total", "HARD") in found(districts=districts)
    assert ("above_districts", "missing_total", "EXPLAIN") in found(districts={1: {"missing_total": 20}, 2: {"missing_total": 3}})
    assert found(districts={1: {"missing_total": 52}}) == set()
    assert found(districts={1: {"missing_total": 20}, 2: {"cases_itpa": 4}}) == set()


def test_totals_of_a_district_are_checked_too():
    [one] = rules.arithmetic({"missing_girls": 1, "missing_boys": 1, "missing_other": 0, "missing_total": 3}, CHECKS, 7)
    assert (one.code, one.head, one.district, dict(one.told)) == ("sum", "missing_total", 7, {"total": 3, "added": 2})


@settings(max_examples=60)
@given(st.lists(st.integers(0, 10_000), min_size=6, max_size=6), st.integers(0, 5), st.integers(-50, 50))
def test_a_total_is_accepted_exactly_when_its_parts_add_up(parts, which, off):
    heads = ["cases_143", "cases_144", "cases_itpa", "cases_bonded", "cases_child_labour", "cases_other"]
    told = dict(zip(heads, parts, strict=True)) | {"cases_total": max(sum(parts) + off, 0)}
    assert bool(rules.arithmetic(told, CHECKS)) is (told["cases_total"] != sum(parts))
    del told[heads[which]]
    assert rules.arithmetic(told, CHECKS) == []


@given(st.lists(st.sampled_from(["SUBMIT", "QUERY", "APPROVE", "ACCEPT", "LOCK", "REPLACE"]), max_size=25))
def test_what_is_locked_is_only_ever_replaced(events):
    standing, accepted = "DRAFT", False
    for event in events:
        before = standing
        if event in rules.TRANSITIONS[standing]:
            standing = rules.step(standing, event)
        else:
            with pytest.raises(rules.Refused, match="locked" if before in ("LOCKED", "AMENDED") else "not_from_here"):
                rules.step(standing, event)
        accepted |= standing == "ACCEPTED"
        assert not (accepted and standing in rules.WRITTEN_IN)
        assert before != "LOCKED" or standing in ("LOCKED", "AMENDED")


@pytest.mark.parametrize(
    ("kind", "starts_on", "last", "before"),
    [
        ("MONTH", date(2026, 1, 1), date(2026, 1, 31), date(2025, 12, 1)),
        ("MONTH", date(2028, 2, 1), date(2028, 2, 29), date(2028, 1, 1)),
        ("QUARTER", date(2026, 10, 1), date(2026, 12, 31), date(2026, 7, 1)),
        ("YEAR", date(2026, 1, 1), date(2026, 12, 31), date(2025, 1, 1)),
    ],
)
def test_periods_begin_and_end_where_they_should(kind, starts_on, last, before):
    assert rules.is_period(kind, starts_on)
    assert (rules.last_day(kind, starts_on), rules.before(kind, starts_on)) == (last, before)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (3, (3, "")), (3.0, (3, "")), ("1,23,456", (123456, "")), ("१२", (12, "")), (" 0 ", (0, "")), ("", (None, "")), (None, (None, "")),
        ("twelve", (None, "letters")), ("=A1+2", (None, "formula")), ("-3", (None, "negative")), (-3, (None, "negative")),
        (2.5, (None, "not_whole")), ("2.5", (None, "not_whole")),
        ("2.x", (None, "letters")), (True, (None, "letters")), (date(2026, 1, 1), (None, "letters")),
        (float("inf"), (None, "not_whole")), (10**10, (None, "too_large")), ("²", (None, "letters")),
    ],
)  # fmt: skip
def test_a_cell_is_a_count_or_it_is_said_why_not(cell, told):
    assert rules.count_of(cell) == told


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 40), min_size=1))
def test_no_sum_tells_a_small_part_within_two(parts):
    """Against every way in which what is hidden could be small and large."""
    hidden = rules.hidden_parts(parts)
    small = [key for key in hidden if 0 < parts[key] < 11]
    assert {key for key, n in parts.items() if 0 < n < 11} == set(small)
    if not small or hidden == set(parts):
        return
    total, others = sum(parts[key] for key in hidden), len(hidden) - len(small)
    possible = [n for n in range(1, 11) if any(others or rest == total - n for rest in range(len(small) - 1, 10 * (len(small) - 1) + 1))
                and total - n >= (len(small) - 1) + 11 * others]  # fmt: skip
    assert possible[-1] - possible[0] >= 5


@pytest.mark.parametrize(
    ("parts", "hidden"),
    [
        ({"a": 57, "b": 14, "c": 10, "d": 10}, "bcd"), ({"a": 57, "b": 30, "c": 1, "d": 11}, "bcd"),
        ({"a": 57, "b": 30, "c": 5, "d": 6}, "cd"), ({"a": 0, "b": 20}, ""), ({"a": 3, "b": 0}, "ab"), ({"a": 1, "b": 11}, "ab"),
    ],
)  # fmt: skip
def test_the_smallest_of_the_others_hide_beside_small_ones(parts, hidden):
    assert rules.hidden_parts(parts) == set(hidden)


@given(st.dictionaries(st.sampled_from("abc"), st.integers(0, 5)), st.dictionaries(st.sampled_from("abc"), st.integers(0, 5)))
def test_the_difference_tells_exactly_what_changed(old, new):
    changes = rules.difference({(key, None): n for key, n in old.items()}, {(key, None): n for key, n in new.items()})
    rebuilt = dict(old)
    for change in changes:
        assert change.before != change.after
        rebuilt[change.head] = change.after
    assert {key: n for key, n in rebuilt.items() if n is not None} == new
