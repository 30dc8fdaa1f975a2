"""One spelling for the many ways a name is written in Latin letters, and the skeleton of its consonants: rules with examples, in order."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

LONGEST = 16  # letters kept of a spelling; a name of 500 letters is a name of 16 with rubbish behind


@dataclass(frozen=True)
class Rule:
    """`before` and `after` are an example of the rule alone: its test, and its explanation. `hint` is in every word that it changes."""

    pattern: str
    becomes: str
    before: str
    after: str
    hint: str = ""
    apply: Callable[[str], str] = field(init=False, repr=False, compare=False)

    def __post_init__(self):
        is_plain = self.pattern.replace("|", "").isalpha()
        object.__setattr__(self, "apply", self._by_words(self.pattern.split("|")) if is_plain else self._by_pattern())

    def _by_words(self, parts: list[str]) -> Callable[[str], str]:
        def apply(word: str) -> str:
            for part in parts:
                word = word.replace(part, self.becomes)
            return word

        return apply

    def _by_pattern(self) -> Callable[[str], str]:
        sub, becomes = re.compile(self.pattern).sub, self.becomes
        return lambda word: sub(becomes, word)


FOLD = (
    Rule(r"x+", "ks", "laxmi", "laksmi", "x"),
    Rule(r"tch|chh|cch|ch", "C", "chhoti", "Coti", "ch"),
    Rule(r"ck", "k", "vicky", "viky", "ck"),
    Rule(r"dny|jny|gny|jn", "gy", "jnan", "gyan", "n"),
    Rule(r"q", "k", "qabil", "kabil", "q"),
    Rule(r"sch|shh|sh", "s", "sharma", "sarma", "sh"),
    Rule(r"c(?=[eiy])", "s", "cecil", "sesil", "c"),
    Rule(r"c", "k", "candrakanta", "kandrakanta", "c"),
    Rule(r"C", "c", "Coti", "coti", "C"),
    Rule(r"ph", "f", "phulmani", "fulmani", "ph"),
    Rule(r"zh", "l", "ezhil", "elil", "zh"),
    Rule(r"([kgjtdbrnlcm])h", r"\1", "dhanu", "danu", "h"),
    Rule(r"w", "v", "biswas", "bisvas", "w"),
    Rule(r"z", "j", "nazma", "najma", "z"),
    Rule(r"ee|ii|ea", "i", "meena", "mina"),
    Rule(r"(?:ey|ie)$", "i", "davie", "davi", "e"),
    Rule(r"oo|uu|ou", "u", "pooja", "puja"),
    Rule(r"aye|ay|ei|ey|ae|ai", "e", "raysa", "resa"),
    Rule(r"au", "o", "gautam", "gotam", "au"),
    Rule(r"aa", "a", "maala", "mala", "aa"),
    Rule(r"(?<=.)(?:iya+|ya)", "ia", "priya", "pria", "ya"),
    Rule(r"(?<=.)y(?![aeiou])", "i", "viky", "viki", "y"),
    Rule(r"m(?=[kgcjtdnsl])", "n", "samtosh", "santosh", "m"),
    Rule(r"n(?=[pb])", "m", "anbika", "ambika", "n"),
    Rule(r"(.)\1+", r"\1", "lall", "lal"),
    Rule(r"h$", "", "aminah", "amina", "h"),
    # The inherent vowel comes and goes with script and clerk: Krishna, Krishn, Krishana.
    Rule(r"(?<=.)a", "", "aparna", "aprn", "a"),
    Rule(r"(.)\1+", r"\1", "kmml", "kml"),
)
SAME_SOUND = str.maketrans("gdbvfjzc", "ktpppsss")  # Tamil writes no voicing; Assamese speaks c and s alike
SOFT = Rule(r"^y", "j", "ydv", "jdv", "y")  # Yadav and Jadav
SKELETON = (
    Rule(r"nk(?=$|[^aeiou])", "n", "sink", "sin", "nk"),
    Rule(r"(?<=.)[aeiouyh]", "", "sumitr", "smtr"),
    Rule(r"^[aeiou]", "a", "imrn", "amrn"),
    Rule(r"m(?=[^m])", "n", "smtr", "sntr", "m"),
    Rule(r"nk", "n", "snkr", "snr"),
    Rule(r"(.)\1+", r"\1", "ssntt", "snt"),
)
_FOLD = tuple((rule.hint, rule.apply) for rule in FOLD)
_SKELETON = tuple((rule.hint, rule.apply) for rule in SKELETON)
NO_LETTER = re.compile(r"[^a-z]+")


@lru_cache(1 << 16)
def fold(word: str) -> str:
    """One spelling of a romanised word; what is no letter falls away."""
    word = word[:64]
    if not (word.isalpha() and word.isascii()):
        word = NO_LETTER.sub("", word)
    for hint, apply in _FOLD:
        if hint in word:
            word = apply(word)
    return word[:LONGEST]


@lru_cache(1 << 16)
def skeleton(folded: str) -> str:
    """The consonants of a folded word, voiced as unvoiced; a first vowel stays as `a`."""
    word = SOFT.apply(folded).translate(SAME_SOUND)
    for hint, apply in _SKELETON:
        if hint in word:
            word = apply(word)
    return word
