"""A case leaves on paper or as a file: who took it out, for whom, with or without her name."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from aanchal.access.policy import day_in_india
from aanchal.cases import actions, htcds, pseudonyms, queries, rules, terms
from aanchal.cases.models import Case, Disclosure
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert, new
from aanchal.rescue import prosecuting
from aanchal.rescue.models import Fir


@action
def take_out(
    *, case: Case, recipient: str, with_identity: bool, at: datetime, by, number: str = "", firs: Collection[Fir] = ()
) -> dict[str, str]:
    """Her identity where it goes along, nothing otherwise; the log stands in the case and on the trail. `firs` of her rescue go along."""
    told = {"recipient": recipient, "with_identity": with_identity, "with_firs": bool(firs), "number": number, "at": at, "by": by}
    insert(new(Disclosure, case=case, place_no=case.place_no, **told))
    trail.write("cases.case.taken_out", about=case, recipient=recipient, with_identity=with_identity, firs=len(firs))
    prosecuting.take_out(firs=firs, by=by)
    return actions.open_identity(case=case, reason=recipient, by=by) if with_identity else {}


@action
def as_htcds(*, case: Case, with_identity: bool, at: datetime, by) -> dict[str, Any]:
    """The case in HTCDS 2.0; who took it out is noted. Raises NotPossible: nothing of what is to be kept no more."""
    if queries.withdrawal(case):
        raise rules.NotPossible("keeping_withdrawn")
    identity = take_out(case=case, recipient=terms.Recipient.STANDARD, with_identity=with_identity, at=at, by=by)
    keeping = rules.consent_for([told for _, told in queries.consents_of(case)], terms.ConsentPurpose.KEEP, "", day_in_india(at))
    told = htcds.Told(consented=keeping is not None, identity=identity, events=list(_events(case)), plans=list(_plans(case)))
    return htcds.document(case, told)


def _events(case: Case):
    plain = pseudonyms.without_old(case)
    for one in case.events.select_related("district").order_by("on", "pk"):
        told = one.told()
        town = plain(told.get("city", "")) or (one.district.name if one.district else "")
        yield one.kind, one.on, town, one.country, plain(told.get("words", ""))


def _plans(case: Case):
    plain = pseudonyms.without_old(case)
    for goal in case.goals.order_by("set_on", "pk"):
        days = {"spl_PlannedEndDate": goal.due_on, "spl_ActualEndDate": goal.ended_on}
        yield {
            "spl_Type": SUPPORT[goal.support], "spl_Objectives": plain(goal.told().get("words", "")),
            **{name: day.isoformat() if day else None for name, day in days.items()},
        }  # fmt: skip


SUPPORT = {
    "EDUCATION": "Education", "FINANCIAL": "Financial", "HEALTH": "Health", "LABOUR_REHABILITATION": "LabourExploitationRehabilitation",
    "LEGAL": "Legal", "LIVELIHOOD": "Livelihood", "RIGHTS": "RightsBasedTraining",
    "SEXUAL_REHABILITATION": "SexualExploitationRehabilitation", "SOCIAL": "SocialCare",
}  # fmt: skip
"""HTCDS spl_Type."""
