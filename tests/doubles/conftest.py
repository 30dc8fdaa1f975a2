from types import SimpleNamespace

import pytest
from django.utils import timezone

from aanchal.access import actions as access
from aanchal.access.acting import SYSTEM, acting
from aanchal.inbox.models import Submission
from aanchal.risk import actions as risk
from tests.doubles.builders import AGAIN, crowd, family, searched
from tests.factories import make_posting
from tests.field import phone


@pytest.fixture
def village(india):
    with acting(SYSTEM):
        risk.load_definitions(by=SYSTEM)
    return india["east village 1"]


@pytest.fixture
def twice(india, village):
    """A family surveyed twice by two workers in two scripts, among its neighbours; the officer of the block; the pair that was found."""
    crowd(village)
    one, other = family(village), family(village, AGAIN, told={"debt_months": 12})
    [double] = searched(india["east block"])
    with acting(SYSTEM):
        officer, neighbour = make_posting("block_officer", india["east block"]), make_posting("block_officer", india["west block"])
    return SimpleNamespace(one=one, other=other, double=double, officer=officer, stranger=neighbour, village=village)


@pytest.fixture
def token(crp):
    with acting(SYSTEM):
        return access.enrol_device(user=crp, label="a phone", at=timezone.now(), by=SYSTEM)[1]


@pytest.fixture
def send(client, token):
    """A function that posts a filled form from the worker's phone, which is applied at once."""

    def send(form_id, answers, **more):
        answer = phone.post(client, token, phone.filled(form_id, answers, **more))
        with acting(SYSTEM):
            assert Submission.objects.order_by("-pk").first().faults == []
        return answer

    return send
