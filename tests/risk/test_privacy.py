"""What was told in private stays marked private, and no definition can forget to."""

import pytest

from aanchal.risk.conditions import facts_read
from aanchal.risk.rules import DefinitionError, load
from tests.risk.builders import HOUSEHOLD, indicator, said, toy

TOLD_IN_PRIVATE = {"violence_disclosed", "child_marriage", "marriage_imminent", "survivor_returned", "threatened"}


def test_it_marks_what_is_told_in_private():
    assert {fact.key for fact in HOUSEHOLD.facts if fact.is_private} == TOLD_IN_PRIVATE


def test_it_marks_every_reason_that_rests_on_it():
    assert {held.key for held in HOUSEHOLD.indicators if held.is_private} == {"F2", "G2", "M2"}
    assert {held.key for held in HOUSEHOLD.overrides if held.is_private} == TOLD_IN_PRIVATE - {"child_marriage"}


@pytest.mark.parametrize("held", [*HOUSEHOLD.indicators, *HOUSEHOLD.overrides], ids=lambda held: held.key)
def test_it_shows_on_a_village_list_only_what_rests_on_open_answers(held):
    condition = getattr(held, "deprived", None) or held.raised
    assert held.is_private is bool(facts_read(condition) & TOLD_IN_PRIVATE)


def test_it_refuses_an_indicator_that_would_tell_a_secret():
    mapping = toy(facts={"secret": {"kind": "yes_no", "private": True}},
                  indicators=[indicator("A", points=60, deprived={"any": [{"not": {"fact": "secret"}}]})])
    with pytest.raises(DefinitionError, match="indicators.A: reads the private fact 'secret' and must be private"):
        load(mapping)


def test_it_refuses_an_override_that_would_tell_a_secret():
    override = {"key": "O", "raised": {"fact": "a"}, "source": "test", "reason": said(), "task": said()}
    facts = toy()["facts"] | {"a": {"kind": "yes_no", "private": True}}
    with pytest.raises(DefinitionError, match="overrides.O: reads the private fact 'a' and must be private"):
        load(toy(facts=facts, overrides=[override]))
