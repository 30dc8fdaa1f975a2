"""Prepares a database: its roles, its owner, who may touch what; then migrations, run as the owner."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.state import ProjectState
from django.utils import timezone
from psycopg import sql

from aanchal.access import actions as access
from aanchal.access.acting import SYSTEM, acting
from aanchal.access.models import User
from aanchal.access.policy import day_in_india
from aanchal.access.roles import ROLES
from aanchal.activities import training
from aanchal.awards import actions as awards
from aanchal.benefits import actions as benefits
from aanchal.cases import retention
from aanchal.config.postgres import Server
from aanchal.core import keys
from aanchal.field import actions as field
from aanchal.insight import actions as insight
from aanchal.money import actions as money
from aanchal.network import actions as network
from aanchal.nodal import actions as nodal
from aanchal.places import actions as places
from aanchal.places.models import Place
from aanchal.places.terms import Level
from aanchal.rescue import clocks as rescue_clocks
from aanchal.rescue import sops
from aanchal.risk import actions as risk
from aanchal.tracking import actions as tracking
from aanchal.tracking import statutory

ROLE_STATEMENTS = (
    "CREATE ROLE aanchal_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS",
    "CREATE ROLE aanchal_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS",
    "CREATE ROLE aanchal_public LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS",
    "CREATE ROLE aanchal_counter NOLOGIN NOBYPASSRLS",
    "GRANT aanchal_counter TO aanchal_owner",
)
SCHEMA_STATEMENTS = (
    "ALTER SCHEMA public OWNER TO aanchal_owner",
    "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    "GRANT USAGE ON SCHEMA public TO aanchal_app, aanchal_public",
    "GRANT USAGE, CREATE ON SCHEMA public TO aanchal_counter",
    "ALTER DEFAULT PRIVILEGES FOR ROLE aanchal_owner IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO aanchal_app",
    "ALTER DEFAULT PRIVILEGES FOR ROLE aanchal_owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO aanchal_app",
)


def prepare_embedded(server: Server, database: str) -> bool:
    """Roles and an empty database in the embedded server; True when the database was made now."""
    with psycopg.connect(server.conninfo("postgres"), autocommit=True) as superuser:
        have = {name for (name,) in superuser.execute("SELECT rolname FROM pg_roles")}
        if "aanchal_counter" not in have:
            for statement in ROLE_STATEMENTS:
                superuser.execute(statement)
    return create_database(server.conninfo("postgres"), database)


def create_database(admin: str, database: str) -> bool:
    """An empty database with its owner and grants, by a conninfo that may create one; False when it was there."""
    with psycopg.connect(admin, autocommit=True) as superuser:
        if superuser.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            return False
        name = sql.Identifier(database)
        superuser.execute(sql.SQL("CREATE DATABASE {} OWNER aanchal_owner").format(name))
        superuser.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
        superuser.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO aanchal_owner, aanchal_app, aanchal_public").format(name))
    with psycopg.connect(admin, dbname=database, autocommit=True) as superuser:
        for statement in SCHEMA_STATEMENTS:
            superuser.execute(statement)
    return True


def migrate(*, verbosity: int = 0) -> None:
    """Bring the schema up to date as the owner, then what the database must know of the program: keys, roles, the nation and its States."""
    with _each_model_once():
        call_command("migrate", database="owner", verbosity=verbosity, interactive=False)
    with connections["owner"].cursor() as cursor:
        tell_keys(cursor)
        wanted = {(role.key, str(permission)) for role in ROLES.values() for permission in role.permissions}
        cursor.execute("DELETE FROM access_rolepermission")
        cursor.executemany("INSERT INTO access_rolepermission (role, permission) VALUES (%s, %s)", sorted(wanted))
    with acting(SYSTEM):
        places.load_nation(by=SYSTEM)
    _tell_the_database_what_ships()


@contextmanager
def _each_model_once() -> Iterator[None]:
    """Django renders anew every model related to one that changes, which is all of them: half a minute lost. The one will do."""
    related = ProjectState._find_reload_model
    ProjectState._find_reload_model = lambda state, app_label, model_name, delay=False: {(app_label, model_name.lower())}
    try:
        yield
    finally:
        ProjectState._find_reload_model = related


def tell_keys(cursor) -> None:
    """What the database needs to check a token and to chain the trail; only its owner can read it."""
    for name in ("acting", "mark", "trail"):
        cursor.execute(
            "INSERT INTO core_secret (name, inner_block, outer_block) VALUES (%s, %s, %s) ON CONFLICT (name) DO NOTHING",
            [name, *keys.padded(keys.derived(name))],
        )


def _tell_the_database_what_ships() -> None:
    """Forms, index definitions and parts of the program that act, each kept once."""
    with acting(SYSTEM):
        _post_programs()
        risk.load_definitions(by=SYSTEM)
        benefits.load_schemes(by=SYSTEM)
        field.publish_forms(at=timezone.now(), by=SYSTEM)
        statutory.load(by=SYSTEM)
        retention.load(by=SYSTEM)
        network.load_risk_notes(by=SYSTEM)
        sops.load(by=SYSTEM)
        rescue_clocks.load(by=SYSTEM)
        money.load_heads(by=SYSTEM)
        training.load_modules(by=SYSTEM)
        nodal.load_editions(by=SYSTEM)
        awards.load_criteria(at=timezone.now(), by=SYSTEM)
        insight.load_definitions(by=SYSTEM)
        tracking.open_what_stands(at=timezone.now(), by=SYSTEM)


def _post_programs() -> None:
    """An account without a password for each role that a part of this program holds; who ended its posting ended it."""
    now, nation = timezone.now(), Place.objects.get(level=Level.NATION)
    for role in ROLES.values():
        if role.is_program and not User.objects.filter(username=role.key).exists():
            user = access.create_user(username=role.key, name=str(role.name), password=None, at=now, by=SYSTEM)
            access.post(user=user, role=role.key, place=nation, since=day_in_india(now), by=SYSTEM)


def is_ready() -> bool:
    """The database answers and holds every migration of this version."""
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["default"])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def embedded_server() -> Server | None:
    """The started embedded server, or None when a server was given by DATABASE_URL."""
    return Server().start() if settings.EMBEDDED else None
