"""An award that was given: its citation, written by one and published by another, on paper, taken back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.web import requires
from aanchal.awards import actions, citation_paper, forms, queries
from aanchal.awards.models import Award
from aanchal.awards.views.found import KEEP, READ, REFUSED, attempt, crumbs, tried
from aanchal.core import paper
from aanchal.core.paper.answers import answer


@require_safe
@requires(READ)
def award(request, pk):
    """The citation as it is printed; `?as=pdf` as a file."""
    one, keeps = _or_404(pk), policy.holds(request.user, KEEP)
    if request.GET.get("as") == "pdf" and one.citation_en and paper.are_here():
        return answer(citation_paper.drawn(one, at=timezone.now()), f"award-{one.number.replace('/', '-').lower()}")
    context = {
        "heading": _("Citation"), "one": one, "row": one.nomination, "back_url": reverse("awards:round", args=[one.nomination.round.key]),
        "as_pdf": bool(one.citation_en) and paper.are_here(), "may_keep": keeps and one.revoked_on is None, "revoke": forms.RevokeForm(),
        "is_own": one.cited_by_id == request.user.pk,
    }  # fmt: skip
    return render(request, "awards/award.html", context)


@requires(KEEP)
def cite(request, pk):
    one = _or_404(pk)
    form = forms.CitationForm(request.POST or None, initial={"citation_en": one.citation_en, "citation_hi": one.citation_hi})
    told = {"award": one, "by": request.user}
    if request.method == "POST" and form.is_valid():
        english, hindi = form.cleaned_data["citation_en"], form.cleaned_data["citation_hi"]
        if attempt(form, lambda at, **more: actions.cite(english=english, hindi=hindi, **more), **told):
            messages.success(request, _("Written. Another person publishes it."))
            return redirect("awards:award", pk=pk)
    context = {"heading": _("Citation"), "form": form, "one": one, "crumbs": crumbs(one.nomination.round, one.number)}
    return render(request, "awards/form.html", context, status=REFUSED if form.errors else 200)


@require_POST
@requires(KEEP)
def act(request, pk):
    """`what`: publish, or revoke with its reason."""
    one, told, what = _or_404(pk), {"at": timezone.now(), "by": request.user}, request.POST.get("what")
    if what == "revoke":
        told["why"] = request.POST.get("why", "")
        tried(request, lambda: actions.revoke(award=one, **told), _("Taken back: the public list tells it no more."))
    elif what == "publish":
        tried(request, lambda: actions.publish(award=one, **told), _("Published: everyone may read it."))
    return redirect("awards:award", pk=pk)


def _or_404(pk) -> Award:
    one = queries.award(pk)
    if one is None:
        raise Http404
    return one
