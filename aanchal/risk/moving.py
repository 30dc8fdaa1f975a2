"""Who would change band under a definition that is not in force, and through which indicators. Nothing is written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from aanchal.people.models import Household
from aanchal.places.models import Place
from aanchal.risk import queries, rules
from aanchal.risk.conditions import Facts
from aanchal.risk.definition import Definition
from aanchal.risk.terms import Subject
from aanchal.villages.queries import latest_situations

A_BATCH = 500


@dataclass(frozen=True)
class Compared:
    """One family or village under the index in force and under another; `because` is empty where the band stays."""

    pk: UUID
    place_id: int
    place_no: int
    before: str
    after: str
    because: tuple[str, ...]
    household: Household | None = None


def compared(subject: Subject, place: Place, proposed: Definition, *, on: date) -> Iterator[Compared]:
    """All of a place, batch after batch; needs someone who may read the answers there."""
    if subject == Subject.VILLAGE:
        yield from compared_villages(place, proposed, on=on)
        return
    after = None
    while batch := compared_families(place, proposed, after=after, most=A_BATCH, on=on):
        yield from batch
        after = batch[-1].pk


def compared_families(place: Place, proposed: Definition, *, after: UUID | None, most: int, on: date) -> list[Compared]:
    households = list(queries.households_after(place, after).select_related("place")[:most])
    told = queries.facts_of_many(households)
    return [
        _compared(one.pk, one.place_id, one, proposed, told[one.pk][1], queries.definition_in_force(Subject.HOUSEHOLD, on, one), one)
        for one in households
    ]


def compared_villages(place: Place, proposed: Definition, *, on: date) -> list[Compared]:
    return [
        _compared(
            one.pk, one.place_id, one, proposed, rules.facts_of_village(one.facts),
            queries.definition_in_force(Subject.VILLAGE, on, one), None,
        )
        for one in latest_situations(place)
    ]  # fmt: skip


def _compared(
    pk: UUID, place_id: int, here, proposed: Definition, facts: Facts, index: Definition, household: Household | None
) -> Compared:
    then, now = rules.assess(index, facts), rules.assess(proposed, facts)
    because = rules.responsible(index, proposed, then, now)
    return Compared(pk, place_id, here.place_no, then.band, now.band, because, household)
