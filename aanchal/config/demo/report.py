"""What the pilot's villages look like after their post has come: the same counts the screens show."""

from collections import Counter

from django.db.models import Count, Q

from aanchal.access.acting import SYSTEM, acting
from aanchal.config.demo import state
from aanchal.inbox.models import Submission
from aanchal.inbox.terms import Status
from aanchal.people.models import Household
from aanchal.places.models import Place
from aanchal.places.queries import villages_in
from aanchal.registers.models import Entry
from aanchal.registers.terms import Register
from aanchal.risk import queries as risk
from aanchal.risk.terms import Band

HEADINGS = ("Village", "families", "at risk", "severe", "urgent", "flagged", "migr.", "marr.", "miss.", "left", "visit first")
WIDTHS = (16, 8, 7, 6, 6, 7, 5, 5, 5, 4, 0)
FIRST = 3


def text() -> str:
    """One line a village: families, at risk (severe and urgent among them), flagged forms, register lines, three codes."""
    with acting(SYSTEM):
        villages = list(villages_in(Place.objects.get(lgd_code=state.FIRST_CODE)))
        rows = [_row(village) for village in villages]
    total = Counter()
    for row in rows:
        total.update(dict(enumerate(row[1:-1])))
    summed = ("Total", *(total[n] for n in range(len(HEADINGS) - 2)), "")
    lines = [_line(row) for row in (HEADINGS, *rows, summed)]
    return "\n".join(
        ["", f"Synthetic pilot: block {state.DEMO_BLOCK.en} and its neighbours. No real person, place or count.", "", *lines, ""]
    )


def _row(village: Place) -> tuple:
    here = {"place_no__gte": village.place_no, "place_no__lte": village.last_no}
    families = risk.families().filter(**here)
    bands = families.aggregate(
        severe=Count("pk", filter=Q(band=Band.SEVERE)),
        urgent=Count("pk", filter=Q(grounds__is_urgent=True)),
    )
    lines = Counter(Entry.objects.filter(stands=True, **here).values_list("register", flat=True))
    flagged = Submission.objects.filter(status=Status.FLAGGED, **here).count()
    first = [assessment.household.shown_code for assessment in risk.visit_first(families)[:FIRST]]
    return (
        village.name,
        Household.objects.filter(**here).count(),
        risk.at_risk(families).count(),
        bands["severe"],
        bands["urgent"],
        flagged,
        *(lines[register] for register in (Register.MIGRATION, Register.MARRIAGE, Register.MISSING, Register.LEFT)),
        "  ".join(first),
    )


def _line(row: tuple) -> str:
    cells = (
        str(cell).ljust(width) if n in (0, len(WIDTHS) - 1) else str(cell).rjust(width)
        for n, (cell, width) in enumerate(zip(row, WIDTHS, strict=True))
    )
    return "  ".join(cells).rstrip()
