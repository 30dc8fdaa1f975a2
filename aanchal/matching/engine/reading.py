"""Two registers from two tables of people, whose names may be in any of India's scripts."""

from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from aanchal.matching import names
from aanchal.matching.engine.columns import NUMBERS, OLDEST, SEXES, UNKNOWN, YEAR, Column
from aanchal.matching.engine.register import Register, Words, languages, marks
from aanchal.matching.spelling import LONGEST

FIELDS = len(names.Name._fields)
PERSONS = ("name", "father", "mother", "alias")
A_PART = 20_000  # spellings that one process reads at a time
Tell = Callable[[str, int], None]


def words_of(known: pa.Array) -> Words:
    """The letters of each word in a row of bytes."""
    letters = np.zeros((len(known), LONGEST), np.uint8)
    lengths = pc.binary_length(known).to_numpy(zero_copy_only=False).astype(np.int64)
    data = np.frombuffer(known.buffers()[2] or b"", np.uint8)
    starts = np.frombuffer(known.buffers()[1], np.int32)[known.offset :][: len(known)].astype(np.int64)
    kept = np.minimum(lengths, LONGEST)
    for at in range(LONGEST):
        has = kept > at
        letters[has, at] = data[starts[has] + at]
    return Words(letters, kept, known)


def build(
    missing: pa.Table, found: pa.Table, families: frozenset[str], called: frozenset[str], *, workers: int = 2, tell: Tell | None = None
):
    """Both registers and their words. What cannot be used is set aside and counted in `aside`."""
    sides = [_once(side) for side in (missing, found)]
    with _Spelt(families, workers if sum(map(len, (missing, found))) > A_PART else 1, tell or (lambda what, count: None)) as spelt:
        read = spelt.sides([table for table, _ in sides])
    known, numbers = _numbered(read)
    is_called = np.isin(np.arange(len(known)), pc.index_in(pa.array(sorted(called), pa.string()), known).drop_null().to_numpy())
    registers = []
    for (table, aside), words in zip(sides, numbers, strict=True):
        registers.append(_register(table, words, is_called, aside))
    return registers[0], registers[1], words_of(known)


def _once(table: pa.Table) -> tuple[pa.Table, Counter]:
    """Every id once: the first line stands."""
    aside: Counter = Counter()
    ids = table["id"].combine_chunks() if len(table) else pa.array([], pa.string())
    if len(ids) and len(pc.unique(ids)) < len(ids):
        first = pa.table({"id": ids, "at": np.arange(len(ids))}).group_by("id").aggregate([("at", "min")])["at_min"]
        kept = np.sort(first.to_numpy())
        aside["id twice"] = len(ids) - len(kept)
        table = table.take(kept)
    return table, aside


class _Spelt:
    """Reads every different spelling once, in as many processes as there are."""

    def __init__(self, families: frozenset[str], workers: int, tell: Tell):
        self.families, self.tell = families, tell
        self.pool = ProcessPoolExecutor(workers, mp_context=get_context("forkserver")) if workers > 1 else None

    def __enter__(self) -> "_Spelt":
        return self

    def __exit__(self, *problem) -> None:
        if self.pool:
            self.pool.shutdown()

    def sides(self, tables: list[pa.Table]) -> list[dict[str, pa.Array]]:
        """The words of each table. Spellings of all columns and both tables are read together: none twice, and no process waits."""
        spoken = _Different([table[column] for table in tables for column in PERSONS])
        places = _Different([table["village"] for table in tables])
        persons = self._each(partial(_names, self.families), spoken)
        villages = self._each(_villages, places)
        named, placed = self._read("names", persons), self._read("villages", villages)
        made = []
        for number in range(len(tables)):
            own, father, mother, alias = (partial(spoken.of, 4 * number + at, named) for at in range(4))
            made.append(_side(own, father, mother, alias, partial(places.of, number, placed)))
        return made

    def _read(self, what: str, parts: Iterable[list[pa.Array]]) -> list[pa.Array]:
        read = []
        for part in parts:
            read.append(part)
            self.tell(what, len(part[0]))
        return [pa.concat_arrays(column) for column in zip(*read, strict=True)]

    def _each(self, reading, different: "_Different") -> Iterable[list[pa.Array]]:
        parts = [different.known[at : at + A_PART] for at in range(0, len(different.known), A_PART)] or [different.known]
        return self.pool.map(reading, parts) if self.pool else map(reading, parts)


class _Different:
    """The different spellings of several columns, and which of them stands in each row."""

    def __init__(self, columns: list[pa.ChunkedArray]):
        whole = [pc.cast(column, pa.string()).combine_chunks() for column in columns]
        encoded = pa.chunked_array([pa.array([""]), *whole]).dictionary_encode().unify_dictionaries()
        self.known, chunks = encoded.chunk(0).dictionary, iter(encoded.chunks[1:])
        self.rows = [next(chunks).indices if len(column) else pa.array([], pa.int32()) for column in whole]

    def of(self, column: int, read: list[pa.Array], at: int) -> pa.Array:
        """What was read in the rows of a column, the `at`th part of it."""
        return pc.fill_null(read[at].take(self.rows[column]), "")


def _side(own, father, mother, alias, village) -> dict[str, pa.Array]:
    no_rest = pc.equal(own(2), "")
    return {
        Column.GIVEN: own(0),
        Column.GIVEN_KEY: own(1),
        Column.REST: pc.if_else(no_rest, father(2), own(2)),
        Column.REST_KEY: pc.if_else(no_rest, father(3), own(3)),
        Column.JOINED: own(4),
        Column.TITLE: own(5),
        Column.SECOND_KEY: own(6),
        Column.ALIAS: alias(0),
        Column.ALIAS_KEY: alias(1),
        Column.FATHER: father(0),
        Column.FATHER_KEY: father(1),
        Column.MOTHER: mother(0),
        Column.MOTHER_KEY: mother(1),
        Column.VILLAGE: village(0),
        Column.VILLAGE_KEY: village(1),
    }


def _names(families: frozenset[str], part: pa.Array) -> list[pa.Array]:
    read = [names.read(text, families) for text in part.to_pylist()]
    return [pa.array(column, pa.string()) for column in zip(*read, strict=True)] if read else [pa.array([], pa.string())] * FIELDS


def _villages(part: pa.Array) -> list[pa.Array]:
    read = [names.place_name(text) for text in part.to_pylist()]
    return [pa.array([place[at] for place in read], pa.string()) for at in (0, 1)]


def _numbered(read: list[dict[str, pa.Array]]) -> tuple[pa.Array, list[dict[str, np.ndarray]]]:
    """One vocabulary over every column of both sides; the empty word is number 0."""
    columns = [array for side in read for array in side.values()]
    encoded = pa.chunked_array([pa.array([""]), *columns]).dictionary_encode().unify_dictionaries()
    known = encoded.chunk(0).dictionary
    chunks = iter(encoded.chunks[1:])
    numbers = []
    for side in read:
        numbers.append({column: next(chunks).indices.to_numpy() if len(array) else np.zeros(0, np.int32) for column, array in side.items()})
    return known, numbers


def _register(table: pa.Table, words: dict[str, np.ndarray], is_called: np.ndarray, aside: Counter) -> Register:
    numbers = np.zeros((len(table), NUMBERS), np.int32)
    for column, values in words.items():
        numbers[:, column] = values
    numbers[:, Column.SEX] = _mapped(table["sex"], lambda text: SEXES.get(str(text).strip().lower().removesuffix(".0"), 2), 2)
    day = _days(table["date"], aside)
    age = _bounded(table["age"], 0, OLDEST, "age that cannot be", aside)
    numbers[:, Column.DAY] = day
    known = (day != UNKNOWN) & ~np.isnan(age)
    numbers[:, Column.BIRTH] = np.where(known, day - (np.nan_to_num(age) + 0.5) * YEAR, UNKNOWN)
    for column, name in ((Column.STATE, "home_state"), (Column.DISTRICT, "home_district"), (Column.BLOCK, "home_block"),
                         (Column.AT_STATE, "at_state"), (Column.AT_DISTRICT, "at_district")):  # fmt: skip
        numbers[:, column] = np.nan_to_num(_bounded(table[name], -1, 2**31 - 1, "place code that cannot be", aside)).clip(0)
    numbers[:, Column.HEIGHT] = np.nan_to_num(_bounded(table["height"], 30, 230, "height that cannot be", aside))
    numbers[:, Column.IS_CALLED] = is_called[numbers[:, Column.GIVEN]]
    bits = np.zeros((len(table), 2), np.uint64)
    bits[:, 0] = _mapped(table["marks"], marks, 0)
    bits[:, 1] = _mapped(table["langs"], languages, 0)
    aside["no name that can be read"] = int((numbers[:, Column.GIVEN] == 0).sum())
    return Register(table["id"].combine_chunks(), numbers, bits, +aside)


def _mapped(column: pa.ChunkedArray, reading: Callable, unknown: int) -> np.ndarray:
    """Each different value read once."""
    encoded = pc.cast(column, pa.string()).combine_chunks().dictionary_encode()
    table = np.array([*(reading(text) for text in encoded.dictionary.to_pylist()), unknown], np.uint64)
    at = pc.fill_null(encoded.indices, len(table) - 1).to_numpy(zero_copy_only=False)
    return table[at]


def _bounded(column: pa.ChunkedArray, least: float, most: float, what: str, aside: Counter) -> np.ndarray:
    values = column.to_numpy(zero_copy_only=False).astype(np.float64)
    bad = (values < least) | (values > most)
    if bad.any():
        aside[what] += int(bad.sum())
        values = np.where(bad, np.nan, values)
    return values


def _days(column: pa.ChunkedArray, aside: Counter) -> np.ndarray:
    days = pc.fill_null(column.cast(pa.int32()), UNKNOWN).to_numpy(zero_copy_only=False)
    bad = (days != UNKNOWN) & ((days < -7305) | (days > 47482))  # 1950 to 2100
    if bad.any():
        aside["date that cannot be"] += int(bad.sum())
        days = np.where(bad, UNKNOWN, days)
    return days
