"""Nominations: made from the directory, withdrawn until closing, the officer's consent."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.web import requires
from aanchal.awards import actions, forms, queries
from aanchal.awards.models import Nomination
from aanchal.awards.terms import NominationState, Stage
from aanchal.awards.views.found import NOMINATE, READ, REFUSED, attempt, crumbs, round_or_404, today, tried


@requires(NOMINATE)
def nominate(request, of):
    """`?words=` searches the directory; what is found is chosen from."""
    one = round_or_404(of)
    if one.stage(today()) != Stage.OPEN:
        raise Http404
    search = forms.SearchForm(request.GET)
    found = queries.lines(one.category, search.cleaned_data["words"] if search.is_valid() else "")
    form = forms.NominationForm(found[: queries.MOST_LINES], request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, actions.nominate, of=one, nominee=form.chosen(), case=form.case(), by=request.user)
        if made:
            messages.success(request, _("Nominated. Until nominations close it can be withdrawn."))
            return redirect("awards:nomination", pk=made.pk)
    context = {
        "heading": _("Nominate"), "one": one, "form": form, "search": search, "has_lines": bool(found),
        "are_more": len(found) > queries.MOST_LINES, "crumbs": crumbs(one, _("Nominate")),
    }  # fmt: skip
    return render(request, "awards/nominate.html", context, status=REFUSED if form.errors else 200)


@require_safe
@requires(READ)
def nomination(request, pk):
    return _page(request, _or_404(pk))


@require_POST
@requires(NOMINATE)
def act(request, pk):
    """`what`: withdraw or consent with a form, take_back without."""
    row, what = _or_404(pk), request.POST.get("what", "")
    if not policy.can(request.user, NOMINATE, row):
        raise Http404
    if what not in ("withdraw", "consent", "take_back"):
        return redirect("awards:nomination", pk=pk)
    if what == "take_back":
        told = {"nomination": row, "at": timezone.now(), "by": request.user}
        tried(request, lambda: actions.take_back_consent(**told), _("Taken back: the name is told nowhere any more."))
        return redirect("awards:nomination", pk=pk)
    kind, change = (forms.WithdrawForm, actions.withdraw) if what == "withdraw" else (forms.ConsentForm, actions.record_consent)
    form = kind(request.POST)
    if form.is_valid() and attempt(form, change, nomination=row, words=form.cleaned_data["words"], by=request.user):
        messages.success(request, _("Noted."))
        return redirect("awards:nomination", pk=pk)
    return _page(request, row, **{what: form})


def _or_404(pk) -> Nomination:
    """Out of scope and absent look the same: the database's own policy says which."""
    found = Nomination.objects.select_related("round__criteria", "place", "document", "nominated_by").filter(pk=pk)
    row = found.first()
    if row is None:
        raise Http404
    return row


def _page(request, row, **bound):
    stands = row.standing == NominationState.STANDS and policy.can(request.user, NOMINATE, row)
    context = {
        "heading": row.name, "row": row, "kind": queries.StakeholderKind(row.kind).label,
        "withdraw": bound.get("withdraw", forms.WithdrawForm()) if stands and row.round.stage(today()) == Stage.OPEN else None,
        "consent": bound.get("consent", forms.ConsentForm()) if stands and row.is_person and not row.consented_on else None,
        "may_take_back": stands and row.consented_on is not None, "crumbs": crumbs(row.round, row.name),
    }  # fmt: skip
    return render(request, "awards/nomination.html", context, status=REFUSED if bound else 200)
