import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.activities import training
from tests.activities.builders import make_force, make_meeting
from tests.factories import make_posting


@pytest.fixture
def officer(india):
    with acting(SYSTEM):
        training.load_modules(by=SYSTEM)
        return make_posting("programme_officer", india["state"])


@pytest.fixture
def district_officer(india, officer):
    with acting(SYSTEM):
        return make_posting("programme_officer", india["east"])


@pytest.fixture
def stranger(india, officer):
    """Of the next district."""
    with acting(SYSTEM):
        return make_posting("programme_officer", india["west"])


@pytest.fixture
def force(india, officer):
    return make_force(india["east"], officer)


@pytest.fixture
def meeting(force, officer):
    return make_meeting(force, officer)


@pytest.fixture
def enter(signed_in):
    return signed_in
