"""The directory of organisations and people who work: lists, one line, what looks alike, and the public offices."""

import tempfile
from datetime import date

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
from aanchal.access.web import public, requires
from aanchal.core import sheets
from aanchal.network import directory, engaging, joining, maps, posting, rules, stakeholder_forms, stakeholders, terms
from aanchal.network.models import Pair, Stakeholder
from aanchal.network.rows_of_files import COLUMNS
from aanchal.network.rules import Refused
from aanchal.network.terms import Likeness, RowState
from aanchal.network.views.found import (
    A_PAGE,
    READ,
    RECORD,
    REFUSED,
    attempt,
    bound,
    crumbs,
    own_and_below,
    place_asked,
    row_or_404,
    say,
    today,
)
from aanchal.network.views.found import sent as sent_file
from aanchal.places.models import Place
from aanchal.places.queries import ancestors
from aanchal.places.terms import Level

MOST_IN_A_SHEET = 1_048_000
"""Rows that an Excel sheet holds, a few less."""


@require_safe
@requires(READ)
def index(request):
    place = place_asked(request, READ)
    form = stakeholder_forms.FindForm(request.GET)
    rows = _rows(request, form, place)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Directory of the pilot"), "page": page, "form": form, "place": place, "counts": _counts(request, place),
        "may": policy.can(request.user, RECORD, place), "today": today(), "stale": [one for one in page if not _is_fresh(one)],
        "may_posts": policy.holds(request.user, READ), "crumbs": crumbs()[:1],
    }  # fmt: skip
    return render(request, "network/stakeholders.html", context)


@require_safe
@requires(READ)
def places(request):
    """How many of each category are where, one level below."""
    place = place_asked(request, READ)
    seen = [one for one in ancestors(place) if policy.can(request.user, READ, one)]
    rows, asked = directory.by_place(request.user, place), request.GET.get("category", "")
    category = asked if asked in terms.Category.values else ""
    context = {
        "heading": _("The directory by place"), "place": place, "rows": rows, "above": seen, "category": category,
        "picture": maps.of(place, rows, category), "categories": terms.Category.choices, "crumbs": crumbs((_("By place"), "")),
        "may": policy.can(request.user, RECORD, place),
    }  # fmt: skip
    return render(request, "network/stakeholder_places.html", context)


@requires(RECORD)
def record(request):
    place = place_asked(request, RECORD)
    form = stakeholder_forms.StakeholderForm(_finder(request.user, place), request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {"place": place, "details": form.details(), "at": timezone.now(), "by": request.user}
        if made := attempt(form, stakeholders.record, **told):
            if directory.alike(made):
                messages.warning(request, _("Entered. Another line looks like it: say below whether it is the same."))
            return redirect("network:stakeholder", pk=made.pk)
    context = {"heading": _("Enter an organisation or a person who works"), "form": form, "place": place, "crumbs": crumbs((_("New"), ""))}
    return render(request, "network/stakeholder_form.html", context, status=REFUSED if form.errors else 200)


@requires(READ)
def stakeholder(request, pk):
    row = _found(request, pk)
    may = policy.can(request.user, RECORD, row)
    offered = _forms(request, row) if may else {}
    if request.method == "POST":
        what = request.POST.get("what", "")
        if what not in offered:
            raise Http404
        if (offered[what] is None or offered[what].is_valid()) and _done(request, row, what, offered[what]):
            messages.success(request, _("Noted."))
            return redirect(_after(request, row))
    children = Paginator(row.children.filter(standing=RowState.LIVE).order_by("name", "pk"), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": row.name, "row": row, "forms": offered, "page": children, "may": may, "is_fresh": _is_fresh(row),
        "alike": directory.alike(row) if may else [], "changes": list(joining.histories(row)[:A_PAGE]), "joined": _joined(row),
        "tenures": row.tenures.select_related("post__place").order_by("-since"),
        "pools": row.pools.filter(until=None).select_related("place"),
        "crumbs": crumbs((row.name, "")),
    }  # fmt: skip
    return render(request, "network/stakeholder.html", context, status=REFUSED if request.method == "POST" else 200)


@requires(RECORD)
def correct(request, pk):
    row = _found(request, pk, RECORD)
    find = _finder(request.user, row.place)
    form = stakeholder_forms.StakeholderForm(find, request.POST or None, initial=stakeholder_forms.known(row), row=row)
    if request.method == "POST" and form.is_valid():
        told = {"row": row, "details": form.details(), "at": timezone.now(), "by": request.user}
        if attempt(form, stakeholders.correct, **told):
            messages.success(request, _("Corrected. What stood before is kept."))
            return redirect("network:stakeholder", pk=pk)
    context = {
        "heading": row.name, "form": form, "place": row.place, "row": row,
        "crumbs": crumbs((row.name, reverse("network:stakeholder", args=[pk])), (_("Correct"), "")),
    }  # fmt: skip
    return render(request, "network/stakeholder_form.html", context, status=REFUSED if form.errors else 200)


@require_safe
@requires(RECORD)
def doubles(request):
    """Pairs that look alike, as `directory.alike` says."""
    page = Paginator(directory.doubles(), A_PAGE).get_page(request.GET.get("page"))
    rows = Stakeholder.objects.select_related("place", "parent").in_bulk({pk for pair in page for pk in pair})
    joined = policy.visible(request.user, RECORD, Pair.objects.filter(state=Likeness.SAME))
    context = {
        "heading": _("Lines that look alike"), "page": page, "pairs": [(rows[one], rows[other]) for one, other in page],
        "joined": joined.select_related("stays", "away", "by").order_by("-at")[:A_PAGE], "crumbs": crumbs((_("Alike"), "")),
    }  # fmt: skip
    return render(request, "network/stakeholder_doubles.html", context)


@require_POST
@requires(RECORD)
def undo(request, pk):
    """Two that were joined stand apart again."""
    pair = row_or_404(request.user, Pair.objects.select_related("stays", "away"), pk, RECORD)
    try:
        joining.undo(pair=pair, at=timezone.now(), by=request.user)
    except Refused as refused:
        say(request, refused)
    else:
        messages.success(request, _("They stand apart again."))
    return redirect("network:stakeholder", pk=pair.away_id)


@require_POST
@requires(RECORD)
def export(request):
    """The list as it is filtered, in the columns in which it may be sent back."""
    place = place_asked(request, READ)
    kind = "xlsx" if request.POST.get("format") == "xlsx" else "csv"
    rows = _rows(request, stakeholder_forms.FindForm(request.GET), place)
    if kind == "xlsx" and rows.count() > MOST_IN_A_SHEET:
        messages.warning(request, _("This is more than a sheet of Excel holds. Take it out as CSV."))
        return redirect(f"{reverse('network:stakeholders')}?{request.GET.urlencode()}")
    out = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    told = (_line(row) for row in rows.iterator(chunk_size=1_000))
    count = sheets.write_xlsx(out, COLUMNS, told, title="directory") if kind == "xlsx" else sheets.write_csv(out, COLUMNS, told)
    stakeholders.note_export(place=place, rows=count, kind=kind, by=request.user)
    return sent_file(out, "directory", kind)


@require_safe
@public
def offices(request):
    """For everyone: police, AHTU, courts, legal services, committees, One Stop Centres and helplines of a state or district."""
    states = list(Place.objects.filter(level=Level.STATE).order_by("name", "pk"))
    asked = request.GET.get("place", "")
    place = Place.objects.filter(pk=int(asked), level__in=(Level.STATE, Level.DISTRICT)).first() if _is_number(asked) else None
    found = Paginator(directory.offices(place) if place else [], 2 * A_PAGE).get_page(request.GET.get("page"))
    labels = dict(terms.StakeholderKind.choices)
    where = Place.objects.in_bulk({one["place_id"] for one in found})
    state = (place.state or place) if place else None
    context = {
        "heading": _("Public offices"), "place": place, "state": state, "states": states, "page": found, "is_public": True,
        "districts": Place.objects.filter(level=Level.DISTRICT, state=state).order_by("name", "pk") if state else [],
        "offices": [one | {"label": labels[one["kind"]], "place": where[one["place_id"]]} for one in found],
    }  # fmt: skip
    return render(request, "network/offices.html", context)


def _finder(user, place: Place):
    return lambda words: directory.parents_named(user, place, words)


def _rows(request, form, place: Place):
    told = form.cleaned_data if form.is_valid() else {}
    asked = {"category": told.get("category", ""), "kind": told.get("kind", ""), "words": told.get("q", "")}
    return directory.found(request.user, place=place, stale_on=today() if told.get("stale") else None, **asked)


def _counts(request, place: Place) -> list[dict]:
    counted = directory.counts(directory.found(request.user, place=place))
    return [{"key": key, "label": category.label, "n": counted[key]} for key, category in ((one.value, one) for one in terms.Category)]


def _found(request, pk, permission: Permission = READ) -> Stakeholder:
    row = directory.stakeholder(request.user, pk, permission)
    if row is None or row.standing == RowState.UNDONE:
        raise Http404
    return row


def _is_fresh(row: Stakeholder) -> bool:
    return rules.is_fresh(row.confirmed_on, today())


def _forms(request, row: Stakeholder) -> dict:
    """What may be done with the line; None needs nothing but a button."""
    if row.standing == RowState.CLOSED:
        return {"reopen": None}
    if row.standing != RowState.LIVE:
        return {}
    offered: dict = {"confirm": None, "close": None, "join": None, "apart": None}
    if row.kind in engaging.OF_NGOS and not hasattr(row, "ngo") and policy.can(request.user, Permission.NGO_RECORD, row):
        offered["ngo"] = stakeholder_forms.NgoForm(bound(request, "ngo"), prefix="ngo")
    pools = [one for one in own_and_below(request.user, Permission.POST_RECORD) if one.level in (Level.STATE, Level.DISTRICT)]
    if pools:
        offered["pool"] = stakeholder_forms.PoolForm(pools, bound(request, "pool"), prefix="pool")
    return offered


def _done(request, row: Stakeholder, what: str, form) -> bool:
    told = {"at": timezone.now(), "by": request.user}
    if what == "ngo":
        return attempt(form, engaging.open_file, stakeholder=row, told=form.cleaned_data, by=request.user) is not None
    if what == "pool":
        return attempt(form, posting.join_pool, stakeholder=row, on=today(), by=request.user, **form.told()) is not None
    try:
        if what in ("join", "apart"):
            _pair(request, row, what, told)
        else:
            {"confirm": stakeholders.confirm, "close": stakeholders.close, "reopen": stakeholders.reopen}[what](row=row, **told)
    except Refused as refused:
        say(request, refused)
        return False
    return True


def _pair(request, row: Stakeholder, what: str, told: dict) -> None:
    """The other one was offered on the page: nothing else is joined."""
    other = next((one for one in directory.alike(row) if str(one.pk) == request.POST.get("other", "")), None)
    if other is None:
        raise Http404
    if what == "join":
        joining.join(stays=row, away=other, **told)
    else:
        joining.keep_apart(one=row, other=other, **told)


def _after(request, row: Stakeholder) -> str:
    ngo = getattr(row, "ngo", None) if request.POST.get("what") == "ngo" else None
    return reverse("network:ngo", args=[ngo.pk]) if ngo else reverse("network:stakeholder", args=[row.pk])


def _joined(row: Stakeholder) -> list[Pair]:
    return list(Pair.objects.filter(stays=row, state=Likeness.SAME).select_related("away").order_by("-at"))


def _line(row: Stakeholder) -> list[str | int | date | None]:
    """Keyed by our own id: whoever sends it back, it is the same line."""
    told = {
        "key": str(row.pk), "place_level": row.place.level, "place_code": row.place.lgd_code, "parent_key": str(row.parent_id or ""),
        "public": "yes" if row.is_public else "no",
    }  # fmt: skip
    return [told[name] if name in told else getattr(row, name) for name in COLUMNS]


def _is_number(written: str) -> bool:
    return written.isascii() and written.isdigit() and len(written) < 16
