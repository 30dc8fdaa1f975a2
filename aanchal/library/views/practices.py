"""The compendium: what was told, what waits for a second person, what is published."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.core.forms import NO_ANSWER
from aanchal.library import compendium, forms, queries
from aanchal.library.compendium import Told
from aanchal.library.terms import Kind, PracticeState
from aanchal.library.views.found import REFUSED, asked_of, attempt, page_of, place_of, practice_or_404

READ, SUBMIT, REVIEW = Permission.LIBRARY_READ, Permission.PRACTICE_SUBMIT, Permission.PRACTICE_REVIEW
A_PAGE = 20


@require_safe
@requires(READ)
def practices(request):
    """What is published, searched by problem and cause; before it, what waits here."""
    form = forms.OpenSearchForm(request.GET)
    asked = asked_of(request, form)
    found = queries.search_open(queries.Asked(asked.words, dict(asked.narrowed or {}) | {"kind": Kind.PRACTICE}, asked.page))
    snippets = queries.open_snippets(found, asked.words)
    context = {
        "heading": _("Good practices"), "form": form, "page": page_of(found), "count": found.count,
        "rows": [(one, snippets.get(one.pk)) for one in found.rows], "may_submit": policy.holds(request.user, SUBMIT),
        "follows": policy.holds(request.user, SUBMIT) or policy.holds(request.user, REVIEW),
        "crumbs": [*_crumbs()[:1], {"label": _("Good practices")}],
    }  # fmt: skip
    return render(request, "library/practices.html", context)


@require_safe
@requires(READ)
def told(request):
    """Those that this person told of, or decides about: what waits first."""
    if not (policy.holds(request.user, SUBMIT) or policy.holds(request.user, REVIEW)):
        raise Http404
    rows = queries.practices(request.user).order_by("-state", "submitted_at", "pk")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {"heading": _("Practices that were told"), "page": page, "crumbs": [*_crumbs(), {"label": _("Practices that were told")}]}
    return render(request, "library/told.html", context)


@requires(SUBMIT)
def submit(request):
    form = forms.PracticeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        place = place_of(request.user, SUBMIT)
        if made := attempt(form, compendium.submit, place=place, told=Told(**form.cleaned_data), at=timezone.now(), by=request.user):
            messages.success(request, _("Told. A second person reads it before it is published."))
            return redirect("library:practice", pk=made.pk)
    context = {"heading": _("Tell of a good practice"), "form": form, "crumbs": [*_crumbs(), {"label": _("Tell of a good practice")}]}
    return render(request, "library/submit.html", context, status=REFUSED if form.errors else 200)


@require_safe
@requires(READ)
def practice(request, pk):
    return _page(request, practice_or_404(request.user, pk))


@require_POST
@requires(READ)
def decide(request, pk):
    """Publish it or send it back: a reviewer who did not tell it."""
    one, form = practice_or_404(request.user, pk), forms.DecideForm(request.POST)
    if not policy.can(request.user, REVIEW, one):
        raise Http404
    publish = request.POST.get("to") == PracticeState.PUBLISHED
    if not publish and request.POST.get("to") != PracticeState.RETURNED:
        form.add_error(None, NO_ANSWER)
    acted = {"at": timezone.now(), "by": request.user}
    if form.is_valid() and attempt(form, compendium.decide, practice=one, publish=publish, **acted, **form.cleaned_data):
        messages.success(request, _("Published: everyone can read it.") if publish else _("Sent back."))
        return redirect("library:practice", pk=pk)
    return _page(request, one, decide=form)


@require_POST
@requires(SUBMIT)
def again(request, pk):
    """After it was sent back."""
    one, form = practice_or_404(request.user, pk), forms.PracticeForm(request.POST)
    acted = {"at": timezone.now(), "by": request.user}
    if form.is_valid() and attempt(form, compendium.tell_again, practice=one, told=Told(**form.cleaned_data), **acted):
        messages.success(request, _("Told. A second person reads it before it is published."))
        return redirect("library:practice", pk=pk)
    return _page(request, one, again=form)


def _page(request, one, **bound):
    is_own = one.submitted_by_id == request.user.pk
    may_decide = one.state == PracticeState.SUBMITTED and not is_own and policy.can(request.user, REVIEW, one)
    may_change = one.state == PracticeState.RETURNED and is_own
    as_told = {name: getattr(one, name) for name in forms.PracticeForm.base_fields}
    context = {
        "heading": one.title, "one": one, "problems": _labels(one, "problems"), "causes": _labels(one, "causes"),
        "deciding": bound.get("decide", forms.DecideForm()) if may_decide or "decide" in bound else None,
        "telling": bound.get("again", forms.PracticeForm(initial=as_told)) if may_change or "again" in bound else None,
        "crumbs": [*_crumbs(), {"label": one.title[:60]}],
    }  # fmt: skip
    return render(request, "library/practice.html", context, status=REFUSED if bound else 200)


def _labels(one, field: str) -> list[str]:
    choices = dict(one._meta.get_field(field).base_field.choices)
    return [choices[key] for key in getattr(one, field)]


def _crumbs() -> list[dict]:
    return [
        {"label": _("Library"), "url": reverse("library:documents")},
        {"label": _("Good practices"), "url": reverse("library:practices")},
    ]
