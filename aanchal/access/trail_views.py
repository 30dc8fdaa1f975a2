"""The trail: who did what to which record, and who read what. The database shows each reader only the lines of their places."""

from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aanchal.access import policy
from aanchal.access.details import in_words
from aanchal.access.models import User
from aanchal.access.permissions import Permission
from aanchal.access.terms import READINGS
from aanchal.access.verbs import VERBS
from aanchal.access.web import requires
from aanchal.core.models import Trail
from aanchal.places.models import Place
from aanchal.places.queries import within

A_PAGE = 50


@require_safe
@requires(Permission.TRAIL_READ)
def trail(request):
    place = _place(request)
    asked = {key: request.GET.get(key, "").strip() for key in ("record", "who", "only")}
    lines = _narrowed(Trail.objects.defer("mac").order_by("-at", "-shard", "-seq"), place, **asked)
    page = Paginator(lines, A_PAGE).get_page(request.GET.get("page"))
    context = {"heading": _("Trail"), "page": page, "lines": _told(list(page)), "place": place, **asked}
    return render(request, "access/trail.html", context)


def _place(request) -> Place | None:
    """A place outside the reader's scope is answered like one that does not exist."""
    typed = request.GET.get("place", "")
    if not typed:
        return None
    found = Place.objects.filter(pk=int(typed)).first() if typed.isascii() and typed.isdigit() and len(typed) < 16 else None
    if found is None or not policy.can(request.user, Permission.TRAIL_READ, found):
        raise Http404
    return found


def _narrowed(lines: QuerySet[Trail], place: Place | None, *, record: str, who: str, only: str) -> QuerySet[Trail]:
    if place:
        lines = lines.filter(within(place))
    if record:
        lines = lines.filter(about_id=record)
    if who:
        lines = lines.filter(actor__in=User.objects.filter(username__iexact=who).values("pk"))
    return lines.filter(verb__in=READINGS) if only == "readings" else lines


def _told(lines: list[Trail]) -> list[dict]:
    people: dict[UUID, User] = User.objects.in_bulk({line.actor for line in lines if line.actor})
    places = {place.place_no: place for place in Place.objects.filter(place_no__in={line.place_no for line in lines})}
    return [
        {
            "at": line.at,
            "who": people.get(line.actor) if line.actor else None,
            "did": VERBS.get(line.verb, line.verb),
            "is_reading": line.verb in READINGS,
            "record": line.about_id,
            "place": places.get(line.place_no) if line.place_no is not None else None,
            "detail": in_words(line),
        }
        for line in lines
    ]
