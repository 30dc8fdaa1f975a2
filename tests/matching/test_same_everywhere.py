"""One model: the kernel, Splink's words in DuckDB, the interpreted kernel and Spark say the same of a pair."""

from pathlib import Path

import duckdb
import numpy as np
import pytest

from aanchal.matching.engine import files, kernel, matching, model, running, spark, splink_model
from aanchal.matching.engine.columns import COMPARISONS
from aanchal.matching.engine.matching import Pairs, Searcher

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "linkage" / "dev10k"
FEW = 1_200

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the data of ../shared is not here")


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    """The first true pairs of the data set, as a small pair of registers."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    folder = tmp_path_factory.mktemp("few")
    truth = pq.read_table(DATA / "truth.parquet").slice(0, FEW)
    for side, column in (("missing", "mid"), ("found", "fid")):
        table = pq.read_table(DATA / f"{side}.parquet")
        pq.write_table(table.filter(pc.is_in(table["id"], truth[column])), folder / f"{side}.parquet")
    return folder


@pytest.fixture(scope="module")
def done(few):
    return running.run(few / "missing.parquet", few / "found.parquet", model.load(), files.mapping(None), threads=1)


@pytest.mark.parametrize("name", COMPARISONS)
def test_duckdb_finds_the_levels_the_kernel_finds(done, name):
    people = done.people
    chance = np.random.default_rng(3)
    at = chance.integers(0, len(done.pairs), 600)
    pairs = Pairs(done.pairs.missing[at], done.pairs.found[at], done.pairs.bits[at], done.pairs.probability[at])
    ours = matching.levels(pairs, people.missing, people.found, people.words)[:, COMPARISONS.index(name)]
    unknown, said, other = splink_model.SAID[name]
    cases = " ".join(f"when {sql} then {level}" for level, sql in said)
    sides = [splink_model.table(side, people.words) for side in (people.missing, people.found)]
    left, right = (side.take(rows) for side, rows in zip(sides, (pairs.missing, pairs.found), strict=True))
    both = left.rename_columns([f"{column}_l" for column in left.column_names])
    for column in right.column_names:
        both = both.append_column(f"{column}_r", right[column])
    connection = duckdb.connect()
    connection.register("pairs", both)
    found = connection.execute(f"select case when {unknown} then 0 {cases} else {other} end from pairs").fetchnumpy()
    assert np.array_equal(next(iter(found.values())), ours)


def test_the_interpreted_kernel_says_what_the_compiled_one_says(done):
    people = done.people
    m, f = done.pairs.missing[:60], done.pairs.found[:60]
    sides = people.missing.numbers[m], people.found.numbers[f], people.missing.bits[m], people.found.bits[f]
    compiled, plain = np.zeros((60, len(COMPARISONS)), np.int64), np.zeros((60, len(COMPARISONS)), np.int64)
    kernel.levels_of(*sides, people.words.letters, people.words.lengths, compiled)
    getattr(kernel.levels_of, "py_func", kernel.levels_of)(*sides, people.words.letters, people.words.lengths, plain)
    assert np.array_equal(compiled, plain)


def test_spark_finds_the_same_pairs_with_the_same_bits(few, done, tmp_path):
    people = done.people
    searcher = Searcher(model.load(), people.missing, people.words, (people.missing, people.found))
    session = spark.session("local[1]")
    try:
        found = spark.scored(session, searcher, people, tmp_path)
    finally:
        session.stop()
    ours = {(m, f): bits for m, f, bits in zip(done.pairs.missing, done.pairs.found, done.pairs.bits, strict=True)}
    theirs = {(m, f): bits for m, f, bits in zip(found.missing, found.found, found.bits, strict=True)}
    assert theirs == ours


def test_bits_of_the_waterfall_sum_to_the_bits_of_the_pair(done):
    from aanchal.matching.engine.asking import waterfall

    people = done.people
    part = Pairs(*(column[:200] for column in (done.pairs.missing, done.pairs.found, done.pairs.bits, done.pairs.probability)))
    told = waterfall(part, done.searcher.model, done.searcher.rarity, (people.missing, people.found), people.words)
    assert np.allclose([sum(one["bits"].values()) for one in told], part.bits, atol=1e-3)
