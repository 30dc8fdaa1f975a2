"""A definition that cannot be trusted is refused, with every fault named and placed."""

import copy

import pytest

from aanchal.risk.rules import DefinitionError, in_language, load
from tests.risk.builders import HOUSEHOLD, SHIPPED, VILLAGE, indicator, said, shipped, toy


def problems_of(mapping):
    with pytest.raises(DefinitionError) as refused:
        load(mapping)
    return refused.value.problems


def with_indicator(number=0, **changes):
    mapping = copy.deepcopy(toy())
    mapping["indicators"][number] |= changes
    return mapping


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.yaml")), ids=lambda path: path.stem)
def test_it_accepts_every_shipped_definition_under_the_version_of_its_file(path):
    assert load(shipped(path.stem)).version == path.stem


def test_it_reads_the_published_cutoffs():
    assert [(band.key, band.starts_at) for band in HOUSEHOLD.bands] == [
        ("NOT_AT_RISK", 0), ("VULNERABLE", 12), ("AT_RISK", 20), ("SEVERE", 30)]
    assert [(band.key, band.starts_at) for band in VILLAGE.bands] == [("LOW", 0), ("MEDIUM", 20), ("HIGH", 30)]
    assert HOUSEHOLD.total_points == VILLAGE.total_points == 60


def test_it_accepts_the_toy_definition():
    assert load(toy()).version == "toy-1"


WRONG_INDICATORS = [
    ({"deprived": {"fact": "salary"}}, "indicators.A: unknown fact 'salary'"),
    ({"deprived": {"fact": "a", "is": "yes"}},
     "indicators.A: 'a' is yes or no and can only be asked with is: true or is: false"),
    ({"deprived": {"fact": "a", "over": 3}},
     "indicators.A: 'a' is yes or no and can only be asked with is: true or is: false"),
    ({"deprived": {"none": []}}, "indicators.A: a condition needs fact, not, all or any, not ['none']"),
    ({"deprived": {"all": []}}, "indicators.A: 'all' needs a list of conditions"),
    ({"deprived": {"any": ["a"]}}, "indicators.A: a condition must be a mapping, not 'a'"),
    ({"deprived": None}, "indicators.A: deprived is missing or of the wrong kind"),
    ({"reason": {"en": "words", "hi": "words"}}, "indicators.A: reason has no translation in te"),
    ({"reason": {"en": "words", "hi": " ", "te": ""}}, "indicators.A: reason has no translation in hi, te"),
    ({"points": 0}, "indicators.A: points must be from 1 to 255, not 0"),
    ({"points": 7.5}, "indicators.A: points is missing or of the wrong kind"),
    ({"points": True}, "indicators.A: points is missing or of the wrong kind"),
    ({"source": ""}, "indicators.A: source is missing or of the wrong kind"),
    ({"private": "yes"}, "indicators.A: private must be true or false"),
    ({"dimension": "none"}, "indicators.A: unknown dimension 'none'"),
    ({"weight": 3}, "indicators.A: unexpected 'weight'"),
    ({"key": "B"}, "indicators: duplicate key 'B'"),
    ({"points": 14}, "dimensions.all: its indicators sum to 59 points, not 60"),
    ({"points": 14}, "indicators: points sum to 59, not the total of 60"),
]


@pytest.mark.parametrize(("change", "problem"), WRONG_INDICATORS)
def test_it_names_what_is_wrong_with_an_indicator(change, problem):
    assert problem in problems_of(with_indicator(**change))


NUMBERS = [
    ({"fact": "a"}, "needs one of over, at_least, below, is"),
    ({"fact": "a", "over": 1, "below": 3}, "needs one of over, at_least, below, is"),
    ({"fact": "a", "over": "much"}, "Invalid literal for Fraction: 'much'"),
    ({"fact": "a", "over": True}, "True is not a number"),
    ({"fact": "a", "over": 12}, "'a' over 12 never changes: it runs from 0 to 12"),
    ({"fact": "a", "below": 0}, "'a' below 0 never changes: it runs from 0 to 12"),
    ({"fact": "a", "at_least": 0}, "'a' at_least 0 never changes"),
    ({"fact": "a", "is": 13}, "'a' is 13 can never hold"),
    ({"fact": "a", "is": 1.5}, "'a' is 3/2 can never hold"),
    ({"fact": "a", "over": {"param": "line"}}, "unknown parameter 'line'"),
    ({"fact": "a", "over": {"fact": "b"}}, "unknown parameter 'None'"),
]


@pytest.mark.parametrize(("condition", "problem"), NUMBERS)
def test_it_names_what_is_wrong_with_a_comparison(condition, problem):
    mapping = with_indicator(deprived=condition) | {"facts": toy()["facts"] | {"a": {"kind": "number", "to": 12}}}
    assert any(problem in found and found.startswith("indicators.A") for found in problems_of(mapping))


WHOLE = [
    ({"version": None}, "definition: version is missing or of the wrong kind"),
    ({"complete_share": 0}, "definition: complete_share must be above 0 and at most 1"),
    ({"complete_share": "most"}, "definition: Invalid literal for Fraction: 'most'"),
    ({"effective_from": "April"}, "definition: Invalid isoformat string: 'April'"),
    ({"total_points": 300}, "definition: total_points must be from 1 to 255, not 300"),
    ({"colour": "red"}, "definition: unexpected 'colour'"),
    ({"title": {"en": "words"}}, "definition: title has no translation in hi, te"),
    ({"poor_from": "FINE"}, "poor_from: 'FINE' is not a band above the lowest"),
    ({"bands": []}, "bands: must rise from 0 to at most 60, not []"),
    ({"bands": [{"key": "POOR", "from": 70, "title": said()}]}, "bands: must rise from 0 to at most 60, not [70]"),
    ({"bands": [{"key": "UNKNOWN", "from": 0, "title": said()}, {"key": "POOR", "from": 30, "title": said()}]},
     "bands: 'UNKNOWN' is the band of a family of whom nothing is known"),
    ({"bands": {"POOR": 30}}, "bands: must be a list"),
    ({"bands": ["POOR"]}, "bands[1]: must be a mapping"),
    ({"facts": ["a"]}, "facts: must be a mapping of names"),
    ({"facts": {"a": "yes_no"}}, "facts.a: must be a mapping"),
    ({"facts": {"a": {"kind": "text"}}}, "facts.a: kind must be yes_no or number, not 'text'"),
    ({"facts": {"a": {"kind": "number"}}}, "facts.a: to is missing or of the wrong kind"),
    ({"facts": toy()["facts"] | {"e": {"kind": "yes_no"}}}, "facts.e: no indicator and no override reads it"),
    ({"parameters": {"line": {"value": 3, "unit": "days"}}}, "parameters.line: source is missing or of the wrong kind"),
    ({"overrides": [{"key": "O", "raised": {"fact": "a"}, "source": "test", "reason": said()}]},
     "overrides.O: task is missing or of the wrong kind"),
    ({"overrides": [{"key": f"O{n}", "raised": {"fact": "a"}, "source": "test", "reason": said(), "task": said()}
                    for n in range(17)]}, "overrides: 17, at most 16"),
    ({"total_points": 33, "dimensions": [{"key": "all", "points": 33, "title": said()}],
      "indicators": [indicator(f"I{n}", points=1, deprived={"fact": "abcd"[n % 4]}) for n in range(33)]},
     "indicators: 33, at most 32"),
]


@pytest.mark.parametrize(("change", "problem"), WHOLE)
def test_it_names_what_is_wrong_with_the_whole(change, problem):
    assert problem in problems_of(toy(**change))


def test_it_names_every_fault_at_once():
    mapping = with_indicator(0, deprived={"fact": "salary"}) | {"poor_from": None}
    mapping["indicators"][1]["reason"] = {"en": "words"}
    assert len(problems_of(mapping)) == 3


def test_it_refuses_what_is_no_mapping():
    assert problems_of(["toy"]) == ("definition: must be a mapping",)


def test_it_keeps_a_decimal_line_exact():
    facts = {"a": {"kind": "number", "to": 100}}
    line = {"line": {"value": 57.93, "unit": "per cent", "source": "test"}}
    for how, holds in {"below": [57], "over": [58], "at_least": [58]}.items():
        toys = [indicator("A", points=60, deprived={"fact": "a", how: {"param": "line"}})]
        condition = load(toy(facts=facts, parameters=line, indicators=toys)).indicators[0].deprived
        assert [value for value in (57, 58) if condition.truth({"a": value})] == holds


def test_it_falls_back_to_english_for_a_language_not_written_yet():
    reason = HOUSEHOLD.indicators[0].reason
    assert in_language(reason, "te") == reason["te"]
    assert in_language(reason, "or") == reason["en"]


def test_it_says_what_can_be_done_about_each_need():
    assert [dimension.key for dimension in HOUSEHOLD.dimensions if set(dimension.help) != {"en", "hi", "te"}] == []


def test_it_refuses_advice_without_a_translation():
    wanting = toy(dimensions=[{"key": "all", "points": 60, "title": said(), "help": {"en": "Visit"}}])
    with pytest.raises(DefinitionError, match="dimensions.all: help has no translation in hi, te"):
        load(wanting)
