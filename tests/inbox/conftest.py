from itertools import count

import pytest

from aanchal.access.acting import acting
from aanchal.core import facts
from aanchal.inbox import actions
from aanchal.inbox.actions import Arrival
from aanchal.inbox.facts import SubmissionReceived
from tests.factories import NOON

XML = '<data id="household_survey"><name>సావిత్రి "देवी" \\ </name></data>\r\n'.encode()
FAULTS = [{"kind": "UNKNOWN_VILLAGE", "path": "/data/place/village", "value": "7"}]


@pytest.fixture
def village(india):
    return india["east village 1"]


@pytest.fixture
def heard(monkeypatch):
    """What is announced; nobody else reacts to it."""
    told: list[SubmissionReceived] = []
    monkeypatch.setattr(facts, "_flow", {SubmissionReceived: (told.append,)})
    return told


@pytest.fixture
def arrival(village):
    """A function that makes a submission at the door."""
    number = count(1)

    def arrive(xml=XML, **more):
        given = {"instance_id": f"uuid:{next(number)}", "form_id": "household_survey", "version": "3", "place": village}
        return Arrival(xml=xml, **given | more)

    return arrive


@pytest.fixture
def receive(arrival, heard, crp):
    """A function that takes a submission in: applied, or flagged when it has faults."""

    def take(one=None, *, faults=(), by=crp, answers=None):
        with acting(by):
            return actions.receive(arrival=one or arrival(), answers=answers or {"name": "Savitri"}, faults=faults, at=NOON, by=by)

    return take
