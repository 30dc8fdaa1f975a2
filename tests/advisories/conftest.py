import pytest

from tests.factories import cast_of


@pytest.fixture
def cast(india):
    """From the nation down to a village, and the same of another State."""
    return cast_of(
        india,
        cell=("national_analyst", "nation"),
        second=("national_analyst", "nation"),
        state=("nodal_officer", "state"),
        ahtu=("ahtu_officer", "east"),
        district=("district_manager", "east"),
        block=("block_officer", "east block"),
        village=("vo_leader", "east village 1"),
        next_door=("vo_leader", "east village 2"),
        far_block=("block_officer", "far block"),
        far_state=("nodal_officer", "far state"),
    )
