"""What each page of advisories looks for first, and how it says that something was refused."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.advisories import queries, words
from aanchal.advisories.models import Advisory, Task
from aanchal.advisories.rules import Refused
from aanchal.library.rules import Refused as FileRefused
from aanchal.places.models import Place

REFUSED = 422
A_PAGE = 25


def today() -> date:
    return policy.day_in_india(timezone.now())


def advisory_or_404(pk) -> Advisory:
    """Out of scope and absent look the same: the database's own policy says which."""
    row = queries.advisories().filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def task_or_404(user, pk) -> Task:
    row = queries.tasks(user).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def issues(user, one: Advisory) -> bool:
    return policy.covers(user, Permission.ADVISORY_ISSUE, one.place)


def place_asked(request, one: Advisory) -> Place:
    """The place of the address, inside what she reads; without one, where her view begins."""
    root = queries.root_for(request.user, one, today())
    asked = request.GET.get("place", "")
    found = Place.objects.filter(pk=int(asked)).first() if asked.isascii() and asked.isdigit() and len(asked) < 15 else root
    if found is None or not policy.can(request.user, Permission.ADVISORY_READ, found):
        raise Http404
    return found


def attempt(form, act, **told):
    """The answer of an action, or None with what it refused said on the form."""
    try:
        return act(**told)
    except (Refused, FileRefused) as refused:
        form.refuse(refused)
        return None


def tried(request, change, said: str) -> None:
    try:
        change()
        messages.success(request, said)
    except Refused as refused:
        for _field, code in refused.faults:
            messages.warning(request, words.FAULTS[code])


def is_id(told: str | None) -> bool:
    try:
        return bool(UUID(told or ""))
    except ValueError:
        return False


def crumbs(one: Advisory | None = None, *more: str) -> list[dict]:
    found = [{"label": _("Advisories"), "url": reverse("advisories:desk")}]
    if one is not None:
        found.append({"label": one.number, "url": reverse("advisories:advisory", args=[one.pk])})
    found += [{"label": label} for label in more]
    return [*found[:-1], {"label": found[-1]["label"]}]
