"""What each page of returns looks for first, and how it says that something was refused."""

from datetime import date

from django.contrib import messages
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.core.templatetags.aanchal import day
from aanchal.nodal import queries, words
from aanchal.nodal.models import Call, Return
from aanchal.nodal.rules import Refused
from aanchal.places.models import Place

REFUSED = 422
A_PAGE = 40


def today() -> date:
    return policy.day_in_india(timezone.now())


def return_or_404(user, pk, permission: Permission = Permission.RETURN_READ) -> Return:
    """Out of scope and absent look the same."""
    row = queries.returns(user).select_related("amends").filter(pk=pk).first()
    if row is None or not policy.can(user, permission, row):
        raise Http404
    return row


def call_or_404(told: str) -> Call:
    """By the period of its address: month-2026-07-01."""
    kind, _, first = told.partition("-")
    try:
        row = queries.calls().filter(period=kind.upper(), starts_on=date.fromisoformat(first)).first()
    except ValueError:
        row = None
    if row is None:
        raise Http404
    return row


def period(call: Call) -> str:
    """As it is read: a month, a quarter, a year."""
    if call.period == "YEAR":
        return str(call.starts_on.year)
    if call.period == "QUARTER":
        return _("%(first)s to %(last)s") % {"first": day(call.starts_on), "last": day(call.ends_on)}
    return date_format(call.starts_on, "F Y")


def attempt(form, act, **told):
    """The answer of an action, or None with what it refused said on the form."""
    try:
        return act(**told)
    except Refused as refused:
        form.refuse(refused)
        return None


def say(request, refused: Refused) -> None:
    for _field, code in refused.faults:
        messages.warning(request, words.FAULTS[code])


def bound(request, what: str) -> dict:
    """What was posted for one of the forms of a page, whose fields have ids of their own."""
    is_it = request.method == "POST" and request.POST.get("what") == what
    return {"data": request.POST if is_it else None, "auto_id": f"{what}-%s"}


def scheme_crumbs(*more: dict) -> list[dict]:
    return [{"label": _("Anti Human Trafficking Units"), "url": reverse("nodal:units")}, *more]


def of_state(place: Place) -> dict:
    return {"label": place.local_name, "url": reverse("nodal:state-units", args=[place.pk])}


def crumbs(call: Call | None = None, one: Return | None = None, *more: str) -> list[dict]:
    found = [{"label": _("Returns of the States"), "url": reverse("nodal:calls")}]
    if call is not None:
        found.append({"label": period(call), "url": reverse("nodal:call", args=[call.slug])})
    if one is not None:
        found.append({"label": one.place.local_name, "url": reverse("nodal:return", args=[one.pk])})
    found += [{"label": label} for label in more]
    return [*found[:-1], {"label": found[-1]["label"]}]
