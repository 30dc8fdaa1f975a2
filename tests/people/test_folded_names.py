"""Two ways to write one name are one name for finding a double; two names stay two."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanchal.people.rules import HONORIFICS, folded

SAME = [
    ("Savitri Bai", "savitri bai"),
    ("Smt. Savitri Bai", "SAVITRI   BAI"),
    ("SMT.SAVITRI BAI", "Savitri Bai"),
    ("Late Shri Ram-Lal", "ram lal"),
    ("Km Asha", "Asha"),
    ("Mrs. O'Brien", "o brien"),
    ("Ｓａｖｉｔｒｉ", "savitri"),
    ("श्रीमती सावित्री  देवी", "सावित्री देवी"),
    ("श्री. रामलाल", "रामलाल"),
    ("कुमारी आशा", "आशा"),
    ("శ్రీమతి సీతమ్మ", "సీతమ్మ"),
    ("స్వర్గీయ శ్రీ రామయ్య", "రామయ్య"),
    ("ज़ीनत", "ज\u093cीनत"),
    ("José", "Jose\u0301"),
    ("Straße", "STRASSE"),
]
DIFFERENT = [
    ("Savitri", "Savita"),
    ("सावित्री", "Savitri"),
    ("रमा", "राम"),
    ("कमल", "कमला"),
    ("సీత", "సీతా"),
    ("Ram Lal", "Ramlal"),
    ("Shrimati", "Smt Asha"),
]
LETTERS = st.characters(categories=["L", "M", "N", "P", "Z"]) | st.sampled_from("अआइकखगमरसताी्ंఅఆకమరసత్ాీ .-'")
NAMES = st.lists(st.text(LETTERS, max_size=8) | st.sampled_from(sorted(HONORIFICS)), max_size=5).flatmap(
    lambda words: st.sampled_from([" ", ".", "", "-"]).map(lambda between: between.join(words))
)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_it_is_one_name_however_it_is_written(one, other):
    assert folded(one) == folded(other) != ""


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_it_leaves_two_names_two(one, other):
    assert folded(one) != folded(other)


@pytest.mark.parametrize("honorific", sorted(HONORIFICS))
@pytest.mark.parametrize("name", ["Asha", "आशा", "ఆశ"])
def test_it_takes_every_honorific_away_before_a_name_of_any_script(honorific, name):
    assert folded(f"{honorific} {name}") == folded(f"{honorific.upper()}. {name}") == folded(name)


@pytest.mark.parametrize("nothing", ["", "  ", ".", "Smt.", "श्रीमती", "---"])
def test_of_nothing_it_leaves_nothing(nothing):
    assert folded(nothing) == ""


def test_it_keeps_every_letter_of_a_script_with_its_signs():
    assert folded("स्मृति क्षत्रिय") == "स्मृति क्षत्रिय"
    assert folded("శ్రీనివాస్ కృష్ణ") == "శ్రీనివాస్ కృష్ణ"


@given(NAMES)
def test_folding_twice_changes_nothing_more(name):
    assert folded(folded(name)) == folded(name)


@given(NAMES)
def test_spaces_and_composition_do_not_matter(name):
    assert folded(f"  {name} ") == folded(name)
    assert folded(unicodedata.normalize("NFD", name)) == folded(unicodedata.normalize("NFC", name))
