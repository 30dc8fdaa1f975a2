"""The documents: searched, recorded, given files, released, replaced, withdrawn, read."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.library import actions, files, forms, queries, rules, words
from aanchal.library.actions import Details
from aanchal.library.rules import Refused
from aanchal.library.views.found import (
    REFUSED,
    asked_of,
    attempt,
    document_or_404,
    keeps,
    page_of,
    paper_of,
    place_of,
    say,
)

READ, RECORD = Permission.LIBRARY_READ, Permission.LIBRARY_RECORD
READERS, SHOWN = 50, 5


@require_safe
@requires(READ)
def documents(request):
    """Best first of what was asked for, or the newest."""
    form = forms.SearchForm(request.GET)
    asked = asked_of(request, form)
    found = queries.search(asked)
    told, today = queries.snippets(found, asked.words), policy.day_in_india(timezone.now())
    is_begun = bool(asked.words or asked.narrowed)
    waiting = [] if is_begun else queries.to_read(request.user, today)[:SHOWN]
    to_release = [] if is_begun else queries.to_release(request.user)[:SHOWN]
    context = {
        "heading": _("Library"), "form": form, "page": page_of(found), "rows": [(one, told.get(one.pk)) for one in found.rows],
        "count": found.count, "asked": asked, "waiting": list(waiting), "to_release": list(to_release),
        "may_record": policy.holds(request.user, RECORD),
    }  # fmt: skip
    return render(request, "library/documents.html", context)


@requires(RECORD)
def record(request):
    """A new document; with `supersedes` in its address it takes the place of another."""
    before = document_or_404(request.GET["supersedes"]) if _is_id(request.GET.get("supersedes")) else None
    if before and not keeps(request.user, before):
        raise Http404
    started = {"kind": before.kind, "language": before.language, "source": before.source} if before else {}
    form = forms.DocumentForm(request.POST or None, request.FILES or None, initial=started)
    if request.method == "POST" and form.is_valid() and (paper := paper_of(form)):
        told = {name: value for name, value in form.cleaned_data.items() if name != "file"}
        place = before.place if before else place_of(request.user, RECORD)
        acted = {"at": timezone.now(), "by": request.user}
        made = attempt(form, actions.record, place=place, details=Details(**told), paper=paper, supersedes=before, **acted)
        if made:
            messages.success(request, _("Filed."))
            return redirect("library:document", pk=made.pk)
    context = {
        "heading": _("A newer document takes its place") if before else _("File a document"), "form": form, "before": before,
        "crumbs": [{"label": _("Library"), "url": reverse("library:documents")}, {"label": _("File a document")}],
    }  # fmt: skip
    return render(request, "library/record.html", context, status=REFUSED if form.errors else 200)


@require_safe
@requires(READ)
def document(request, pk):
    return _page(request, document_or_404(pk))


@require_POST
@requires(READ)
def act(request, pk):
    """`what`: a later file, release, withdraw by who keeps the library there; acknowledge by who is asked."""
    one, what = document_or_404(pk), request.POST.get("what", "")
    told = {"document": one, "at": timezone.now(), "by": request.user}
    if what == "acknowledge":
        return _done(request, one, lambda: actions.acknowledge(**told), _("Noted: you have read it."))
    if not keeps(request.user, one):
        raise Http404
    if what not in ("version", "release", "withdraw"):
        return redirect("library:document", pk=pk)
    if what == "release":
        seen = request.POST.get("nth", "")
        nth = int(seen) if seen.isascii() and seen.isdigit() else None
        return _done(request, one, lambda: actions.release(nth=nth, **told), _("Everyone can read it now."))
    form = forms.WordsForm(request.POST) if what == "withdraw" else forms.FileForm(request.POST, request.FILES)
    if form.is_valid() and _changed(form, what, told):
        messages.success(request, _("Withdrawn.") if what == "withdraw" else _("Filed."))
        return redirect("library:document", pk=pk)
    return _page(request, one, **{what: form})


@require_safe
@requires(READ)
def file(request, pk, nth):
    """As a file to keep: never opened inside the site."""
    one = document_or_404(pk)
    version = one.versions.filter(nth=nth).first()
    if version is None:
        raise Http404
    try:
        content = actions.open_file(version=version, by=request.user)
    except Refused as refused:
        say(request, refused)
        return redirect("library:document", pk=pk)
    headers = {"Content-Disposition": f'attachment; filename="document-{one.pk}-{nth}.{version.file_kind}"'}
    return HttpResponse(content, content_type=files.TYPES[version.file_kind], headers=headers)


@require_safe
@requires(RECORD)
def readers(request, pk):
    """Who must read it, and who said so."""
    one = document_or_404(pk)
    version = queries.newest(one)
    if not keeps(request.user, one) or version is None:
        raise Http404
    users = queries.asked_to_read(one, policy.day_in_india(timezone.now()))
    page = Paginator(users, READERS).get_page(request.GET.get("page"))
    read = queries.readings(one, version.nth)
    context = {
        "heading": _("Who has read it"), "one": one, "page": page, "rows": [(user, read.get(user.pk)) for user in page], "read": len(read),
        "crumbs": [*_crumbs(one), {"label": _("Who has read it")}],
    }  # fmt: skip
    return render(request, "library/readers.html", context)


def _page(request, one, **bound):
    today = policy.day_in_india(timezone.now())
    may_keep = keeps(request.user, one)
    is_open = one.standing == "IN_FORCE"
    versions = list(queries.versions(one))
    newest, out = versions[0] if versions else None, next((version for version in versions if version.released_at), None)
    why_not = rules.may_not_release(by=request.user.pk, recorded_by=one.recorded_by_id, is_public=one.is_public, version=newest)
    context = {
        "heading": one.title, "one": one, "versions": versions, "newest": newest, "out": out, "why_not": words.FAULTS.get(why_not, ""),
        "waits": is_open and one.is_public and newest and not newest.released_at, "may_release": not why_not,
        "releasing": may_keep and is_open and why_not != "public_already", "may_keep": may_keep and is_open, "keeps": may_keep,
        "must_read": queries.must_read(request.user, one, today), 
        "may_advise": is_open and policy.holds(request.user, Permission.ADVISORY_ISSUE),
        "version": bound.get("version", forms.FileForm()), "withdraw": bound.get("withdraw", forms.WordsForm()),
        "readers": one.roles and versions and may_keep, "crumbs": _crumbs(one, is_last=True),
    }  # fmt: skip
    return render(request, "library/document.html", context, status=REFUSED if bound else 200)


def _changed(form, what: str, told: dict):
    if what == "withdraw":
        return attempt(form, actions.withdraw, words=form.cleaned_data["words"], **told)
    paper = paper_of(form)
    return paper and attempt(form, actions.add_version, paper=paper, **told)


def _done(request, one, change, words: str):
    try:
        change()
        messages.success(request, words)
    except Refused as refused:
        say(request, refused)
    return redirect("library:document", pk=one.pk)


def _crumbs(one, *, is_last: bool = False) -> list[dict]:
    here = {"label": one.title[:60]} | ({} if is_last else {"url": reverse("library:document", args=[one.pk])})
    return [{"label": _("Library"), "url": reverse("library:documents")}, here]


def _is_id(told: str | None) -> bool:
    try:
        return bool(UUID(told or ""))
    except ValueError:
        return False
