import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.risk import actions


@pytest.fixture
def village(india):
    """The first eastern village, in an installation that knows its indices."""
    with acting(SYSTEM):
        actions.load_definitions(by=SYSTEM)
    return india["east village 1"]
