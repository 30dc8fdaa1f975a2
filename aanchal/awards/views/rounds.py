"""Rounds: drafted, announced, their panel, the ranking and the decision."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.web import requires
from aanchal.awards import actions, forms, queries
from aanchal.awards.terms import Interest, Stage
from aanchal.awards.views.found import A_PAGE, DECIDE, KEEP, NOMINATE, READ, REFUSED, attempt, crumbs, round_or_404, title, today, tried


@require_safe
@requires(READ)
def rounds(request):
    on = today()
    page = Paginator(queries.rounds(), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Awards"), "page": page, "rows": [(one, title(one), one.stage(on)) for one in page.object_list],
        "may_keep": policy.holds(request.user, KEEP), "waiting": queries.waiting(request.user, on), "crumbs": crumbs(),
    }  # fmt: skip
    return render(request, "awards/rounds.html", context)


@requires(KEEP)
def new(request):
    form = forms.RoundForm(request.POST or None, initial={"year": today().year})
    if request.method == "POST" and form.is_valid() and (made := attempt(form, actions.draft, plan=form.plan(), by=request.user)):
        return redirect("awards:round", of=made.key)
    context = {"heading": _("A new round"), "form": form, "crumbs": crumbs(None, _("A new round"))}
    return render(request, "awards/form.html", context, status=REFUSED if form.errors else 200)


@requires(KEEP)
def criteria(request):
    """The newest version of each category; another is published for rounds to come."""
    form = forms.CriteriaForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and attempt(form, actions.publish_criteria, by=request.user, **form.cleaned_data):
        messages.success(request, _("Published: rounds that are announced from now on use it."))
        return redirect("awards:criteria")
    context = {"heading": _("Criteria"), "form": form, "newest": queries.newest_criteria(), "crumbs": crumbs(None, _("Criteria"))}
    return render(request, "awards/criteria.html", context, status=REFUSED if form.errors else 200)


@require_safe
@requires(READ)
def one_round(request, of):
    return _page(request, round_or_404(of))


@require_POST
@requires(KEEP)
def act(request, of):
    """`what`: announce, or appoint with a form."""
    one, what = round_or_404(of), request.POST.get("what", "")
    if what == "announce":
        told = {"of": one, "at": timezone.now(), "by": request.user}
        tried(request, lambda: actions.announce(**told), _("Announced: criteria and days are fixed."))
        return redirect("awards:round", of=of)
    if what != "appoint":
        return redirect("awards:round", of=of)
    form = forms.AppointForm(queries.may_sit(today()), request.POST)
    if form.is_valid() and attempt(form, actions.appoint, of=one, user=form.chosen(), by=request.user):
        messages.success(request, _("Appointed: every nominee waits for this member's declaration."))
        return redirect("awards:round", of=of)
    return _page(request, one, appoint=form)


@requires(DECIDE)
def decision(request, of):
    """The ranking, who is bound by an interest, who has still to speak; and the decision, of those on the page that is shown."""
    one = round_or_404(of)
    if one.stage(today()) != Stage.JUDGED or queries.sits(one, request.user):
        raise Http404
    page = Paginator(queries.table(one), A_PAGE).get_page(request.GET.get("page"))
    told = page.object_list
    form = forms.DecisionForm(told, request.POST or None)
    decided = {"chosen": form.ids(), "words": form.cleaned_data["words"]} if request.method == "POST" and form.is_valid() else None
    if decided is not None:
        given = attempt(form, actions.decide, of=one, by=request.user, **decided)
        if given is not None:
            n = len(given)
            said = ngettext("Decided: %(n)s award. Write its citation.", "Decided: %(n)s awards. Write their citations.", n)
            messages.success(request, said % {"n": n})
            return redirect("awards:round", of=of)
    context = {
        "heading": _("Ranking and decision"), "one": one, "form": form, "page": page,
        "rows": [(row, _bound(row)) for row in told],
        "crumbs": crumbs(one, _("Ranking and decision")),
    }  # fmt: skip
    return render(request, "awards/decision.html", context, status=REFUSED if form.errors else 200)


def _bound(row: queries.Told) -> list[tuple]:
    return [(user, [Interest(code).label for code in codes]) for user, codes in row.interested]


def _page(request, one, **bound):
    on, user = today(), request.user
    stage, keeps, sits = one.stage(on), policy.holds(user, KEEP), queries.sits(one, user)
    page = Paginator(queries.nominations(one), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": title(one), "one": one, "stage": stage, "criteria": one.criteria.told, "page": page, "may_keep": keeps, "sits": sits,
        "may_nominate": stage == Stage.OPEN and policy.holds(user, NOMINATE), "members": queries.members(one),
        "may_decide": stage == Stage.JUDGED and policy.holds(user, DECIDE) and not sits, "awards": queries.awards(one),
        "appoint": bound.get("appoint") or (forms.AppointForm(queries.may_sit(on)) if keeps and stage != Stage.DECIDED else None),
        "ranking": _kept(one) if keeps and not sits else [], "crumbs": crumbs(one),
    }  # fmt: skip
    return render(request, "awards/round.html", context, status=REFUSED if bound else 200)


def _kept(one) -> list[tuple]:
    """The ranking as it was when it was decided."""
    rows = {str(row.pk): row for row in queries.nominations(one)} if one.ranking else {}
    return [(line, rows[line["nomination"]].name) for line in one.ranking or [] if line["nomination"] in rows]
