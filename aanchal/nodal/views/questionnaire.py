"""The questionnaire of the United Nations, filled from the accepted returns of a calendar year; as a page and as a file."""

import io

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.core import sheets
from aanchal.nodal import questionnaire as answers
from aanchal.nodal.views.found import crumbs, today
from aanchal.nodal.views.scheme import KINDS
from aanchal.places.queries import nation


@require_safe
@requires(Permission.RETURN_READ)
def questionnaire(request):
    """For who reads the returns of all States."""
    whole = nation()
    if whole is None or not policy.covers(request.user, Permission.RETURN_READ, whole):
        raise Http404
    last = answers.last_year(today())
    years = sorted({last, *answers.years()}, reverse=True)
    year = {str(one): one for one in years}.get(request.GET.get("year", str(last)))
    if year is None:
        raise Http404
    told = answers.of(year)
    if "format" in request.GET:
        return _file(told, request.GET["format"])
    groups: dict[str, list] = {}
    for row in told.rows:
        groups.setdefault(str(row.asked.label), []).append(row)
    context = {
        "heading": _("For the questionnaire of the United Nations"), "told": told, "groups": list(groups.items()), "years": years,
        "total": told.told, "crumbs": crumbs(None, None, _("For the questionnaire of the United Nations")),
    }  # fmt: skip
    return render(request, "nodal/questionnaire.html", context)


def _file(told: answers.Answers, kind: str) -> HttpResponse:
    if kind not in KINDS:
        raise Http404
    headings = [_("Year"), _("Question"), _("Code"), _("Head"), _("Figure"), _("States that told")]
    rows = [[told.year, str(row.asked.label), row.head, row.title, _said(row), told.states] for row in told.rows]
    out = io.BytesIO()
    if kind == "csv":
        sheets.write_csv(out, headings, rows)
    else:
        sheets.write_xlsx(out, headings, rows, title=_("For the questionnaire of the United Nations"))
    headers = {"Content-Disposition": f'attachment; filename="glotip-{told.year}.{kind}"'}
    return HttpResponse(out.getvalue(), content_type=KINDS[kind], headers=headers)


def _said(row: answers.Row) -> int | str:
    if row.value is not None:
        return row.value
    return _("not told: small, or beside a small one") if row.is_known else _("no State told")
