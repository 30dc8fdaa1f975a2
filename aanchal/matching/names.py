"""What a written name says: her given name, her family's name, and what is only a title."""

import re
from functools import lru_cache
from typing import NamedTuple

from aanchal.core.scripts import romanise
from aanchal.matching.spelling import LONGEST, fold, skeleton

APART = re.compile(r"[\s.,/()\[\]|;:_'\"`’‘–—-]+")
UNSEEN = re.compile("[\u200b-\u200f\ufeff\u00ad]")
MANY_WORDS = 6
_TITLES = (
    "kumari kri km kum rajkumari kumar devi bibi biwi begam begum beghum begumu bai bano khatun khatoon khatn smt shrimati sri shri"
    " mr mrs ms md mohd mohammad mohammed sk late so do wo miss dr ji"
)
TITLES = frozenset(fold(word) for word in _TITLES.split())
RELATION = re.compile(r"\b[sdwc]\s*/\s*o\b", re.IGNORECASE)
RESPECT = re.compile(r"(?<=...)(?:ji|jee)$")  # Prasadji


class Word(NamedTuple):
    fold: str
    skeleton: str


class Name(NamedTuple):
    """Folded spellings and skeletons; "" where the name does not say it."""

    given: str = ""
    given_key: str = ""
    rest: str = ""
    rest_key: str = ""
    joined_key: str = ""
    title: str = ""
    second_key: str = ""


NOTHING = Name()


def words(text: str) -> list[Word]:
    """The words of a name in their order, in any script, even two in one word."""
    plain = text[:200]
    if not plain.isascii():
        plain = UNSEEN.sub("", plain)
    if "/" in plain:
        plain = RELATION.sub(" ", plain)
    found = (_word(part) for part in APART.split(plain)[: MANY_WORDS + 2] if part)
    return [word for word in found if word.fold][:MANY_WORDS]


@lru_cache(1 << 18)
def _word(part: str) -> Word:
    latin = romanise(part[:64])
    spelling = fold(RESPECT.sub("", latin))
    return Word(spelling, skeleton(spelling))


def read(text: str | None, families: frozenset[str] = frozenset()) -> Name:
    """`families` are the folded names that stand last more often than first."""
    if not text:
        return NOTHING
    found = [piece for word in words(text) for piece in _parted(word, families)]
    if not found:
        return NOTHING
    own = [word for word in found if word.fold not in TITLES and word.fold not in families and len(word.fold) > 1]
    rest = [word for word in found if word.fold not in TITLES]
    given = (own or rest or found)[0]
    rest = sorted({word for word in rest if word is not given}, key=lambda word: word.fold)
    return Name(
        given=given.fold,
        given_key=given.skeleton,
        rest="".join(word.fold for word in rest)[:LONGEST],
        rest_key="".join(word.skeleton for word in rest)[:LONGEST],
        joined_key="".join(sorted("".join(word.skeleton for word in found if word.fold not in TITLES)))[: 2 * LONGEST],
        title=next((word.fold for word in found if word.fold in TITLES), ""),
        second_key=next((word.skeleton for word in own[1:] if word.skeleton != given.skeleton), ""),
    )


@lru_cache(1 << 18)
def _parted(word: Word, families: frozenset[str]) -> tuple[Word, ...]:
    """Two names written as one: Jagdishgogoi."""
    if len(word.fold) >= 7 and word.fold not in families and word.fold not in TITLES:
        for at in range(3, len(word.fold) - 3):
            first, last = word.fold[:at], word.fold[at:]
            if last in families:
                return Word(first, skeleton(first)), Word(last, skeleton(last))
    return (word,)


def place_name(text: str | None) -> tuple[str, str]:
    """A village as one word: its folded spelling and its skeleton, without -pur, -ganj and the like."""
    if not text:
        return "", ""
    latin = "".join(romanise(part) for part in APART.split(UNSEEN.sub("", text[:120])) if part)
    spelling = fold(latin)
    return spelling, skeleton(spelling)
