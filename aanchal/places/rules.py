"""The numbering of places: each is an interval, each child an interval inside its parent's, and a number once given stays.

Bits below each level: a nation holds 255 states, a state 511 districts, a district 1,023 blocks and sub-districts, a block 2,047
panchayats, a panchayat 2,047 villages, a village 511 hamlets. The interval is what a posting grants and what a row of a person
carries, so that "inside" is one comparison in Python, in a query and in a database policy (shared trust.md).
"""

import re
from dataclasses import dataclass

BITS_BELOW = {
    "NATION": 58,
    "STATE": 50,
    "DISTRICT": 41,
    "SUBDISTRICT": 31,
    "BLOCK": 31,
    "PANCHAYAT": 20,
    "VILLAGE": 9,
    "HAMLET": 0,
}


class Full(Exception):
    """The parent has no number left for another child."""


@dataclass(frozen=True)
class Interval:
    first: int
    last: int

    def __contains__(self, number: int) -> bool:
        return self.first <= number <= self.last


NATION = Interval(0, (1 << BITS_BELOW["NATION"]) - 1)


def child(parent: Interval, level: str, ordinal: int) -> Interval:
    """The interval of the `ordinal`-th child (from 1) at `level`. Ordinal 0 is the parent's own number, used by no child."""
    bits = BITS_BELOW[level]
    first = parent.first + (ordinal << bits)
    last = first + (1 << bits) - 1
    if ordinal < 1 or last > parent.last:
        raise Full(f"{level} number {ordinal} does not fit")
    return Interval(first, last)


def ordinal_of(parent: Interval, level: str, first: int) -> int:
    return (first - parent.first) >> BITS_BELOW[level]


def room_for(parent_level: str, level: str) -> int:
    """How many children at `level` a parent holds."""
    return (1 << (BITS_BELOW[parent_level] - BITS_BELOW[level])) - 1


SMALL_WORDS = {"And", "Of", "The"}
NUMERAL = re.compile(r"[IVX]+")
VOWEL = re.compile(r"[AEIOUY]")


def readable_name(said: str) -> str:
    """A name the directory writes in capitals, as a sign would write it; any other name as it stands."""
    said = " ".join(said.split())
    if not said.isupper() or not said.isascii():
        return said
    name = re.sub(r"[A-Z]+", lambda word: _readable_word(word[0]), said)
    return name.removeprefix("the ")


def _readable_word(word: str) -> str:
    """Numerals and words without a vowel (NTR, SPSR) stay; `and` and `of` are small."""
    if NUMERAL.fullmatch(word) or (not VOWEL.search(word) and word != "DR"):
        return word
    return word.lower() if word.capitalize() in SMALL_WORDS else word.capitalize()
