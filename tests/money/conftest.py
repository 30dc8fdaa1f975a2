import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.money import actions
from tests.factories import cast_of
from tests.money.builders import make_budget


@pytest.fixture
def cast(india):
    """Who enters, who approves, and both again in the other state."""
    with acting(SYSTEM):
        actions.load_heads(by=SYSTEM)
    return cast_of(
        india,
        finance=("finance_officer", "state"),
        director=("mission_director", "state"),
        programme=("programme_officer", "state"),
        stranger=("finance_officer", "far state"),
        far_director=("mission_director", "far state"),
    )


@pytest.fixture
def budget(india, cast):
    return make_budget(india, cast)
