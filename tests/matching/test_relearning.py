"""What people decided changes the weights a little, and the change is judged on pairs it was not learnt from."""

import json

import pytest

from aanchal.matching import relearning
from aanchal.matching.engine.model import SHIPPED
from aanchal.matching.relearning import Decided, TooFew

TOLD = json.loads(SHIPPED.read_text())


def decided(count: int) -> list[Decided]:
    """Here the father's name is always the same when she is, and languages never say anything."""
    same = Decided({"given": 6, "father": 1, "birth": 4, "languages": 2}, True)
    other = Decided({"given": 6, "father": 5, "birth": 4, "languages": 2}, False)
    return [same, same, other, other] * (count // 4)


def bits(told, name, level):
    return next(one["bits"] for one in told["comparisons"][name]["levels"] if one["level"] == level)


def test_too_few_decisions_teach_nothing():
    with pytest.raises(TooFew):
        relearning.learnt(TOLD, decided(20), "2", "2026-04-01")


def test_decisions_of_one_kind_teach_nothing():
    with pytest.raises(TooFew):
        relearning.learnt(TOLD, [Decided({"given": 1}, True)] * 100, "2", "2026-04-01")


def test_what_is_often_so_among_the_same_counts_more():
    made, figures = relearning.learnt(TOLD, decided(400), "2", "2026-04-01")
    assert bits(made, "father", 1) > bits(TOLD, "father", 1)
    assert bits(made, "languages", 2) > bits(TOLD, "languages", 2)
    assert (made["version"], made["learnt_from_decisions"]) == ("2", 400)
    assert figures["told_apart"] == {"before": 1.0, "after": 1.0}


def test_no_weight_moves_further_than_it_may():
    made, _ = relearning.learnt(TOLD, decided(4_000), "2", "2026-04-01")
    for name, comparison in made["comparisons"].items():
        for level in comparison["levels"]:
            assert abs(level["bits"] - bits(TOLD, name, level["level"])) <= relearning.MOST_CHANGE + 1e-6


def test_the_old_model_is_not_touched():
    before = json.dumps(TOLD)
    relearning.learnt(TOLD, decided(400), "2", "2026-04-01")
    assert json.dumps(TOLD) == before
