"""Cases and what follows, as tests need them. Setup runs as the system."""

import secrets
from datetime import timedelta

from aanchal.access.acting import SYSTEM, acting
from aanchal.cases.models import Assignment, Case
from aanchal.core.codes import ALPHABET
from aanchal.core.rows import insert
from aanchal.network import actions as network
from aanchal.rehab import counselling, readiness
from aanchal.rehab.models import Return
from aanchal.rehab.terms import Gate
from tests.factories import DAY, NOON

NOTES = "She spoke of Plantedsorrow"
LONG_AGO = NOON - timedelta(days=300)


def make_case(place, *people, years: int | None = 24, citizenship: str = "IN", capacity: str = "WORKER") -> Case:
    """A case whose first worker opened it; all are assigned."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(8))
    with acting(SYSTEM):
        case = Case(
            code=code, place=place, place_no=place.place_no, opened_on=LONG_AGO.date(), opened_at=LONG_AGO, opened_by=people[0],
            gender="FEMALE", years=years, is_child=years is not None and years < 18, citizenship=citizenship,
        )  # fmt: skip
        insert(case)
    for user in people:
        assign(case, user, by=people[0], capacity=capacity)
    return case


def assign(case: Case, user, *, by=None, capacity: str = "WORKER") -> Assignment:
    with acting(SYSTEM):
        row = Assignment(case=case, place_no=case.place_no, user=user, capacity=capacity, since=LONG_AGO, why="a test", by=by or user)
        insert(row)
    return row


def decide(case: Case, gate: str, by, *, is_open: bool = True, hours: int = 0, **more):
    at = NOON + timedelta(hours=hours)
    with acting(by):
        return readiness.decide(case=case, gate=gate, is_open=is_open, on=DAY, at=at, by=by, **more)


def open_gates(case: Case, worker, counsellor) -> None:
    for nth, gate in enumerate(Gate):
        decide(case, gate, counsellor if gate == Gate.COUNSELLOR else worker, hours=nth - 10)


def begin(case: Case, worker, counsellor) -> None:
    open_gates(case, worker, counsellor)
    with acting(worker):
        readiness.start(case=case, at=NOON, by=worker)


def make_listing(place, **more):
    told = {"kind": "EMPLOYER", "name": "Sample workshop", "works_in": "By the road", "trade": "FACTORY", "licence_kind": "NONE"}
    with acting(SYSTEM):
        return network.record_listing(place=place, told=told | more, at=NOON, by=SYSTEM)


def make_counsellor(user, supervisor, place, *, hours: int = 200):
    """With hours enough for a community counsellor, or none."""
    with acting(supervisor):
        row = counselling.recruit(user=user, place=place, on=DAY, at=NOON, by=supervisor)
        for module, needed in (("LISTENING", 40), ("LAW", 20), ("RISK", 10), ("PRACTICE", 60)) if hours else ():
            counselling.train(counsellor=row, module=module, hours=needed, on=DAY, at=NOON, by=supervisor)
    return row


GOOD = {"family_implicated": "NO", "family_safe": "YES", "family_willing": "YES", "is_threatened": False}


def fresh(back: Return) -> Return:
    with acting(SYSTEM):
        return Return.objects.select_related("case", "community").get(pk=back.pk)
