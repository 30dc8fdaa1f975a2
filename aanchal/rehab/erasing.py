"""When who she is has been erased, no word about her stays readable here either."""

from aanchal.access.acting import SYSTEM, acting
from aanchal.cases.models import Case
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.rehab.models import (
    Correction,
    FollowUp,
    GateDecision,
    LeaderLink,
    OwnAccess,
    RepatriationStep,
    ResourcePerson,
    Return,
    SessionNote,
)

OF_CASE = (Correction, FollowUp, GateDecision, RepatriationStep, Return)
GONE = {"sealed": None, "wrapped_key": None}


@action
def forget(*, case: Case, by) -> None:
    """The keys of every sealed word are destroyed, of the counsellor's notes too; nobody opens her record any more."""
    with acting(SYSTEM):
        for model in OF_CASE:
            model.objects.filter(case=case).update(**GONE)
        SessionNote.objects.filter(session__case=case).update(**GONE)
        ResourcePerson.objects.filter(pk__in=LeaderLink.objects.filter(case=case).values("person")).update(**GONE)
        OwnAccess.objects.filter(case=case).update(pin="!")
    trail.write("rehab.case.forgotten", about=case)
