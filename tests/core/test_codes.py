"""The household code: short, stable, and forgiving of how it is typed."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanchal.core.codes import ALPHABET, NotACode, household_code, normalise, shown

LOW_30_BITS = (1 << 30) - 1
CODES = st.text(ALPHABET, min_size=6, max_size=6)


def _number(code: str) -> int:
    return sum(ALPHABET.index(letter) << 5 * place for place, letter in enumerate(reversed(code)))


@given(st.uuids())
def test_it_holds_the_low_thirty_bits_and_nothing_else(uuid):
    assert _number(household_code(uuid)) == uuid.int & LOW_30_BITS


@given(st.uuids(), st.integers(0, (1 << 98) - 1))
def test_it_does_not_depend_on_the_high_bits(uuid, high):
    assert household_code(UUID(int=high << 30 | uuid.int & LOW_30_BITS)) == household_code(uuid)


@given(st.uuids())
def test_it_reads_a_uuid_however_the_phone_writes_it(uuid):
    assert household_code(str(uuid).upper()) == household_code(uuid.urn) == household_code(uuid)


@given(CODES)
def test_it_comes_back_from_what_is_shown(code):
    assert normalise(shown(code)) == code


@given(CODES, st.data())
def test_it_forgives_case_look_alikes_and_spacing(code, data):
    letters = [data.draw(st.sampled_from(_ways_to_type(letter))) for letter in code]
    gaps = data.draw(st.lists(st.sampled_from(["", " ", "-", "–"]), min_size=6, max_size=6))
    assert normalise("".join(gap + letter for gap, letter in zip(gaps, letters, strict=True))) == code


def _ways_to_type(letter: str) -> str:
    also = {"0": "oO०౦", "1": "iIlL१౧", "7": "७౭"}.get(letter, "")
    return letter + letter.lower() + also


@given(st.text(max_size=12))
def test_it_gives_a_code_or_refuses_and_nothing_between(typed):
    try:
        code = normalise(typed)
    except NotACode:
        return
    assert len(code) == 6
    assert set(code) <= set(ALPHABET)


@pytest.mark.parametrize("typed", ["", "K7M2Q", "K7M2QXX", "K7U2QX", "K7M/2QX", "क7M2QX"])
def test_it_refuses_what_cannot_be_a_code(typed):
    with pytest.raises(NotACode):
        normalise(typed)


def test_it_is_shown_with_a_dash():
    uuid = UUID(int=0b10011_00111_10100_00010_10111_11101)
    assert shown(household_code(uuid)) == "K7M-2QX"
