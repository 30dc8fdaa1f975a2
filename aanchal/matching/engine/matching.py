"""Many against many: every found person's best missing people, and how probable each pair is among all of them."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from aanchal.matching.engine import kernel, nearby
from aanchal.matching.engine.index import Index, codes
from aanchal.matching.engine.model import Model
from aanchal.matching.engine.register import Register, Words, part_of

A_CHUNK = 20_000
SWEEPS = 12
Tell = Callable[[str, int], None]


@dataclass(frozen=True)
class Effort:
    """How many may be looked at by their keys, how many are gathered of them, scored exactly, kept."""

    looked: int = 40_000
    gathered: int = 300
    ranked: int = 40
    kept: int = 12


@dataclass
class Pairs:
    """Rows of the missing and of the found register, bits of evidence, the probability; how many had too many alike to look at all."""

    missing: np.ndarray
    found: np.ndarray
    bits: np.ndarray
    probability: np.ndarray
    cut_short: int = 0

    def __len__(self) -> int:
        return len(self.missing)


class Searcher:
    """One register held in an index; the other asks."""

    def __init__(self, model: Model, held: Register, words: Words, sides: tuple[Register, ...], tell: Tell = lambda what, count: None):
        self.model, self.held, self.words = model, held, words
        self.codes = codes(words)
        self.rarity = model.rarity(sides, len(words))
        self.index = Index(held, self.codes, tell=tell)

    @cached_property
    def row_of(self) -> dict[Any, int]:
        return {one: row for row, one in enumerate(self.held.ids)}

    @cached_property
    def counted(self) -> nearby.Counts:
        return nearby.counted(self.held)

    def best(self, asked: Register, *, asked_are_found: bool, effort: Effort) -> tuple[np.ndarray, np.ndarray, int]:
        """Rows of those held, best first and -1 behind the last; the bits of evidence; for how many not every key was looked at."""
        starts, probes = self.index.probes(asked, self.codes)
        rows = np.full((len(asked), effort.kept), -1, np.int32)
        scores = np.full((len(asked), effort.kept), -1e9)
        short = kernel.search(
            starts, probes, self.index.starts, self.index.worth, self.index.rows,
            asked.numbers, asked.bits, self.held.numbers, self.held.bits,
            self.model.weights, self.rarity, self.model.rare, self.words.letters, self.words.lengths,
            asked_are_found, effort.looked, effort.gathered, effort.ranked, rows, scores,
        )  # fmt: skip
        return rows, scores, short


def all_pairs(searcher: Searcher, asked: Register, *, asked_are_found: bool = True, effort: Effort, threads: int, tell: Tell) -> Pairs:
    """The best of those held for each one asked about; probabilities are not known yet."""

    def one(first: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        part = part_of(asked, first, first + chunk)
        rows, scores, short = searcher.best(part, asked_are_found=asked_are_found, effort=effort)
        at, place = np.nonzero(rows >= 0)
        tell("search", len(part))
        cut_short.append(short)
        return (at + first).astype(np.int32), rows[at, place], scores[at, place].astype(np.float32)

    chunk = max(1, min(A_CHUNK, len(asked) // (2 * threads)))
    cut_short: list[int] = []
    with ThreadPoolExecutor(threads) as pool:
        done = list(pool.map(one, range(0, len(asked), chunk)))
    asking, held, bits = (np.concatenate(part) for part in zip(*done, strict=True)) if done else (np.zeros(0, np.int32),) * 3
    missing, found = (held, asking) if asked_are_found else (asking, held)
    return Pairs(missing, found, bits, np.zeros(len(bits)), sum(cut_short))


def weigh_up(pairs: Pairs, model: Model, missing: int, found: int) -> float:
    """Sets the probability of each pair, given the others: no one is two people. Returns the share thought to have been found.

    Odds of a pair alone come from the bits and from how many people there are; each row and each column then shares out at most one
    (Sinkhorn's scaling with an empty place beside), and the share of people with a match is learnt from the result itself.
    """
    share = model.told["share_found"]
    for _ in range(4):
        prior = share / (1 - share) / max(1, missing)
        odds = np.exp2(np.minimum(pairs.bits + model.told["offset"], 60).astype(np.float64)) * prior
        told = _shared_out(pairs, odds, missing, found)
        share = float(np.clip(told.sum() / max(1, found), 0.002, 0.95))
    told = np.clip(told, 1e-9, 1 - 1e-9)
    pairs.probability = model.calibrated(np.log(told / (1 - told)))
    return share


def _shared_out(pairs: Pairs, odds: np.ndarray, missing: int, found: int) -> np.ndarray:
    rows, columns = np.ones(missing), np.ones(found)
    for _ in range(SWEEPS):
        rows = 1 / (1 + np.bincount(pairs.missing, odds * columns[pairs.found], missing))
        columns = 1 / (1 + np.bincount(pairs.found, odds * rows[pairs.missing], found))
    return rows[pairs.missing] * odds * columns[pairs.found]


def levels(pairs: Pairs, missing: Register, found: Register, words: Words) -> np.ndarray:
    """The level of each comparison for each pair."""
    out = np.zeros((len(pairs), 14), np.int64)
    for part in _parts(len(pairs)):
        m, f = pairs.missing[part], pairs.found[part]
        kernel.levels_of(missing.numbers[m], found.numbers[f], missing.bits[m], found.bits[f], words.letters, words.lengths, out[part])
    return out


def _parts(count: int) -> Iterator[slice]:
    for first in range(0, count, 200_000):
        yield slice(first, min(count, first + 200_000))
