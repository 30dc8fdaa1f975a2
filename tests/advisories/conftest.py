import pytest

from aanchal.access.acting import SYSTEM, acting
from tests.factories import make_posting


@pytest.fixture
def cast(india):
    """From the nation down to a village, and the same of another State."""
    with acting(SYSTEM):
        return {
            "cell": make_posting("national_analyst", india["nation"]),
            "second": make_posting("national_analyst", india["nation"]),
            "state": make_posting("nodal_officer", india["state"]),
            "ahtu": make_posting("ahtu_officer", india["east"]),
            "district": make_posting("district_manager", india["east"]),
            "block": make_posting("block_officer", india["east block"]),
            "village": make_posting("vo_leader", india["east village 1"]),
            "next_door": make_posting("vo_leader", india["east village 2"]),
            "far_block": make_posting("block_officer", india["far block"]),
            "far_state": make_posting("nodal_officer", india["far state"]),
        }
