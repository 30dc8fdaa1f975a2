"""The same matching by Apache Spark: the keys meet in a join, the kernel scores what met. Pairs and bits are those of one machine."""

import os
import pickle
import sys
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet

from aanchal.matching.engine import kernel, matching, running
from aanchal.matching.engine import model as models
from aanchal.matching.engine.index import Index, codes
from aanchal.matching.engine.matching import Pairs

MET = "asked int, held int, worth bigint"
SCORED = "asked int, held int, bits double"


def session(master: str) -> Any:
    """A Spark session; `local[*]` is this machine alone. What its tasks run in is this Python."""
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    local = {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"} if master.startswith("local") else {}
    settings = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "8", **local}
    return SparkSession.builder.master(master).appName("aanchal match").config(map=settings).getOrCreate()


def match(spark: Any, missing: Path, found: Path, model: Path | None, columns: dict, out: Path) -> int:
    """Every found person among the missing, pairs into a Parquet file. The driver reads and weighs up; Spark gathers, ranks and scores."""
    made = models.load(model) if model else models.load()
    people = running.read(missing, found, columns, made, workers=1, tell=lambda what, count: None)
    searcher = matching.Searcher(made, people.missing, people.words, (people.missing, people.found))
    with tempfile.TemporaryDirectory(dir=out.parent) as folder:
        pairs = scored(spark, searcher, people, Path(folder))
    share = matching.weigh_up(pairs, made, len(people.missing), len(people.found))
    table = running.result(running.Run(people, pairs, searcher, share, {}))
    pyarrow.parquet.write_table(table, out)
    return len(table)


def scored(spark: Any, searcher: matching.Searcher, people: running.People, folder: Path) -> Pairs:
    """The best missing people of each found one, with bits, as `matching.all_pairs` has them. What passes through `folder` are numbers."""
    effort = running.effort_for(len(people.found))
    shared = spark.sparkContext.broadcast(pickle.dumps((people, searcher.model.told, searcher.rarity)))
    probes, postings = _keys(searcher.index, people, codes(people.words), effort.looked)
    for name, table in (("probes", probes), ("postings", postings)):
        pyarrow.parquet.write_table(table, folder / f"{name}.parquet")
        spark.read.parquet(str(folder / f"{name}.parquet")).createOrReplaceTempView(name)
    met = spark.sql("SELECT asked, held, CAST(SUM(worth) AS BIGINT) AS worth FROM probes JOIN postings USING (key) GROUP BY asked, held")
    ranked = _first(met, effort.gathered).mapInArrow(_ranking(shared), MET).where("worth > -500000")
    best = _first(ranked, effort.ranked).mapInArrow(_scoring(shared), SCORED)
    best.createOrReplaceTempView("scored")
    spark.sql(
        "SELECT asked, held, bits FROM (SELECT *, row_number() OVER (PARTITION BY asked ORDER BY bits DESC, held) AS place FROM scored)"
        f" WHERE place <= {effort.kept} ORDER BY asked, bits DESC, held"
    ).write.parquet(str(folder / "kept"))
    kept = pyarrow.parquet.read_table(folder / "kept")
    held, asked, bits = (kept[name].to_numpy() for name in ("held", "asked", "bits"))
    return Pairs(held.astype(np.int32), asked.astype(np.int32), bits.astype(np.float32), np.zeros(len(bits)))


def _keys(index: Index, people: running.People, words: np.ndarray, looked: int) -> tuple[pa.Table, pa.Table]:
    starts, probes = index.probes(people.found, words)
    asked = np.repeat(np.arange(len(people.found), dtype=np.int32), np.diff(starts))
    kept = kernel.looked_at(starts, probes, index.starts, index.worth, looked)
    sizes = np.diff(index.starts)
    key = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    held = pa.table({"key": key, "held": index.rows, "worth": np.repeat(index.worth, sizes).astype(np.int64)})
    return pa.table({"asked": asked[kept], "key": probes[kept]}), held


def _first(met: Any, most: int) -> Any:
    """As `kernel.cut_at`: those in the half bit of the last that may stay in stay in too."""
    met.createOrReplaceTempView("met")
    half_bit = "LEAST(GREATEST(SHIFTRIGHT(worth, 3), 0), 511)"
    order = f"PARTITION BY asked ORDER BY {half_bit} DESC"
    ranked = f"SELECT *, rank() OVER ({order}) AS place, row_number() OVER ({order}, held) AS at FROM met"
    return met.sparkSession.sql(f"SELECT asked, held, worth FROM ({ranked}) WHERE place <= {most} AND at <= {kernel.TIES * most}")


def _rows(shared: Any, batch: pa.RecordBatch) -> tuple[Any, ...]:
    people, told, rarity = _loaded(shared.value)
    asked, held = batch["asked"].to_numpy(), batch["held"].to_numpy()
    sides = people.missing.numbers[held], people.found.numbers[asked], people.missing.bits[held], people.found.bits[asked]
    return sides, people.words, models.of(told), rarity


@cache
def _loaded(told: bytes) -> Any:
    """Once a worker."""
    return pickle.loads(told)  # noqa: S301 - written by `scored`


def _ranking(shared: Any):
    def ranking(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            sides, _, model, _ = _rows(shared, batch)
            out = np.zeros(len(batch), np.int64)
            kernel.rank_pairs(*sides, model.weights, out)
            worth = batch["worth"].to_numpy() + out
            yield pa.RecordBatch.from_arrays([batch["asked"], batch["held"], pa.array(worth)], names=["asked", "held", "worth"])

    return ranking


def _scoring(shared: Any):
    def scoring(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            sides, words, model, rarity = _rows(shared, batch)
            out = np.zeros(len(batch))
            kernel.weigh_pairs(*sides, model.weights, rarity, model.rare, words.letters, words.lengths, out)
            yield pa.RecordBatch.from_arrays([batch["asked"], batch["held"], pa.array(out)], names=["asked", "held", "bits"])

    return scoring
