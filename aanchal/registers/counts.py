"""Counts of register lines by place and days: no ids, no names, and small ones hidden from who may not read the lines."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from aanchal.places.models import Place


@dataclass(frozen=True)
class Count:
    """Lines of one register and one sex; None where a small count is hidden."""

    register: str
    sex: str
    lines: int | None
    open_lines: int | None
    under_18: int | None


def of_place(place: Place, *, since: date | None = None, until: date | None = None) -> list[Count]:
    """What the acting person may know of a place; nothing where they may not see its counts. A block in two districts is two ranges."""
    found = []
    with connection.cursor() as cursor:
        for part in (place, *place.parts.all()):
            cursor.execute("SELECT * FROM registers_counts(%s, %s, %s, %s) ORDER BY 1, 2", [part.place_no, part.last_no, since, until])
            found += [Count(*row) for row in cursor.fetchall()]
    return found


def total(counts: list[Count], register: str, measure: str = "lines") -> int | None:
    """The sum over the sexes of one register; None when a part of it is hidden."""
    parts = [getattr(count, measure) for count in counts if count.register == register]
    return None if None in parts else sum(parts)
