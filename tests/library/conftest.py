import pytest

from tests.factories import cast_of


@pytest.fixture
def cast(india):
    """Who keeps the library of the nation, of the State, and who only reads; the same of another State."""
    return cast_of(
        india,
        cell=("national_analyst", "nation"),
        second=("national_analyst", "nation"),
        expert=("state_expert", "state"),
        programme=("programme_officer", "state"),
        leader=("vo_leader", "east village 1"),
        stranger=("state_expert", "far state"),
        far_leader=("vo_leader", "far village 1"),
    )
