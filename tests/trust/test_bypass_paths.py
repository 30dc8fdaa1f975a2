"""Sixteen and more ways round a scoped manager, over every table of persons: nothing (shared trust.md, figure 2)."""

import json
from contextlib import contextmanager

import psycopg
import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.db.models import Count, Exists, F, OuterRef, Q, Value

from aanchal.access.acting import SYSTEM, acting
from tests.trust.world import rows, walled, walled_models

RAW = {
    "select": "SELECT * FROM {t}",
    "table": "TABLE {t}",
    "only": "SELECT * FROM ONLY {t}",
    "star": "SELECT * FROM {t} *",
    "or true": "SELECT place_no FROM {t} WHERE place_no = 0 OR true",
    "union": "SELECT place_no FROM {t} WHERE false UNION ALL SELECT place_no FROM {t}",
    "except": "SELECT place_no FROM {t} EXCEPT SELECT -1",
    "subquery": "SELECT p.place_no FROM places_place p WHERE p.place_no IN (SELECT place_no FROM {t})",
    "lateral": "SELECT x.* FROM places_place p, LATERAL (SELECT * FROM {t} y WHERE y.place_no = p.place_no) x",
    "right join": "SELECT x.place_no FROM places_place p RIGHT JOIN {t} x ON x.place_no = p.place_no",
    "materialized": "WITH x AS MATERIALIZED (SELECT * FROM {t}) SELECT * FROM x",
    "window": "SELECT row_number() OVER (ORDER BY place_no) FROM {t}",
    "count": "SELECT n FROM (SELECT count(*) AS n FROM {t}) x WHERE n > 0",
    "least": "SELECT n FROM (SELECT min(place_no) AS n FROM {t}) x WHERE n IS NOT NULL",
    "exists": "SELECT 1 WHERE EXISTS (SELECT FROM {t})",
    "order by": "SELECT p.place_no FROM places_place p JOIN {t} x ON x.place_no = p.place_no ORDER BY x.place_no LIMIT 1",
    "row_to_json": "SELECT row_to_json(x) FROM {t} x",
    "json_agg": "SELECT j FROM (SELECT json_agg(x) AS j FROM {t} x) y WHERE j IS NOT NULL",
    "json_populate_recordset": "SELECT * FROM json_populate_recordset(NULL::{t}, (SELECT json_agg(x) FROM {t} x))",
    "as text": "SELECT x::text FROM {t} x",
    "tablesample": "SELECT * FROM {t} TABLESAMPLE SYSTEM (100)",
    "query_to_xml": "SELECT x FROM (SELECT query_to_xml('SELECT place_no FROM {t}', false, true, '')::text AS x) y WHERE x <> ''",
    "by its physical address": "SELECT * FROM {t} WHERE ctid = ANY (ARRAY(SELECT format('(0,%%s)', n)::tid FROM generate_series(1, 50) n))",
    "an error that quotes a row": "SELECT * FROM {t} WHERE place_no > 0 AND (place_no::text || 'x')::int = 1",
    "dividing by zero": "SELECT * FROM {t} WHERE 1 / (place_no - place_no) = 1",
}  # fmt: skip


OF_THE_CELL = {
    "activities_actionpoint", "activities_attendance", "activities_followup", "activities_invitation", "activities_meeting",
    "activities_minutes",
}  # fmt: skip
"""Where the nation reads the meetings that it calls itself, and no other (docs/adr/0059)."""


def copied(table: str, whole: bool) -> list:
    source = table if whole else f"(SELECT * FROM {table})"
    with connection.cursor() as cursor, cursor.copy(f"COPY {source} TO STDOUT") as copy:
        return list(copy)


def declared(table: str) -> list:
    rows(f"DECLARE peep CURSOR FOR SELECT * FROM {table}")
    found = rows("FETCH ALL FROM peep")
    rows("CLOSE peep")
    return found


def prepared(table: str) -> list:
    rows(f"PREPARE peep AS SELECT * FROM {table}")
    found = rows("EXECUTE peep")
    rows("DEALLOCATE peep")
    return found


def explained(table: str) -> list:
    [(told,)] = rows(f"EXPLAIN (ANALYZE, FORMAT JSON) SELECT * FROM {table}")
    plan = (json.loads(told) if isinstance(told, str) else told)[0]["Plan"]
    return [plan] if plan["Actual Rows"] else []


WAYS = {name: lambda table, statement=statement: rows(statement.format(t=table)) for name, statement in RAW.items()}
WAYS |= {
    "copy": lambda table: copied(table, whole=True),
    "copy of a query": lambda table: copied(table, whole=False),
    "cursor": declared,
    "prepared": prepared,
    "explain analyze": explained,
}


def everything(way, tables) -> dict[str, list]:
    """What one way brings out of each table; an error that shows a row counts as a row."""
    found = {}
    for table in tables:
        try:
            with transaction.atomic():
                found[table] = way(table)
        except Exception as problem:
            found[table] = [str(problem)]
    return {table: told for table, told in found.items() if told}


@pytest.fixture(scope="module")
def nobodies(world):
    """Functions that enter a transaction of somebody who may see no person of the village."""
    analyst, administrator = (world.post(role, world.here.nation) for role in ("national_analyst", "administrator"))
    return {
        "stranger": lambda: acting(world.stranger),
        "visitor": lambda: acting(AnonymousUser()),
        "nobody": transaction.atomic,
        "analyst": lambda: acting(analyst),
        "administrator": lambda: acting(administrator),
    }


@pytest.fixture(params=["stranger", "visitor", "nobody", "analyst", "administrator"])
def unseeing(request, nobodies):
    """Entering it answers the tables of which this one may see no row."""

    @contextmanager
    def enter():
        with nobodies[request.param]():
            yield [table for table in walled() if request.param != "analyst" or table not in OF_THE_CELL]

    return enter()


def test_it_is_tried_on_every_table_with_rows_in_it(world):
    with acting(SYSTEM):
        empty = [table for table in walled() if not rows(f"SELECT 1 FROM {table} LIMIT 1")]
    assert len(walled()) >= 14
    assert empty == [], "fill them in tests/trust/world.py"


@pytest.mark.parametrize("way", WAYS)
def test_it_shows_nothing_by_any_way_of_sql(world, unseeing, way):
    with unseeing as tables:
        assert everything(WAYS[way], tables) == {}


def test_of_meetings_the_nation_sees_its_own_and_no_other(world, nobodies):
    with acting(SYSTEM):
        assert {place for (place,) in rows("SELECT DISTINCT place_no FROM activities_meeting")} - {world.here.nation.place_no}
    with nobodies["analyst"]():
        seen = {table: {place for (place,) in rows(f"SELECT DISTINCT place_no FROM {table}")} for table in OF_THE_CELL}
    assert seen == dict.fromkeys(OF_THE_CELL, {world.here.nation.place_no})


@pytest.fixture(scope="module")
def unwalled(world, server, own_database_of_module):
    """Planted fault: a table like the others, without its wall."""
    with psycopg.connect(server.conninfo(own_database_of_module), autocommit=True) as superuser:
        superuser.execute("CREATE TABLE left_open AS SELECT * FROM people_household")
        superuser.execute("GRANT SELECT ON left_open TO aanchal_app")
        yield "left_open"
        superuser.execute("DROP TABLE left_open")


@pytest.mark.parametrize("way", WAYS)
def test_it_would_see_a_table_that_was_left_open(world, unwalled, way):
    with acting(world.stranger):
        assert everything(WAYS[way], [unwalled])


def relations(model):
    """(visible model, the name under which it reaches this one), for those that stand outside the wall."""
    behind = set(walled())
    for field in model._meta.get_fields():
        target = getattr(field, "related_model", None)
        if field.concrete and target and target._meta.db_table not in behind and not field.remote_field.hidden:
            yield target, field.related_query_name(), field.remote_field.get_accessor_name()


def inward(model):
    """Foreign keys of the model to others behind the wall."""
    return [field.name for field in model._meta.get_fields() if field.concrete and field.many_to_one]


ORM = {
    "all": lambda m: list(m.objects.all()),
    "values": lambda m: list(m.objects.values()),
    "select_related": lambda m: list(m.objects.select_related(*inward(m))),
    "prefetch_related": lambda m: list(m.objects.prefetch_related(*inward(m))),
    "values joins": lambda m: list(m.objects.values_list(*[f"{name}__pk" for name in inward(m)], "pk")),
    "filter": lambda m: list(m.objects.filter(place_no__gte=0)),
    "or": lambda m: list(m.objects.filter(Q(place_no=-1) | ~Q(pk=None))),
    "exclude": lambda m: list(m.objects.exclude(place_no=-1)),
    "order_by": lambda m: list(m.objects.order_by("-place_no").values_list("pk")[:1]),
    "union": lambda m: list(m.objects.none().values_list("pk").union(m.objects.values_list("pk"), all=True)),
    "raw": lambda m: list(m.objects.raw(f"SELECT * FROM {m._meta.db_table}")),
    "aggregate": lambda m: [n for n in m.objects.aggregate(n=Count("pk")).values() if n],
    "exists": lambda m: [True] if m.objects.exists() else [],
    "iterator": lambda m: list(m.objects.iterator(chunk_size=10)),
    "annotate": lambda m: list(m.objects.annotate(n=F("place_no") + Value(1)).values("n")),
    "in_bulk": lambda m: list(m.objects.in_bulk()),
    "from outside: filter": lambda m: [one for t, name, _ in relations(m) for one in t.objects.filter(**{f"{name}__isnull": False})],
    "from outside: join": lambda m: [
        pk for t, name, _ in relations(m) for (pk,) in t.objects.values_list(f"{name}__pk") if pk
    ],
    "from outside: count": lambda m: [
        one for t, name, _ in relations(m) for one in t.objects.annotate(n=Count(name)).filter(n__gt=0)
    ],
    "from outside: prefetch": lambda m: [
        far for t, _, accessor in relations(m) for one in t.objects.prefetch_related(accessor) for far in getattr(one, accessor).all()
    ],
    "from outside: exists": lambda m: [
        one for t, _, _ in relations(m) if t._meta.model_name == "place"
        for one in t.objects.filter(Exists(m.objects.filter(place_no=OuterRef("place_no"))))
    ],
}  # fmt: skip


@pytest.mark.parametrize("way", ORM)
def test_it_shows_nothing_by_any_way_of_the_orm(world, unseeing, way):
    with unseeing as tables:
        models = [model for model in walled_models() if model._meta.db_table in tables]
        assert {m.__name__: found for m in models if (found := ORM[way](m))} == {}


@pytest.mark.parametrize("way", ORM)
def test_it_would_see_what_is_in_scope_by_the_same_way(world, way):
    with acting(SYSTEM):
        assert any(ORM[way](model) for model in walled_models())
