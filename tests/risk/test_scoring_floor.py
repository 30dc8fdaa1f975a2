"""The benchmark's hand-written arithmetic must equal the compiled definition, or its floor means nothing."""

from aanchal.risk.batch import Batch
from bench import scoring
from tests.risk.builders import HOUSEHOLD


def test_it_computes_the_same_by_hand():
    nation = scoring.households(150_000)
    levels = scoring.ours(Batch(HOUSEHOLD), nation)
    scoring.assert_equal(levels, scoring.by_hand(nation))
    assert [len(level.urgent) for level in levels[1]] == [600, 6, 2, 1]


def test_it_makes_households_of_every_band_with_some_answers_wanting():
    nation = scoring.households(5_000)
    scores = Batch(HOUSEHOLD).score(nation.columns)
    assert set(scores.band) >= {1, 2, 3, 4}
    assert scores.unknown.any()
    assert scores.overrides.any()
    assert nation.villages == 20
    assert set(nation.places) == set(range(20))
