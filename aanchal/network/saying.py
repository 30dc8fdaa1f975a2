"""Whether what someone asks for is the name or the licence of a listing, however she spells it and in whatever script."""

from functools import lru_cache

from aanchal.core.likeness import WORDLESS, name_key
from aanchal.core.scripts import romanise

GENERAL = WORDLESS | {"sri", "m", "pvt", "ltd", "agenci", "ejensi", "compani", "kampani", "service", "placement", "plesament", "plesment"}
"""As they are said; half the names of agencies share them."""
PART = 3
"""So many letters of a word are a part of one."""
KEPT = 1 << 16


@lru_cache(maxsize=KEPT)
def said(name: str) -> tuple[tuple[str, str], ...]:
    """Each word as it is said, without an s at its end, and its consonants."""
    words = [_one(word) for word in name_key(" ".join(romanise(word) for word in name.split())).split()]
    return tuple((word, word[:1] + "".join(letter for letter in word[1:] if letter not in "aeiou")) for word in words)


def is_asked_for(asked: str, *, name: str, licence_no: str) -> bool:
    own = [one for one in said(asked) if one[0] not in GENERAL]
    if own and all(any(_is_alike(one, other) for other in said(name)) for one in own):
        return True
    number = _bare(asked)
    return len(number) >= PART and number == _bare(licence_no)


def _is_alike(asked: tuple[str, str], kept: tuple[str, str]) -> bool:
    word, consonants = asked
    if len(word) >= PART and word in kept[0]:
        return True
    return word == kept[0] or (len(consonants) >= PART and consonants == kept[1])


def _one(word: str) -> str:
    return word[:-1] if len(word) > PART and word.endswith("s") else word


@lru_cache(maxsize=KEPT)
def _bare(number: str) -> str:
    return "".join(letter for letter in number.casefold() if letter.isalnum())
