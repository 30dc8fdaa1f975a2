"""Villages alone: what they announce is kept here instead of reaching the apps above."""

import pytest

from aanchal.core import facts
from aanchal.villages.facts import SafetyPointRecorded, SituationRecorded


@pytest.fixture(autouse=True)
def announced():
    before, seen = dict(facts._flow), []
    facts.connect({fact: (seen.append,) for fact in (SituationRecorded, SafetyPointRecorded)})
    yield seen
    facts.connect(before)
