"""How districts and blocks were ranked and which were chosen, for who compares them afterwards."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from aanchal.places.models import Place
from aanchal.places.terms import Level
from aanchal.selection.models import SelectionRun


@dataclass(frozen=True)
class Ranked:
    """`score` is None where too little was known of the place."""

    rank: int
    score: float | None
    is_chosen: bool


@dataclass(frozen=True)
class Ranking:
    """`places`: place -> how it came out, of those that were ranked at all."""

    level: str
    places: Mapping[int, Ranked]


def rankings(runs: Iterable[UUID]) -> dict[UUID, Ranking]:
    return {run.pk: _ranking(run) for run in SelectionRun.objects.filter(pk__in=list(runs)).defer("indicators", "incidents")}


def blocks() -> QuerySet[Place]:
    """Each block once."""
    return Place.objects.filter(level=Level.BLOCK, part_of=None)


def chosen_blocks(on: date) -> QuerySet[Place]:
    """Each block once that an approved ranking of blocks had chosen by a day."""
    runs = SelectionRun.objects.filter(level=Level.BLOCK, status="APPROVED", decided_at__date__lte=on)
    chosen = {one["id"] for told in runs.values_list("chosen", flat=True) for one in told}
    return blocks().filter(pk__in=chosen)


def _ranking(run: SelectionRun) -> Ranking:
    chosen = {one["id"] for one in run.chosen}
    told = {row["id"]: Ranked(row["rank"], row["score"], row["id"] in chosen) for row in run.results["places"] if row["rank"]}
    return Ranking(run.level, told)
