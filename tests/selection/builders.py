"""Series and runs made for a test."""

from aanchal.access.acting import SYSTEM, acting
from aanchal.places.models import IndicatorSeries, IndicatorSource, IndicatorValue, Place
from aanchal.places.terms import Level
from aanchal.selection import actions
from aanchal.selection.actions import Chosen
from aanchal.selection.models import SelectionRun
from tests.factories import NOON
from tests.places.indicator_files import words


def make_series(key: str, values: dict[Place, float], *, level: Level = Level.DISTRICT, kind: str = "CONTEXT", **more) -> IndicatorSeries:
    with acting(SYSTEM):
        series = IndicatorSeries.objects.create(
            key=key, level=level, kind=kind, year=2021, edition="first", unit="PERCENT", more_is_worse=True, titles=words(key.title()),
            definitions=words(f"What {key} is"), publisher="A test", **more,
        )  # fmt: skip
        source = IndicatorSource.objects.create(file_name="a.csv", sha256="0" * 64, mapping="a", publisher="A test", imported_at=NOON)
        IndicatorValue.objects.bulk_create(
            IndicatorValue(series=series, place=place, place_no=place.place_no, value=value, source=source, line=2, code="1")
            for place, value in values.items()
        )
    return series


def make_run(
    user, place: Place, *series: IndicatorSeries, level: Level = Level.DISTRICT, title: str = "First look", **more
) -> SelectionRun:
    with acting(user):
        chosen = [Chosen(one, one.more_is_worse) for one in series]
        return actions.rank_places(place=place, level=level, title=title, indicators=chosen, seed=7, at=NOON, by=user, **more)


def record(user, place: Place, *standings: str):
    with acting(user):
        for standing in standings:
            actions.record_standing(place=place, standing=standing, holds=True, source="State order 12 of 2025", at=NOON, by=user)
