"""A State of two districts with blocks, figures of each, two people who select, and one of another State."""

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.places.terms import Level
from tests.factories import make_place, make_posting
from tests.selection.builders import make_run, make_series
from tests.trust.world import signed_in as sign_in


@pytest.fixture
def districts(india):
    with acting(SYSTEM):
        more = [make_place(Level.DISTRICT, india["state"], f"district {n}") for n in range(10)]
    return [india["east"], india["west"], *more]


@pytest.fixture
def series(districts, india):
    """Literacy, migration: both say the first district is worst; incidents say the opposite."""
    everywhere = [*districts, india["far"]]
    return {
        "migration": make_series("migration", {place: 100.0 - n for n, place in enumerate(everywhere)}),
        "labour": make_series("labour", {place: 50.0 - 2 * n for n, place in enumerate(everywhere[:-2])}),
        "incidents": make_series("incidents", {place: float(n) for n, place in enumerate(everywhere)}, kind="INCIDENT"),
    }


@pytest.fixture
def expert(india):
    return _posted("state_expert", india["state"])


@pytest.fixture
def other_expert(india):
    """Of the same State."""
    return _posted("state_expert", india["state"])


@pytest.fixture
def far_expert(india):
    """Of another State."""
    return _posted("state_expert", india["far state"])


@pytest.fixture
def run(expert, india, series):
    return make_run(expert, india["state"], series["migration"], series["labour"])


@pytest.fixture
def signed_in():
    return sign_in


def _posted(role, place):
    with acting(SYSTEM):
        return make_posting(role, place)
