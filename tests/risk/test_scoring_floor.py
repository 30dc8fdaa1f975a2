"""The benchmark's hand-written arithmetic must equal the compiled definition, or its floor means nothing."""

from aanchal.risk.batch import Batch
from bench import scoring
from tests.risk.builders import HOUSEHOLD


def test_it_computes_the_same_by_hand():
    columns, places, villages = scoring.households(5_000)
    ours = scoring._ours(Batch(HOUSEHOLD), columns, places, villages)
    scoring._assert_equal(ours, scoring._by_hand(columns, places, villages))


def test_it_makes_households_of_every_band_with_some_answers_wanting():
    columns, places, villages = scoring.households(5_000)
    scores = Batch(HOUSEHOLD).score(columns)
    assert set(scores.band) >= {1, 2, 3, 4}
    assert scores.unknown.any()
    assert scores.overrides.any()
    assert villages == 20
    assert set(places) == set(range(20))
