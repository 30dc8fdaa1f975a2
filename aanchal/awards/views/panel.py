"""What a member of the panel declares, sees and scores."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aanchal.access.web import requires
from aanchal.awards import actions, forms, queries
from aanchal.awards.models import Nomination
from aanchal.awards.terms import Interest, Stage
from aanchal.awards.views.found import A_PAGE, JUDGE, REFUSED, attempt, crumbs, round_or_404, today
from aanchal.library import files


@require_safe
@requires(JUDGE)
def panel(request, of):
    """Every nominee, and what this member has still to say."""
    one = round_or_404(of)
    if not queries.sits(one, request.user):
        raise Http404
    page = Paginator(queries.seats(one, request.user), A_PAGE * 2).get_page(request.GET.get("page"))
    rows = [(seat, _labels(seat)) for seat in page.object_list]
    context = {"heading": _("Before the panel"), "one": one, "page": page, "rows": rows, "stage": one.stage(today())}
    context["crumbs"] = crumbs(one, context["heading"])
    return render(request, "awards/panel.html", context)


@requires(JUDGE)
def nominee(request, pk):
    """First the declaration; then, without an interest, what was said of the nominee and the scores."""
    one, seat = _seat_or_404(request.user, pk)
    what, bound = request.POST.get("what", ""), {}
    if request.method == "POST":
        form = _FORMS[what](one, request.POST) if what in _FORMS else None
        if form is None:
            raise Http404
        if form.is_valid() and attempt(form, _ACTS[what], nomination=pk, by=request.user, **_told(what, form)):
            messages.success(request, _("Noted."))
            return redirect("awards:panel", of=one.key) if what == "score" else redirect("awards:nominee", pk=pk)
        bound = {what: form}
    score, row = queries.own_score(pk, request.user), Nomination.objects.filter(pk=pk).first() if seat.is_clear else None
    context = {
        "heading": seat.line.name, "one": one, "seat": seat, "labels": _labels(seat), "row": row,
        "declared": queries.own_declaration(pk, request.user), "paper": queries.evidence(pk) if row else None, "stage": one.stage(today()),
        "none": bound.get("none"), "interest": bound.get("interest", forms.InterestForm()),
        "score": bound.get("score", forms.ScoreForm(one.criteria, initial=score.points if score else None)) if row else None,
        "crumbs": [*crumbs(one), {"label": seat.line.name}],
    }  # fmt: skip
    return render(request, "awards/nominee.html", context, status=REFUSED if bound else 200)


@require_safe
@requires(JUDGE)
def evidence(request, pk):
    """As a file to keep: never opened inside the site."""
    told = queries.evidence(pk)
    if told is None or told[2] is None:
        raise Http404
    version = told[2]
    content = actions.read_evidence(nomination=pk, version=version, by=request.user)
    headers = {"Content-Disposition": f'attachment; filename="evidence.{version.file_kind}"'}
    return HttpResponse(content, content_type=files.TYPES[version.file_kind], headers=headers)


def _seat_or_404(user, pk):
    one = queries.round_of(pk)
    seats = queries.seats(one, user, pk) if one and one.stage(today()) == Stage.JUDGED else []
    if not seats:
        raise Http404
    return one, seats[0]


def _labels(seat: queries.Seat) -> list:
    return [Interest(code).label for code in seat.interests]


def _told(what: str, form) -> dict:
    if what == "score":
        return {"points": form.cleaned_data}
    return {"has_interest": what == "interest", "words": form.cleaned_data.get("words", "")}


_FORMS = {
    "none": lambda _one, told: forms.Says(told),
    "interest": lambda _one, told: forms.InterestForm(told),
    "score": lambda one, told: forms.ScoreForm(one.criteria, told),
}
_ACTS = {"none": actions.declare, "interest": actions.declare, "score": actions.score}
