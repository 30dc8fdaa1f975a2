import pytest

from aanchal.access.acting import SYSTEM, acting
from tests.factories import make_posting
from tests.nodal.builders import begin, make_call


@pytest.fixture
def cast(india):
    """Who writes, who approves, who accepts at the nation, and the same people of another State."""
    with acting(SYSTEM):
        return {
            "mis": make_posting("state_mis", india["state"]),
            "officer": make_posting("nodal_officer", india["state"]),
            "cell": make_posting("national_analyst", india["nation"]),
            "stranger": make_posting("state_mis", india["far state"]),
            "far_officer": make_posting("nodal_officer", india["far state"]),
            "crp": make_posting("gender_crp", india["east village 1"]),
        }


@pytest.fixture
def call(cast):
    return make_call(cast)


@pytest.fixture
def draft(call, india, cast):
    return begin(call, india["state"], cast["mis"])
