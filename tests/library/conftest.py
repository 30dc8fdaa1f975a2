import pytest

from aanchal.access.acting import SYSTEM, acting
from tests.factories import make_posting


@pytest.fixture
def cast(india):
    """Who keeps the library of the nation, of the State, and who only reads; the same of another State."""
    with acting(SYSTEM):
        return {
            "cell": make_posting("national_analyst", india["nation"]),
            "second": make_posting("national_analyst", india["nation"]),
            "expert": make_posting("state_expert", india["state"]),
            "programme": make_posting("programme_officer", india["state"]),
            "leader": make_posting("vo_leader", india["east village 1"]),
            "stranger": make_posting("state_expert", india["far state"]),
            "far_leader": make_posting("vo_leader", india["far village 1"]),
        }
