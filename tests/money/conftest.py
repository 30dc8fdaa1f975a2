import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.money import actions
from tests.factories import make_posting
from tests.money.builders import make_budget


@pytest.fixture
def cast(india):
    """Who enters, who approves, and both again in the other state."""
    with acting(SYSTEM):
        actions.load_heads(by=SYSTEM)
        return {
            "finance": make_posting("finance_officer", india["state"]),
            "director": make_posting("mission_director", india["state"]),
            "programme": make_posting("programme_officer", india["state"]),
            "stranger": make_posting("finance_officer", india["far state"]),
            "far_director": make_posting("mission_director", india["far state"]),
        }


@pytest.fixture
def budget(india, cast):
    return make_budget(india, cast)
