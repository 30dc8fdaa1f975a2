"""An advisory of the nation with directions, and how it goes on."""

from datetime import UTC, date, datetime

from django.utils import timezone

from aanchal.access.acting import acting
from aanchal.access.policy import day_in_india
from aanchal.advisories import actions
from aanchal.advisories.actions import Asked, Details
from aanchal.advisories.models import Advisory, Task

DATED, DUE = date(2026, 3, 20), date(2099, 12, 31)
NOW = datetime(2026, 4, 1, 6, 30, tzinfo=UTC)
REGISTERS = "Read the migration register aloud in the village meeting"


def drafted(by, place, *asked: Asked, number: str = "F.1/2026", **more) -> Advisory:
    with acting(by):
        details = Details(number=number, title="Advisory on seasonal migration", dated_on=DATED, **more)
        one = actions.draft(place=place, details=details, at=NOW, by=by)
        for each in asked:
            actions.direct(advisory=one, asked=each, at=NOW, by=by)
    return one


def asked(unit: str, *places, words: str = REGISTERS, due_on: date = DUE, **more) -> Asked:
    return Asked(words=words, unit=unit, due_on=due_on, places=places, **more)


def issued(cast, place, *directions: Asked, **more) -> Advisory:
    one = drafted(cast["cell"], place, *directions, **more)
    with acting(cast["second"]):
        actions.issue(advisory=one, at=NOW, by=cast["second"])
        return Advisory.objects.get(pk=one.pk)


def task_of(user, place) -> Task:
    with acting(user):
        return Task.objects.select_related("place", "direction", "advisory").get(place=place)


def act(name: str, task: Task, by, **more):
    with acting(by):
        return getattr(actions, name)(task=task, at=timezone.now(), by=by, **more)


def today() -> date:
    return day_in_india(timezone.now())
