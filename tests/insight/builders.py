"""Months that were counted, for what is made of them."""

from datetime import UTC, date, datetime

import numpy as np

from aanchal.access.acting import SYSTEM, acting
from aanchal.insight import computing, queries, releasing, rules
from aanchal.insight.models import Computation, Release
from aanchal.insight.rolling import THINGS
from aanchal.places.models import Place
from aanchal.places.queries import nation

AT = datetime(2026, 11, 20, 6, 30, tzinfo=UTC)
APRIL = date(2026, 4, 1)


def computed(month: date, at: datetime = AT) -> Computation:
    with acting(SYSTEM):
        return computing.compute(month=month, at=at, by=SYSTEM)


def counted(month: date, measure: str, told: dict[Place, list[int]]) -> None:
    """A month in which only these districts counted this, by the six groups; the state and the nation are their sums."""
    with acting(SYSTEM):
        frame = computing.Frame.of(queries.units())
        counts = np.zeros((len(frame.places), THINGS + 1), dtype=np.int64)
        for n, place in enumerate(frame.places):
            for district, cells in told.items():
                if district.pk == place.pk or district.state_id == place.pk or place.level == "NATION":
                    counts[n, :THINGS] += cells
        computing.keep(month=month, frame=frame, counts={measure: counts}, at=AT, by=SYSTEM)


def drafted(analyst, starts_on: date = APRIL, measures=("missing",)) -> Release:
    """Drafted, hidden and attacked."""
    with acting(analyst):
        told = {"title": "Missing people", "starts_on": starts_on, "measures": measures}
        release = releasing.draft(place=nation(), at=AT, by=analyst, **told)
    return releasing.prepare(release=release, by=SYSTEM)


def published(analyst, second, starts_on: date = APRIL, measures=("missing",)) -> Release:
    release = drafted(analyst, starts_on, measures)
    with acting(analyst):
        releasing.submit(release=release, by=analyst)
    with acting(SYSTEM):
        tables = releasing.rows_of(release)
    with acting(second):
        return releasing.decide(release=release, publish=True, note="", at=AT, by=second, tables=tables)


def quarter(told: dict[Place, list[int]], starts_on: date = APRIL, measure: str = "missing") -> None:
    """All of it in the first month; the two others are computed and empty."""
    for n in range(3):
        counted(rules.month_after(starts_on, n), measure, told if n == 0 else {})


def told(place: Place, figures: dict[str, tuple[int, int | None]], month: date, months: int = 1) -> None:
    """These figures of a place, by the codes of their indicators, in a month and in those before it; the months count as computed."""
    from aanchal.insight.models import Definition, Figure

    with acting(SYSTEM):
        known = {one.code: one for one in Definition.objects.filter(code__in=figures)}
        for n in range(months):
            when = rules.month_after(month, -n)
            Computation.objects.get_or_create(month=when, defaults={"at": AT, "counted": 1, "figures": 1, "sha256": "0" * 64})
            Figure.objects.bulk_create(
                Figure(
                    place=place, place_no=place.place_no, level=place.level, month=when, definition=known[code], numerator=one,
                    denominator=of,
                )
                for code, (one, of) in figures.items()
            )  # fmt: skip
