"""A table of one's own: put together, taken as a file, kept under a name, shared with who counts in the same place."""

from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.policy import day_in_india
from aanchal.access.web import requires
from aanchal.core.listed import Listed, as_file
from aanchal.core.numbers import grouped
from aanchal.insight import forms, keeping, queries, tabling, words
from aanchal.insight.actions import Refused
from aanchal.insight.models import SavedTable
from aanchal.insight.tabling import Asked, Table
from aanchal.insight.views.places import kept
from aanchal.places.models import Place
from aanchal.places.terms import Level

PLACES_OF_A_PAGE = 10
FILES = ("csv", "xlsx")
ORDER = (Level.NATION, Level.STATE, Level.DISTRICT, Level.BLOCK)
REFUSED = 422


@requires(Permission.COUNT_READ)
def table(request, pk):
    place = kept(request, Permission.COUNT_READ, pk)
    months = queries.months()
    form = _form(place, months, request.GET if "indicators" in request.GET else None)
    keep = forms.KeepForm(request.POST if request.method == "POST" else None)
    is_asked = form.is_bound and form.is_valid()
    if request.method == "POST" and is_asked and keep.is_valid() and (address := _keep(request, place, form, keep)):
        return redirect(address)
    asked = _asked(form, months) if is_asked else None
    found = Table(request.user, place, asked) if asked else None
    if found and found.count > tabling.MOST_LINES:
        form.add_error(
            None, _("This table would have more than %(n)s lines: choose fewer months or places.") % {"n": grouped(tabling.MOST_LINES)}
        )
        found = None
    if found and request.GET.get("as") in FILES:
        return _file(found, request.GET["as"])
    context = {
        "heading": _("Table of your own: %(place)s") % {"place": place.local_name}, "place": place, "form": form,
        "keep": keep if found else None,
        "tables": queries.tables(request.user, place), "crumbs": _crumbs(place), "query": _without_page(request),
    }  # fmt: skip
    if found:
        context |= _shown(found, request.GET.get("page"))
    bad = (form.is_bound and form.errors) or (keep.is_bound and keep.errors)
    return render(request, "insight/table.html", context, status=REFUSED if bad else 200)


@require_safe
@requires(Permission.COUNT_READ)
def kept_table(request, pk):
    one = _kept_table(request.user, pk)
    return redirect(f"{reverse('insight:table', args=[one.place_id])}?{urlencode(one.asked, doseq=True)}")


@require_POST
@requires(Permission.COUNT_READ)
def remove(request, pk):
    one = _kept_table(request.user, pk)
    try:
        keeping.remove_table(table=one, by=request.user)
        messages.success(request, _("The table is removed."))
    except Refused as refused:
        messages.error(request, words.REFUSED[refused.code])
    return redirect("insight:table", one.place_id)


def _form(place: Place, months: list[date], data) -> forms.TableForm:
    levels = [("", _("This place"))] + [(one.value, one.label) for one in ORDER[ORDER.index(place.level) + 1 :]]
    told = [one for one in queries.definitions(day_in_india(timezone.now())) if one.numerator]
    return forms.TableForm(told, levels, [(one.isoformat(), words.month(one)) for one in months], data)


def _asked(form: forms.TableForm, months: list[date]) -> Asked | None:
    told = form.cleaned_data
    last = date.fromisoformat(told["last"]) if told["last"] else (months[0] if months else None)
    if last is None:
        return None
    return Asked(tuple(told["indicators"]), told["level"], last, told["months"], told["span"], told["breakdown"])


def _keep(request, place: Place, form: forms.TableForm, keep: forms.KeepForm) -> str:
    """Where it leads; empty where it was refused."""
    try:
        one = keeping.keep_table(place=place, asked=form.cleaned_data, at=timezone.now(), by=request.user, **keep.cleaned_data)
    except Refused as refused:
        keep.add_error("title", words.REFUSED[refused.code])
        return ""
    messages.success(request, _("The table is kept."))
    return reverse("insight:kept-table", args=[one.pk])


def _shown(found: Table, number) -> dict:
    page = Paginator(found.places, PLACES_OF_A_PAGE).get_page(number)
    shares = found.is_share()
    rows = [
        (line, [tabling.said(value, is_share=share) for value, share in zip(line.values, shares, strict=True)])
        for line in found.lines(list(page))
    ]
    return {"table": found, "page": page, "rows": rows, "headings": found.headings(), "columns": tabling.columns(found)}


def _file(found: Table, kind: str):
    before = [(_("Place"), lambda line: line.place.local_name), (_("LGD code"), lambda line: line.place.lgd_code)]
    before += [(_("Period"), lambda line: line.period), *([(_("Who"), lambda line: line.group)] if found.is_broken_down else [])]
    values = [(heading, lambda line, n=n: _number(line.values[n])) for n, heading in enumerate(found.headings())]
    listed = Listed(_("Table"), (*before, *values))
    return as_file(listed, found.lines(), kind=kind, name="indicators", on=found.asked.last)


def _number(value):
    return Decimal(f"{value:.1f}") if isinstance(value, float) else value


def _kept_table(user, pk) -> SavedTable:
    one = SavedTable.objects.select_related("place").filter(pk=pk).first()
    may = one is not None and (one.is_shared or one.made_by_id == user.pk)
    if not may or not policy.covers(user, Permission.COUNT_READ, one.place):
        raise Http404
    return one


def _without_page(request) -> str:
    told = request.GET.copy()
    told.pop("page", None)
    told.pop("as", None)
    return told.urlencode()


def _crumbs(place: Place) -> list[dict]:
    above = {"label": _("Indicators: %(place)s") % {"place": place.local_name}, "url": reverse("insight:place", args=[place.pk])}
    return [above, {"label": _("Table of your own")}]
