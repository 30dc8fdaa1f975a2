"""Reads the families of a place as columns, in one question: what what-if is computed over."""

from dataclasses import dataclass
from uuid import UUID

import numpy as np
from django.db import connection

from aanchal.places.models import Place
from aanchal.risk.batch import Bools, Column, column_type
from aanchal.risk.conditions import facts_read
from aanchal.risk.definition import Definition
from aanchal.risk.what_if import ENTITLEMENTS, Families

MOST_FAMILIES = 60_000
"""Beyond a large district the answer would keep a reader waiting: smaller places are asked one by one."""


class TooMany(Exception):
    """More families than are computed while a reader waits."""


@dataclass(frozen=True)
class Read:
    """`families` stand in the same order; it is empty where the reader may not know the reasons of all of them."""

    columns: Families
    families: list[UUID]


def of(place: Place, index: Definition, *, with_answers: bool) -> Read:
    """The families assessed by an index. `with_answers`: the answers that help could change are read too. Raises TooMany."""
    wanted = _wanted(index) if with_answers else []
    rows: list[tuple] = []
    with connection.cursor() as cursor:
        for part in (place, *place.parts.all()):
            asked = [part.place_no, part.last_no, index.version, wanted, MOST_FAMILIES + 1 - len(rows)]
            cursor.execute("SELECT * FROM risk_columns(%s, %s, %s, %s::text[], %s)", asked)
            rows += cursor.fetchall()
            if len(rows) > MOST_FAMILIES:
                raise TooMany
    places, categories, deprived, unknown, overrides, luck, told, ids = zip(*rows, strict=True) if rows else [()] * 8
    indicators, urgent = list(index.points_of), [one.key for one in index.overrides]
    columns = Families(
        places=np.array(places, np.int64),
        categories=np.array(categories, np.str_),
        deprived=_truths(deprived, indicators),
        unknown=_truths(unknown, indicators),
        overrides=_truths(overrides, urgent),
        luck=np.array(luck, np.int64).view(np.uint64),
        facts=_facts(index, wanted, told),
    )
    return Read(columns, [] if None in ids else list(ids))


def _wanted(index: Definition) -> list[str]:
    """Every fact of the indicators that an entitlement may change: a second reason may keep one of them standing."""
    given = {one.fact for one in ENTITLEMENTS}
    read = [facts_read(one.deprived) for one in index.indicators]
    return sorted(frozenset().union(*(facts for facts in read if facts & given)))


def _truths(told: tuple[str, ...], keys: list[str]) -> Bools:
    """A row for each text of keys. Few texts differ, so each is read once."""
    texts, which = np.unique(np.array(told, np.str_), return_inverse=True)
    truths = [[key in held for key in keys] for held in map(set, map(str.split, texts.tolist()))]
    return np.array(truths, np.bool_).reshape(len(texts), len(keys))[which]


def _facts(index: Definition, wanted: list[str], told: tuple) -> dict[str, Column]:
    if not wanted:
        return {}
    types = {fact.key: column_type(fact) for fact in index.facts}
    nothing = [-1] * len(wanted)
    answers = np.array([one or nothing for one in told], np.int64).reshape(len(told), len(wanted))
    return {key: answers[:, column].astype(types[key]) for column, key in enumerate(wanted)}
