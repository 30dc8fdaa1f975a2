"""Her way home: her wish, what was found, every reason against it, the visits after; and which organisations are mature."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.benefits.models import Cbo
from aanchal.cases import queries as cases
from aanchal.rehab import catalogue, forms, queries, returning, rules, words
from aanchal.rehab.models import CboMaturity, FollowUp, Return
from aanchal.rehab.terms import ReturnState, Watch
from aanchal.rehab.views.asked import A_PAGE, case_or_404, changed, frame, language, may, of_case_or_404, today

SHOWN_AS = {Watch.ALARM: "bad", Watch.WATCHFUL: "warn", Watch.CALM: "good"}


@require_safe
@requires(Permission.REHAB_READ)
def returns(request, pk):
    return _page(request, case_or_404(request, pk, "WHOLE"))


@require_POST
@requires(Permission.REHAB_RECORD)
def plan(request, pk):
    case, form = case_or_404(request, pk, "LEAD", Permission.REHAB_RECORD), forms.PlanForm(request.POST)

    def act(told):
        returning.plan(case=case, at=timezone.now(), by=request.user, **told)

    said = _("Noted. Now her wish, and what is found there.")
    return changed(request, form, act, said, back=_back(pk), page=lambda: _page(request, case, plan=form))


@require_POST
@requires(Permission.REHAB_RECORD)
def hear(request, pk):
    return _change(request, pk, forms.WishForm(request.POST), "wish", returning.hear, _("Her wish is written down."))


@require_POST
@requires(Permission.REHAB_RECORD)
def assess(request, pk):
    back = _found(request, pk)
    form = forms.FamilyForm(queries.mature(back.case, today()), request.POST)

    def act(told):
        found = {name: told[name] for name in returning.ASSESSED}
        more = {name: told[name] for name in ("community", "note", "on")}
        returning.assess(back=back, found=found, at=timezone.now(), by=request.user, **more)

    page = _page_of(request, back, family=form)
    return changed(request, form, act, _("Written down."), back=_back(back.case_id), page=page)


@require_POST
@requires(Permission.REHAB_RECORD)
def order(request, pk):
    return _change(request, pk, forms.OrderForm(request.POST), "order", returning.order, _("The order is written down."))


@require_POST
@requires(Permission.REHAB_RECORD)
def go(request, pk):
    said = _("She is back. The visits of the next two years stand below.")
    return _change(request, pk, forms.OnForm(request.POST), "go", returning.go, said)


@require_POST
@requires(Permission.REHAB_RECORD)
def end(request, pk):
    back = _found(request, pk)
    return _change(request, pk, forms.EndForm(back.state, request.POST), "end", returning.end, _("Written down."))


@require_POST
@requires(Permission.REHAB_RECORD)
def follow(request, pk):
    one = FollowUp.objects.filter(pk=pk).select_related("back__case__place").first()
    of_case_or_404(request, one, "WORK")
    form = forms.FollowForm(request.POST, auto_id=f"{pk}_%s")

    def act(told):
        done = returning.follow(follow_up=one, at=timezone.now(), by=request.user, **told)
        if done.pk != one.pk:
            messages.info(request, _("It was too soon for the agreed visit, which is still to be made."))

    back = _back(one.case_id)
    return changed(request, form, act, _("The visit is written down."), back=back, page=_page_of(request, one.back, follow=(one.pk, form)))


@require_safe
@requires(Permission.CBO_ASSESS)
def organisations(request):
    page = Paginator(_assessed(request.user), A_PAGE).get_page(request.GET.get("page"))
    crumbs = [{"label": _("Mature organisations")}]
    context = {"heading": _("Mature organisations"), "page": page, "crumbs": crumbs, "source": catalogue.maturity(today())}
    return render(request, "rehab/organisations.html", context)


@requires(Permission.CBO_ASSESS)
def assess_cbo(request):
    criteria = [(one["key"], one["texts"][language()]) for one in catalogue.maturity(today()).criteria]
    form = forms.MaturityForm(_cbos(request.user), criteria, request.POST or None, initial={"on": today()})

    def act(told):
        returning.assess_cbo(at=timezone.now(), by=request.user, **told)

    def page():
        crumbs = [{"label": _("Mature organisations"), "url": reverse("rehab:organisations")}, {"label": _("Assess")}]
        context = {"heading": _("Assess an organisation"), "form": form, "crumbs": crumbs}
        return render(request, "rehab/assess.html", context, status=422 if form.errors else 200)

    if request.method != "POST":
        return page()
    return changed(request, form, act, _("Written down."), back=reverse("rehab:organisations"), page=page)


def _assessed(user):
    near = policy.visible(user, Permission.CBO_ASSESS, CboMaturity.objects.all())
    return near.select_related("by").order_by("-on", "-pk")


def _cbos(user) -> dict:
    near = policy.visible(user, Permission.CBO_ASSESS, Cbo.objects.filter(kind__in=["VO", "CLF"], closed_on=None))
    return {str(one.pk): one for one in near.order_by("name", "pk")}


def _found(request, pk) -> Return:
    found = Return.objects.filter(pk=pk).select_related("case__place", "community").first()
    if found is None:
        raise Http404
    return of_case_or_404(request, found, "WORK")


def _change(request, pk, form, name, change, said):
    back = _found(request, pk)

    def act(told):
        change(back=back, at=timezone.now(), by=request.user, **told)

    return changed(request, form, act, said, back=_back(back.case_id), page=_page_of(request, back, **{name: form}))


def _page_of(request, back: Return, **filled):
    return lambda: _page(request, back.case, **filled)


def _back(pk) -> str:
    return reverse("rehab:return", args=[pk])


def _page(request, case, **filled):
    found = queries.returns(case)
    back = found[0] if found else None
    is_open = back is not None and back.state in (ReturnState.PLANNED, ReturnState.HOME)
    context = frame(request, case, "return", _("Way home")) | {
        "back": back,
        "is_planned": back is not None and back.state == ReturnState.PLANNED,
        "is_over": not is_open,
        "earlier": found[1:],
        "is_child": cases.is_child(case, today()),
        "bars": _bars(back),
        "visits": [_visit(one, filled.get("follow")) for one in queries.follow_ups(back)] if back else [],
        "may_work": may(request, case, "WORK"),
        "plan": forms.PlanForm(),
    }
    if is_open:
        context |= _forms(case, back)
    return render(request, "rehab/return.html", context | filled, status=422 if filled else 200)


def _visit(one: FollowUp, filled: tuple | None) -> dict:
    """Each visit with a form of its own, so that every label finds its field."""
    is_filled = filled is not None and filled[0] == one.pk
    form = filled[1] if is_filled else forms.FollowForm(initial={"on": today()}, auto_id=f"{one.pk}_%s")
    return {"one": one, "pill": SHOWN_AS.get(one.watch, ""), "form": form, "is_filled": is_filled}


def _forms(case, back: Return) -> dict:
    told = {name: getattr(back, name) for name in returning.ASSESSED | returning.WISHED} | {"on": today()}
    return {
        "wish": forms.WishForm(initial=told, auto_id="wish_%s"),
        "family": forms.FamilyForm(
            queries.mature(case, today()), initial=told | {"community": back.community_id}, auto_id="family_%s"
        ),
        "order": forms.OrderForm(initial={"number": back.cwc_order_no, "on": back.cwc_order_on}, auto_id="order_%s"),
        "go": forms.OnForm(initial={"on": today()}, auto_id="go_%s"),
        "end": forms.EndForm(back.state, initial={"on": today()}, auto_id="end_%s"),
    }


def _bars(back: Return | None) -> list[dict]:
    """Why she must not go there now, each with its source."""
    if back is None or back.state != ReturnState.PLANNED:
        return []
    return [{"words": words.REFUSALS[bar.key], "bar": bar} for bar in rules.bars(queries.home(back, today()))]
