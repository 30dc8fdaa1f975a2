"""Her consent, purpose by purpose; taken back, what it shared is shut at once."""

from dataclasses import dataclass
from datetime import date, datetime

from aanchal.access.policy import day_in_india
from aanchal.cases import keeping, queries, referring, rules, terms
from aanchal.cases.facts import ConsentWithdrawn
from aanchal.cases.models import Case, CaseConsent, Referral
from aanchal.cases.rules import NotPossible
from aanchal.core import facts, trail
from aanchal.core.action import action
from aanchal.core.rows import insert, new

MUST_BE_TOLD = {terms.Told.WHY, terms.Told.WITHDRAW, terms.Told.REFUSE}
"""Without these it is no consent (DPDP Act 2023 s.5, s.6)."""


@dataclass(frozen=True)
class ConsentDetails:
    purpose: str
    giver: str
    explained: str
    language: str
    told: tuple[str, ...]
    until: date
    party: str = ""
    organisation: str = ""
    child_agrees: bool | None = None


@action
def record_consent(*, case: Case, details: ConsentDetails, on: date, at: datetime, by) -> CaseConsent:
    """Raises NotPossible: not_live where all was erased, giver, child_not_heard, not_told, consent_ended."""
    if case.state == terms.State.ERASED:
        raise NotPossible("not_live")
    is_child = queries.is_child(case, on)
    if not rules.may_give(details.giver, is_child):
        raise NotPossible("giver")
    if is_child and not details.child_agrees:
        raise NotPossible("child_not_heard")
    if MUST_BE_TOLD - set(details.told):
        raise NotPossible("not_told")
    if on > day_in_india(at):
        raise NotPossible("future")
    if details.until < on:
        raise NotPossible("consent_ended")
    told = dict(vars(details)) | {"told": list(details.told), "child_agrees": details.child_agrees if is_child else None}
    consent = new(CaseConsent, case=case, place_no=case.place_no, given_on=on, recorded_by=by, **told)
    insert(consent)
    trail.write("cases.consent.recorded", about=case, purpose=details.purpose)
    if details.purpose == terms.ConsentPurpose.KEEP:
        keeping.agree_anew(case=case, at=at, by=by)
    return consent


@action
def withdraw_consent(*, consent: CaseConsent, at: datetime, by) -> int:
    """She took it back: how many referrals ended with it. Raises NotPossible."""
    consent = CaseConsent.objects.select_for_update().get(pk=consent.pk)
    if consent.withdrawn_at:
        raise NotPossible("withdrawn_already")
    consent.withdrawn_at, consent.withdrawn_by = at, by
    consent.save(update_fields=["withdrawn_at", "withdrawn_by"])
    if consent.purpose == terms.ConsentPurpose.KEEP:
        consent.case.consents.filter(purpose=consent.purpose, withdrawn_at=None).update(withdrawn_at=at, withdrawn_by=by)
        keeping.take_back(consent=consent, at=at, by=by)
    ended = [referring.withdraw(referral=one, at=at, by=by) for one in _resting_on(consent)]
    trail.write("cases.consent.withdrawn", about=consent.case, purpose=consent.purpose, referrals=len(ended))
    facts.announce(ConsentWithdrawn(consent, at, by))
    return len(ended)


def _resting_on(consent: CaseConsent) -> list[Referral]:
    """What lives by it: the referrals made with it; of a consent to tell her name, those that told it to this party; of keeping, all.

    A transfer that was accepted has become the receiver's own case: that is not undone by itself.
    """
    live = Referral.objects.filter(case=consent.case, state__in=["SENT", "ACCEPTED"]).exclude(state="ACCEPTED", is_transfer=True)
    if consent.purpose == terms.ConsentPurpose.KEEP:
        return list(live)
    if consent.purpose == terms.ConsentPurpose.IDENTITY:
        named = live.filter(with_identity=True)
        return list(named.filter(party=consent.party) if consent.party else named)
    return list(live.filter(consent=consent))
