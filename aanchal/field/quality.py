"""Data quality: what in the surveys of a block asks for a second look, and what an officer learned when she looked."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import place_or_404, requires
from aanchal.field import actions, finding_words, findings, signs
from aanchal.field.findings import Finding
from aanchal.inbox.models import Submission
from aanchal.places.models import Place
from aanchal.risk.models import Survey

A_PAGE = 50
REFUSED = 422


class Looked(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("What you learned"),
        max_length=300,
        help_text=gettext_lazy("No names of families."),
        widget=forms.Textarea({"rows": 3}),
    )


@require_GET
@requires(Permission.QUALITY_CHECK)
def quality(request):
    place = _place(request)
    found = findings.of(request.user, place, _today())
    context = {
        "heading": _("Data quality"),
        "place": place,
        "open": [_row(place, one) for one in found if not one.is_looked_at],
        "looked": [_row(place, one) for one in found if one.is_looked_at],
        "own": [one for one in _own(request.user) if one != place],
        "least": signs.LEAST_SURVEYS,
        "days": findings.DAYS,
    }
    return render(request, "field/quality.html", context)


@requires(Permission.QUALITY_CHECK)
def finding(request):
    """One finding with the forms it rests on; a note says that it was looked at."""
    place = _place(request)
    asked = {name: request.GET.get(name, "") for name in ("sign", "about", "worker")}
    found = findings.find(findings.of(request.user, place, _today()), **asked)
    if found is None:
        raise Http404
    form = Looked(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        actions.note_look(found=found, place=place, note=form.cleaned_data["note"], at=timezone.now(), by=request.user)
        messages.success(request, _("Noted. It comes back when she has sent more since."))
        return redirect(f"{reverse('quality')}?place={place.pk}")
    return render(request, "field/finding.html", _one(request, place, found, form), status=REFUSED if form.is_bound else 200)


def _one(request, place: Place, found: Finding, form: Looked) -> dict:
    sent = Submission.objects.filter(pk__in=found.submissions).defer("sealed", "wrapped_key", "digest", "faults")
    sent = policy.visible(request.user, Permission.SUBMISSION_REVIEW, sent).select_related("place").order_by("-received_at", "-pk")
    listed = f"{reverse('quality')}?place={place.pk}"
    page = Paginator(sent, A_PAGE).get_page(request.GET.get("page"))
    return {
        "heading": found.sign.label,
        "place": place,
        "row": _row(place, found),
        "page": page,
        "forms": _forms(request.user, list(page)),
        "form": form,
        "crumbs": [{"label": _("Data quality"), "url": listed}, {"label": found.sign.label}],
    }


def _forms(user, sent: list[Submission]) -> list[dict]:
    """Each with the day of the visit, and how long it took in minutes and seconds."""
    surveys = policy.visible(user, Permission.QUALITY_CHECK, Survey.objects.filter(submission_id__in=[one.pk for one in sent]))
    told = {one.submission_id: one for one in surveys.only("submission_id", "told_on", "seconds")}
    return [{"submission": one, "survey": told.get(one.pk), "took": _took(told.get(one.pk))} for one in sent]


def _took(survey: Survey | None) -> str:
    return "" if survey is None or survey.seconds is None else f"{survey.seconds // 60}:{survey.seconds % 60:02}"


def _row(place: Place, found: Finding) -> dict:
    return {"found": found, "said": finding_words.said(found), "ask": finding_words.to_ask(found), "villages": found.places, "place": place}


def _place(request) -> Place:
    asked = request.GET.get("place", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 19:
        place = place_or_404(request.user, Permission.QUALITY_CHECK, int(asked))
    else:
        own = _own(request.user)
        if asked or not own:
            raise Http404
        place = own[0]
    if not policy.covers(request.user, Permission.QUALITY_CHECK, place):
        raise Http404
    return place


def _own(user) -> list[Place]:
    return [one.place for one in policy.current_postings(user, on=_today()) if Permission.QUALITY_CHECK in one.held.permissions]


def _today():
    return policy.day_in_india(timezone.now())
