"""The scheme of units: the nation's table, a State's orders, certificates and units."""

import io
from decimal import Decimal

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.core import sheets
from aanchal.nodal import correcting as put_right
from aanchal.nodal import learning, queries, scheme, standings, words
from aanchal.nodal import scheme_forms as forms
from aanchal.nodal.models import Release, Unit, Use
from aanchal.nodal.terms import UseStanding
from aanchal.nodal.views import correcting
from aanchal.nodal.views.found import A_PAGE, REFUSED, attempt, bound, of_state, scheme_crumbs, today
from aanchal.places.models import Place

PAISE = 100
KINDS = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@require_safe
@requires(Permission.RETURN_READ)
def units(request):
    """Each State: sanctioned, notified, functional; released, certified, unspent."""
    lines = standings.table(request.user, today())
    is_one = len(lines) == 1
    page = Paginator([line for line in lines if is_one or not line.is_empty], A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Anti Human Trafficking Units"), "page": page, "total": standings.whole(lines), "history": standings.history(),
        "source": standings.source(), "norms": standings.norms(), "waiting": standings.waiting(request.user),
        "corrections": [(one, isinstance(one, Release)) for one in standings.corrections_waiting(request.user)],
        "is_one": is_one, "empty": [line.place for line in lines if line.is_empty and not is_one],
        "training": learning.progress(request.user), "crumbs": [{"label": _("Anti Human Trafficking Units")}],
    }  # fmt: skip
    return render(request, "nodal/units.html", context)


@require_safe
@requires(Permission.RETURN_READ)
def table_file(request):
    kind = request.GET.get("format", "csv")
    if kind not in KINDS:
        raise Http404
    lines = standings.table(request.user, today())
    headings = [
        _("State or UT"), _("LGD code"), _("Sanctioned"), _("Notified"), _("Functional"), _("Released (rupees)"), _("Certified (rupees)"),
        _("Unspent (rupees)"),
    ]  # fmt: skip
    rows = [_row(line.place.local_name, line.place.lgd_code, line) for line in lines]
    rows.append(_row(_("All"), None, standings.whole(lines)))
    out = io.BytesIO()
    if kind == "csv":
        sheets.write_csv(out, headings, rows)
    else:
        sheets.write_xlsx(out, headings, rows, title=_("Anti Human Trafficking Units"))
    answer = HttpResponse(out.getvalue(), content_type=KINDS[kind])
    answer["Content-Disposition"] = f'attachment; filename="units-{today()}.{kind}"'
    return answer


@requires(Permission.RETURN_READ)
def state(request, pk):
    place = _state_or_404(request.user, pk)
    offered = _forms(request, place)
    what = request.POST.get("what", "")
    if request.method == "POST":
        if what not in offered:
            raise Http404
        if offered[what].is_valid() and _ACTS[what](request, place, offered[what]):
            messages.success(request, _("Noted."))
            return redirect("nodal:state-units", pk=place.pk)
    on = today()
    told = standings.units(request.user, place, on)
    page, money = _page(request, told, "page"), _page(request, standings.releases(request.user, place), "money")
    context = {
        "heading": place.local_name, "place": place, "line": standings.lines_of([place], on)[0], "page": page,
        "rows": [(one, words.reasons(one.why)) for one in page.object_list], "forms": offered, "failed": what,
        "sanctions": _page(request, standings.sanctions(request.user, place), "sanctions"), "money": money,
        "releases": standings.with_uses(money), "may_record": policy.can(request.user, Permission.RETURN_RECORD, place),
        "crumbs": scheme_crumbs({"label": place.local_name}),
    }  # fmt: skip
    return render(request, "nodal/units_state.html", context, status=REFUSED if request.method == "POST" else 200)


@requires(Permission.RETURN_READ)
def released(request, pk):
    """A release with its certificates: asked for and decided by the Nodal Cell, submitted by the State."""
    row = Release.objects.select_related("place").filter(pk=pk, corrects=None).first()
    if row is None or not policy.can(request.user, Permission.RETURN_READ, row):
        raise Http404
    [one] = standings.with_uses([standings.line_of(row)])
    lines = list(standings.lines_before(row))
    offered = _forms_of_release(request, one) | correcting.line_forms(request, one.row, lines)
    what = request.POST.get("what", "")
    if request.method == "POST":
        if what not in offered:
            raise Http404
        form = offered[what]
        act = _ACTS.get(what) or (lambda request, _row, form: correcting.act(request, what, one.row, lines, form))
        if form.is_valid() and act(request, row, form):
            messages.success(request, _("Noted."))
            return redirect("nodal:release", pk=row.pk)
    context = {
        "heading": _("Release by %(order)s") % {"order": one.row.order_no}, "one": one, "forms": offered, "failed": what, "lines": lines,
        "mine": _waits(one) is not None and _waits(one).submitted_by_id == request.user.pk,
        "crumbs": scheme_crumbs(of_state(row.place), {"label": one.row.order_no}),
    }  # fmt: skip
    return render(request, "nodal/release.html", context, status=REFUSED if request.method == "POST" else 200)


@requires(Permission.RETURN_READ)
def unit(request, pk):
    row = Unit.objects.select_related("state", "place").filter(pk=pk).first()
    if row is None or not policy.can(request.user, Permission.RETURN_READ, row):
        raise Http404
    may = policy.can(request.user, Permission.RETURN_RECORD, row)
    form = forms.UnitForm(request.POST or None, initial={name: getattr(row, name) for name in forms.UnitForm.base_fields}) if may else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and attempt(form, scheme.tell, unit=row, known=form.known(), at=timezone.now(), by=request.user):
            messages.success(request, _("Noted."))
            return redirect("nodal:unit", pk=row.pk)
    why = standings.why_not(row, today())
    context = {
        "heading": row.title, "told": standings.Told(row, why), "why": words.reasons(why), "form": form,
        "crumbs": scheme_crumbs(of_state(row.state), {"label": row.title}),
    }  # fmt: skip
    return render(request, "nodal/unit.html", context, status=REFUSED if form is not None and form.errors else 200)


def _state_or_404(user, pk: int) -> Place:
    place = queries.states(user).filter(pk=pk).first()
    if place is None:
        raise Http404
    return place


def _page(request, rows, name: str):
    """A part of one of the lists of a page, each with a number of its own in the address."""
    return Paginator(rows, A_PAGE).get_page(request.GET.get(name))


def _row(name: str, code: int | None, line: standings.Line) -> list:
    rupees = (Decimal(paise) / PAISE for paise in (line.released, line.certified, line.unspent))
    return [name, code, line.sanctioned, line.notified, line.functional, *rupees]


def _forms(request, place: Place) -> dict:
    """What this reader may write on a State's page: orders at the nation, units in the State."""
    found: dict = {}
    if policy.can(request.user, Permission.RETURN_ACCEPT, place):
        found |= {"sanction": forms.SanctionForm(**bound(request, "sanction")), "release": forms.ReleaseForm(**bound(request, "release"))}
    if policy.can(request.user, Permission.RETURN_RECORD, place):
        entered = set(Unit.objects.filter(state=place).values_list("organisation_id", flat=True))
        listed = [one for one in standings.listed(place) if one.pk not in entered]
        found["unit"] = forms.NewUnitForm(place, list(queries.districts(place)), listed, **bound(request, "unit"))
    return found


def _forms_of_release(request, one: standings.Released) -> dict:
    found: dict = {}
    waits = _waits(one)
    if policy.can(request.user, Permission.RETURN_ACCEPT, one.row):
        if waits is not None and waits.submitted_by_id != request.user.pk:
            found["decide"] = forms.DecideForm(**bound(request, "decide"))
        if not one.is_asked and one.left > 0:
            found["ask"] = forms.AskForm(**bound(request, "ask"))
    if policy.can(request.user, Permission.RETURN_RECORD, one.row) and one.left > 0:
        found["use"] = forms.UseForm(**bound(request, "use"))
    accepted = [use for use in one.uses if use.standing == UseStanding.ACCEPTED]
    if policy.can(request.user, Permission.RETURN_RECORD, one.row) and accepted:
        found["correct-use"] = forms.CorrectUseForm(accepted, **bound(request, "correct-use"))
    return found


def _waits(one: standings.Released) -> Use | None:
    """The certificate that is decided next: the oldest that was submitted."""
    return next((use for use in one.uses if use.standing == UseStanding.SUBMITTED), None)


def _sanction(request, place, form):
    told = {"order": form.order(), "tier": form.cleaned_data["tier"], "at": timezone.now(), "by": request.user}
    return attempt(form, scheme.sanction, place=place, **told)


def _release(request, place, form):
    told = {"order": form.order(), "amount_paise": form.cleaned_data["amount_paise"], "at": timezone.now(), "by": request.user}
    return attempt(form, scheme.release, place=place, **told)


def _unit(request, place, form):
    return attempt(form, scheme.enter, state=place, known=form.known(), at=timezone.now(), by=request.user, **form.which())


def _ask(request, row, form):
    return attempt(form, scheme.ask, one=row, at=timezone.now(), by=request.user, **form.cleaned_data)


def _use(request, row, form):
    return attempt(form, scheme.submit, one=row, told=form.certified(), at=timezone.now(), by=request.user)


def _decide(request, row, form):
    use = row.uses.filter(standing=UseStanding.SUBMITTED).select_related("release__place").order_by("submitted_at", "pk").first()
    return attempt(form, scheme.decide, use=use, at=timezone.now(), by=request.user, **form.cleaned_data)


def _correct_use(request, _row, form):
    use, why = form.accepted[form.cleaned_data["use"]], form.cleaned_data["why"]
    return attempt(form, put_right.correct_use, use=use, told=form.certified(), why=why, at=timezone.now(), by=request.user)


_ACTS = {"sanction": _sanction, "release": _release, "unit": _unit, "ask": _ask, "use": _use, "decide": _decide}
_ACTS["correct-use"] = _correct_use
