"""The published forms: what there is, on paper, as a workbook."""

import tempfile

from django.conf import settings
from django.http import FileResponse, Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.field import blanks, queries, xlsforms

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@requires(Permission.VILLAGE_READ)
def forms(request):
    language = translation.get_language()[:2]
    may_read = policy.holds(request.user, Permission.FORM_READ)
    rows = [
        {
            "form": form,
            "title": queries.title(form.form_id, language),
            "is_shipped": form.form_id in xlsforms.sources(),
            "is_read": form.place_id is not None and may_read,
        }
        for form in queries.latest_forms(request.user, Permission.VILLAGE_READ)
    ]
    return render(request, "field/forms.html", {"heading": _("Forms"), "rows": rows, "languages": settings.LANGUAGES})


@require_GET
@requires(Permission.VILLAGE_READ)
def blank(request, form_id):
    """The form on paper, in the language asked for."""
    if form_id not in xlsforms.sources():
        raise Http404
    language = request.GET.get("language", "")
    language = language if language in xlsforms.LANGUAGES else translation.get_language()[:2]
    with translation.override(language):
        context = {
            "heading": xlsforms.title(form_id, language), "version": xlsforms.version(form_id), "back_url": reverse("forms"),
            "notes": blanks.notes(form_id, language), "lines": range(1, blanks.LINES_A_PAGE + 1),
        }  # fmt: skip
        if blanks.is_register(form_id):
            return render(request, "field/blank_register.html", context | {"sheets": blanks.sheets(form_id, language)})
        people = range(1, blanks.MEMBERS + 1)
        told = {"questions": blanks.survey(form_id, language), "members": blanks.members(form_id, language), "people": people}
        return render(request, "field/blank_survey.html", context | told)


@require_GET
@requires(Permission.VILLAGE_READ)
def workbook(request, form_id):
    """The XLSForm, to translate or to use in another tool."""
    if form_id not in xlsforms.sources():
        raise Http404
    out = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    xlsforms.write_xlsx(form_id, out)
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"{form_id}-{xlsforms.version(form_id)}.xlsx", content_type=XLSX)
