"""Reviews of a place: asked for, prepared by the program while one waits, read as a page, taken as files."""

import io
from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.insight import forms, pictures, queries, reviewing, rules, tasks, words
from aanchal.insight.actions import Refused
from aanchal.insight.models import Review
from aanchal.insight.review.reading import Read, Row
from aanchal.insight.terms import Span
from aanchal.insight.views.places import kept

A_PAGE = 20
REFUSED = 422
LANGUAGES = {"en": "English", "hi": "हिन्दी", "te": "తెలుగు"}


@requires(Permission.COUNT_READ)
def reviews(request, pk):
    place = kept(request, Permission.COUNT_READ, pk)
    months = queries.months()
    form = forms.ReviewForm(_periods(months), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            one = reviewing.ask(place=place, at=timezone.now(), by=request.user, **form.asked())
            if not one.done:
                tasks.prepare_review.defer(pk=str(one.pk))
            return redirect("insight:review", one.pk)
        except Refused as refused:
            form.add_error(None, words.REFUSED[refused.code])
    page = Paginator(queries.reviews(place), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Reviews: %(place)s") % {"place": place.local_name}, "place": place, "page": page, "form": form if months else None,
        "rows": [(one, words.period(one.span, one.month)) for one in page], "crumbs": [_indicators(place), {"label": _("Reviews")}],
    }  # fmt: skip
    return render(request, "insight/reviews.html", context, status=REFUSED if form.errors else 200)


@require_safe
@requires(Permission.COUNT_READ)
def review(request, pk):
    one = _review(request.user, pk)
    read = Read(one)
    context = {
        "heading": read.title, "review": one, "read": read, "percent": 100 * one.done // one.steps,
        "is_late": not one.is_ready and timezone.now() - one.asked_at > reviewing.PATIENCE,
        "crumbs": [
            _indicators(one.place), {"label": _("Reviews"), "url": reverse("insight:reviews", args=[one.place_id])},
            {"label": read.period},
        ],
    }  # fmt: skip
    if one.is_ready:
        files = one.files.defer("content").order_by("kind", "language")
        context["files"] = [(each.kind, each.language, LANGUAGES[each.language]) for each in files]
        context["domains"] = [(label, [(row, _bullet(row)) for row in rows]) for label, rows in read.domains()]
    return render(request, "insight/review.html", context)


@require_safe
@requires(Permission.COUNT_READ)
def file(request, pk):
    one = _review(request.user, pk)
    kind, language = request.GET.get("as", "xlsx"), request.GET.get("in", "en")
    found = reviewing.take_file(review=one, kind=kind, language=language, by=request.user)
    if found is None:
        messages.info(request, _("There is no such file of this review."))
        return redirect("insight:review", one.pk)
    name = f"review-{one.place.lgd_code or 'india'}-{one.span.lower()}-{one.month:%Y-%m}-{language}.{kind}"
    return FileResponse(io.BytesIO(bytes(found.content)), as_attachment=True, filename=name)


def _periods(months: list[date]) -> dict[str, list[tuple[date, str]]]:
    """The periods in which a month was computed, the newest first."""
    found = {span: dict.fromkeys(rules.first_of(span, one) for one in months) for span in Span.values}
    return {span: [(first, words.period(span, first)) for first in firsts] for span, firsts in found.items()}


def _review(user, pk) -> Review:
    found = policy.visible(user, Permission.COUNT_READ, Review.objects.all()).select_related("place").filter(pk=pk).first()
    if found is None or not policy.covers(user, Permission.COUNT_READ, found.place):
        raise Http404
    return found


def _indicators(place) -> dict[str, str]:
    return {"label": _("Indicators: %(place)s") % {"place": place.local_name}, "url": reverse("insight:place", args=[place.pk])}


def _bullet(row: Row):
    if not row.is_share or row.value is None:
        return ""
    return pictures.bullet(row.value, peers=row.peers, target=row.target, label=f"{row.definition.title}: {row.told}")
