"""The short code of a household: six characters a person can read out, the same on every phone and on the server."""

import unicodedata
from uuid import UUID

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O or U
LENGTH = 6
_BITS = 5
_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SEPARATORS = "-\u2010\u2011\u2012\u2013\u2014_. "


class NotACode(ValueError):
    """What was typed cannot be a household's code."""


def household_code(uuid: UUID | str) -> str:
    """Six characters from the low 30 bits, which are random in UUID versions 4 and 7 alike."""
    number = UUID(str(uuid)).int
    shifts = range(_BITS * (LENGTH - 1), -1, -_BITS)
    return "".join(ALPHABET[(number >> shift) & 31] for shift in shifts)


def shown(code: str) -> str:
    """The code as it is printed and read out: K7M-2QX."""
    return f"{code[:3]}-{code[3:]}"


def normalise(typed: str, *, length: int = LENGTH) -> str:
    """The code behind what a person typed: any case, any Indian digits, with or without a dash, O for 0, I or L for 1."""
    letters = (_western(letter) for letter in unicodedata.normalize("NFKC", typed) if letter not in _SEPARATORS)
    code = "".join(letters).upper().translate(_LOOK_ALIKES)
    if len(code) != length or any(letter not in ALPHABET for letter in code):
        raise NotACode("a household code has six letters and digits, such as K7M-2QX")
    return code


def _western(letter: str) -> str:
    digit = unicodedata.decimal(letter, None)
    return letter if digit is None else str(digit)
