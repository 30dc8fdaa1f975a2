import pytest

from aanchal.access.acting import SYSTEM, acting
from tests.awards.builders import a_round, appointed, line, nominated
from tests.factories import make_posting


@pytest.fixture
def cast(india):
    """The Cell, two who nominate, judges without and with an interest, a stranger."""
    with acting(SYSTEM):
        return {
            "cell": make_posting("national_analyst", india["nation"]),
            "second": make_posting("national_analyst", india["nation"]),
            "state": make_posting("nodal_officer", india["state"]),
            "district": make_posting("district_manager", india["east"]),
            "next_district": make_posting("district_manager", india["west"]),
            "far": make_posting("nodal_officer", india["far state"]),
            "judge": make_posting("national_analyst", india["nation"]),
            "other_judge": make_posting("national_analyst", india["nation"]),
            "state_judge": make_posting("state_expert", india["state"]),
            "leader": make_posting("vo_leader", india["east village 1"]),
        }


@pytest.fixture
def judged(cast, india):
    """A round whose nominations closed: a unit of each State, a panel of three of whom one is of the first State."""
    one = a_round(cast["cell"])
    near = nominated(cast["state"], one, line(india["east"]))
    far = nominated(cast["far"], one, line(india["far"]))
    appointed(cast["cell"], one, cast["judge"], cast["other_judge"], cast["state_judge"])
    return one, near, far
