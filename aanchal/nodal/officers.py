"""Whom to call in which State: the nodal offices of the directory, and which of them nobody has confirmed for long."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from aanchal.network import directory
from aanchal.nodal import queries, standings
from aanchal.places.models import Place


@dataclass(frozen=True)
class Office:
    """As the directory tells it to everyone; `is_stale` once nobody has confirmed it within the scheme's days."""

    name: str
    address: str
    phone: str
    email: str
    confirmed_on: date | None
    is_stale: bool


@dataclass(frozen=True)
class Told:
    """A State and its offices; none is a gap to close."""

    place: Place
    offices: list[Office]

    @property
    def needs_care(self) -> bool:
        return not self.offices or any(one.is_stale for one in self.offices)


def of_states(user, on: date) -> list[Told]:
    """Of the reader's States, those that need care first. Two questions, however many there are."""
    oldest = on - timedelta(days=standings.norms()["officer_confirmed_within_days"])
    known = directory.nodal_offices()
    told = [Told(place, [_office(row, oldest) for row in known.get(place.pk, [])]) for place in queries.states(user)]
    return sorted(told, key=lambda one: not one.needs_care)


def named(states: Iterable[Place]) -> dict[Place, str]:
    """State -> its nodal office, the one that was confirmed last; empty where the directory names none."""
    known = directory.nodal_offices()
    return {place: max(known.get(place.pk, []), key=_fresh, default={"name": ""})["name"] for place in states}


def _fresh(row: dict) -> date:
    return row["confirmed_on"] or date.min


def _office(row: dict, oldest: date) -> Office:
    is_stale = row["confirmed_on"] is None or row["confirmed_on"] < oldest
    return Office(row["name"], row["address"], row["phone"], row["email"], row["confirmed_on"], is_stale)
