"""Writing a return: typed into a grid, drafted from the State's own records, or uploaded as a sheet."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.core.workbooks import MAX_BYTES, NotAccepted
from aanchal.nodal import actions, drafting, forms, queries, sheets, words
from aanchal.nodal.models import Return, Upload
from aanchal.nodal.rules import Refused
from aanchal.nodal.views.found import REFUSED, crumbs, period, return_or_404, say
from aanchal.nodal.views.returns import page
from aanchal.places.models import Place

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(Permission.RETURN_RECORD)
def fill(request, pk):
    """The grid of the whole State or of one district. What can be read is kept even where another field cannot."""
    one = _mine(request.user, pk)
    if not one.is_open:
        say(request, Refused([("", "locked" if one.locked_by_id else "not_from_here")]))
        return redirect("nodal:return", pk=pk)
    districts = list(queries.districts(one.place))
    district = _district(districts, request.GET.get("district", ""))
    heads, told = queries.heads(one.call.edition), queries.figures(one)
    here, data = district.pk if district else None, request.POST if request.method == "POST" else None
    form = forms.Grid(heads, {head: n for (head, where), n in told.items() if where == here}, data)
    if request.method == "POST":
        form.is_valid()
        try:
            written = {(head, here): n for head, n in form.cleaned_data.items() if head in request.POST}
            actions.write(one=one, cells=written, by=request.user)
        except Refused as refused:
            say(request, refused)
            return redirect("nodal:return", pk=pk)
        if not form.errors:
            messages.success(request, _("Written. The page says what stands against submitting it."))
            return redirect("nodal:return", pk=pk)
    context = {
        "heading": _("Figures"), "one": one, "period": period(one.call), "form": form, "district": district,
        "where": forms.PlaceForm(districts, initial={"district": here}), "crumbs": crumbs(one.call, one, _("Figures")),
    }  # fmt: skip
    return render(request, "nodal/fill.html", context, status=REFUSED if form.errors else 200)


@require_POST
@requires(Permission.RETURN_RECORD)
def draft(request, pk):
    """Empty heads are filled from the State's own records; what is written stays."""
    one = _mine(request.user, pk)
    if not policy.covers(request.user, Permission.COUNT_READ, one.place):
        raise Http404
    found = drafting.of(one).figures
    told = queries.figures(one)
    try:
        n = actions.write(one=one, cells={(head, None): n for head, n in found.items() if (head, None) not in told}, by=request.user)
        said = ngettext("%(n)s figure came from the State's own records.", "%(n)s figures came from the State's own records.", n) % {"n": n}
        messages.success(request, said)
    except Refused as refused:
        say(request, refused)
        return redirect("nodal:return", pk=pk)
    return redirect(f"{reverse('nodal:return', args=[pk])}?drafted=1")


@require_safe
@requires(Permission.RETURN_READ)
def sheet(request, pk):
    """The sheet with what is written so far, to fill and upload."""
    one = return_or_404(request.user, pk)
    content = sheets.write(queries.heads(one.call.edition), list(queries.districts(one.place)), queries.figures(one))
    name = f"return-{one.place.lgd_code}-{one.call.starts_on}-{one.call.period.lower()}.xlsx"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_POST
@requires(Permission.RETURN_RECORD)
def upload(request, pk):
    one, form = _mine(request.user, pk), forms.SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, one, sheet=form)
    file = form.cleaned_data["sheet"]
    try:
        if file.size > MAX_BYTES:
            raise NotAccepted("TOO_LARGE")
        read = sheets.read(file.read(), file.name, queries.heads(one.call.edition), list(queries.districts(one.place)))
        kept = actions.take_sheet(one=one, sheet=read, at=timezone.now(), by=request.user)
    except NotAccepted as refusal:
        form.add_error("sheet", words.FILES[refusal.code])
        return page(request, one, sheet=form)
    except Refused as refused:
        say(request, refused)
        return redirect("nodal:return", pk=pk)
    if kept.faults:
        messages.warning(request, _("Some cells could not be read: they are named below. The others are in the draft; the file is kept."))
    else:
        messages.success(request, _("Every cell was read."))
    return redirect("nodal:return", pk=pk)


@require_safe
@requires(Permission.RETURN_READ)
def uploaded(request, pk):
    """The file as it came."""
    row = policy.visible(request.user, Permission.RETURN_READ, Upload.objects.filter(pk=pk)).first()
    if row is None:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="upload-{row.at:%Y-%m-%d}.xlsx"'}
    return HttpResponse(bytes(row.content), content_type=XLSX, headers=headers)


def _mine(user, pk) -> Return:
    return return_or_404(user, pk, Permission.RETURN_RECORD)


def _district(districts: list[Place], told: str) -> Place | None:
    found = next((place for place in districts if str(place.pk) == told), None)
    if told and found is None:
        raise Http404
    return found
