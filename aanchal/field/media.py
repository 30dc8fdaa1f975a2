"""The files that come with a form: lists made for the worker who asks."""

import re
from collections.abc import Callable
from functools import lru_cache
from uuid import UUID

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.field import entities, work_lists
from aanchal.field.models import PublishedForm
from aanchal.field.tables import table
from aanchal.places.models import Place
from aanchal.places.terms import Level

MOST_VILLAGES = 2_000
SOURCE = re.compile(rb"jr://[a-z-]+/([^\s\"'<>/]{1,100})")


def names(form: UUID) -> tuple[str, ...]:
    """The names of the files a published form asks for, in the form's order."""
    return _named(form)


@lru_cache(maxsize=256)
def _named(form: UUID) -> tuple[str, ...]:
    """A published version never changes, so this is kept."""
    return named_in(bytes(PublishedForm.objects.only("xform").get(pk=form).xform))


def named_in(xform: bytes) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found.decode() for found in SOURCE.findall(xform)))


def content(name: str, user, *, is_read: bool) -> bytes | None:
    """The file as this worker gets it; None when nobody here makes a file of this name. `is_read`: it leaves for her phone."""
    if name == "villages.csv":
        return villages(user)
    make = ENTITIES.get(name)
    return make(user, is_read=is_read) if make else None


def villages(user) -> bytes:
    """The villages she sends from, as she reads them, by the code the forms send."""
    here = policy.visible(user, Permission.SUBMISSION_SEND, Place.objects.filter(level=Level.VILLAGE))
    rows = [(place.lgd_code, place.local_name) for place in here.order_by("name", "pk")[:MOST_VILLAGES]]
    return table(("name", "label"), rows)


ENTITIES: dict[str, Callable[..., bytes]] = {
    "households.csv": entities.households,
    "persons.csv": entities.persons,
    "journeys.csv": work_lists.journeys,
    "tasks.csv": work_lists.tasks,
}
"""Lists whose rows are entities: a phone asks whether those it knows still stand."""
