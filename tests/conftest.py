"""A real PostgreSQL for every test: one embedded server, a migrated template, a database a worker; each test rolls back."""

import os
import time
from collections import Counter
from contextlib import contextmanager
from functools import partial

import fasteners
import psycopg
import pytest
from xdist.scheduler import LoadFileScheduling

TEMPLATE = "aanchal_template"
NO_WAITING_FOR_THE_DISK = ("fsync", "full_page_writes", "synchronous_commit")
"""A hundred databases are made and dropped here, and each waited seconds for the disk. What must survive a crash is tried on servers of
its own, as they are installed (tests/trust, tests/config)."""


class OneSite(LoadFileScheduling):
    """A file stays together, and all that use the one site of the browser tests are in one process."""

    def _split_scope(self, nodeid):
        file = super()._split_scope(nodeid)
        return "tests/browser" if file.startswith("tests/browser/") else file


def pytest_xdist_make_scheduler(config, log):
    config.option.loadscopereorder = False
    return OneSite(config, log)


def pytest_collection_modifyitems(items):
    """What takes longest begins first: at the end no process sits idle beside the one site or a server that starts."""
    many = Counter(item.path for item in items)
    items.sort(key=lambda one: (not one.get_closest_marker("browser"), not one.get_closest_marker("live"), -many[one.path], str(one.path)))


@pytest.fixture(scope="session")
def server():
    """The embedded server of the tests, shared by the workers; left running, as a service would be, until the run's last line."""
    from aanchal.config import home
    from aanchal.config.postgres import Server

    home.folder().mkdir(parents=True, exist_ok=True)
    with fasteners.InterProcessLock(home.folder() / "server.lock"):
        started = Server().start()
        with psycopg.connect(started.conninfo("postgres"), autocommit=True) as superuser:
            for setting in NO_WAITING_FOR_THE_DISK:
                superuser.execute(f"ALTER SYSTEM SET {setting} = off")
            superuser.execute("SELECT pg_reload_conf()")
    return started


@pytest.fixture(scope="session")
def new_database(server, django_db_blocker):
    """A function that makes a fresh migrated database (a copy of the template) and returns its name."""
    made = []

    def make(name: str) -> str:
        with psycopg.connect(server.conninfo("postgres"), autocommit=True) as superuser:
            superuser.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            superuser.execute(f'CREATE DATABASE "{name}" TEMPLATE {TEMPLATE} OWNER aanchal_owner STRATEGY FILE_COPY')
        made.append(name)
        return name

    with django_db_blocker.unblock():
        _make_template(server)
    yield make
    with psycopg.connect(server.conninfo("postgres"), autocommit=True) as superuser:
        for name in made:
            superuser.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def django_db_setup(new_database, django_db_blocker):
    """In place of pytest-django's: our roles and our owner, not one role that may do everything."""
    from django.conf import settings
    from django.db import connections

    name = new_database(f"aanchal_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}")
    for alias in ("default", "owner"):
        settings.DATABASES[alias]["NAME"] = connections[alias].settings_dict["NAME"] = name
    yield
    with django_db_blocker.unblock():
        connections.close_all()


@pytest.fixture
def own_database(new_database, django_db_blocker):
    """A database of the test's own, for what commits, runs side by side or breaks things: its name. Dropped with the run."""
    with _working_in(new_database, django_db_blocker) as name:
        yield name


@pytest.fixture(scope="module")
def own_database_of_module(new_database, django_db_blocker):
    """The same for all tests of a file."""
    with _working_in(new_database, django_db_blocker) as name:
        yield name


@contextmanager
def _working_in(new_database, django_db_blocker):
    from django.conf import settings
    from django.db import connections

    before = {alias: connections[alias].settings_dict["NAME"] for alias in ("default", "owner")}
    with django_db_blocker.unblock():
        connections.close_all()
        name = new_database(f"aanchal_own_{os.getpid()}")
        for alias in before:
            settings.DATABASES[alias]["NAME"] = connections[alias].settings_dict["NAME"] = name
        yield name
        connections.close_all()
        for alias, usual in before.items():
            settings.DATABASES[alias]["NAME"] = connections[alias].settings_dict["NAME"] = usual


@pytest.fixture(scope="session", autouse=True)
def compiled_translations():
    """Before the first page: a process keeps the catalogue it met first."""
    from aanchal.config import assets, home

    home.folder().mkdir(parents=True, exist_ok=True)
    with fasteners.InterProcessLock(home.folder() / "translations.lock"):
        assets.compile_translations()


@pytest.fixture(scope="session", autouse=True)
def plain_static(tmp_path_factory):
    """Pages in tests link static files by their own names: nothing is collected first, nor read while another process collects."""
    from django.conf import settings
    from django.test import override_settings

    kept = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(STATIC_ROOT=tmp_path_factory.mktemp("static"), STORAGES=kept):
        yield


@pytest.fixture(autouse=True)
def public_pages_read_what_the_test_wrote(settings):
    """They have a connection of their own, which would not see what is not committed (tests/insight/test_public_role.py tries it)."""
    settings.PUBLIC_READS_BY = "default"


@pytest.fixture(autouse=True)
def nothing_remembered():
    """What a process keeps for half a minute must not outlive the test whose transaction rolls back."""
    from aanchal.places.queries import forget_villages
    from aanchal.risk.queries import forget

    forget_villages()
    forget()


@pytest.fixture
def signed_in(client):
    """A function that signs a user in, second factor given, and returns the client."""
    from tests.signing_in import sign_in

    return partial(sign_in, client)


@pytest.fixture
def idle(signed_in):
    """A function that signs a user in and lets an hour pass: what asks for the password again asks now."""
    from aanchal.access.acting import SYSTEM, acting
    from tests.factories import PASSWORD

    def sign_in(user):
        with acting(SYSTEM):
            user.set_password(PASSWORD)
            user.save()
        client = signed_in(user)
        client.get("/")
        session = client.session
        session["began_at"] = int(time.time()) - 3600
        session.save()
        return client

    return sign_in


@pytest.fixture
def posted(india):
    """A function that gives someone a role at a place of the small world."""
    from aanchal.access.acting import SYSTEM, acting
    from tests.factories import make_posting

    def give(role, place, **more):
        with acting(SYSTEM):
            return make_posting(role, india[place], **more)

    return give


@pytest.fixture
def leader(posted):
    return posted("vo_leader", "east village 1")


@pytest.fixture
def acting():
    from aanchal.access.acting import acting

    return acting


def _make_template(server) -> None:
    """Migrated once for this state of the migrations; workers of one run share it."""
    from aanchal.config import home
    from tests.new_database import state_of_a_new_database

    with fasteners.InterProcessLock(home.folder() / "template.lock"):
        mark = home.folder() / "template.mark"
        state = state_of_a_new_database()
        with psycopg.connect(server.conninfo("postgres"), autocommit=True) as superuser:
            exists = superuser.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE]).fetchone()
            if exists and mark.exists() and mark.read_text() == state:
                return
            superuser.execute(f"DROP DATABASE IF EXISTS {TEMPLATE} WITH (FORCE)")
        _migrate_template(server)
        mark.write_text(state)


def _migrate_template(server) -> None:
    from django.db import connections

    from aanchal.config import install

    install.prepare_embedded(server, TEMPLATE)
    names = {alias: connections[alias].settings_dict["NAME"] for alias in ("default", "owner")}
    for alias in names:
        connections[alias].settings_dict["NAME"] = TEMPLATE
    try:
        install.migrate()
    finally:  # or what is emptied later by a test would be the template
        for alias, name in names.items():
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = name


@pytest.fixture
def india(db):
    """A small fixed world, enough to get a boundary wrong in: two districts of two villages each, in a state; one in another state."""
    from aanchal.access.acting import SYSTEM, acting
    from aanchal.places.terms import Level
    from tests.factories import make_nation, make_place

    with acting(SYSTEM):
        places = {"nation": (nation := make_nation())}
        for s, districts in (("state", ("east", "west")), ("far state", ("far",))):
            places[s] = state = make_place(Level.STATE, nation, s)
            for d in districts:
                places[d] = district = make_place(Level.DISTRICT, state, d)
                places[f"{d} block"] = block = make_place(Level.BLOCK, district, f"{d} block")
                places[f"{d} panchayat"] = panchayat = make_place(Level.PANCHAYAT, block, f"{d} panchayat")
                for n in (1, 2):
                    places[f"{d} village {n}"] = make_place(Level.VILLAGE, panchayat, f"{d} village {n}")
    return places


@pytest.fixture
def crp(india):
    """A Gender CRP of the first eastern village."""
    from tests.factories import make_posting

    return _as_system(make_posting, "gender_crp", india["east village 1"])


@pytest.fixture
def officer(india):
    """The officer of the eastern block."""
    from tests.factories import make_posting

    return _as_system(make_posting, "block_officer", india["east block"])


@pytest.fixture
def stranger(india):
    """A Gender CRP of the next village, who must see nothing of the first."""
    from tests.factories import make_posting

    return _as_system(make_posting, "gender_crp", india["east village 2"])


def _as_system(make, *arguments):
    from aanchal.access.acting import SYSTEM, acting

    with acting(SYSTEM):
        return make(*arguments)
