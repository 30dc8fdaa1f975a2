"""The same scoring of Parquet files by Apache Spark: each task scores its part by `parquet.score`, and Spark adds up whole numbers."""

import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import pyarrow as pa
import yaml

from aanchal.risk import parquet
from aanchal.risk.batch import Batch
from aanchal.risk.definition import Definition
from aanchal.risk.loading import load

KINDS = {pa.string(): "string", pa.int64(): "bigint", pa.int16(): "smallint", pa.float64(): "double"}


def session(master: str) -> Any:
    """A Spark session; `local[*]` is this machine alone. What its tasks run in is this Python."""
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    local = {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"} if master.startswith("local") else {}
    settings = {"spark.ui.enabled": "false", "spark.sql.execution.arrow.maxRecordsPerBatch": str(parquet.A_BATCH), **local}
    return SparkSession.builder.master(master).appName("aanchal score").config(map=settings).getOrCreate()


def score_files(spark: Any, definition: str, source: str, out: str) -> parquet.Scored:
    """Scores, counts and measures of Parquet files into folders of `out`; `definition` is the text of its file."""
    families, counts, measures = (f"{out}/{folder}" for folder in ("families", "counts", "measures"))
    spark.read.parquet(source).mapInArrow(_scoring(definition), _schema(parquet.FAMILIES)).write.parquet(families)
    counted = spark.read.parquet(families).mapInArrow(_counting(definition), _schema(parquet.COUNTS))
    counted.groupBy(*parquet.ONE_COUNT).sum("families").withColumnRenamed("sum(families)", "families").write.parquet(counts)
    by_place = spark.read.parquet(counts).repartition("place")
    by_place.mapInArrow(_measuring(definition), _schema(parquet.measures_of(_loaded(definition)))).write.parquet(measures)
    found = spark.read.parquet(measures).agg({"families": "sum", "place": "count"}).first()
    return parquet.Scored(found["sum(families)"] or 0, found["count(place)"])


def _scoring(definition: str):
    def scoring(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        batch = Batch(_loaded(definition))
        for rows in batches:
            yield parquet.score(batch, rows)

    return scoring


def _counting(definition: str):
    def counting(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for scored in batches:
            yield parquet.count(_loaded(definition), scored)

    return counting


def _measuring(definition: str):
    """Every count of a place lies in one partition."""

    def measuring(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        counts = pa.Table.from_batches(batches, schema=pa.schema(parquet.COUNTS))
        yield from parquet.measured(_loaded(definition), counts).to_batches()

    return measuring


@cache
def _loaded(definition: str) -> Definition:
    return load(yaml.safe_load(definition))


def _schema(columns: dict[str, pa.DataType]) -> str:
    return ", ".join(f"{name} {KINDS[kind]}" for name, kind in columns.items())
