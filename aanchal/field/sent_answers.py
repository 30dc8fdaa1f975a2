"""The pages where the staff of a state read what was sent with its own forms: a table, and the same as a file."""

import tempfile
from collections.abc import Iterator

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import confirmed_first, requires
from aanchal.core import sheets
from aanchal.field import answer_tables, own_answers, queries, shown
from aanchal.field.answer_tables import Part
from aanchal.field.models import FormAnswers, PublishedForm

READ = Permission.FORM_READ
A_PAGE = 50
MOST_LINES = 20_000
CHUNK = 500
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_http_methods(["GET", "HEAD", "POST"])
@requires(READ)
def answers(request, form_id):
    """How much was sent; asked by POST, the answers themselves, with a line on the trail."""
    forms = _versions(request, form_id)
    part, others = _part(request, forms)
    page = Paginator(_rows(request, forms), A_PAGE).get_page(request.GET.get("page"))
    is_open = request.method == "POST"
    opened = own_answers.opened(form=forms[0], rows=page, by=request.user) if is_open else []
    context = {
        "heading": forms[0].title, "form": forms[0], "page": page, "part": part, "parts": others, "is_open": is_open,
        "labels": answer_tables.labels(part, shown.language()), "lines": answer_tables.shown_lines(part, opened, shown.language()),
        "most": MOST_LINES, "crumbs": [{"label": _("Forms"), "url": reverse("forms")}, {"label": forms[0].title}],
    }  # fmt: skip
    return render(request, "field/sent_answers.html", context)


@require_POST
@requires(READ)
def file(request, form_id):
    forms = _versions(request, form_id)
    part, _others = _part(request, forms)
    if page := confirmed_first(request, reverse("sent-answers", args=[form_id])):
        return page
    kind = "xlsx" if request.POST.get("format") == "xlsx" else "csv"
    rows = _rows(request, forms)[:MOST_LINES]
    own_answers.note_export(form=forms[0], rows=rows.count(), kind=kind, by=request.user)
    out = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    told = answer_tables.file_lines(part, _read(rows))
    if kind == "xlsx":
        sheets.write_xlsx(out, answer_tables.headings(part), told, title=part.key or form_id)
    else:
        sheets.write_csv(out, answer_tables.headings(part), told)
    out.seek(0)
    name = "-".join(filter(None, (form_id, part.key)))
    return FileResponse(out, as_attachment=True, filename=f"{name}.{kind}", content_type=KINDS[kind])


def _versions(request, form_id: str) -> list[PublishedForm]:
    """Every version of a state's own form that the reader's places had, the newest first; the nation's forms have their registers."""
    hers = PublishedForm.objects.filter(queries.of_her_states(request.user, READ), form_id=form_id, is_test=False)
    forms = list(hers.exclude(place=None).select_related("place").order_by("-published_at", "-pk"))
    if not forms:
        raise Http404
    return forms


def _rows(request, forms: list[PublishedForm]) -> QuerySet[FormAnswers]:
    found = FormAnswers.objects.filter(form__in=forms).select_related("form", "place", "sender")
    return policy.visible(request.user, READ, found).order_by("-received_at", "-pk")


def _read(rows: QuerySet[FormAnswers]) -> Iterator[tuple[FormAnswers, dict]]:
    for row in rows.iterator(chunk_size=CHUNK):
        yield row, row.answers()


def _part(request, forms: list[PublishedForm]) -> tuple[Part, list[Part]]:
    every = answer_tables.parts(forms, shown.language())
    asked = request.GET.get("part", "") or request.POST.get("part", "")
    found = next((part for part in every if part.key == asked), None)
    if found is None:
        raise Http404
    return found, every
