"""When two names of the directory are written alike. Plain Python."""

import re
import unicodedata

WORDLESS = {"shg", "vo", "clf", "the", "of", "and", "society", "samiti", "samity", "trust", "ngo", "ps", "thana"}
WORDLESS |= {"mahila", "group", "samuh"}
"""Words that half the names of a kind share."""
SOUNDS = (("ph", "f"), ("w", "v"), ("z", "j"), ("ee", "i"), ("oo", "u"), ("q", "k"), ("x", "ks"), ("y", "i"), ("sh", "s"), ("ch", "c"))
TWICE = re.compile(r"(.)\1+")
BREATH = re.compile(r"(?<=[bcdgjkpt])h")
LONGEST = 120


def name_key(name: str) -> str:
    """Names that are said alike have one key: case, blanks, points, order of words, doubled letters, usual spellings do not count."""
    folded = unicodedata.normalize("NFKC", name).casefold().replace(".", "")
    words = "".join(letter if unicodedata.category(letter)[0] in "LMN" else " " for letter in folded).split()
    told = [word for word in words if word not in WORDLESS] or words
    return " ".join(sorted(_said(word) for word in told))[:LONGEST]


def _said(word: str) -> str:
    for written, sound in SOUNDS:
        word = word.replace(written, sound)
    return TWICE.sub(r"\1", BREATH.sub("", word))
