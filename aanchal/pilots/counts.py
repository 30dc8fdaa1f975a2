"""Which blocks a pilot works in, since when and by which selection: no names of persons, no ids of theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from aanchal.pilots.models import PilotPlace
from aanchal.places.models import Place
from aanchal.places.queries import within
from aanchal.places.terms import Level


@dataclass(frozen=True)
class Piloted:
    """A block of a pilot. `run` is the approved selection that its place comes from."""

    block: int
    state: int
    began: date
    run: UUID


def blocks(on: date) -> Sequence[Piloted]:
    """Every block of a pilot that had begun by a day, with its earliest beginning; all blocks of a district that is in one."""
    rows = PilotPlace.objects.filter(pilot__starts_on__lte=on).select_related("place", "pilot").order_by("pilot__starts_on", "pk")
    found: dict[int, Piloted] = {}
    for row in rows:
        for block in Place.objects.filter(within(row.place), level=Level.BLOCK, part_of=None).order_by("place_no"):
            found.setdefault(block.pk, Piloted(block.pk, block.state_id, row.pilot.starts_on, row.run_id))
    return [found[key] for key in sorted(found)]
