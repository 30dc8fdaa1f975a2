"""What each page of activities looks for first, and how it says that something was refused."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.activities import words
from aanchal.activities.rules import Refused
from aanchal.places.models import Place
from aanchal.places.queries import within

REFUSED = 422
A_PAGE = 25


def today():
    return policy.day_in_india(timezone.now())


def row_or_404(user, rows, pk, permission: Permission = Permission.ACTIVITY_READ):
    """Out of scope and absent look the same."""
    row = rows.filter(pk=pk).first()
    if row is None or not policy.can(user, permission, row):
        raise Http404
    return row


def may_record(user, row) -> bool:
    return policy.can(user, Permission.ACTIVITY_RECORD, row)


def own_places(user) -> list[Place]:
    """Where this person records; a state's with its districts."""
    held = policy.current_postings(user, on=today())
    own = [posting.place for posting in held if Permission.ACTIVITY_RECORD in posting.held.permissions]
    below = Place.objects.filter(state__in=[place.pk for place in own if place.level == "STATE"], level="DISTRICT").order_by("name", "pk")
    return [*own, *below]


def at_place(request) -> Q:
    """What lies in the place that is asked for; everything when none is. An unknown place holds nothing."""
    asked = request.GET.get("place", "")
    if not asked:
        return Q()
    place = Place.objects.filter(pk=int(asked)).first() if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    if place is None or not policy.can(request.user, Permission.ACTIVITY_READ, place):
        return Q(pk__in=[])
    return within(place)


def kept_file(row, name: str) -> HttpResponse:
    """As a file to keep: never opened inside the site."""
    if row.file is None:
        raise Http404
    answer = HttpResponse(bytes(row.file), content_type=row.file_kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{row.file_kind.rpartition("/")[2]}"'
    return answer


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


def bound(request, what: str):
    """What was posted for one of the forms of a page."""
    return request.POST if request.method == "POST" and request.POST.get("what") == what else None


def crumbs(*more: tuple[str, str]) -> list[dict]:
    """(label, name of the address or nothing)."""
    found = [{"label": _("Meetings and trainings"), "url": reverse("activities:calendar")}]
    return [*found, *({"label": label, "url": url} if url else {"label": label} for label, url in more)]
