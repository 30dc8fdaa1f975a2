from datetime import timedelta
from types import SimpleNamespace

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.rescue import clocks, sops, staffing
from tests.factories import DAY, NOON, make_posting
from tests.rescue import builders


@pytest.fixture
def district(india):
    with acting(SYSTEM):
        sops.load(by=SYSTEM)
        clocks.load(by=SYSTEM)
    return india["east"]


@pytest.fixture
def people(india, district):
    """The head of the unit, an officer, a colleague of the same district, and an officer of the next one."""
    with acting(SYSTEM):
        head, officer, colleague = (make_posting("ahtu_officer", district) for _ in range(3))
        return SimpleNamespace(head=head, officer=officer, colleague=colleague, stranger=make_posting("ahtu_officer", india["west"]))


@pytest.fixture
def unit(district, people):
    told = {"name": "Unit East", "tier": "DISTRICT", "fund": "NIRBHAYA", "posts": 12}
    with acting(SYSTEM):
        unit = staffing.open_unit(place=district, told=told, on=DAY, at=NOON, by=SYSTEM)
        staffing.join(unit=unit, user=people.head, capacity="HEAD", on=DAY, by=SYSTEM)
        staffing.join(unit=unit, user=people.officer, capacity="INVESTIGATOR", on=DAY, by=SYSTEM)
    return unit


@pytest.fixture
def lead(unit, people):
    with acting(people.officer):
        return builders.make_lead(unit, by=people.officer)


@pytest.fixture
def operation(lead, people):
    with acting(people.officer):
        return builders.make_operation(lead, by=people.officer)


@pytest.fixture
def running(operation, people):
    """It has begun, an hour after it was planned."""
    with acting(people.officer):
        return builders.start(operation, at=NOON + timedelta(hours=1), by=people.officer)


@pytest.fixture
def girl(running, people):
    """A girl of 15, rescued two hours after the lead, and the officer who wrote her down."""
    with acting(people.officer):
        return builders.rescue(running, by=people.officer), people.officer


@pytest.fixture
def fir(unit, people):
    with acting(people.officer):
        return builders.make_fir(unit, by=people.officer)


@pytest.fixture
def evidence(running, unit, people):
    with acting(people.officer):
        return builders.make_evidence(unit, running, by=people.officer)
