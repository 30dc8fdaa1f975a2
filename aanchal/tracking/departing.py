"""Before someone leaves: she is written into the register, touch is agreed, and a code word kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from aanchal.core.action import action
from aanchal.people import actions as people
from aanchal.people.actions import PersonDetails
from aanchal.people.models import Household
from aanchal.registers import actions as registers
from aanchal.registers.terms import Register
from aanchal.tracking import actions, queries
from aanchal.tracking.models import Journey
from aanchal.tracking.terms import JourneyKind

AHEAD = timedelta(days=60)
"""How long before she leaves it may be registered."""


@dataclass(frozen=True)
class Departure:
    """What is told at the centre: who, when, and the columns of the migration register."""

    person: PersonDetails
    leaves_on: date
    details: Mapping[str, object]
    texts: Mapping[str, str]
    household: Household | None = None
    code_word: str = field(default="", repr=False)


@action
def register(*, departure: Departure, place, at: datetime, by) -> Journey:
    """Written through the register's own action, from which the journey follows. Raises AlreadyAway, and what the register refuses."""
    person = people.recognise_person(details=departure.person, household=departure.household, place=place, by=by)
    if standing := queries.open_journey(person.pk, JourneyKind.MIGRATION):
        raise actions.AlreadyAway(standing)
    entry = registers.record_entry(
        register=Register.MIGRATION, person=person, household=departure.household, place=place, happened_on=departure.leaves_on,
        details=departure.details, texts=departure.texts, ahead=AHEAD, at=at, by=by,
    )  # fmt: skip
    journey = queries.journey_of(entry.pk) or actions.open_journey(entry=entry, at=at, by=by)
    if departure.code_word.strip():
        actions.keep_code_word(journey=journey, code_word=departure.code_word, by=by)
    return journey
