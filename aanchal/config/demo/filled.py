"""A form filled in by a worker, before it becomes bytes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random


@dataclass(frozen=True, slots=True)
class Filled:
    """Answers by question name; `at` is when the worker finished."""

    form_id: str
    village: int
    at: datetime
    answers: Mapping[str, object]
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    took: timedelta | None = None
    """How long the form was open, where that is a part of the story."""
    entity: Mapping[str, str] = field(default_factory=dict)
    """What the phone says of the entity that the form is about."""


def daytime(rng: Random, day: date) -> datetime:
    """Some moment of the working day."""
    return datetime.combine(day, time(rng.randint(8, 17), rng.randint(0, 59), rng.randint(0, 59)))


def day_between(rng: Random, first: date, last: date) -> date:
    """A day from first to last, both counted; first where they are the wrong way round."""
    return first + timedelta(days=rng.randint(0, max(0, (last - first).days)))


def whole_years(born_on: date, on: date) -> int:
    """Completed years, as the forms calculate them."""
    return (int(f"{on:%Y%m%d}") - int(f"{born_on:%Y%m%d}")) // 10_000
