"""The at-risk register of a place, on paper and as a file; no names, no reasons."""

import tempfile

from django.conf import settings
from django.http import FileResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.core import sheets
from aanchal.places import queries as places
from aanchal.places.terms import Level
from aanchal.risk import actions
from aanchal.risk import register as listed
from aanchal.risk.views.asked import place_of, today

LINES_PRINTED = 2_000
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@requires(Permission.RISK_READ)
def register(request):
    """In the language of the village, on A4 across."""
    place = place_of(request, Permission.RISK_READ)
    language = request.GET.get("language", "")
    with translation.override(language if language in dict(settings.LANGUAGES) else translation.get_language()):
        found = listed.on_register(request.user, place)
        total = found.count()
        agreed, left_out = listed.agreed(found[:LINES_PRINTED])
        lines = listed.lines(agreed, today())
        context = {
            "heading": _("Families at risk"),
            "place": place,
            "above": places.ancestors(place),
            "headings": listed.headings(with_village=place.level != Level.VILLAGE),
            "has_villages": place.level != Level.VILLAGE,
            "lines": lines,
            "families": total - left_out,
            "left_out": left_out,
            "women": sum(line.women for line in lines),
            "girls": sum(line.girls for line in lines),
            "is_cut": total > LINES_PRINTED,
            "printed_on": today(),
            "may_export": policy.can(request.user, Permission.REGISTER_EXPORT, place),
            "languages": settings.LANGUAGES,
            "back_url": f"{reverse('families')}?place={place.pk}&band=RISK",
        }
        return render(request, "risk/register.html", context)


@require_safe
@requires(Permission.REGISTER_EXPORT)
def export(request):
    """The lines of the printed register as a file; that it was taken out is on the trail."""
    place = place_of(request, Permission.REGISTER_EXPORT)
    kind = "xlsx" if request.GET.get("format") == "xlsx" else "csv"
    agreed, _left_out = listed.agreed(listed.on_register(request.user, place, Permission.REGISTER_EXPORT))
    lines = listed.lines(agreed, today())
    out = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    cells = (line.cells() for line in lines)
    if kind == "xlsx":
        sheets.write_xlsx(out, listed.headings(), cells, title=_("Families at risk"))
    else:
        sheets.write_csv(out, listed.headings(), cells)
    out.seek(0)
    actions.note_export(place=place, rows=len(lines), kind=kind, by=request.user)
    name = f"at-risk-{place.lgd_code or place.pk}.{kind}"
    return FileResponse(out, as_attachment=True, filename=name, content_type=XLSX if kind == "xlsx" else CSV)
