"""Writing new rows in as few statements as can be: one for each model, or one for all that a submission adds (docs/adr/0006)."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, time
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

import orjson
from django.db import connection, models
from django.db.models.base import ModelState
from django.utils.functional import Promise

from aanchal.core.action import as_one

Batch = tuple[type[models.Model], Sequence[models.Model]]
Row = TypeVar("Row", bound=models.Model)
_gathered: ContextVar[list[Batch] | None] = ContextVar("rows waiting to be written", default=None)


def new(model: type[Row], **told: Any) -> Row:
    """A row to be inserted, as `model(**told)` makes it. Raises TypeError for what is no field of it.

    Straight into the row's dictionary: a model's own `__init__` walks every field of every row, a tenth of what a survey costs.
    """
    row = model.__new__(model)
    row._state = ModelState()
    values, names, relations = row.__dict__, _names(model), row._state.fields_cache
    values.update(_plain_defaults(model))
    values.update((name, default()) for name, default in _made_defaults(model) if name not in told)
    for name, value in told.items():
        if name not in names:
            raise TypeError(f"{model.__name__} has no field {name}")
        values[names[name]] = value.pk if isinstance(value, models.Model) else value
        if isinstance(value, models.Model):
            relations[name] = value
    return row


@cache
def _names(model: type[models.Model]) -> dict[str, str]:
    """What a caller may tell: each field by its name and by its column's, the latter for the id of a relation."""
    return {name: field.attname for field in _fields(model) for name in (field.name, field.attname)}


@cache
def _plain_defaults(model: type[models.Model]) -> dict[str, Any]:
    return {field.attname: field.get_default() for field in _fields(model) if not _is_made(field)}


@cache
def _made_defaults(model: type[models.Model]) -> list[tuple[str, Callable[[], Any]]]:
    """Those each row has of its own: an id, a list."""
    return [(field.attname, field.default) for field in _fields(model) if _is_made(field)]


def _is_made(field: models.Field) -> bool:
    return field.has_default() and callable(field.default)


def insert(*rows: models.Model) -> None:
    """Insert rows of one model. Ids are minted by us (UUIDv7), so nothing is asked back and no SELECT policy is needed.

    The rows travel as one JSON text: the statement of a model is always the same, whatever the number of rows and whichever values are
    null, so that PostgreSQL plans it once. `bulk_create` compiles anew each time; that was a third of a submission's cost.
    """
    if not rows:
        return
    batch = (type(rows[0]), rows)
    waiting = _gathered.get()
    if waiting is None:
        _write([batch])
    else:
        waiting.append(batch)


class Gone(Exception):
    """A row to be written again is not there, or not this person's to write."""


def rewrite(*rows: models.Model) -> None:
    """Write rows of one model again, every field, in one statement: `save(force_update=True)` of each costs a round trip and a compilation.

    Raises Gone if one of them is not there.
    """
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(_update(type(rows[0])), [_text([_told(row) for row in rows])])
        if cursor.rowcount != len(rows):
            raise Gone


@contextmanager
def gathered() -> Iterator[None]:
    """New rows wait and are written together: by the first other statement that comes, or by `write_gathered` at the end.

    Actions inside are one action. Whoever reads sees the rows, and an error of theirs is raised before the transaction commits.
    """
    token = _gathered.set([])
    try:
        with as_one(), connection.execute_wrapper(_write_before):
            yield
    finally:
        _gathered.reset(token)


@contextmanager
def asking_what_stood() -> Iterator[None]:
    """A question about what was there before: it does not make the waiting rows go first."""
    token = _gathered.set(None)
    try:
        yield
    finally:
        _gathered.reset(token)


def write_gathered(ending: str = "", *values: str) -> None:
    """Write what waits, and `ending` (a SELECT) in the same statement."""
    batches = _take()
    if batches or ending:
        _write(batches, ending, values)


def _write_before(execute, sql, params, many, context):
    if batches := _take():
        _write(batches)
    return execute(sql, params, many, context)


def _take() -> list[Batch]:
    waiting = _gathered.get()
    if not waiting:
        return []
    taken = list(waiting)
    waiting.clear()
    return taken


def _write(batches: list[Batch], ending: str = "", values: Sequence[str] = ()) -> None:
    statement = _statement(tuple(model for model, _rows in batches), ending)
    texts = [_text([_told(row) for row in rows]) for _model, rows in batches]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*texts, *values])
    for _model, rows in batches:
        for row in rows:
            row._state.adding, row._state.db = False, connection.alias


@cache
def _statement(kinds: tuple[type[models.Model], ...], ending: str) -> str:
    if not kinds:
        return ending
    inserts = [_insert(model) for model in kinds]
    if not ending and len(inserts) == 1:
        return inserts[0]
    parts = ", ".join(f"part{n} AS ({one})" for n, one in enumerate(inserts))
    return f"WITH {parts} {ending or 'SELECT'}"


def _insert(model: type[models.Model]) -> str:
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(field.column) for field in _fields(model))
    return f"INSERT INTO {table} ({columns}) SELECT {columns} FROM json_populate_recordset(NULL::{table}, %s::json)"


@cache
def _update(model: type[models.Model]) -> str:
    table, key = (connection.ops.quote_name(name) for name in (model._meta.db_table, model._meta.pk.column))
    columns = [connection.ops.quote_name(field.column) for field in _fields(model) if not field.primary_key]
    told = ", ".join(f"{column} = told.{column}" for column in columns)
    return f"UPDATE {table} SET {told} FROM json_populate_recordset(NULL::{table}, %s::json) AS told WHERE {table}.{key} = told.{key}"


@cache
def _fields(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.local_concrete_fields if not field.generated]


@cache
def _columns(model: type[models.Model]) -> list[tuple[str, str]]:
    return [(field.column, field.attname) for field in _fields(model)]


def _told(row: models.Model) -> dict[str, Any]:
    told = row.__dict__
    return {column: told[attname] for column, attname in _columns(type(row))}


def _text(rows: list[dict[str, Any]]) -> str:
    return orjson.dumps(rows, default=_plain, option=orjson.OPT_PASSTHROUGH_DATETIME).decode()


def _plain(value: object) -> str:
    """What JSON does not know, as PostgreSQL reads it. Anything else has no meaning in a column and is refused."""
    match value:
        case bytes() | memoryview():
            return "\\x" + value.hex()
        case date() | time():  # an instant too: orjson rounds what offsets of old zones have beyond minutes
            return value.isoformat()
        case Promise() | Decimal():
            return str(value)
    raise TypeError(type(value).__name__)
