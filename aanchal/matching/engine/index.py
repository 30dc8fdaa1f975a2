"""The inverted index: keys of people, from which a bounded number of candidates is gathered."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from aanchal.matching.engine.columns import UNKNOWN, YEAR, Column
from aanchal.matching.engine.register import Register, Words

LETTERS = {letter: number for number, letter in enumerate("ahklmnprst", 1)}
ANY = 63  # the band of a person whose age is not known
A_BAND = 3  # years
FIRST_YEAR = 1920
LEAST_BITS = 0.3
REFINED = 0.6  # a key refined by state, and the same by age, are the same evidence said twice
SIXTEENTHS = 16


@dataclass(frozen=True)
class Kind:
    """`agrees` is the share of true pairs that have the key in common. A crowded key is said again with state and age (`is_refined`),

    or says too little to be looked at (`is_left`).
    """

    name: str
    agrees: float
    is_refined: bool = True
    is_left: bool = False


KINDS = (
    Kind("given name", 0.76),
    Kind("given name but one letter", 0.05),
    Kind("father", 0.85),
    Kind("mother", 0.85),
    Kind("village", 0.57),
    Kind("village but one letter", 0.05),
    Kind("district and age", 0.70, is_refined=False),
    Kind("block", 0.95),
    Kind("two marks", 0.10),
    Kind("whole name", 0.30),
    Kind("father but one letter", 0.05),
    Kind("mark and state", 0.30, is_refined=False, is_left=True),
    Kind("mark and language", 0.30, is_refined=False, is_left=True),
    Kind("state, language and age", 0.60, is_refined=False, is_left=True),
)
Keys = tuple[np.ndarray, np.ndarray]


def mixed(*parts: np.ndarray | int) -> np.ndarray:
    """One 64-bit number of several: the same on every machine."""
    made = np.uint64(0x9E3779B97F4A7C15)
    with np.errstate(over="ignore"):
        for part in parts:
            made = (made ^ np.asarray(part).astype(np.uint64)) * np.uint64(0xBF58476D1CE4E5B9)
            made = made ^ (made >> np.uint64(29))
    return made


def codes(words: Words) -> np.ndarray:
    """Skeletons as numbers, four bits a letter."""
    table = np.zeros(256, np.uint64)
    for letter, number in LETTERS.items():
        table[ord(letter)] = number
    code = np.zeros(len(words), np.uint64)
    for at in range(words.letters.shape[1]):
        code |= table[words.letters[:, at]] << np.uint64(4 * at)
    return code


def _held(column: np.ndarray) -> np.ndarray:
    return np.flatnonzero(column).astype(np.int32)


def _words(register: Register, codes_: np.ndarray, *columns: Column) -> Keys:
    rows = [_held(register.numbers[:, column]) for column in columns]
    values = [codes_[register.numbers[row, column]] for row, column in zip(rows, columns, strict=True)]
    keys, row = np.concatenate(values), np.concatenate(rows)
    if len(columns) > 1:  # an alias like the name is one key
        order = np.lexsort((keys, row))
        keys, row = keys[order], row[order]
        fresh = np.ones(len(keys), bool)
        fresh[1:] = (keys[1:] != keys[:-1]) | (row[1:] != row[:-1])
        keys, row = keys[fresh], row[fresh]
    return keys[keys != 0], row[keys != 0]


def _one_less(keys: Keys, least: int) -> Keys:
    """Symmetric deletes: two words that differ by one letter share one of these."""
    code, row = keys
    made, rows = [], []
    length = np.zeros(len(code), np.int64)
    for at in range(16):
        length += ((code >> np.uint64(4 * at)) & np.uint64(15)) != 0
    for at in range(16):
        has = (length > at) & (length >= least)
        below = code[has] & np.uint64((1 << (4 * at)) - 1)
        above = code[has] >> np.uint64(4 * at + 4) if at < 15 else np.zeros(int(has.sum()), np.uint64)
        made.append(below | (above << np.uint64(4 * at)))
        rows.append(row[has])
    made.append(code[length >= least])
    rows.append(row[length >= least])
    return np.concatenate(made), np.concatenate(rows)


def bands(register: Register) -> np.ndarray:
    born = register.numbers[:, Column.BIRTH]
    band = ((born / YEAR + 1970 - FIRST_YEAR) // A_BAND).clip(0, ANY - 2).astype(np.int64)
    return np.where(born == UNKNOWN, ANY, band)


def _spread(rows: np.ndarray, band: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For those asked about: the bands beside her own, and those of no age; all bands where hers is not known."""
    known = rows[band[rows] != ANY]
    row = [known] * 4
    bands_ = [band[known] - 1, band[known], band[known] + 1, np.full(len(known), ANY)]
    unknown = rows[band[rows] == ANY]
    for each in (*range(22, 36), ANY) if len(unknown) else ():
        row.append(unknown)
        bands_.append(np.full(len(unknown), each))
    return np.concatenate(row), np.concatenate(bands_)


def _district(register: Register, band: np.ndarray, is_asking: bool) -> Keys:
    rows = _held(register.numbers[:, Column.DISTRICT])
    if is_asking:
        rows, of = _spread(rows, band)
    else:
        of = band[rows]
    return mixed(register.numbers[rows, Column.DISTRICT], register.numbers[rows, Column.SEX], of), rows


def _marks(register: Register) -> Keys:
    marks = register.bits[:, 0]
    rows = np.flatnonzero(marks & (marks - np.uint64(1))).astype(np.int32)  # two at least
    keys, at = [], []
    for row in rows:
        mine = int(marks[row])
        held = [bit for bit in range(64) if mine >> bit & 1][:6]
        for i, first in enumerate(held):
            for second in held[i + 1 :]:
                keys.append(first * 64 + second)
                at.append(row)
    rows = np.array(at, np.int32)
    return mixed(np.array(keys, np.int64), register.numbers[rows, Column.SEX]), rows


def _each_mark(register: Register, *with_: np.ndarray) -> Keys:
    """Every mark of each person, said with other things that have to be known too."""
    known = np.all([column != 0 for column in with_], axis=0)
    keys, rows = [], []
    for mark in range(64):
        row = np.flatnonzero(known & ((register.bits[:, 0] >> np.uint64(mark)) & np.uint64(1) == 1)).astype(np.int32)
        keys.append(mixed(np.full(len(row), mark), register.numbers[row, Column.SEX], *(column[row] for column in with_)))
        rows.append(row)
    return np.concatenate(keys), np.concatenate(rows)


def _state(register: Register, band: np.ndarray, is_asking: bool) -> Keys:
    languages = register.bits[:, 1]
    rows = np.flatnonzero((register.numbers[:, Column.STATE] != 0) & (languages != 0)).astype(np.int32)
    of = band[rows]
    if is_asking:
        rows, of = _spread(rows, band)
    return mixed(register.numbers[rows, Column.STATE], register.numbers[rows, Column.SEX], languages[rows], of), rows


def keys_of(register: Register, words: np.ndarray, *, is_asking: bool) -> Iterator[Keys]:
    """The keys of each of KINDS, in its order."""
    given = _words(register, words, Column.GIVEN_KEY, Column.SECOND_KEY, Column.ALIAS_KEY)
    first = _words(register, words, Column.GIVEN_KEY)
    father = _words(register, words, Column.FATHER_KEY)
    village = _words(register, words, Column.VILLAGE_KEY)
    yield given
    yield _one_less(first, 3)
    yield father
    yield _words(register, words, Column.MOTHER_KEY)
    yield village
    yield _one_less(village, 4)
    yield _district(register, bands(register), is_asking)
    block = _held(register.numbers[:, Column.BLOCK])
    yield mixed(register.numbers[block, Column.BLOCK], register.numbers[block, Column.SEX]), block
    yield _marks(register)
    joined = _held(register.numbers[:, Column.JOINED])
    yield register.numbers[joined, Column.JOINED].astype(np.uint64), joined
    yield _one_less(father, 4)
    yield _each_mark(register, register.numbers[:, Column.STATE])
    yield _each_mark(register, register.bits[:, 1])
    yield _state(register, bands(register), is_asking)


def refined(keys: Keys, register: Register, band: np.ndarray, *, is_asking: bool) -> Keys:
    """Keys that too many share, said again with state and with age."""
    key, row = keys
    sex, state = register.numbers[row, Column.SEX], register.numbers[row, Column.STATE]
    made, rows = [], []
    if is_asking:
        known = state != 0
        for of in (state[known], np.zeros(int(known.sum()), np.int32)):
            made.append(mixed(key[known], 1, sex[known], of))
            rows.append(row[known])
        at, of = _spread(np.arange(len(row), dtype=np.int32), band[row])
        made.append(mixed(key[at], 2, sex[at], of))
        rows.append(row[at])
    else:
        made += [mixed(key, 1, sex, state), mixed(key, 2, sex, band[row])]
        rows += [row, row]
    return np.concatenate(made), np.concatenate(rows)


@dataclass
class Postings:
    """People by key; `worth` is the evidence of a key in sixteenths of a bit."""

    keys: np.ndarray
    starts: np.ndarray
    rows: np.ndarray
    worth: np.ndarray


def _posted(keys: Keys, most: int | None = None) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    key, row = keys
    order = np.argsort(key, kind="stable")
    unique, starts = np.unique(key[order], return_index=True)
    return unique, np.append(starts, len(key)).astype(np.int64), row[order].astype(np.int32)


class Index:
    """Those held, by their keys. `crowded` counts the people who share a key with too many to look at them all."""

    def __init__(self, register: Register, words: np.ndarray, *, tell: Callable[[str, int], None] = lambda what, count: None):
        self.most = 1_000 + len(register) // 500
        self.crowded: Counter = Counter()
        self.frequent: list[np.ndarray] = []
        self.parts: list[Postings] = []
        band = bands(register)
        for kind, keys in zip(KINDS, keys_of(register, words, is_asking=False), strict=True):
            self._add(kind, keys, register, band)
            tell(kind.name, len(register))
        self._join()

    def _add(self, kind: Kind, keys: Keys, register: Register, band: np.ndarray) -> None:
        key, starts, rows = _posted(keys)
        size = np.diff(starts)
        is_frequent = (size > self.most) & (kind.is_refined or kind.is_left)
        self.frequent.append(key[is_frequent] if kind.is_refined else key[:0])
        again = np.repeat(is_frequent, size)
        worth = self._worth(kind, size, len(register), 1.0)
        many = (np.repeat(key, size)[again], rows[again])
        kept = ~again
        sizes = np.where(is_frequent, 0, size)
        self.parts.append(self._bounded(kind, Postings(key, np.append(0, np.cumsum(sizes)), rows[kept], worth)))
        key, starts, rows = _posted(refined(many, register, band, is_asking=False) if kind.is_refined else (key[:0], rows[:0]))
        worth = self._worth(kind, np.diff(starts), len(register), REFINED)
        self.parts.append(self._bounded(kind, Postings(key, starts, rows, worth)))

    def _worth(self, kind: Kind, size: np.ndarray, people: int, part: float) -> np.ndarray:
        bits = np.log2(kind.agrees * people / np.maximum(size, 1))
        return np.round(np.maximum(bits * part, LEAST_BITS) * SIXTEENTHS).astype(np.int32)

    def _bounded(self, kind: Kind, postings: Postings) -> Postings:
        """A million people of one name: only so many of them can be looked at."""
        most = 4 * self.most
        size = np.diff(postings.starts)
        over = size > most
        if not over.any():
            return postings
        self.crowded[kind.name] += int((size[over] - most).sum())
        within = np.arange(len(postings.rows)) - np.repeat(postings.starts[:-1], size) < most
        return Postings(postings.keys, np.append(0, np.cumsum(np.minimum(size, most))), postings.rows[within], postings.worth)

    def _join(self) -> None:
        self.offsets = np.cumsum([0, *(len(part.keys) for part in self.parts)])
        lengths = np.concatenate([np.diff(part.starts) for part in self.parts])
        self.starts = np.append(0, np.cumsum(lengths)).astype(np.int64)
        self.rows = np.concatenate([part.rows for part in self.parts])
        self.worth = np.concatenate([part.worth for part in self.parts])
        self.keys = [part.keys for part in self.parts]
        self.parts = []

    def probes(self, register: Register, words: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """For each person asked about, the numbers of the keys that she shares with those held."""
        band = bands(register)
        found, rows = [], []
        for number, (kind, keys) in enumerate(zip(KINDS, keys_of(register, words, is_asking=True), strict=True)):
            self._look(2 * number, keys, found, rows)
            frequent = self.frequent[number]
            if kind.is_refined and len(frequent):
                is_many = frequent[np.searchsorted(frequent, keys[0]).clip(max=len(frequent) - 1)] == keys[0]
                many = (keys[0][is_many], keys[1][is_many])
                self._look(2 * number + 1, refined(many, register, band, is_asking=True), found, rows)
        if not found:
            return np.zeros(len(register) + 1, np.int64), np.zeros(0, np.int64)
        probe, row = np.concatenate(found), np.concatenate(rows)
        order = np.argsort(row, kind="stable")
        return np.searchsorted(row[order], np.arange(len(register) + 1)).astype(np.int64), probe[order]

    def _look(self, part: int, keys: Keys, found: list, rows: list) -> None:
        known = self.keys[part]
        if not len(known):
            return
        at = np.searchsorted(known, keys[0]).clip(max=len(known) - 1)
        is_known = known[at] == keys[0]
        found.append((at[is_known] + self.offsets[part]).astype(np.int32))
        rows.append(keys[1][is_known])
