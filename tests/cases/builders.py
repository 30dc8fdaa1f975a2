"""Small makers of cases; what is tested acts as a person."""

from datetime import timedelta
from itertools import count

from django.utils import timezone

from aanchal.access.acting import acting
from aanchal.access.policy import day_in_india
from aanchal.cases import actions, consenting
from aanchal.cases.actions import CaseDetails, Identity
from aanchal.cases.consenting import ConsentDetails

_number = count(1)
LETTERS = "abcdefghijklmnop"


def someone(name: str = "", **more) -> Identity:
    return Identity(name=name or f"Synthetic {''.join(LETTERS[int(d)] for d in str(next(_number)))}", guardian_name="Planted Ram", **more)


def details(**more) -> CaseDetails:
    told = {"gender": "FEMALE", "is_child": False, "years": 24, "purposes": ("FORCED_LABOUR",), "acts": ("RECRUITMENT",)}
    return CaseDetails(**told | more)


def open_case(staff, *, by=None, **more):
    now, by = timezone.now(), by or staff.worker
    with acting(by):
        return actions.open_case(
            details=details(**more), place=staff.place, on=day_in_india(now), at=now, by=by, supervisor=staff.supervisor
        )


def agree(case, *, by, purpose="SUPPORT", days=90, **more):
    now = timezone.now()
    today = day_in_india(now)
    told = {"giver": "SELF", "explained": "SPOKEN", "language": "hi", "told": ("WHY", "WITHDRAW", "REFUSE")}
    if case.is_child:
        told |= {"giver": "CWC", "child_agrees": True}
    with acting(by):
        return consenting.record_consent(
            case=case, details=ConsentDetails(purpose=purpose, until=today + timedelta(days=days), **told | more), on=today, at=now, by=by
        )
