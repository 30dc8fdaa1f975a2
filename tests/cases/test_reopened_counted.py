"""Cases closed and opened again, in numbers: each once, however often."""

from datetime import timedelta

import pytest
from django.utils import timezone

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.policy import day_in_india
from aanchal.cases import counts
from aanchal.cases.models import Step
from aanchal.core.rows import insert
from tests.cases.builders import open_case

DAYS = {"CLOSE": "CLOSED", "REOPEN": "ACTIVE"}


def counted(**more) -> int:
    today = day_in_india(timezone.now())
    with acting(SYSTEM):
        return counts.closed(today - timedelta(days=90), today, **more).count()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("happened", "closed", "reopened"),
    [
        ([], 0, 0),
        ([("CLOSE", 30)], 1, 0),
        ([("CLOSE", 30), ("REOPEN", 20)], 1, 1),
        ([("CLOSE", 30), ("REOPEN", 20), ("CLOSE", 10)], 1, 1),
        ([("REOPEN", 40), ("CLOSE", 30)], 1, 0),
        ([("CLOSE", 200)], 0, 0),
    ],
)
def test_a_case_counts_once_and_as_reopened_only_after_its_closing(staff, happened, closed, reopened):
    case = open_case(staff)
    with acting(SYSTEM):
        told = {"case": case, "place_no": case.place_no, "by": staff.worker}
        for what, days in happened:
            insert(Step(happening=what, state=DAYS[what], at=timezone.now() - timedelta(days=days), **told))
    assert (counted(), counted(reopened=True)) == (closed, reopened)
