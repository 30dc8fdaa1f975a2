"""Information received: written down with its source apart, looked into, handed on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.notices import actions as notices
from aanchal.notices.terms import Topic
from aanchal.rescue import queries, rules
from aanchal.rescue.models import Lead, LeadSource, Unit

TEXTS = ("words", "where")
SOURCE = ("name", "phone", "more")
LONGEST = 2_000


@dataclass(frozen=True)
class LeadDetails:
    """What was told. `texts` by TEXTS may name people; `source` by SOURCE is who told it."""

    matter: str
    channel: str
    is_child: bool = False
    is_urgent: bool = False
    texts: Mapping[str, str] = field(default_factory=dict)
    source: Mapping[str, str] = field(default_factory=dict)


@action
def record_lead(*, unit: Unit, details: LeadDetails, at: datetime, by, alert=None) -> Lead:
    """Written down. Who told it lies in a row of its own, which only the writer and the unit's head reach. Raises NotPossible."""
    if alert is not None and queries.lead_of_alert(alert.pk):
        raise rules.NotPossible("lead_of_alert")
    lead = Lead(
        unit=unit, place=unit.place, place_no=unit.place_no, matter=details.matter, channel=details.channel, is_child=details.is_child,
        is_urgent=details.is_urgent, alert=alert, received_at=at, changed_at=at, recorded_by_id=by.pk,
    )  # fmt: skip
    lead.seal(_kept(details.texts, TEXTS))
    insert(lead)
    source = _kept(details.source, SOURCE)
    if source:
        row = LeadSource(lead=lead, unit=unit, place_no=unit.place_no, recorded_by_id=by.pk)
        row.seal(source)
        insert(row)
    trail.write("rescue.lead.recorded", about=lead, matter=lead.matter, channel=lead.channel, source=bool(source))
    if lead.is_urgent:
        serving = {one.user_id for one in queries.members(unit)} - {by.pk}
        notices.tell(users=serving, topic=Topic.URGENT, about=lead.pk, at=at, by=by)
    return lead


@action
def open_lead(*, lead: Lead, by) -> dict[str, str]:
    """What was told, for someone who looks into it. The reading is on the trail."""
    trail.write("rescue.lead.read", about=lead)
    return lead.told()


@action
def open_source(*, lead: Lead, by) -> dict[str, str] | None:
    """Who told it; None for who may not know. Both are on the trail: who reads, and who tries to."""
    source = queries.source_of(lead)
    trail.write("rescue.source.read" if source else "rescue.source.refused", about=lead)
    return source.told() if source else None


@action
def move(*, lead: Lead, state: str, why: str, at: datetime, by) -> Lead:
    """Checked, handed on, or found not to be so, with what was found. Raises NotPossible."""
    lead = Lead.objects.select_for_update().get(pk=lead.pk)
    if state not in rules.LEAD_BY_HAND:
        raise rules.NotPossible("lead")
    rules.check_lead(lead.state, state)
    if not why.strip():
        raise rules.NotPossible("reason")
    lead.seal(lead.told() | {"found": why.strip()[:LONGEST]})
    return _set(lead, state, at=at, more=("sealed", "wrapped_key"))


@action
def follow_operation(*, lead: Lead, state: str, at: datetime, by) -> Lead:
    """What its operation makes of a lead. Raises NotPossible."""
    lead = Lead.objects.select_for_update().get(pk=lead.pk)
    rules.check_lead(lead.state, state)
    return _set(lead, state, at=at)


def _set(lead: Lead, state: str, *, at: datetime, more: tuple[str, ...] = ()) -> Lead:
    lead.state, lead.changed_at = state, at
    lead.save(update_fields=["state", "changed_at", *more])
    trail.write("rescue.lead.moved", about=lead, state=state)
    return lead


def _kept(told: Mapping[str, str], names: tuple[str, ...]) -> dict[str, str]:
    return {name: told[name].strip()[:LONGEST] for name in names if told.get(name, "").strip()}
