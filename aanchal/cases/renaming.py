"""The name she is called by here is changed after intake: she wants another, or it turned out to tell who she is."""

from datetime import datetime

from aanchal.access.acting import SYSTEM, acting
from aanchal.cases import actions, pseudonyms
from aanchal.cases.models import Case, CaseIdentity, Renaming, SealedLink
from aanchal.cases.referring import shut_links
from aanchal.cases.rules import NotPossible
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert, new


@action
def rename(*, case: Case, pseudonym: str, why: str, at: datetime, by) -> Case:
    """With why. What it was is kept sealed; links that nobody opened yet are emptied, to be made anew. Raises NotPossible."""
    case, pseudonym = Case.objects.select_for_update().get(pk=case.pk), pseudonym.strip()
    if not case.is_live:
        raise NotPossible("not_live")
    if pseudonym == case.pseudonym:
        raise NotPossible("same_pseudonym")
    pseudonyms.check(pseudonym, case=case, at=at, by=by)
    with acting(SYSTEM):  # whether it is a part of her name is asked for whoever may not know it, too
        kept = CaseIdentity.objects.filter(case=case).first()
    if kept and actions.is_own_name(pseudonym, kept.told().get("name", "")):
        raise NotPossible("own_name")
    before, case.pseudonym = case.pseudonym, pseudonym
    case.save(update_fields=["pseudonym"])
    if before:
        row = new(Renaming, case=case, place_no=case.place_no, why=why, at=at, by=by)
        row.seal({"before": before})
        insert(row)
        shut_links(SealedLink.objects.filter(case=case), at=at)
    trail.write("cases.pseudonym.changed", about=case, why=why)
    return case
