from datetime import timedelta
from types import SimpleNamespace

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.registers.terms import Register
from aanchal.tracking import statutory
from aanchal.tracking.models import Journey, Search
from tests.factories import DAY, NOON, make_posting
from tests.registers.builders import DETAILS, make_entry, make_family, someone


@pytest.fixture
def village(india):
    with acting(SYSTEM):
        statutory.load(by=SYSTEM)
    return india["east village 1"]


@pytest.fixture
def workers(india, village, crp, officer):
    """Who answers at each step."""
    with acting(SYSTEM):
        return SimpleNamespace(
            crp=crp, vo=make_posting("vo_leader", village), officer=officer, ahtu=make_posting("ahtu_officer", india["east"])
        )


@pytest.fixture
def away(village):
    """A woman of 30 left yesterday week; we call every seven days, from the day she was written down."""
    entry = make_entry(village, on=DAY - timedelta(days=1), who=someone(years=30))
    with acting(SYSTEM):
        return Journey.objects.get(entry=entry)


@pytest.fixture
def mother_and_daughter(village):
    """The journeys of two of one family."""
    household, mother = make_family(village, someone(years=40), someone(years=19, relation="DAUGHTER"))
    with acting(SYSTEM):
        daughter = household.memberships.exclude(person=mother).get().person
    for person in (mother, daughter):
        make_entry(village, person=person, household=household)
    with acting(SYSTEM):
        return [Journey.objects.get(person=person).pk for person in (mother, daughter)]


@pytest.fixture
def child_missing(village):
    details = DETAILS[Register.MISSING] | {"missing_status": "REPORTED_VILLAGE"}
    details.pop("gd_on")
    entry = make_entry(village, Register.MISSING, who=someone(years=15), details=details)
    with acting(SYSTEM):
        return Search.objects.get(entry=entry)


@pytest.fixture
def later():
    """A moment so many days and hours after the entry was written."""
    return lambda days=0, hours=0: NOON + timedelta(days=days, hours=hours)
