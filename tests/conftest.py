"""A real PostgreSQL for every test: one embedded server, a migrated template, a database a worker; each test rolls back."""

import os
from contextlib import contextmanager
from pathlib import Path

import fasteners
import psycopg
import pytest
from xdist.scheduler import LoadFileScheduling

TEMPLATE = "aanchal_template"


class OneSite(LoadFileScheduling):
    """A file stays together, and all that use the one site of the browser tests are in one process."""

    def _split_scope(self, nodeid):
        file = super()._split_scope(nodeid)
        return "tests/browser" if file.startswith("tests/browser/") else file


def pytest_xdist_make_scheduler(config, log):
    return OneSite(config, log)


@pytest.fixture(scope="session")
def server():
    """The embedded server of the tests, shared by the workers; left running, as a service would be, until the run's last line."""
    from aanchal.config import home
    from aanchal.config.postgres import Server

    home.folder().mkdir(parents=True, exist_ok=True)
    with fasteners.InterProcessLock(home.folder() / "server.lock"):
        return Server().start()


@pytest.fixture(scope="session")
def new_database(server, django_db_blocker):
    """A function that makes a fresh migrated database (a copy of the template) and returns its name."""
    made = []

    def make(name: str) -> str:
        with psycopg.connect(server.conninfo("postgres"), autocommit=True) as superuser:
            superuser.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            superuser.execute(f'CREATE DATABASE "{name}" TEMPLATE {TEMPLATE} OWNER aanchal_owner')
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


@pytest.fixture(autouse=True)
def plain_static(settings):
    """Pages in tests link static files by their own names: nothing has to be collected first."""
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


@pytest.fixture(autouse=True)
def nothing_remembered():
    """What a process keeps for half a minute must not outlive the test whose transaction rolls back."""
    from aanchal.places.queries import forget_villages
    from aanchal.risk.queries import forget

    forget_villages()
    forget()


@pytest.fixture
def acting():
    from aanchal.access.acting import acting

    return acting


def _make_template(server) -> None:
    """Migrated once for this state of the migrations; workers of one run share it."""
    from aanchal.config import home

    with fasteners.InterProcessLock(home.folder() / "template.lock"):
        mark = home.folder() / "template.mark"
        state = _state_of_migrations()
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
    install.migrate()
    for alias, name in names.items():
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


def _state_of_migrations() -> str:
    import hashlib

    root = Path(__file__).resolve().parents[1] / "aanchal"
    sources = sorted(
        [
            *root.glob("*/migrations/*.py"),
            *root.glob("*/sql/*.sql"),
            *root.glob("field/forms/**/*.yaml"),
            root / "access" / "roles.py",
            root / "core" / "wall.py",
            root / "places" / "states.csv",
        ]
    )
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()


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
