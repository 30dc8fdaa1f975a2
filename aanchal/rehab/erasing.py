"""When who she is has been erased, no word about her stays readable here either."""

from datetime import datetime

from django.db.models import F, Value
from django.db.models.functions import Greatest

from aanchal.access import policy
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
NO_NUMBER = "–"
"""That there was an order of the CWC stays; by its number a registry would find her."""
GONE = {"sealed": None, "wrapped_key": None}


@action
def forget(*, case: Case, at: datetime, by) -> None:
    """The keys of every sealed word are destroyed, of the counsellor's notes too; nobody opens her record any more.

    Among those who help others she stands no longer: one without a name would tell the district who she is.
    """
    today = policy.day_in_india(at)
    with acting(SYSTEM):
        for model in OF_CASE:
            model.objects.filter(case=case).update(**GONE)
        Return.objects.filter(case=case).exclude(cwc_order_no="").update(cwc_order_no=NO_NUMBER)
        SessionNote.objects.filter(session__case=case).update(**GONE)
        links = LeaderLink.objects.filter(case=case)
        led = ResourcePerson.objects.filter(pk__in=links.values("person"))
        led.update(**GONE)
        led.filter(until=None).update(until=Greatest(F("since"), Value(today)))
        links.filter(withdrew_on=None).update(withdrew_on=Greatest(F("chose_on"), Value(today)))
        OwnAccess.objects.filter(case=case).update(pin="!")
    trail.write("rehab.case.forgotten", about=case)
