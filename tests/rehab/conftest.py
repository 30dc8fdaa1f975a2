from types import SimpleNamespace

import pytest

from aanchal.access.acting import SYSTEM, acting
from tests.factories import make_posting
from tests.rehab import builders


@pytest.fixture
def staff(india):
    """Who works with survivors in the east, and who must not see them there or far away."""
    east = india["east"]
    with acting(SYSTEM):
        return SimpleNamespace(
            worker=make_posting("case_worker", east), other=make_posting("case_worker", east),
            stranger=make_posting("case_worker", india["far"]),
            counsellor=make_posting("counsellor", east), second=make_posting("counsellor", east),
            supervisor=make_posting("counselling_supervisor", east), far_supervisor=make_posting("counselling_supervisor", india["far"]),
            lead=make_posting("case_supervisor", east), officer=make_posting("block_officer", india["east block"]), place=east,
        )  # fmt: skip


@pytest.fixture
def case(staff):
    """A woman of 24, with a worker and a counsellor assigned."""
    return builders.make_case(staff.place, staff.worker, staff.counsellor)


@pytest.fixture
def girl(staff):
    """A girl of 15."""
    return builders.make_case(staff.place, staff.worker, staff.counsellor, years=15)


@pytest.fixture
def running(case, staff):
    """The woman's case, all gates open, begun."""
    builders.begin(case, staff.worker, staff.counsellor)
    return case
