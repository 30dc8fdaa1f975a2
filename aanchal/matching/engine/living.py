"""An index that lives in memory and grows: whoever is added is found by the next question."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from aanchal.matching.engine import nearby
from aanchal.matching.engine.asking import weighed
from aanchal.matching.engine.few import Someone, Vocabulary, register
from aanchal.matching.engine.index import codes
from aanchal.matching.engine.matching import Effort, Searcher
from aanchal.matching.engine.model import Model
from aanchal.matching.engine.register import Register, Words

FRESH = 2_000  # people added before they join the large index
KEPT = 12


@dataclass(frozen=True)
class Fit:
    """One person held who fits the one asked for."""

    id: Any
    probability: float
    levels: dict[str, int]
    bits: dict[str, float]


class Side:
    """Those held of one side: a large index, and a small one of those who came since."""

    def __init__(self, model: Model, vocabulary: Vocabulary):
        self.model, self.vocabulary = model, vocabulary
        self.parts: list[Register] = []
        self.searchers: list[Searcher] = []
        self.known: dict[Any, int] = {}

    def __len__(self) -> int:
        return sum(len(part) for part in self.parts)

    def add(self, people: Iterable[Someone]) -> None:
        """Who is held already is held by what is said now."""
        said = {someone.id: someone for someone in people}
        people = [someone for someone in said.values() if self.known.get(someone.id) != hash(someone)]
        self._let_go({someone.id for someone in people if someone.id in self.known})
        self.known |= {someone.id: hash(someone) for someone in people}
        fresh = register(people, self.vocabulary, self.model)
        if not len(fresh):
            return
        if len(self.parts) == 2 and len(self.parts[1]) < FRESH:
            fresh = joined(self.parts.pop(), fresh)
        elif self.parts:
            self.parts = [joined(*self.parts)]
        self.parts.append(fresh)
        words = self.vocabulary.words()
        rebuilt = [Searcher(self.model, part, words, tuple(self.parts)) for part in self.parts[len(self.parts) - 1 :]]
        self.searchers = [*self.searchers[: len(self.parts) - 1], *rebuilt]
        if len(self.searchers) < len(self.parts):
            self.searchers = [Searcher(self.model, part, words, tuple(self.parts)) for part in self.parts]

    def _let_go(self, ids: set[Any]) -> None:
        for part in self.parts if ids else ():
            part.ids[:] = [None if one in ids else one for one in part.ids]

    def best(self, asked: Register, *, asked_is_found: bool, people: int, also: Collection[Any] = ()) -> list[Fit]:
        """`people`: of the larger side. Those of `also` who are held are weighed too, however little they fit."""
        found: dict[Any, Fit] = {}
        words = self.vocabulary.words()
        counted = [searcher.counted for searcher in self.searchers]
        lost = nearby.losses(self.model, asked.numbers[0], counted, asked_is_found=asked_is_found)
        for searcher in self.searchers:
            grow(searcher, words)
            for fit in fits(searcher, asked, lost, asked_is_found=asked_is_found, people=people, also=also):
                found[fit.id] = fit
        ranked = sorted(found.values(), key=lambda fit: (-fit.probability, str(fit.id)))
        return [fit for place, fit in enumerate(ranked) if place < KEPT or fit.id in also]


class Engine:
    """Both sides over one vocabulary. Names are in it only as folded spellings, in memory only."""

    def __init__(self, model: Model):
        self.model = model
        self.vocabulary = Vocabulary()
        self.missing, self.found = Side(model, self.vocabulary), Side(model, self.vocabulary)

    def best(self, someone: Someone, *, is_found: bool, also: Collection[Any] = ()) -> list[Fit]:
        """Those of the other side who may be this person, and what now speaks for those who were thought of before (`also`)."""
        asked = register([someone], self.vocabulary, self.model)
        people = max(len(self.missing), len(self.found))
        return (self.missing if is_found else self.found).best(asked, asked_is_found=is_found, people=people, also=also)


def joined(*parts: Register) -> Register:
    ids = [one for part in parts for one in part.ids]
    return Register(ids, np.concatenate([part.numbers for part in parts]), np.concatenate([part.bits for part in parts]))


def grow(searcher: Searcher, words: Words) -> None:
    """Words that came after the index was made: rarer than any it knows."""
    more = len(words) - searcher.rarity.shape[1]
    if more > 0:
        rarest = np.repeat(searcher.rarity.max(axis=1, keepdims=True), more, axis=1)
        searcher.rarity = np.concatenate([searcher.rarity, rarest], axis=1)
        searcher.codes = codes(words)
    searcher.words = words


def fits(
    searcher: Searcher, asked: Register, lost: nearby.Losses, *, asked_is_found: bool, people: int, also: Collection[Any] = ()
) -> Iterator[Fit]:
    best, _, _ = searcher.best(asked, asked_are_found=asked_is_found, effort=Effort(kept=KEPT))
    ids = searcher.held.ids
    rows = [int(row) for row in best[0] if row >= 0 and ids[int(row)] is not None]
    before = (searcher.row_of.get(one) for one in also) if also else ()
    rows += sorted({row for row in before if row is not None and ids[row] is not None} - set(rows))
    probability, told = weighed(searcher, np.array(rows, np.int32), asked, lost, asked_is_found=asked_is_found, people=people)
    for at, row in enumerate(rows):
        yield Fit(ids[row], float(probability[at]), told[at]["levels"], told[at]["bits"])
