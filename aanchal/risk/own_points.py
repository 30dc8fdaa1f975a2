"""A village's own points for the state's index, as its organisation signed them in a meeting."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from aanchal.access.policy import day_in_india
from aanchal.core import facts, trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.places.models import Place
from aanchal.places.terms import Level
from aanchal.risk import queries, rules
from aanchal.risk.facts import OwnPointsSigned
from aanchal.risk.models import OwnPoints
from aanchal.risk.rules import Refused
from aanchal.risk.terms import MeetingRole, Subject
from aanchal.villages.rules import holds_a_number_of_a_person

MOST_PRESENT = 2_000
LONGEST_MINUTES = 2_000


@dataclass(frozen=True)
class Meeting:
    """Who was there by what they are and how many, and what was said: no family, no name."""

    met_on: date
    present: int
    roles: tuple[str, ...]
    minutes: str


@action
def sign(*, place: Place, points: Mapping[str, int], meeting: Meeting, effective_from: date, at: datetime, by) -> OwnPoints:
    """The village weighs the state's indicators by its own points from a day on; the state's own points end what it signed before.

    Raises Refused naming every indicator beyond the state's limit.
    """
    today = day_in_india(at)
    index = queries.definition_in_force(Subject.HOUSEHOLD, max(effective_from, today), place, at_once=True)
    faults = [*_faults_of_place(place, effective_from, today), *_faults_of_meeting(meeting, today)]
    faults += [(f"points_{key}" if key else "", code) for key, code in rules.faults_of_points(index, points)]
    if faults:
        raise Refused(faults)
    signed = OwnPoints(
        place=place, place_no=place.place_no, definition_id=index.version, points=dict(points), effective_from=effective_from,
        met_on=meeting.met_on, present=meeting.present, roles=[MeetingRole(role) for role in meeting.roles],
        minutes=meeting.minutes.strip(), signed_by=by if by.pk else None, signed_at=at,
    )  # fmt: skip
    insert(signed)
    moved = sum(points[key] != default for key, default in index.points_of.items())
    trail.write("risk.own_points.signed", about=signed, version=index.version, indicators=moved, present=meeting.present)
    queries.forget()
    facts.announce(OwnPointsSigned(signed=signed, at=at, by=by))
    return signed


def _faults_of_place(place: Place, effective_from: date, today: date) -> Iterable[tuple[str, str]]:
    if place.level != Level.VILLAGE:
        yield "", "not_a_village"
    if effective_from < today:
        yield "effective_from", "in_the_past"


def _faults_of_meeting(meeting: Meeting, today: date) -> Iterable[tuple[str, str]]:
    if meeting.met_on > today:
        yield "met_on", "in_the_future"
    if not 1 <= meeting.present <= MOST_PRESENT:
        yield "present", "out_of_range"
    if MeetingRole.VO_MEMBER not in meeting.roles or not set(meeting.roles) <= set(MeetingRole):
        yield "roles", "not_of_the_vo"
    if not meeting.minutes.strip() or len(meeting.minutes) > LONGEST_MINUTES:
        yield "minutes", "length"
    if holds_a_number_of_a_person(meeting.minutes):
        yield "minutes", "personal_number"
