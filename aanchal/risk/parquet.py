"""Families in Parquet files scored and added up by place: one arithmetic (`batch`, `rollup`), on this machine or in each task of a cluster.

A file has `household`, `place` (a number) and a column for each fact of the definition; an empty cell was not answered. A batch of it goes
in, a batch comes out: nothing here knows how many there are.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from aanchal.risk.batch import NOT_KNOWN, Batch, Column, Scores, column_type
from aanchal.risk.definition import Definition, Fact
from aanchal.risk.rollup import RollUp, roll_up

FAMILIES = {  # what is written of each family; bits of a mask stand in the definition's own order
    "household": pa.string(), "place": pa.int64(), "points": pa.int16(), "observed": pa.int16(), "band": pa.string(),
    "deprived": pa.int64(), "unknown": pa.int64(), "overrides": pa.int64(),
}  # fmt: skip
WHOLE, SHARES = ("place", "families", "poor", "urgent"), ("headcount", "intensity", "m0")
COUNTS = {"place": pa.int64(), "what": pa.string(), "key": pa.string(), "observed": pa.int16(), "families": pa.int64()}
ONE_COUNT = ["place", "what", "key", "observed"]
A_BATCH = 1 << 20


class Unreadable(ValueError):
    """A file that does not say what the definition asks."""


@dataclass(frozen=True)
class Scored:
    families: int
    places: int


def score_file(definition: Definition, source: Path, out: Path) -> Scored:
    """Scores, counts and measures of a file (or a folder of files) into folders of `out`."""
    batch = Batch(definition)
    for folder in ("families", "counts", "measures"):
        (out / folder).mkdir(parents=True)
    counted = []
    with pq.ParquetWriter(out / "families" / "part-0.parquet", pa.schema(FAMILIES)) as writer:
        for rows in _batches(source):
            scored = score(batch, rows)
            writer.write_batch(scored)
            counted.append(count(definition, scored))
    counts = added(counted)
    pq.write_table(counts, out / "counts" / "part-0.parquet")
    measures = measured(definition, counts)
    pq.write_table(measures, out / "measures" / "part-0.parquet")
    return Scored(pc.sum(measures["families"]).as_py() or 0, measures.num_rows)


def score(batch: Batch, rows: pa.RecordBatch) -> pa.RecordBatch:
    definition = batch.definition
    missing = [name for name in ("household", "place", *(fact.key for fact in definition.facts)) if name not in rows.schema.names]
    if missing:
        raise Unreadable(f"no column {', '.join(missing)}")
    scores = batch.score({fact.key: _column(fact, rows.column(fact.key)) for fact in definition.facts})
    bands = pa.DictionaryArray.from_arrays(pa.array(scores.band), list(definition.band_keys)).cast(pa.string())
    masks = (scores.deprived, scores.unknown, scores.overrides)
    told = [rows.column("household").cast(pa.string()), rows.column("place").cast(pa.int64())]
    told += [scores.points.astype(np.int16), scores.observed.astype(np.int16), bands, *(mask.astype(np.int64) for mask in masks)]
    return pa.RecordBatch.from_arrays([_array(one) for one in told], schema=pa.schema(FAMILIES))


def count(definition: Definition, scored: pa.RecordBatch) -> pa.RecordBatch:
    """Families counted by place, in rows that add up over batches."""
    places, codes = np.unique(scored.column("place").to_numpy(), return_inverse=True)
    rolled = roll_up(definition, _scores(definition, scored), codes, len(places))
    indicators, bands, weights = list(definition.points_of), list(definition.band_keys), rolled.weights.tolist()
    parts = [
        _rows("bands", rolled.bands, bands),
        _rows("observed", rolled.observed, [""], weights),
        _rows("urgent", rolled.urgent, [""]),
        _rows("raw", rolled.raw, indicators),
        *(_rows("censored", rolled.censored[:, n], indicators, [weight]) for n, weight in enumerate(weights)),
    ]
    which, what, key, observed, families = (np.concatenate(column) for column in zip(*parts, strict=True))
    columns = [places[which], what, key, observed.astype(np.int16), families]
    return pa.RecordBatch.from_arrays([_array(one) for one in columns], schema=pa.schema(COUNTS))


def added(counted: Iterable[pa.RecordBatch]) -> pa.Table:
    """The counts of several batches as one, in the order of their places."""
    table = pa.Table.from_batches(counted, schema=pa.schema(COUNTS)).group_by(ONE_COUNT).aggregate([("families", "sum")])
    return table.rename_columns(list(COUNTS)).cast(pa.schema(COUNTS)).sort_by([(name, "ascending") for name in ONE_COUNT])


def measured(definition: Definition, counts: pa.Table) -> pa.Table:
    """H, A, M0 and contributions of every place whose counts are all there."""
    places, rolled = _rolled_up(definition, counts)
    columns = {"place": places, "families": rolled.households, "poor": rolled.poor, "urgent": rolled.urgent}
    columns |= {"headcount": rolled.headcount, "intensity": rolled.intensity, "m0": rolled.m0}
    columns |= {name: rolled.contribution[:, n] for n, name in enumerate(_contributions(definition))}
    return pa.table({name: _array(column) for name, column in columns.items()}, schema=pa.schema(measures_of(definition)))


def measures_of(definition: Definition) -> dict[str, pa.DataType]:
    return dict.fromkeys(WHOLE, pa.int64()) | dict.fromkeys((*SHARES, *_contributions(definition)), pa.float64())


def _contributions(definition: Definition) -> list[str]:
    return [f"contribution_{key}" for key in definition.points_of]


def _batches(source: Path) -> Iterator[pa.RecordBatch]:
    for path in sorted(source.rglob("*.parquet")) if source.is_dir() else [source]:
        with pq.ParquetFile(path) as file:
            yield from file.iter_batches(A_BATCH)


def _array(column: np.ndarray | pa.Array) -> pa.Array:
    return column if isinstance(column, pa.Array) else pa.array(np.ascontiguousarray(column))


def _column(fact: Fact, told: pa.Array) -> Column:
    """Narrow, NOT_KNOWN where nothing is told; refused by name where a number is out of the fact's range."""
    try:
        numbers = told.cast(pa.int64())
    except pa.ArrowInvalid as problem:
        raise Unreadable(f"'{fact.key}' is not in whole numbers") from problem
    extent = pc.min_max(numbers).as_py()
    if extent["min"] is not None and not 0 <= extent["min"] <= extent["max"] <= fact.highest:
        raise Unreadable(f"'{fact.key}' runs from 0 to {fact.highest}")
    return numbers.fill_null(NOT_KNOWN).to_numpy(zero_copy_only=False).astype(column_type(fact))


def _scores(definition: Definition, scored: pa.RecordBatch) -> Scores:
    band = pc.index_in(scored.column("band"), pa.array(definition.band_keys)).to_numpy()
    kinds = Scores.empty(definition, 0)
    told = {name: scored.column(name).to_numpy() for name in ("points", "observed", "deprived", "unknown", "overrides")} | {"band": band}
    return Scores(**{name: told[name].astype(kind.dtype) for name, kind in vars(kinds).items()})


def _rows(what: str, counts: np.ndarray, keys: list[str], weights: Iterable[int] = (0,)) -> tuple[np.ndarray, ...]:
    """The counts that are not 0: which place, what is counted, its key and answered weight, how many."""
    weights = list(weights)
    across = counts.reshape(len(counts), -1)
    which, column = np.nonzero(across)
    named = np.array(keys)[column % len(keys)] if len(weights) == 1 else np.full(len(which), keys[0])
    observed = np.array(weights)[column if len(weights) > 1 else np.zeros_like(column)]
    return which, np.full(len(which), what), named, observed, across[which, column]


def _rolled_up(definition: Definition, counts: pa.Table) -> tuple[np.ndarray, RollUp]:
    places, which = np.unique(counts["place"].to_numpy(), return_inverse=True)
    what, observed, families = (counts[name].to_numpy() for name in ("what", "observed", "families"))
    weights = np.unique(observed[what == "observed"])
    level = np.searchsorted(weights, observed)
    indicators = list(definition.points_of)

    def filled(name: str, keys: Iterable[str], *, by_weight: bool = False) -> np.ndarray:
        """[place, answered weight, key]"""
        rows, keys = np.flatnonzero(what == name), list(keys)
        column = pc.index_in(counts["key"].take(rows).combine_chunks(), pa.array(keys, pa.string())).to_numpy(zero_copy_only=False)
        found = np.zeros((len(places), len(weights) if by_weight else 1, len(keys)), np.int64)
        found[which[rows], level[rows] * by_weight, column.astype(np.int64)] = families[rows]
        return found

    return places, RollUp(
        definition,
        weights.astype(np.uint8),
        observed=filled("observed", [""], by_weight=True)[:, :, 0],
        bands=filled("bands", definition.band_keys)[:, 0],
        urgent=filled("urgent", [""])[:, 0, 0],
        raw=filled("raw", indicators)[:, 0],
        censored=filled("censored", indicators, by_weight=True),
    )
