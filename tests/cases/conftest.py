from types import SimpleNamespace

import pytest

from aanchal.access.acting import SYSTEM, acting
from tests.factories import make_posting


@pytest.fixture
def staff(india):
    """Who works with survivors in the east, and a supervisor far away."""
    east = india["east"]
    with acting(SYSTEM):
        return SimpleNamespace(
            worker=make_posting("case_worker", east), other=make_posting("case_worker", east),
            supervisor=make_posting("case_supervisor", east), second=make_posting("case_supervisor", east),
            cwc=make_posting("cwc_member", east), officer=make_posting("ahtu_officer", east),
            far=make_posting("case_supervisor", india["far"]), place=east,
        )  # fmt: skip
