"""A register as the engine holds it: numbers of people, and the words those numbers stand for."""

import zlib
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np

_LANGUAGES = (
    "as bn brx doi gu hi kn ks kok mai ml mni mr ne or pa sa sat sd ta te ur en"
    " bho mag gon kru mun ho kha lus grt trp awa raj bgc hne tcy unr njm nag"
)
LANGUAGES = _LANGUAGES.split()
BIT_OF_LANGUAGE = {code: number for number, code in enumerate(LANGUAGES)}
BITS = 64


@dataclass
class Register:
    """People of one side; `aside` counts what could not be used."""

    ids: Any
    numbers: np.ndarray
    bits: np.ndarray
    aside: Counter = field(default_factory=Counter)

    def __len__(self) -> int:
        return len(self.numbers)


@dataclass
class Words:
    """Folded spellings and skeletons of both registers by number; 0 is the empty word. `known` gives them back as text."""

    letters: np.ndarray
    lengths: np.ndarray
    known: Any = None

    def __len__(self) -> int:
        return len(self.lengths)


def part_of(register: Register, first: int, last: int) -> Register:
    return Register(register.ids[first:last], register.numbers[first:last], register.bits[first:last])


def marks(text: str) -> int:
    """Codes of marks on the body, `3|21|47`, as bits."""
    return sum({1 << _mark(part.strip()) for part in text.split("|") if part.strip()})


def languages(text: str) -> int:
    return sum({1 << _language(part.strip().lower()) for part in text.split("|") if part.strip()})


def _mark(code: str) -> int:
    return int(code) if code.isdecimal() and len(code) < 9 and int(code) < BITS else zlib.crc32(code.encode()) % BITS


def _language(code: str) -> int:
    return BIT_OF_LANGUAGE.get(code, len(LANGUAGES) + zlib.crc32(code.encode()) % (BITS - len(LANGUAGES)))
