"""Words of English and of the Indian languages, folded so that the ways a word is spelled meet.

The blocks of Unicode from Devanagari to Malayalam are laid out alike (after ISCII, IS 13194:1991), so one table of places in a block folds
them all: nukta and visarga go, candrabindu and a nasal before a consonant become anusvara, long i and u become short.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

FIRST, LAST, BLOCK = 0x0900, 0x0D7F, 0x80
ANUSVARA, VIRAMA = 0x02, 0x4D
NASALS = frozenset((0x19, 0x1E, 0x23, 0x28, 0x2E))
CONSONANTS = range(0x15, 0x3A)
DROPPED = frozenset((0x03, 0x3C))
MET = {0x01: ANUSVARA, 0x08: 0x07, 0x0A: 0x09, 0x40: 0x3F, 0x42: 0x41}
JOINERS = dict.fromkeys(map(ord, "\u200b\u200c\u200d"))
WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f\u0900-\u0963\u0966-\u0dff\u0610-\u061a\u064b-\u065f\u200b-\u200d])+")
LONGEST = 40
COMMON = frozenset(
    [
        "a",
        "an",
        "and",
        "by",
        "for",
        "from",
        "in",
        "into",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "the",
        "to",
        "with",
        "का",
        "की",
        "के",
        "को",
        "में",
        "से",
        "और",
        "पर",
    ]
)
"""Words that a search leaves out when it has others."""


def words(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word folded, with where it begins and ends in the text."""
    for found in WORD.finditer(text):
        if word := fold(found[0]):
            yield word, found.start(), found.end()


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """At most LONGEST letters; empty for what holds none."""
    word = unicodedata.normalize("NFKD", word.translate(JOINERS)).lower()
    if word.isascii():
        return _singular(word)[:LONGEST]
    return "".join(_letters(word))[:LONGEST]


def _letters(word: str) -> Iterator[str]:
    skip = -1
    for n, letter in enumerate(word):
        code = ord(letter)
        if n == skip or unicodedata.category(letter) == "Mn" and not FIRST <= code <= LAST:
            continue
        if not FIRST <= code <= LAST:
            yield letter
            continue
        place, start = code % BLOCK, code - code % BLOCK
        if place in NASALS and _joins(word, n, start):
            skip = n + 1
            yield chr(start + ANUSVARA)
        elif (digit := unicodedata.decimal(letter, None)) is not None:
            yield str(digit)
        elif place not in DROPPED:
            yield chr(start + MET.get(place, place))


def _joins(word: str, n: int, start: int) -> bool:
    """Whether the letter is joined to the consonant that follows."""
    after = [ord(one) - start for one in word[n + 1 : n + 3]]
    return len(after) == 2 and after[0] == VIRAMA and after[1] in CONSONANTS


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
