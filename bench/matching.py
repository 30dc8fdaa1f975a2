"""Matching missing and found people: how many are found, at what cost, beside Splink on raw strings and on the engine's own columns."""

import json as _json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "linkage"
SIDES = ("missing", "found", "truth")
COPIES = 10
QUOTED = ("recall_at_10", "recall_at_1", "best_f1", "one_to_one_f1", "calibration_error", "seconds", "peak_gb")
ASKED = 500
STATES, DISTRICTS, BLOCKS, MARKS = 36, 763, 7500, 60


def main(*, json: bool) -> int:
    """Each run in a process of its own, so that its memory is its own."""
    if not DATA.exists():
        print(f"There is no {DATA}.", file=sys.stderr)
        return 1
    told: dict = {"load_before": os.getloadavg()}
    for name in ("dev10k", "dev100k"):
        told[name] = ours(DATA / name)
        told[f"{name}_splink"] = splink("ours", DATA / name)
        told[f"{name}_splink_raw"] = splink("raw", DATA / name)
    with tempfile.TemporaryDirectory() as folder:
        grown(Path(folder))
        told["1m"] = ours(Path(folder))
        told["one_100k_ms"], told["one_1m_ms"] = one(DATA / "dev100k"), one(Path(folder))
    out = summary(told)
    _report(told, out)
    if json:
        print(_json.dumps(out))
    return 0


def ours(folder: Path) -> dict:
    return _said([sys.executable, "-m", "aanchal", "match", "evaluate", str(folder), "--json"])


def splink(kind: str, folder: Path) -> dict:
    return _said([sys.executable, "-m", "bench.splink_side", kind, *(str(folder / f"{side}.parquet") for side in SIDES)])


def one(folder: Path) -> dict:
    """Milliseconds of the search for one report among those found: p50, p95, p99."""
    return _said([sys.executable, "-m", "bench.one_report", str(folder), str(ASKED)])


def _said(command: list[str]) -> dict:
    began, before = time.perf_counter(), os.times()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stderr[-2000:]}")
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return _json.loads(done.stdout.splitlines()[-1]) | {
        "whole_seconds": round(time.perf_counter() - began, 1),
        "whole_cpu_seconds": round(cpu, 1),
    }


def grown(folder: Path) -> None:
    """Ten times the 100,000: each copy of other places, days and marks; every name has ten times its namesakes."""
    tables = {side: pyarrow.parquet.read_table(DATA / "dev100k" / f"{side}.parquet") for side in SIDES}
    for side, table in tables.items():
        parts = [_copy(table, side, number) for number in range(COPIES)]
        pyarrow.parquet.write_table(pa.concat_tables(parts), folder / f"{side}.parquet")


def _copy(table: pa.Table, side: str, number: int) -> pa.Table:
    for name in ("mid", "fid") if side == "truth" else ("id",):
        named = pc.binary_join_element_wise(pc.cast(table[name], pa.string()), str(number), "-")
        table = table.set_column(table.column_names.index(name), name, named)
    if side == "truth" or not number:
        return table
    turns = {"state": (STATES, 5), "district": (DISTRICTS, 77), "block": (BLOCKS, 741)}
    for name in [name for name in table.column_names if name.split("_")[-1] in turns]:
        size, by = turns[name.split("_")[-1]]
        codes = table[name].to_numpy(zero_copy_only=False).astype(float)
        moved = np.where(codes > 0, (codes - 1 + by * number) % size + 1, codes)
        table = table.set_column(table.column_names.index(name), name, pa.array(moved, from_pandas=True).cast(table[name].type))
    day = "date_missing" if side == "missing" else "date_found"
    shifted = pc.add(pc.cast(pc.cast(table[day], pa.date32()), pa.int32()), pa.scalar(-97 * number, pa.int32()))
    table = table.set_column(table.column_names.index(day), day, pc.cast(shifted, pa.date32()))
    marks = [_turned(text, number) for text in table["marks"].to_pylist()]
    return table.set_column(table.column_names.index("marks"), "marks", pa.array(marks, pa.string()))


def _turned(text: str | None, number: int) -> str:
    return "|".join(str((int(mark) + 7 * number) % MARKS) for mark in (text or "").split("|") if mark)


def summary(told: dict) -> dict:
    """What the issue asks for; `vs_splink_...` is ours over Splink's on the same columns."""
    here, beside, large = told["dev100k"], told["dev100k_splink"], told["1m"]
    return {name: here[name] for name in QUOTED} | {
        "vs_splink_seconds": round(here["seconds"] / beside["seconds"], 3),
        "vs_splink_memory": round(here["peak_gb"] / beside["peak_gb"], 3),
        "splink_best_f1": round(beside["best_f1"], 4),
        "splink_recall_at_10": round(beside["recall_at_10"], 4),
        "splink_seconds": beside["seconds"],
        "splink_peak_gb": beside["peak_gb"],
        "seconds_1m": large["seconds"],
        "peak_gb_1m": large["peak_gb"],
        "recall_at_10_1m": round(large["recall_at_10"], 4),
        "best_f1_1m": round(large["best_f1"], 4),
        "one_p95_ms_100k": told["one_100k_ms"]["p95"],
        "one_p95_ms_1m": told["one_1m_ms"]["p95"],
        "worst_script_pair": min((one["recall_at_10"], pair) for pair, one in here["by_script_pair"].items() if one["pairs"] >= 30),
        "load": told["load_before"],
    }


def _report(told: dict, out: dict) -> None:
    width = shutil.get_terminal_size().columns
    shown = ("recall_at_10", "recall_at_1", "best_f1", "one_to_one_f1", "seconds", "whole_cpu_seconds", "peak_gb")
    print("".join(f"{name:>18}" for name in ("", *shown))[:width])
    for name in ("dev10k", "dev10k_splink", "dev10k_splink_raw", "dev100k", "dev100k_splink", "dev100k_splink_raw", "1m"):
        print("".join([f"{name:>18}", *(f"{told[name][key]:>18.3f}" for key in shown)])[:width])
    print(f"One report, milliseconds: of 100,000 {told['one_100k_ms']}, of 1,000,000 {told['one_1m_ms']}")
    print(f"Script pairs of dev100k: {told['dev100k']['by_script_pair']}")
    print(f"Set aside: {told['dev100k']['set_aside']}; of 1,000,000: {told['1m']['set_aside']}")
    print(f"Ours over Splink's: time {out['vs_splink_seconds']}, memory {out['vs_splink_memory']}")
