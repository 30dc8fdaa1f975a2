"""Every change to a training's plan of sessions, the villages it is for, and who signs in at its door."""

import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.core import signing

from aanchal.access.policy import day_in_india
from aanchal.activities import queries, rules
from aanchal.activities.models import Attendee, Presence, Session, TrainedVillage, Trainer, Training
from aanchal.activities.rules import Refused
from aanchal.activities.terms import State
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert, new
from aanchal.places.models import Place

HOLDS_MINUTES = 60
SALT = "activities.door"
MOST_WRONG = 40
"""Codes that fit nobody, at one training on one day, before its door closes: codes have six digits."""


@dataclass(frozen=True)
class Planned:
    """A session as it is told."""

    on: date
    starts_at: time
    minutes: int
    subject: str
    words: str
    method: str


@action
def plan_session(*, training: Training, told: Planned, trainer: Trainer | None = None, by) -> Session:
    """Raises Refused outside the training's days, over another session of it, or while its trainer gives one elsewhere."""
    one = Training.objects.select_for_update(of=("self",)).get(pk=training.pk)
    if one.state != State.PLANNED:
        raise Refused([("", "not_planned")])
    if not one.starts_on <= told.on <= one.ends_on:
        raise Refused([("on", "not_on_its_days")])
    row = new(Session, training=one, place_no=one.place_no, trainer=trainer, **vars(told))
    if row.slot.until.date() != told.on:
        raise Refused([("minutes", "past_midnight")])
    if any(rules.overlap(row.slot, other.slot) for other in one.sessions.filter(on=told.on)):
        raise Refused([("starts_at", "sessions_overlap")])
    if trainer and any(rules.overlap(row.slot, other.slot) for other in queries.sessions_given(trainer.participant_id, told.on)):
        raise Refused([("trainer", "trains_elsewhere")])
    insert(row)
    trail.write("activities.session.planned", about=row, minutes=row.minutes)
    return row


@action
def invite_villages(*, training: Training, villages: Iterable[Place], by) -> int:
    """The training is for these Village Organisations; those on the list already stay."""
    if training.state != State.PLANNED:
        raise Refused([("", "not_planned")])
    held = set(training.villages.values_list("place_id", flat=True))
    rows = [new(TrainedVillage, training=training, place=one, place_no=one.place_no) for one in villages if one.pk not in held]
    insert(*rows)
    if rows:
        trail.write("activities.villages.invited", about=training, villages=len(rows))
    return len(rows)


def door(training: Training, on: date) -> str:
    """A token that lets people sign in at this training for an hour; it tells nothing but the training and the day."""
    return signing.dumps([str(training.pk), on.isoformat()], salt=SALT, compress=True)


def behind(token: str) -> tuple[str, date] | None:
    """The training and day of a token that still holds."""
    try:
        pk, on = signing.loads(token, salt=SALT, max_age=HOLDS_MINUTES * 60)
    except signing.BadSignature:
        return None
    return pk, date.fromisoformat(on)


@action
def sign_in(*, training: Training, typed: str, on: date, at: datetime, by) -> Presence:
    """By the code on her invitation, or her office number. Raises Refused for what fits nobody on the list, and on another day."""
    if training.state != State.PLANNED or day_in_india(at) != on or not training.starts_on <= on <= training.ends_on:
        raise Refused([("", "door_shut")])
    attendee = _whose(training, typed.strip().upper())
    if attendee is None:
        raise Refused([("code", "fits_nobody")])
    found = Presence.objects.filter(attendee=attendee, on=on).first()
    if found:
        return found
    row = new(Presence, attendee=attendee, place_no=attendee.place_no, on=on, at=at)
    insert(row)
    trail.write("activities.attendee.signed_in", about=row)
    return row


def _whose(training: Training, typed: str) -> Attendee | None:
    """Exactly one: an office number that two share signs nobody in."""
    enrolled = list(training.attendees.select_related("participant").select_for_update(of=("self",)))
    found = [one for one in enrolled if one.code and hmac.compare_digest(one.code.encode(), typed.encode())]
    found = found or [one for one in enrolled if typed and one.participant.office_no.upper() == typed]
    return found[0] if len(found) == 1 else None


def fresh_code(training: Training) -> str:
    """Six digits that nobody else has in this training."""
    taken = set(training.attendees.values_list("code", flat=True))
    while (code := f"{secrets.randbelow(1_000_000):06}") in taken:
        pass
    return code
