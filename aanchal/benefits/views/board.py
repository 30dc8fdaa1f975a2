"""The fast-track board, its file, and camp mode: one scheme for many families at once."""

from io import BytesIO

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.benefits import actions, board, camp, queries, reading
from aanchal.benefits.board import LATE, RENEW, WAITS, Filters
from aanchal.benefits.forms import FAULTS, CampForm
from aanchal.benefits.terms import State
from aanchal.core.sheets import write_csv
from aanchal.people.queries import all_without_consent
from aanchal.places.models import Place
from aanchal.registers import queries as registers
from aanchal.risk.reading import words
from aanchal.risk.views.asked import own_places, place_of, today

ROWS_A_PAGE = 25
REFUSED = 422


@require_safe
@requires(Permission.ENTITLEMENT_READ)
def entitlements(request):
    place = place_of(request, Permission.ENTITLEMENT_READ)
    if "place" not in request.GET:
        return redirect(f"{request.path}?place={place.pk}")
    everything, filters = board.readable(request.user, place), _filters(request)
    page = Paginator(board.narrowed(everything, filters, today()), ROWS_A_PAGE).get_page(request.GET.get("page"))
    counts = board.counted(everything, today())
    context = {
        "heading": _("Entitlements"),
        "place": place,
        "page": page,
        "rows": [reading.row(one, today()) for one in page],
        "chips": _chips(counts, filters),
        "show": filters.show,
        "late": counts[LATE],
        "schemes": [_scheme_chip(code, filters, place) for code in board.by_scheme(everything)],
        "may": _may(request.user, place),
        **_around(request.user, place),
    }
    return render(request, "benefits/board.html", context)


@requires(Permission.ENTITLEMENT_READ)
def export(request):
    """What the board shows, as a file, without families that took their consent back; that it was taken out is noted."""
    if request.method != "POST":
        return redirect("entitlements")
    place = place_of(request, Permission.ENTITLEMENT_READ)
    if not policy.covers(request.user, Permission.REGISTER_EXPORT, place):
        raise Http404
    found = board.narrowed(board.readable(request.user, place), _filters(request), today())
    gone, _people = all_without_consent()
    out = BytesIO()
    rows = write_csv(out, _headings(), (_cells(reading.row(one, today())) for one in found.exclude(household__in=gone)))
    actions.note_export(place=place, rows=rows, by=request.user)
    answer = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="entitlements-{place.pk}.csv"'
    return answer


@requires(Permission.ENTITLEMENT_RECORD)
def at_camp(request):
    """Who of a place is eligible for a scheme and does not receive it; those chosen are applied for at once."""
    place = place_of(request, Permission.ENTITLEMENT_RECORD)
    if not policy.covers(request.user, Permission.RISK_REASONS, place):
        raise Http404
    schemes = [one for one in queries.schemes_in_force(today(), place) if not one.is_private]
    chosen = next((one for one in schemes if one.code == request.GET.get("scheme")), None)
    found = camp.who_lacks(request.user, place, chosen, today()) if chosen else camp.Lacking()
    form = CampForm(request.POST or None, today=today())
    refused = []
    if request.method == "POST" and chosen and form.is_valid():
        wanted = [(one.household, one.person) for one in found.rows if one.key in request.POST.getlist("who")]
        refused = _applied(request, chosen, wanted, form)
        if wanted and not refused:
            return redirect(f"{reverse('entitlements')}?place={place.pk}")
        found = camp.who_lacks(request.user, place, chosen, today()) if refused else found
    context = {
        "heading": _("Camp: apply for many at once"),
        "place": place,
        "schemes": [(one.code, words(one.title)) for one in schemes],
        "chosen": reading.scheme_in_words(chosen) if chosen else None,
        "found": found,
        "ticked": request.POST.getlist("who"),
        "form": form,
        "refused": refused,
        "crumbs": [{"label": _("Entitlements"), "url": f"{reverse('entitlements')}?place={place.pk}"}, {"label": _("Camp")}],
        **_around(request.user, place),
    }
    return render(request, "benefits/camp.html", context, status=REFUSED if form.errors or refused else 200)


def _applied(request, chosen, wanted: list, form: CampForm) -> list[dict]:
    told = form.cleaned_data
    if not wanted:
        form.add_error(None, _("Choose at least one family."))
        return []
    applied, refused = actions.apply_at_camp(
        wanted=wanted, code=chosen.code, camp=told["camp"], on=told["on"], at=timezone.now(), by=request.user
    )
    if applied:
        words_ = ngettext("%(count)s application was noted.", "%(count)s applications were noted.", len(applied))
        messages.success(request, words_ % {"count": len(applied)})
    return [{"code": household.shown_code, "why": FAULTS[code]} for household, code in refused]


def _filters(request) -> Filters:
    show = request.GET.get("show", WAITS)
    known = {LATE, WAITS, RENEW, State.REFUSED, State.APPEALED, State.SANCTIONED, State.DELIVERED}
    return Filters(show=show if show in known else WAITS, code=request.GET.get("scheme", "")[:20])


def _chips(counts, filters: Filters) -> list[dict]:
    labels = {LATE: _("Late"), WAITS: _("Waiting"), RENEW: _("To be renewed")}
    return [
        {"value": key, "label": labels.get(key) or State(key).label, "count": count, "is_set": key == filters.show}
        for key, count in counts.items()
        if count or key in (LATE, WAITS)
    ]


def _scheme_chip(code: str, filters: Filters, place: Place) -> dict:
    found = queries.in_force(code, today(), place)
    return {"code": code, "label": words(found.title) if found else code, "is_set": code == filters.code}


def _may(user, place: Place) -> dict[str, bool]:
    covers = {name: policy.covers(user, permission, place) for name, permission in _BUTTONS.items()}
    return covers | {"camp": covers["record"] and covers["reasons"]}


_BUTTONS = {
    "record": Permission.ENTITLEMENT_RECORD,
    "reasons": Permission.RISK_REASONS,
    "export": Permission.REGISTER_EXPORT,
    "count": Permission.COUNT_READ,
    "schemes": Permission.SCHEME_READ,
    "funds": Permission.FUND_READ,
}


def _around(user, place: Place) -> dict:
    near = registers.places_near(user, place)
    return {"near": near, "own": [one for one in own_places(user, Permission.ENTITLEMENT_READ) if one != place and one not in near]}


def _headings() -> list[str]:
    return [_("Family"), _("Village"), _("For whom"), _("Scheme"), _("State"), _("Applied on"), _("Due on"), _("Days"), _("Days late")]


def _cells(row: reading.Row) -> list:
    one = row.entitlement
    told = [row.code, row.village, row.who or None, row.title, row.state_label]
    return [*told, one.applied_on, one.due_on, row.waiting.days, row.waiting.late]
