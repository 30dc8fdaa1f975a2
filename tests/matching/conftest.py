from types import SimpleNamespace

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.matching import searching
from aanchal.matching.models import Candidate
from tests.factories import make_posting
from tests.matching.builders import found, report


@pytest.fixture(autouse=True)
def _engine():
    searching.forget()
    yield
    searching.forget()


@pytest.fixture
def pair(india):
    """She is reported at home and found far away; each side has someone who may decide."""
    home, far = india["east village 1"], india["far"]
    entry, she = report(home), found(far, home=home.district)
    with acting(SYSTEM):
        searching.search_report(entry, by=SYSTEM)
        here, there = make_posting("block_officer", home.block), make_posting("ahtu_officer", far)
        return SimpleNamespace(candidate=Candidate.objects.get(), entry=entry, found=she, here=here, there=there, home=home, far=far)
