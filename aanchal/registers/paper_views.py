"""The registers on paper and as files: without the lines of families that took their consent back."""

import tempfile

from django.conf import settings
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponseBadRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import confirmed_first, requires
from aanchal.core import sheets
from aanchal.places import queries as places
from aanchal.registers import actions, queries
from aanchal.registers.lines import Reading
from aanchal.registers.models import Entry
from aanchal.registers.views import asked_for, with_query

LINES_PRINTED = 2_000
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(Permission.REGISTER_EXPORT)
def export(request, register):
    """The rows and columns of the list as a file. Names only when they are asked for, by who may open them; each is on the trail."""
    asked = asked_for(request, register)
    if not asked.narrow.is_valid():
        return HttpResponseBadRequest(_("The list cannot be narrowed like this."))
    entries, _left_out = queries.agreed(policy.visible(request.user, Permission.REGISTER_EXPORT, asked.entries))
    names = None
    if request.method == "POST" and request.POST.get("names") == "yes":
        if not policy.can(request.user, Permission.IDENTITY_READ, asked.place):
            raise Http404
        if page := confirmed_first(request, f"{reverse('registers:list', args=[register])}?{request.GET.urlencode()}"):
            return page
        names = actions.open_names(entries=entries, reason="REGISTER_EXPORT", by=request.user)
    kind = "xlsx" if request.GET.get("format") == "xlsx" else "csv"
    out, rows = _file(kind, Reading(register=asked.register, names=names), entries)
    actions.note_export(register=asked.register, place=asked.place, rows=rows, kind=kind, by=request.user)
    name = f"{register}-{asked.place.lgd_code or asked.place.pk}.{kind}"
    return FileResponse(out, as_attachment=True, filename=name, content_type=XLSX if kind == "xlsx" else CSV)


@require_GET
@requires(Permission.ENTRY_READ)
def print_lines(request, register):
    """The list on paper, in the language of the village: numbered, without names."""
    language = request.GET.get("language", "")
    with translation.override(language if language in dict(settings.LANGUAGES) else translation.get_language()):
        asked = asked_for(request, register)
        reading = Reading(asked.register)
        entries, left_out = queries.agreed(asked.entries)
        rows = [reading.values(entry) for entry in entries[: LINES_PRINTED + 1]]
        context = {
            "heading": asked.register.label,
            "place": asked.place,
            "above": places.ancestors(asked.place),
            "headings": reading.headings(),
            "rows": rows[:LINES_PRINTED],
            "left_out": left_out,
            "is_cut": len(rows) > LINES_PRINTED,
            "narrowed": asked.narrow.in_words() if asked.narrow.is_valid() else [],
            "printed_on": policy.day_in_india(timezone.now()),
            "back_url": with_query(request, asked, "registers:list"),
        }
        return render(request, "registers/print.html", context)


def _file(kind: str, reading: Reading, entries: QuerySet[Entry]):
    out = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    rows = (reading.values(entry) for entry in entries.iterator(chunk_size=2_000))
    if kind == "xlsx":
        count = sheets.write_xlsx(out, reading.headings(), rows, title=reading.title)
    else:
        count = sheets.write_csv(out, reading.headings(), rows)
    out.seek(0)
    return out, count
