"""Families in Parquet files: each as the rules read it, each place as its families add up, on one machine and by Spark alike."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from aanchal.config import cli
from aanchal.risk import parquet
from aanchal.risk.measures import measure, tally
from aanchal.risk.rules import assess
from bench import scoring
from tests.risk.builders import HOUSEHOLD

FAMILIES = 6_000
DEFINITION = Path(parquet.__file__).parent / "definitions" / "household-1.yaml"
FOLDERS = ("families", "counts", "measures")


@pytest.fixture(scope="module")
def told() -> pa.Table:
    nation = scoring.households(FAMILIES)
    places = nation.places.astype(np.int64) * 512 + 2**50
    columns = {"household": pa.array([f"f{n:05}" for n in range(FAMILIES)]), "place": pa.array(places)}
    is_number = {fact.key: fact.is_number for fact in HOUSEHOLD.facts}
    for key, column in nation.columns.items():
        answers = pa.array(column, mask=column < 0)
        columns[key] = answers if is_number[key] else answers.cast(pa.bool_())
    return pa.table(columns)


@pytest.fixture(scope="module")
def source(told, tmp_path_factory) -> Path:
    """Three files, each holding families of every place."""
    folder = tmp_path_factory.mktemp("source")
    for n in range(3):
        pq.write_table(told.slice(n * FAMILIES // 3, FAMILIES // 3), folder / f"{n}.parquet")
    return folder


@pytest.fixture(scope="module")
def scored(source, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("scored") / "out"
    parquet.score_file(HOUSEHOLD, source, out)
    return out


def facts_of(row: dict) -> dict:
    return {fact.key: row[fact.key] for fact in HOUSEHOLD.facts}


def test_it_says_of_each_family_what_the_rules_say(told, scored):
    rows = pq.read_table(scored / "families").to_pylist()
    indicators, overrides = list(HOUSEHOLD.points_of), [one.key for one in HOUSEHOLD.overrides]
    for row, asked in zip(rows[:500], told.to_pylist(), strict=False):
        result = assess(HOUSEHOLD, facts_of(asked))
        assert (row["household"], row["place"]) == (asked["household"], asked["place"])
        assert (row["points"], row["observed"], row["band"]) == (result.points, result.observed_points, result.band)
        for keys, name in ((indicators, "deprived"), (indicators, "unknown"), (overrides, "overrides")):
            assert [key for bit, key in enumerate(keys) if row[name] >> bit & 1] == list(getattr(result, name))
    assert len(rows) == FAMILIES


def test_it_measures_each_place_as_its_families_add_up(told, scored):
    rows = told.to_pylist()
    for found in pq.read_table(scored / "measures").to_pylist():
        exact = measure(HOUSEHOLD, tally(HOUSEHOLD, [assess(HOUSEHOLD, facts_of(row)) for row in rows if row["place"] == found["place"]]))
        assert (found["families"], found["poor"]) == (exact.households, exact.poor)
        assert found["headcount"] == float(exact.headcount)
        assert found["m0"] == pytest.approx(float(exact.m0), rel=1e-12)
        assert found["contribution_B1"] == pytest.approx(float(exact.contribution["B1"]), rel=1e-12)


def test_it_says_the_same_however_the_families_are_cut_into_batches(source, scored, tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "A_BATCH", 777)
    parquet.score_file(HOUSEHOLD, source, tmp_path / "out")
    assert_same(scored, tmp_path / "out")


@pytest.mark.parametrize(("column", "values", "problem"), [
    ("food_short_months", [13], "'food_short_months' runs from 0 to 12"),
    ("debt_months", [-1], "'debt_months' runs from 0 to"),
    ("landless", ["yes"], "'landless' is not in whole numbers"),
    ("landless", None, "no column landless"),
])
def test_it_refuses_what_the_definition_does_not_know(told, tmp_path, column, values, problem):
    table = told.slice(0, 1).drop_columns(column)
    pq.write_table(table if values is None else table.append_column(column, pa.array(values)), tmp_path / "in.parquet")
    with pytest.raises(parquet.Unreadable, match=problem):
        parquet.score_file(HOUSEHOLD, tmp_path / "in.parquet", tmp_path / "out")


def test_a_file_of_nobody_gives_nothing(told, tmp_path):
    pq.write_table(told.slice(0, 0), tmp_path / "in.parquet")
    assert parquet.score_file(HOUSEHOLD, tmp_path / "in.parquet", tmp_path / "out") == parquet.Scored(0, 0)


def test_the_command_scores_a_file_without_a_database(source, scored, tmp_path, capsys):
    assert cli.main(["score", str(source), "--out", str(tmp_path / "out")]) == 0
    assert "6000 families of 24 places" in capsys.readouterr().out
    assert_same(scored, tmp_path / "out")
    assert cli.main(["score", str(source), "--out", str(tmp_path / "out")]) == 2


@pytest.mark.parametrize("content", ["{a: [", "a: 1", "key: household"])
def test_the_command_says_what_is_wrong_with_a_definition(content, source, tmp_path, capsys):
    broken = tmp_path / "broken.yaml"
    broken.write_text(content, encoding="utf-8")
    assert cli.main(["score", str(source), "--out", str(tmp_path / "out"), "--definition", str(broken)]) == 1
    assert f"{broken} cannot be used:" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(not shutil.which("java"), reason="*** SPARK NOT TRIED: no Java here (apt-get install default-jre-headless) ***")
def test_spark_gives_the_same_to_the_last_digit(source, scored, tmp_path):
    """In a process of its own: Spark starts a Java machine and leaves threads behind."""
    out = tmp_path / "spark"
    command = [sys.executable, "-m", "aanchal", "score", str(source), "--out", str(out)]
    command += ["--spark", "local[2]", "--definition", str(DEFINITION)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, env=os.environ | {"SPARK_LOCAL_IP": "127.0.0.1"})
    assert done.returncode == 0, done.stderr[-2_000:]
    assert "6000 families of 24 places" in done.stdout
    assert_same(scored, out)


def assert_same(one: Path, other: Path) -> None:
    for folder in FOLDERS:
        first, second = (_in_order(pq.read_table(out / folder)) for out in (one, other))
        assert first.equals(second), folder


def _in_order(table: pa.Table) -> pa.Table:
    keys = [name for name in ("household", *parquet.ONE_COUNT) if name in table.column_names]
    return table.sort_by([(name, "ascending") for name in keys])
