"""Who of a place lacks a scheme: found for all its families at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.benefits import plan, queries
from aanchal.benefits.eligibility import Eligibility, Families, columns_of
from aanchal.benefits.questions import questions
from aanchal.benefits.scheme import Scheme
from aanchal.people.models import Household, Person
from aanchal.places.models import Place
from aanchal.registers.queries import inside
from aanchal.risk import queries as risk
from aanchal.risk.card import who
from aanchal.risk.models import Assessment
from aanchal.risk.reading import band_title

MOST_FAMILIES = 3_000
"""Beyond a large block a camp is held in its parts."""


@dataclass(frozen=True)
class Row:
    household: Household
    person: Person | None
    who: str
    band: str
    band_label: str

    @property
    def key(self) -> str:
        return f"{self.household.pk}.{self.person.pk if self.person else ''}"


@dataclass(frozen=True)
class Lacking:
    rows: Sequence[Row] = field(default_factory=list)
    looked: int = 0
    is_cut: bool = False


def who_lacks(user, place: Place, scheme: Scheme, on: date) -> Lacking:
    """Families at risk first. Judged together as columns, then each of those found by itself, for whom of it."""
    households, assessed = _households(user, place)
    families = queries.families(households[:MOST_FAMILIES], on)
    found = [families[n] for n in _found(families, scheme)]
    rows = [row for one in found for row in _rows(one, scheme, assessed.get(one.household.pk), on)]
    return Lacking(rows, len(families), len(households) > MOST_FAMILIES)


def families_as_columns(families: Sequence[queries.Family], schemes: Sequence[Scheme]) -> tuple[Eligibility, Families]:
    """A family of whom nobody is listed stands with one member of whom nothing is known."""
    judge = Eligibility(schemes)
    members = [[member.answers for member in one.members] or [{}] for one in families]
    starts = np.cumsum([0, *map(len, members)], dtype=np.int64)[:-1]
    read_of_person = judge.asks["person"] or [next(key for key, one in questions().items() if one.of == "person")]
    columns = Families(
        columns_of(judge.asks["household"], [one.answers for one in families]),
        columns_of(read_of_person, [answers for listed in members for answers in listed]),
        starts,
    )
    return judge, columns


def _found(families: Sequence[queries.Family], scheme: Scheme) -> list[int]:
    if not families:
        return []
    judge, columns = families_as_columns(families, [scheme])
    found = judge.of(columns)
    ran_out = np.array([any(code == scheme.code for code, _ in one.lapsed) for one in families])
    return np.flatnonzero((found.proposed > 0) | ran_out).tolist()


def _households(user, place: Place) -> tuple[list[Household], dict]:
    current = policy.visible(user, Permission.RISK_REASONS, Assessment.objects.filter(inside(place), is_current=True))
    listed = list(risk.visit_first(current.select_related("household", "household__place", "definition")))
    return [one.household for one in listed], {one.household_id: one for one in listed}


def _rows(family: queries.Family, scheme: Scheme, assessed: Assessment | None, on: date) -> list[Row]:
    index = risk.definition(assessed.definition_id) if assessed else None
    band = assessed.band if assessed else "UNKNOWN"
    return [
        Row(
            household=family.household,
            person=one.person,
            who=who(one.person, on) if one.person else "",
            band=band,
            band_label=band_title(index, band) if index else "",
        )
        for one in plan.of_scheme(scheme, family)
        if one.verdict == "PROPOSED" and not (one.entitlement and one.entitlement.state in queries.WAITING)
    ]
