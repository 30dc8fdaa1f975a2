"""A name asked for, among the names of a place: by sound, in any script. Plain Python."""

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import TypeVar

from aanchal.matching import names
from aanchal.matching.names import Word

Key = TypeVar("Key")
LEAST = 0.72  # of likeness of two folded words


def wanted(name: str) -> list[Word]:
    """The words asked for; titles count only when nothing else is asked."""
    found = names.words(name)
    return [word for word in found if word.fold not in names.TITLES] or found


def sound(name: str) -> str:
    """How a whole name sounds, its words in any order; "" where nothing of it can be read."""
    return " ".join(sorted(word.skeleton or word.fold for word in wanted(name)))


def likeness(asked: list[Word], name: str) -> float:
    """How well each word asked for is found in the name, the worst of them: 1 the same, 0.9 the same sound."""
    held = names.words(name)
    if not asked or not held:
        return 0.0
    return min(max(_alike(one, other) for other in held) for one in asked)


def nearest(asked: list[Word], known: Mapping[Key, str], most: int) -> list[Key]:
    """Those whose names are likest, the likest first."""
    scored = ((likeness(asked, name), key) for key, name in known.items())
    kept = sorted((one for one in scored if one[0] >= LEAST), key=lambda one: (-one[0], str(one[1])))
    return [key for _, key in kept[:most]]


def _alike(one: Word, other: Word) -> float:
    if one.fold == other.fold:
        return 1.0
    if one.skeleton and one.skeleton == other.skeleton:
        return 0.9
    if not one.skeleton or not other.skeleton or one.skeleton[0] != other.skeleton[0]:
        return 0.0
    return 0.89 * SequenceMatcher(None, one.fold, other.fold).ratio()
