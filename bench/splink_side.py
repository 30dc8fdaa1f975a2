"""python -m bench.splink_side raw|ours MISSING FOUND TRUTH: Splink in a process of its own, on raw strings or on our columns."""

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

from aanchal.matching.engine import files, model, reading, splink_model
from aanchal.matching.engine.evaluating import figures, truth
from aanchal.matching.engine.matching import Pairs

LEAST_BITS = -4.0


def raw_settings():
    """As Splink's own documentation begins: default comparisons of the strings as they were written."""
    import splink.comparison_library as cl
    from splink import SettingsCreator, block_on

    return SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.NameComparison("name"),
            cl.NameComparison("father"),
            cl.ExactMatch("sex"),
            cl.ExactMatch("age"),
            cl.ExactMatch("home_district").configure(term_frequency_adjustments=True),
            cl.ExactMatch("home_block"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("name"),
            block_on("father", "sex"),
            block_on("home_block", "sex"),
            block_on("home_district", "sex", "age"),
        ],
        probability_two_random_records_match=1e-6,
        max_iterations=15,
    )


def raw_table(people: pa.Table) -> pa.Table:
    return people.select(["name", "father", "sex", "age", "home_district", "home_block"]).append_column("unique_id", people["id"])


def trained(linker, is_raw: bool) -> None:
    from splink import block_on

    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1, min_count_per_level=None)
    rules = [("home_block",), ("name",)] if is_raw else [("given_key", "father_key"), ("district", "sex")]
    for columns in rules:
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*columns), estimate_without_term_frequencies=True)


def matched(tables: tuple[pa.Table, pa.Table], is_raw: bool) -> pa.Table:
    linker, connection, _ = splink_model.linker(*tables, settings=raw_settings() if is_raw else None)
    trained(linker, is_raw)
    found = linker.inference.predict(threshold_match_weight=LEAST_BITS)
    question = f"select unique_id_l a, unique_id_r b, match_weight w, match_probability p from {found.physical_name}"
    return connection.sql(question).to_arrow_table()


def run(kind: str, missing: Path, found: Path, pairs: Path) -> dict:
    columns, made = files.mapping(None), model.load()
    people = [files.people(path, side, columns)[0] for path, side in ((missing, "missing"), (found, "found"))]
    read_missing, read_found, words = reading.build(*people, made.families, made.called)
    is_raw = kind == "raw"
    tables = (
        tuple(raw_table(side) for side in people)
        if is_raw
        else tuple(splink_model.table(side, words) for side in (read_missing, read_found))
    )
    before, began, cpu = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter(), time.process_time()
    table = matched(tables, is_raw)
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    rows = [pc.index_in(table[name], side.ids).to_numpy().astype(np.int32) for name, side in (("a", read_missing), ("b", read_found))]
    scored = Pairs(*rows, table["w"].to_numpy(), table["w"].to_numpy())
    told = figures(scored, truth(files.pairs(pairs)[0], read_missing, read_found), len(read_missing), len(read_found))
    told["calibration_error"] = None
    return told | {
        "pairs": len(table),
        "seconds": round(seconds, 1),
        "cpu_seconds": round(cpu, 1),
        "peak_gb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, 2),
        "peak_before_gb": round(before / 1e6, 2),
    }


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[1], *map(Path, sys.argv[2:5]))))
