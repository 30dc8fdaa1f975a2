"""Caste and religion are for disaggregation only: no definition may so much as name them."""

import pytest

from aanchal.risk.conditions import facts_read
from aanchal.risk.rules import DefinitionError, load
from tests.risk.builders import HOUSEHOLD, VILLAGE, indicator, toy

FORBIDDEN = ("social_category", "caste", "religion", "community", "tribe", "minority", "jati", "varna", "faith")


@pytest.mark.parametrize("definition", [HOUSEHOLD, VILLAGE], ids=lambda definition: definition.version)
def test_it_reads_no_fact_of_caste_or_religion(definition):
    conditions = [held.deprived for held in definition.indicators] + [held.raised for held in definition.overrides]
    read = {fact for condition in conditions for fact in facts_read(condition)}
    assert read == {fact.key for fact in definition.facts}
    assert not [fact for fact in read for word in FORBIDDEN if word in fact]


@pytest.mark.parametrize("name", ["social_category", "Caste", "head_religion", "minority_household"])
def test_it_refuses_a_definition_that_would_score_them(name):
    mapping = toy(
        facts={name: {"kind": "yes_no"}}, indicators=[indicator("A", points=60, deprived={"fact": name})])
    with pytest.raises(DefinitionError, match=f"facts.{name}: caste, religion and community are never scored"):
        load(mapping)
