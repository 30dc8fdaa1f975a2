"""The library and the compendium for everyone: what was released, searched, read, taken. No signing in, no cookie."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aanchal.access.web import public
from aanchal.library import files, forms, queries
from aanchal.library.models import OpenFile, OpenPaper
from aanchal.library.terms import Cause, Kind, Problem
from aanchal.library.views.found import asked_of, page_of
from aanchal.portal.views import everyone


@require_safe
@public
@everyone.in_their_language
def papers(request):
    form = forms.OpenSearchForm(request.GET)
    asked = asked_of(request, form)
    found = queries.search_open(asked)
    told = queries.open_snippets(found, asked.words)
    return everyone.page_of(
        request, "library", heading=_("Library"), form=form, page=page_of(found), count=found.count,
        rows=[(one, told.get(one.pk)) for one in found.rows],
    )  # fmt: skip


@require_safe
@public
@everyone.in_their_language
def paper(request, pk):
    one = _one(pk)
    newer = queries.open_papers().filter(pk=one.superseded_by).first() if one.superseded_by else None
    return everyone.page_of(
        request, "paper", heading=one.title, one=one, newer=newer, is_practice=one.kind == Kind.PRACTICE,
        problems=[Problem(key).label for key in one.problems], causes=[Cause(key).label for key in one.causes],
    )  # fmt: skip


@require_safe
@public
def file(request, pk):
    """As a file to keep: never opened inside the site. What was withdrawn is not given out."""
    one = _one(pk)
    content = OpenFile.objects.using(one._state.db).filter(pk=pk).values_list("content", flat=True).first()
    if content is None or one.standing == "WITHDRAWN":
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="document-{pk}.{one.file_kind}"'}
    return HttpResponse(bytes(content), content_type=files.TYPES[one.file_kind], headers=headers)


def _one(pk) -> OpenPaper:
    one = queries.open_papers().defer("text", "title_words", "words").filter(pk=pk).first()
    if one is None:
        raise Http404
    return one
