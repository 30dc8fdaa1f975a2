"""What the framework asks of a choice ("Selection of blocks for AHT pilot"), line by line."""

import pytest

from aanchal.selection import rules
from aanchal.selection.rules import Candidate, findings

STATE, DISTRICT = 1, 10


def district(key: int, *standings: str, state: int = STATE, band: str = "SEVERE") -> Candidate:
    return Candidate(key, state, frozenset(standings), band=band)


def block(key: int, *standings: str, above: tuple[str, ...] = ("INTENSIVE_DISTRICT",), parent: int = DISTRICT, band: str = "SEVERE"):
    return Candidate(key, parent, frozenset(standings), frozenset(above), band)


def told(level: str, *chosen: Candidate) -> list[tuple[str, int, bool]]:
    return [(one.code, one.key, one.is_grave) for one in findings(level, chosen)]


@pytest.mark.parametrize(
    ("standings", "expected"),
    [
        (("INTENSIVE_DISTRICT",), []),
        (("INTENSIVE_DISTRICT", "FEEDER_DISTRICT"), []),
        (("FEEDER_DISTRICT",), [("to_bring_in", 2, False)]),
        ((), [("not_intensive_district", 2, True)]),
    ],
)
def test_a_district_is_intensive_or_a_feeder_to_be_brought_in(standings, expected):
    assert told("DISTRICT", district(2, *standings)) == expected


@pytest.mark.parametrize(
    ("standings", "expected"),
    [
        (("INTENSIVE_BLOCK",), []),
        (("RESOURCE_BLOCK",), []),
        (("ADEQUATE_CBOS",), [("outside_with_cbos", 2, False)]),
        ((), [("outside_without_cbos", 2, True)]),
    ],
)
def test_a_block_is_intensive_or_a_resource_block_or_has_enough_groups(standings, expected):
    assert told("BLOCK", block(2, *standings)) == expected


@pytest.mark.parametrize(("above", "stopped"), [(("INTENSIVE_DISTRICT",), False), (("FEEDER_DISTRICT",), False), ((), True)])
def test_a_block_lies_in_an_intensive_district_or_one_to_be_brought_in(above, stopped):
    assert (("district_not_intensive", 2, True) in told("BLOCK", block(2, "INTENSIVE_BLOCK", above=above))) == stopped


@pytest.mark.parametrize(("count", "stopped"), [(1, False), (2, False), (3, True)])
def test_one_or_two_of_a_parent(count, stopped):
    districts = [district(n, "INTENSIVE_DISTRICT") for n in range(count)]
    blocks = [block(n, "INTENSIVE_BLOCK") for n in range(count)]
    assert (("too_many_districts", STATE, True) in told("DISTRICT", *districts)) == stopped
    assert (("too_many_blocks", DISTRICT, True) in told("BLOCK", *blocks)) == stopped


def test_two_of_each_parent_are_not_too_many():
    chosen = [district(n, "INTENSIVE_DISTRICT", state=n % 3) for n in range(6)]
    assert told("DISTRICT", *chosen) == []


def test_nothing_chosen_is_no_choice():
    assert told("DISTRICT") == [("nothing_chosen", 0, True)]


@pytest.mark.parametrize(
    ("band", "asked"), [("SEVERE", False), ("AT_RISK", False), ("VULNERABLE", True), ("NOT_AT_RISK", True), ("UNKNOWN", True)]
)
def test_a_place_outside_the_first_quarter_needs_a_reason(band, asked):
    assert (("not_among_first", 2, False) in told("DISTRICT", district(2, "INTENSIVE_DISTRICT", band=band))) == asked


@pytest.mark.parametrize(("now", "wanted"), [(a, b) for a in rules.TRANSITIONS for b in rules.TRANSITIONS])
def test_it_goes_from_draft_to_submitted_to_a_decision_and_nowhere_else(now, wanted):
    possible = {("DRAFT", "SUBMITTED"), ("SUBMITTED", "APPROVED"), ("SUBMITTED", "RETURNED")}
    assert rules.may_become(now, wanted) == ((now, wanted) in possible)
