"""People in Parquet and CSV files, under the names of our columns or of a YAML file's."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet
import yaml

TEXT = ("id", "name", "alias", "father", "mother", "sex", "village", "langs", "marks", "script")
FIGURES = ("age", "home_state", "home_district", "home_block", "at_state", "at_district", "height")
TRUE = ("mid", "fid")
# Where a file says it otherwise: our column, and what it is called on that side.
USUAL = {
    "missing": {"date": "date_missing"},
    "found": {"date": "date_found", "at_state": "found_state", "at_district": "found_district"},
}
ASKED_FOR = ("name", "father", "mother", "sex", "age", "date", "home_state", "home_district", "home_block", "village", "langs", "height")
"""Columns without which less can be found: who lacks them is told."""


class CannotRead(ValueError):
    """The file is not one of people."""


def mapping(path: Path | None) -> dict[str, dict[str, str]]:
    """What a YAML file says: `missing: {name: FULL_NAME, ...}` and `found: {...}`."""
    try:
        told: Any = yaml.safe_load(path.read_text(encoding="utf-8")) if path else {}
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        raise CannotRead(f"{path}: this is not YAML: {problem}") from problem
    if not isinstance(told, dict) or not set(told) <= set(USUAL) or not all(isinstance(part, dict) for part in told.values()):
        raise CannotRead(f"{path}: write missing: and found:, each with lines of `our column: its column`.")
    ours = {*TEXT, *FIGURES, "date"}
    for side, part in told.items():
        if unknown := sorted(str(name) for name in part if name not in ours):
            raise CannotRead(f"{path}: {side} has no column {', '.join(unknown)}; ours are {', '.join(sorted(ours))}.")
    return {side: {**usual, **told.get(side, {})} for side, usual in USUAL.items()}


def people(path: Path, side: str, columns: dict[str, dict[str, str]]) -> tuple[pa.Table, Counter]:
    """One side's people, each column of the kind the engine expects, and what had to be set aside."""
    called = columns[side]
    source = table(path)
    if called.get("id", "id") not in source.column_names:
        raise CannotRead(f"{path}: no column {called.get('id', 'id')}; it has {', '.join(source.column_names)}.")
    aside: Counter = Counter()
    for name in ASKED_FOR:
        if len(source) and called.get(name, name) not in source.column_names:
            aside[f"no column {called.get(name, name)}"] = len(source)
    made = {name: _read(path, source, called.get(name, name), _text) for name in TEXT}
    made |= {name: _read(path, source, called.get(name, name), partial(_figure, aside=aside)) for name in FIGURES}
    made["date"] = _read(path, source, called["date"], partial(_date, aside=aside))
    found = pa.table(made)
    if found["id"].null_count:
        aside["no id"] = found["id"].null_count
        found = found.filter(pc.is_valid(found["id"]))
    return found, aside


def pairs(path: Path) -> tuple[pa.Table, Counter]:
    """True pairs, each once: the id of the missing person (mid) and of the found one (fid)."""
    source = table(path)
    for name in TRUE:
        if name not in source.column_names:
            raise CannotRead(f"{path}: no column {name}; it has {', '.join(source.column_names)}.")
    read = pa.table({name: _read(path, source, name, _text) for name in TRUE})
    once = read.group_by(list(TRUE), use_threads=False).aggregate([])
    twice = len(read) - len(once)
    return once, Counter({"pair twice": twice} if twice else {})


def table(path: Path) -> pa.Table:
    """A Parquet or CSV file as it is."""
    if not path.is_file():
        raise CannotRead(f"{path} is not there.")
    try:
        read = _csv(path) if path.suffix.lower() == ".csv" else pyarrow.parquet.read_table(path)
    except (pa.ArrowException, UnicodeDecodeError) as problem:
        raise CannotRead(f"{path}: {problem}") from problem
    if twice := [name for name, count in Counter(read.column_names).items() if count > 1]:
        raise CannotRead(f"{path}: more than one column is called {', '.join(twice)}.")
    return read


def _csv(path: Path) -> pa.Table:
    return pyarrow.csv.read_csv(path, convert_options=pyarrow.csv.ConvertOptions(strings_can_be_null=True))


def _read(path: Path, source: pa.Table, name: str, reading: Callable[[pa.Table, str], pa.ChunkedArray]) -> pa.ChunkedArray:
    try:
        return reading(source, name)
    except pa.ArrowException as problem:
        raise CannotRead(f"{path}: column {name} ({source[name].type}) cannot be read: {problem}") from problem


def _column(source: pa.Table, name: str) -> pa.ChunkedArray:
    if name not in source.column_names:
        return pa.chunked_array([pa.nulls(len(source), pa.string())])
    column = source[name]
    return column.combine_chunks().dictionary_decode() if pa.types.is_dictionary(column.type) else column


def _text(source: pa.Table, name: str) -> pa.ChunkedArray:
    column = _column(source, name)
    if pa.types.is_list(column.type) and pa.types.is_string(column.type.value_type):
        column = pc.binary_join(column, "|")
    column = pc.cast(column, pa.string())
    return column if isinstance(column, pa.ChunkedArray) else pa.chunked_array([column])


def _figure(source: pa.Table, name: str, aside: Counter) -> pa.ChunkedArray:
    column = _column(source, name)
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        column = _numbers(column, aside)
    return pc.cast(column, pa.float64())


def _numbers(column: Any, aside: Counter) -> Any:
    is_number = pc.match_substring_regex(column, r"^\s*-?\d{1,9}(\.\d*)?\s*$")
    unread = pc.sum(pc.and_(pc.invert(is_number), pc.not_equal(column, ""))).as_py() or 0
    if unread:
        aside["number that cannot be read"] += unread
    return pc.cast(pc.utf8_trim_whitespace(pc.if_else(is_number, column, None)), pa.float64())


def _date(source: pa.Table, name: str, aside: Counter) -> pa.ChunkedArray:
    column = _column(source, name)
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        is_date = pc.match_substring_regex(column, r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])([T ].*)?$")
        unread = pc.sum(pc.and_(pc.invert(is_date), pc.not_equal(column, ""))).as_py() or 0
        if unread:
            aside["date that cannot be read"] += unread
        text = pc.utf8_slice_codeunits(pc.if_else(is_date, column, None), 0, 10)
        return _whole_dates(text, aside)
    return pc.cast(column, pa.date32(), safe=False)


def _whole_dates(text: Any, aside: Counter) -> Any:
    try:
        return pc.cast(text, pa.date32())
    except pa.ArrowInvalid:  # a 31 February: read each different date once
        encoded = text.combine_chunks().dictionary_encode()
        days = pa.array([_one_date(day) for day in encoded.dictionary.to_pylist()], pa.date32())
        made = days.take(encoded.indices)
        aside["date that cannot be read"] += made.null_count - text.null_count
        return pa.chunked_array([made])


def _one_date(text: str) -> Any:
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
