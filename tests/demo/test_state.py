"""The demo's state: fictional, whole, and nowhere."""

import csv
from collections import Counter
from itertools import combinations
from math import cos, dist, radians
from pathlib import Path

import pytest

from aanchal.config.demo import state

LGD = Path(__file__).parents[3] / "shared" / "data" / "lgd"
ABOVE = {"DISTRICT": "STATE", "BLOCK": "DISTRICT", "PANCHAYAT": "BLOCK", "VILLAGE": "PANCHAYAT", "HAMLET": "VILLAGE"}
SCRIPTS = {"en": ("A", "z"), "hi": ("\u0900", "\u097f"), "te": ("\u0c00", "\u0c7f")}
KM = 111.2


def test_it_has_the_pilot_and_strangers_beside_it():
    levels = Counter(place.level for place in state.PLACES)
    assert (levels["STATE"], levels["DISTRICT"], levels["BLOCK"]) == (1, 2, 3)
    assert len(state.villages(state.DEMO_BLOCK.code)) >= 14
    elsewhere = set(state.villages()) - set(state.villages(state.DEMO_BLOCK.code))
    districts = {state.BY_CODE[state.BY_CODE[state.BY_CODE[v.parent].parent].parent].code for v in elsewhere}
    assert districts == {place.code for place in state.PLACES if place.level == "DISTRICT"}


def test_it_puts_every_place_below_the_right_level_and_after_its_parent():
    seen = set()
    for place in state.PLACES:
        if place.level != "STATE":
            assert place.parent in seen
            assert state.BY_CODE[place.parent].level == ABOVE[place.level]
        seen.add(place.code)
    assert len(seen) == len(state.PLACES)


@pytest.mark.parametrize("language", SCRIPTS)
def test_it_names_every_place_in_three_scripts(language):
    low, high = SCRIPTS[language]
    for place in state.PLACES:
        letters = [letter for letter in getattr(place, language) if letter not in " \u200c"]
        assert letters, place
        assert all(low <= letter <= high for letter in letters), place


@pytest.mark.skipif(not LGD.exists(), reason="the real directory is not on this machine")
def test_it_uses_no_code_of_the_real_directory():
    real = set()
    for file in ("states.csv", "districts.csv", "subdistricts.csv", "blocks.csv"):
        with (LGD / file).open(encoding="utf-8") as lines:
            real |= {int(row["lgd_code"]) for row in csv.DictReader(lines)}
    assert len(real) > 7_000
    assert max(real) < state.FIRST_CODE
    assert min(state.BY_CODE) >= state.FIRST_CODE


def test_it_lies_in_open_ocean():
    sri_lanka_diego_garcia_addu_aceh_cocos = [
        (5.92, 80.59),
        (-7.31, 72.41),
        (-0.69, 73.15),
        (5.55, 95.3),
        (-12.19, 96.83),
    ]
    for place in state.PLACES:
        here = (place.lat, place.lon * cos(radians(5)))
        assert min(dist(here, (lat, lon * cos(radians(5)))) * KM for lat, lon in sri_lanka_diego_garcia_addu_aceh_cocos) > 1_000


def test_it_draws_villages_that_hold_their_hamlets():
    for village in state.villages():
        here = (village.lat, village.lon)
        assert village.outline[0] == village.outline[-1]
        nearest = min(dist(here, corner) for corner in village.outline)
        hamlets = state.children(village.code)
        assert 2 <= len(hamlets) <= 4
        assert all(dist(here, (hamlet.lat, hamlet.lon)) < nearest for hamlet in hamlets)


def test_it_draws_villages_that_do_not_touch():
    reach = {village: _furthest(village) for village in state.villages()}
    for one, other in combinations(state.villages(), 2):
        assert dist((one.lat, one.lon), (other.lat, other.lon)) > reach[one] + reach[other]


def _furthest(village):
    return max(dist((village.lat, village.lon), corner) for corner in village.outline)
