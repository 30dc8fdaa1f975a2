import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.benefits import actions, queries
from aanchal.risk import actions as risk


@pytest.fixture
def village(india):
    """The first eastern village, in an installation that knows its indices and schemes."""
    queries.forget()
    with acting(SYSTEM):
        risk.load_definitions(by=SYSTEM)
        actions.load_schemes(by=SYSTEM)
    return india["east village 1"]
