"""What the pages of the directory look for first, and how they say that something was refused."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.network import words
from aanchal.network.rules import Refused
from aanchal.places.models import Place
from aanchal.places.terms import Level

REFUSED = 422
A_PAGE = 25
READ, RECORD = Permission.STAKEHOLDER_READ, Permission.STAKEHOLDER_RECORD
KINDS = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def today():
    return policy.day_in_india(timezone.now())


def row_or_404(user, rows, pk, permission: Permission = READ):
    """Out of scope and absent look the same."""
    row = rows.filter(pk=pk).first()
    if row is None or not policy.can(user, permission, row):
        raise Http404
    return row


def own_places(user, permission: Permission) -> list[Place]:
    """Where this person holds a permission by a posting."""
    held = policy.current_postings(user, on=today())
    return list({posting.place_id: posting.place for posting in held if permission in posting.held.permissions}.values())


def own_and_below(user, permission: Permission) -> list[Place]:
    """A state's with its districts, a district's with its blocks."""
    own = own_places(user, permission)
    states = [place.pk for place in own if place.level == Level.STATE]
    districts = [place.pk for place in own if place.level == Level.DISTRICT]
    below = Place.objects.filter(state__in=states, level=Level.DISTRICT) | Place.objects.filter(district__in=districts, level=Level.BLOCK)
    return [*own, *below.order_by("name", "pk")]


def place_asked(request, permission: Permission) -> Place:
    """The place named in the address where the reader may act, or her own. Raises Http404."""
    asked = request.GET.get("place", "")
    if asked:
        place = Place.objects.filter(pk=int(asked)).first() if asked.isascii() and asked.isdigit() and len(asked) < 16 else None
        if place is None or not policy.can(request.user, permission, place):
            raise Http404
        return place
    places = own_places(request.user, permission)
    if not places:
        raise Http404
    return places[0]


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


def say_wrong(request, form) -> None:
    """Of a form without a place of its own for what is wrong."""
    for errors in form.errors.values():
        messages.warning(request, " ".join(errors))


def bound(request, what: str):
    """What was posted for one of the forms of a page."""
    return request.POST if request.method == "POST" and request.POST.get("what") == what else None


def sent(out, name: str, kind: str) -> FileResponse:
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"{name}.{kind}", content_type=KINDS[kind])


def crumbs(*more: tuple[str, str]) -> list[dict]:
    """(label, address or nothing)."""
    first = [{"label": _("Directory"), "url": reverse("network:stakeholders")}]
    return [*first, *({"label": label, "url": url} if url else {"label": label} for label, url in more)]
