"""What may follow what in rescue: leads, operations, cases in court, evidence; and who counts as a child. Plain Python."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from aanchal.rescue.terms import (
    AccusedState,
    AgeBasis,
    Capacity,
    Event,
    Exploitation,
    Keeper,
    LeadState,
    Mark,
    OperationState,
    Phase,
    Purpose,
    Stage,
)  # fmt: skip

CHILD = 18
VERSION = 1


class NotPossible(Exception):
    """The state does not allow it; the message is a key of `words.REFUSALS`, which says why and what to do instead."""


_L = LeadState
LEAD: Mapping[str, tuple[str, ...]] = {
    _L.RECEIVED: (_L.CHECKED, _L.IN_OPERATION, _L.HANDED_ON, _L.NOT_SO),
    _L.CHECKED: (_L.IN_OPERATION, _L.HANDED_ON, _L.NOT_SO),
    _L.IN_OPERATION: (_L.CHECKED,),
    _L.HANDED_ON: (),
    _L.NOT_SO: (_L.CHECKED,),
}
"""How far a lead may go. It comes back from an operation only when that is called off."""
LEAD_OPEN = (_L.RECEIVED, _L.CHECKED, _L.IN_OPERATION)
LEAD_BY_HAND = (_L.CHECKED, _L.HANDED_ON, _L.NOT_SO)
"""What an officer says of a lead; the other states follow from its operation."""

_O = OperationState
OPERATION: Mapping[str, Mapping[str, str]] = {
    _O.PLANNED: {Event.START: _O.RUNNING, Event.CALL_OFF: _O.CALLED_OFF},
    _O.RUNNING: {Event.LEAVE: _O.FOLLOWING},
    _O.FOLLOWING: {Event.FINISH: _O.DONE},
    _O.DONE: {Event.REOPEN: _O.FOLLOWING},
    _O.CALLED_OFF: {Event.PLAN_AGAIN: _O.PLANNED},
}
"""State of an operation -> what happens -> the state after it."""
OPERATION_OPEN = (_O.PLANNED, _O.RUNNING, _O.FOLLOWING)
RESCUES_IN = (_O.RUNNING, _O.FOLLOWING)
NEEDS: Mapping[str, str] = {Event.START: Phase.BEFORE, Event.LEAVE: Phase.DURING, Event.FINISH: Phase.AFTER}
"""Event -> the phase whose every step that must be done is done, or excused with a reason."""

_P = Stage
PROSECUTION: Mapping[str, tuple[str, ...]] = {
    _P.INVESTIGATION: (_P.CHARGE_SHEETED, _P.FINAL_REPORT),
    _P.FINAL_REPORT: (_P.INVESTIGATION,),
    _P.CHARGE_SHEETED: (_P.COGNIZANCE, _P.INVESTIGATION, _P.WITHDRAWN),
    _P.COGNIZANCE: (_P.CHARGES_FRAMED, _P.DISCHARGED, _P.WITHDRAWN),
    _P.CHARGES_FRAMED: (_P.TRIAL, _P.WITHDRAWN),
    _P.TRIAL: (_P.CONVICTED, _P.ACQUITTED, _P.WITHDRAWN),
    _P.CONVICTED: (_P.APPEAL,),
    _P.ACQUITTED: (_P.APPEAL,),
    _P.DISCHARGED: (_P.APPEAL,),
    _P.WITHDRAWN: (),
    _P.APPEAL: (_P.CONVICTED, _P.ACQUITTED, _P.TRIAL),
}
"""Stage of a case in court -> the stages that may follow."""
IN_COURT = (_P.CHARGE_SHEETED, _P.COGNIZANCE, _P.CHARGES_FRAMED, _P.TRIAL, _P.APPEAL)
ENDED = (_P.CONVICTED, _P.ACQUITTED, _P.DISCHARGED, _P.WITHDRAWN)
_A = AccusedState
JUDGED = (_A.CONVICTED, _A.ACQUITTED, _A.DISCHARGED)
ACCUSED: Mapping[str, tuple[str, ...]] = {
    _A.NAMED: (_A.ARRESTED, _A.ABSCONDING, *JUDGED, _A.DIED),
    _A.ARRESTED: (_A.ON_BAIL, _A.ABSCONDING, *JUDGED, _A.DIED),
    _A.ON_BAIL: (_A.ARRESTED, _A.ABSCONDING, *JUDGED, _A.DIED),
    _A.ABSCONDING: (_A.ARRESTED, *JUDGED, _A.DIED),
    _A.CONVICTED: (_A.ON_BAIL, _A.ACQUITTED),
    _A.ACQUITTED: (_A.CONVICTED,),
    _A.DISCHARGED: (),
    _A.DIED: (),
}
"""What may follow for someone accused. A court's word on appeal may turn it."""
BEFORE_CHARGE_SHEET = (Purpose.REMAND,)
"""A court hears remand and bail from the arrest on; everything else only after the charge sheet."""

PROVES_AGE = (AgeBasis.DOCUMENTED, AgeBasis.MEDICAL, AgeBasis.CWC)
MARKED = (Mark.DONE, Mark.EXCUSED)


@dataclass(frozen=True)
class Step:
    """One step of a checklist: who must do it, until when, with what evidence, where it is written and whether that was read."""

    key: str
    phase: str
    who: str
    is_must: bool
    hours: int | None
    texts: Mapping[str, str]
    evidence: Mapping[str, str]
    source: str
    is_read: bool


@dataclass(frozen=True)
class Section:
    """A section of law, with the days of offence for which it holds."""

    code: str
    since: date | None
    until: date | None


@dataclass(frozen=True)
class Holder:
    """Who holds a piece of evidence: an officer, or an office outside."""

    keeper: str
    user: str = ""
    office: str = ""

    @property
    def key(self) -> str:
        return f"{self.keeper}:{self.user or self.office}"


@dataclass(frozen=True)
class Link:
    """One hand-over as it is hashed."""

    nth: int
    giver: str
    taker: str
    why: str
    is_seal_whole: bool
    at: datetime
    by: str


def step_of(told: Mapping[str, Any]) -> Step:
    return Step(
        key=told["key"], phase=told["phase"], who=told["who"], is_must=told.get("must", True), hours=told.get("hours"),
        texts=told["texts"], evidence=told.get("evidence", {}), source=told["source"], is_read=told.get("mark") == "READ",
    )  # fmt: skip


def check_lead(before: str, after: str) -> None:
    if after not in LEAD[before]:
        raise NotPossible("lead")


def operation_after(state: str, event: str) -> str:
    try:
        return OPERATION[state][event]
    except KeyError:
        raise NotPossible("operation") from None


def check_checklist(event: str, steps: Iterable[Step], marks: Mapping[str, str]) -> None:
    """Raises NotPossible while a step of the phase that must be done is neither done nor excused."""
    if open_steps(NEEDS.get(event), steps, marks):
        raise NotPossible("checklist")


def open_steps(phase: str | None, steps: Iterable[Step], marks: Mapping[str, str]) -> list[Step]:
    return [step for step in steps if step.phase == phase and step.is_must and marks.get(step.key) not in MARKED]


def check_mark(step: Step | None, mark: str, standing: str | None, reason: str, state: str) -> None:
    """`standing` is the mark the step carries now."""
    if step is None or state in (_O.DONE, _O.CALLED_OFF):
        raise NotPossible("operation")
    if step.phase != Phase.BEFORE and state == _O.PLANNED:
        raise NotPossible("not_started")
    if mark == Mark.TAKEN_BACK and standing not in MARKED:
        raise NotPossible("not_marked")
    if mark != Mark.TAKEN_BACK and standing in MARKED:
        raise NotPossible("marked")
    if mark == Mark.EXCUSED and not reason.strip():
        raise NotPossible("reason")


def due_at(step: Step, began: Mapping[str, datetime | None]) -> datetime | None:
    """Until when a step is to be done, counted from the beginning of its phase (by `phase`); None while that has not come."""
    begin = began.get(step.phase)
    return None if step.hours is None or begin is None else begin + timedelta(hours=step.hours)


def is_child(*, years: int | None, basis: str, looks_under_18: bool) -> bool:
    """A proof decides. Without one, whoever says so, may be so or looks so is treated as a child (JJ Act 2015 s.94)."""
    if basis in PROVES_AGE and years is not None:
        return years < CHILD
    return years is None or years < CHILD or looks_under_18


def check_rescue(*, at: datetime, now: datetime, state: str | None, planned_at: datetime | None) -> None:
    """`state` and `planned_at` of the operation; None where she was found without one. Hours are told by the minute."""
    if at > now:
        raise NotPossible("future")
    if state is None:
        return
    if state not in RESCUES_IN:
        raise NotPossible("not_started")
    if planned_at and at < planned_at.replace(second=0, microsecond=0):
        raise NotPossible("before_start")


def check_care(*, at: datetime, now: datetime, rescued_at: datetime, journey_hours: int = 0) -> None:
    """What the journey took is not counted against the clock, and it cannot have taken longer than all the time until then."""
    if at > now:
        raise NotPossible("future")
    if at < rescued_at:
        raise NotPossible("before_rescue")
    if timedelta(hours=journey_hours) >= at - rescued_at + timedelta(hours=1):
        raise NotPossible("journey")


def happened_to(*, rescued_at: datetime, exploitation: str, care: Mapping[str, datetime]) -> dict[str, datetime]:
    """What starts and stops the clocks of someone rescued."""
    found = {"RESCUED": rescued_at, **care}
    of = {Exploitation.BONDED_LABOUR: "BONDED", Exploitation.COMMERCIAL_SEXUAL: "SEXUAL", Exploitation.OTHER_SEXUAL: "SEXUAL"}
    if name := of.get(Exploitation(exploitation)):
        found[name] = rescued_at
    return found


def station_key(station: str) -> str:
    """A station's name as it is compared: case, spaces, dots and the words around it do not make another station."""
    words = station.casefold().replace(".", "").replace("-", " ").split()
    return " ".join(word for word in words if word not in ("ps", "thana", "police", "station", "थाना")) or " ".join(words)


def plain_number(number: str) -> str:
    """The number of an FIR without its year and leading zeros: 0112/2026 is 112."""
    return number.split("/")[0].strip().lstrip("0").upper()


def check_fir(*, number: str, registered_on: date, offence_on: date | None, today: date) -> None:
    if not plain_number(number):
        raise NotPossible("number")
    if registered_on > today:
        raise NotPossible("future")
    if offence_on and offence_on > registered_on:
        raise NotPossible("offence_after")


def check_section(section: Section | None, offence_on: date) -> None:
    """BNS holds for what was done since 1 July 2024, the IPC for what was done before."""
    if section is None:
        raise NotPossible("section")
    if not holds(section, offence_on):
        raise NotPossible("section_day")


def holds(section: Section, day: date) -> bool:
    return not ((section.since and day < section.since) or (section.until and day > section.until))


def check_stage(before: str, after: str, *, on: date, since: date, today: date) -> None:
    """`since` is the day of the step before it."""
    if after not in PROSECUTION[before]:
        raise NotPossible("stage")
    _check_day(on, since=since, today=today)


def check_hearing(stage: str, purpose: str, *, on: date, registered_on: date) -> None:
    if on < registered_on:
        raise NotPossible("before_fir")
    if stage in ENDED:
        raise NotPossible("ended")
    if stage not in IN_COURT and purpose not in BEFORE_CHARGE_SHEET:
        raise NotPossible("charge_sheet")


def check_accused(before: str, after: str, *, stage: str | None, on: date, since: date, today: date) -> None:
    """`stage` of the FIR; None without one. A court's word needs a court."""
    if after not in ACCUSED[before]:
        raise NotPossible("accused")
    if after in JUDGED and (stage is None or stage not in (*IN_COURT, *ENDED)):
        raise NotPossible("not_in_court")
    _check_day(on, since=since, today=today)


def check_held(held: str, on: date, today: date) -> None:
    if held != "AWAITED" and on > today:
        raise NotPossible("future")


def _check_day(on: date, *, since: date, today: date) -> None:
    if on > today:
        raise NotPossible("future")
    if on < since:
        raise NotPossible("before_last")


def check_head(*, capacity: str, user: str, by: str, head: str | None) -> None:
    """The head reads who told a lead: nobody appoints himself, and where there is a head he hands the post over."""
    if capacity != Capacity.HEAD:
        return
    if user == by:
        raise NotPossible("own_head")
    if head and head != by:
        raise NotPossible("head")


def check_hand_over(*, holder: Holder, taker: Holder, by: str, at: datetime, since: datetime, now: datetime) -> None:
    """Who holds it gives it; from an office outside, the officer who takes it back writes it down."""
    if at > now:
        raise NotPossible("future")
    if at < since:
        raise NotPossible("before_last")
    if taker.key == holder.key:
        raise NotPossible("holds_it")
    if holder.keeper == Keeper.OFFICER and holder.user != by:
        raise NotPossible("not_holder")
    if holder.keeper != Keeper.OFFICER and not (taker.keeper == Keeper.OFFICER and taker.user == by):
        raise NotPossible("take_back")


def chain_link(digest: str, before: str, link: Link) -> str:
    """The hash of a hand-over over the piece's own and the one before it: none can be changed, put in or taken out unseen."""
    told = (digest, before, link.nth, link.giver, link.taker, link.why, link.is_seal_whole, link.at.astimezone(UTC).isoformat(), link.by)
    return hashlib.sha256("\n".join(map(str, told)).encode()).hexdigest()


def first_break(digest: str, links: Sequence[tuple[Link, str]]) -> int | None:
    """The number of the first hand-over that does not follow from the one before; None where the chain is whole."""
    before, holder = "", ""
    for nth, (link, told) in enumerate(links, 1):
        if link.nth != nth or link.giver != holder or told != chain_link(digest, before, link):
            return nth
        before, holder = told, link.taker
    return None
