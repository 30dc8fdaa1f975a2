"""Evidence: seized, hashed, sealed, handed over. The chain of who held it never breaks."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from aanchal.core import envelope, trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.rescue import queries, rules
from aanchal.rescue.models import Custody, Evidence, EvidenceFile, Fir, Operation, Unit
from aanchal.rescue.rules import Holder, Link
from aanchal.rescue.terms import HandOver, Keeper

LONGEST = 2_000
LARGEST = 10 * 1024 * 1024


@dataclass(frozen=True)
class EvidenceDetails:
    """What was seized. `words` (what it is) and `where` are sealed; a file is kept byte for byte."""

    kind: str
    seized_at: datetime
    words: str
    where: str = ""
    seal_no: str = ""
    file: bytes = b""
    content_type: str = ""


@action
def record_evidence(
    *, unit: Unit, details: EvidenceDetails, at: datetime, by, operation: Operation | None = None, fir: Fir | None = None
) -> Evidence:
    """Seized and held by who writes it down: the first link of its chain. Raises NotPossible."""
    if details.seized_at > at:
        raise rules.NotPossible("future")
    if len(details.file) > LARGEST:
        raise rules.NotPossible("large")
    Unit.objects.select_for_update().get(pk=unit.pk)
    evidence = Evidence(
        unit=unit, operation=operation, fir=fir, place_no=unit.place_no, kind=details.kind, seal_no=details.seal_no.strip(),
        number=queries.next_number(Evidence, operation=operation, fir=fir), digest=_digest(details), has_file=bool(details.file),
        seized_at=details.seized_at, recorded_at=at, recorded_by_id=by.pk,
    )  # fmt: skip
    evidence.seal({"words": details.words.strip()[:LONGEST], "where": details.where.strip()[:LONGEST]})
    insert(evidence)
    if details.file:
        _keep(evidence, details)
    holder = Holder(Keeper.OFFICER, user=str(by.pk or ""))
    _link(evidence, None, holder, why=HandOver.SEIZED, is_seal_whole=True, when=details.seized_at, at=at, by=by)
    trail.write("rescue.evidence.recorded", about=evidence, kind=evidence.kind, digest=evidence.digest)
    return evidence


@action
def hand_over(*, evidence: Evidence, to: Holder, why: str, is_seal_whole: bool, when: datetime, at: datetime, by) -> Custody:
    """From who holds it to the next. Raises NotPossible when somebody else gives it."""
    evidence = Evidence.objects.select_related("unit").get(pk=evidence.pk)
    Unit.objects.select_for_update().get(pk=evidence.unit_id)
    last = queries.chain(evidence)[-1]
    rules.check_hand_over(holder=holder_of(last), taker=to, by=str(by.pk or ""), at=when, since=last.at, now=at)
    custody = _link(evidence, last, to, why=why, is_seal_whole=is_seal_whole, when=when, at=at, by=by)
    trail.write("rescue.evidence.handed_over", about=evidence, nth=custody.nth, keeper=to.keeper, seal=is_seal_whole)
    return custody


@action
def open_words(*, evidence: Evidence, by) -> dict[str, str]:
    trail.write("rescue.evidence.read", about=evidence)
    return evidence.told()


@action
def open_file(*, evidence: Evidence, by) -> EvidenceFile:
    """The file as it came, if it still has its hash. The reading is on the trail. Raises NotPossible."""
    file = EvidenceFile.objects.get(evidence=evidence)
    trail.write("rescue.evidence.file", about=evidence)
    if hashlib.sha256(file.content()).hexdigest() != evidence.digest:
        raise rules.NotPossible("altered")
    return file


def holder_of(custody: Custody) -> Holder:
    return Holder(custody.keeper, user=str(custody.taker_user_id or ""), office=custody.office)


def first_break(evidence: Evidence, chain: list[Custody]) -> int | None:
    """The number of the first hand-over that does not follow; None for a whole chain."""
    return rules.first_break(evidence.digest, [(_told(one), one.link) for one in chain])


def _link(evidence: Evidence, last: Custody | None, to: Holder, *, why, is_seal_whole, when, at, by) -> Custody:
    custody = Custody(
        evidence=evidence, place_no=evidence.place_no, nth=last.nth + 1 if last else 1, before=last.nth if last else None,
        giver=last.taker if last else None, taker=to.key, keeper=to.keeper, taker_user_id=to.user or None, office=to.office, why=why,
        is_seal_whole=is_seal_whole, at=when, told_at=at, by_id=by.pk,
    )  # fmt: skip
    custody.link = rules.chain_link(evidence.digest, last.link if last else "", _told(custody))
    insert(custody)
    return custody


def _told(custody: Custody) -> Link:
    return Link(
        nth=custody.nth, giver=custody.giver or "", taker=custody.taker, why=str(custody.why), is_seal_whole=custody.is_seal_whole,
        at=custody.at, by=str(custody.by_id or ""),
    )  # fmt: skip


def _keep(evidence: Evidence, details: EvidenceDetails) -> None:
    file = EvidenceFile(
        evidence=evidence, place_no=evidence.place_no, content_type=details.content_type[:60], size=len(details.file)
    )
    seal, file.wrapped_key = envelope.new(file.pk)
    file.sealed = seal.seal("content", details.file)
    insert(file)


def _digest(details: EvidenceDetails) -> str:
    """Of the file; without one, of what was written of the piece."""
    told = (details.kind, details.seal_no.strip(), details.words.strip(), details.where.strip(), details.seized_at.isoformat())
    return hashlib.sha256(details.file or "\n".join(told).encode()).hexdigest()
