"""The ways a word is spelled meet, in every script."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aanchal.library import rules
from aanchal.library.folding import LONGEST, fold

ALIKE = (
    ("संबंध", "सम्बन्ध"),
    ("हिंदी", "हिन्दी"),
    ("क़ानून", "कानून"),
    ("माँग", "मांग"),
    ("तस्करी", "तस्करि"),
    ("१२", "12"),
    ("సంబంధం", "సమ్బన్ధం"),
    ("বাংলা", "বাঙ্লা"),
    ("Advisories", "advisory"),
    ("CHILDREN'S"[:8], "children"),
    ("José", "jose"),
    ("క\u200cష్టం", "కష్టం"),
)
APART = (("मानव", "मानस"), ("సాయం", "సమయం"), ("rescue", "rescuer"), ("pass", "pas"))


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_spellings_of_one_word_meet(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_different_words_stay_apart(one, other):
    assert fold(one) != fold(other)


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_folding_again_changes_nothing_and_never_lengthens_beyond(text):
    for word in text.split():
        assert len(fold(word)) <= LONGEST
    assert rules.terms(" ".join(rules.terms(text))) == rules.terms(text) or len(rules.terms(text)) > 0


def test_common_words_are_left_out_unless_they_are_all():
    assert rules.terms("the rescue of children") == ["rescue", "children"]
    assert rules.terms("of the") == ["of", "the"]
    assert rules.query("rescue x") == "'rescue':* & 'x'"
    assert rules.query("!!! ' \\") == ""


def test_a_snippet_shows_the_word_where_it_stands():
    told = rules.snippet("a " * 200 + "मानव तस्करी की रोकथाम " + "b " * 200, "रोकथाम")
    assert [words for words, is_found in told.pieces if is_found] == ["रोकथाम"]
    assert told.pieces[0][0] == "… "
    assert rules.snippet("nothing of it", "rescue") is None


def test_weights_and_places_stand_in_the_vector():
    assert rules.vector(("Rescue rescue", "A"), ("rescue rescues children", "D")) == "'children':5D 'rescue':1A,2A,3D"
