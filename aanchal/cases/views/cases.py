"""My cases, one case, intake, search, paper."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.cases import actions, court, disclosing, finding, forms, queries, reading, rules, terms, words
from aanchal.cases.views.asked import REFUSED, case_or_404, password_first, reach_or_404, tried
from aanchal.core import paper as core_paper
from aanchal.core.paper.answers import answer
from aanchal.places.models import Place
from aanchal.places.terms import Level
from aanchal.rescue import in_court
from aanchal.rescue import queries as rescue
from aanchal.rescue.models import Rescued

A_PAGE = 30
MOST_DISTRICTS = 100
ASKED_PAPER = "cases.paper"
"""What was asked for before the password was: so that it is not typed twice."""
MOVES = {"FOLLOW": gettext_lazy("Move to follow-up"), "RESUME": gettext_lazy("Make active again")}
"""What needs nobody's approval."""


def crumbs(*more: dict) -> list[dict]:
    return [{"label": _("My cases"), "url": reverse("cases:list")}, *more]


def of_case(case, label: str) -> list[dict]:
    return crumbs({"label": case.shown_code, "url": reverse("cases:case", args=[case.pk])}, {"label": label})


@require_safe
@requires(Permission.CASE_READ)
def mine(request):
    """What is assigned to her, the newest first; no name."""
    now, state = timezone.now(), request.GET.get("state", "")
    cases = queries.cases_of(request.user, now).select_related("place")
    shown = cases.filter(state=state) if state in terms.State.values else cases.filter(state__in=rules.LIVE)
    page = Paginator(shown.order_by("-opened_on", "-pk"), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("My cases"), "page": page, "state": state, "states": terms.State.choices, "search": forms.SearchForm(),
        "tasks": queries.tasks_of(request.user)[:A_PAGE], "today": policy.day_in_india(now),
        "waiting": queries.waiting_referrals(request.user).count(), "may_open": policy.holds(request.user, Permission.CASE_WORK),
        "may_supervise": policy.holds(request.user, Permission.CASE_SUPERVISE), "reviews": queries.emergencies(request.user).count(),
        "withdrawn": queries.to_decide(request.user, now)[:A_PAGE], "proposals": queries.proposals(request.user, now)[:A_PAGE],
        "crumbs": [{"label": _("My cases")}],
    }  # fmt: skip
    return render(request, "cases/list.html", context)


@requires(Permission.CASE_READ)
def search(request):
    """By code, FIR number or full name, among the cases assigned to her. Posted: what was searched stands in no address."""
    form = forms.SearchForm(request.POST or None)
    found, asked = None, request.method == "POST" and form.is_valid()
    if asked:
        found = _found(request.user, form.cleaned_data["by"], form.cleaned_data["text"])
        if found is None:
            form.add_error("by", _("You may not search by name."))
    context = {"heading": _("Find a case"), "form": form, "found": found, "most": finding.MOST, "crumbs": crumbs({"label": _("Find")})}
    return render(request, "cases/search.html", context, status=REFUSED if form.errors else 200)


def _found(user, by: str, text: str):
    now = timezone.now()
    if by == "name":
        if not policy.holds(user, Permission.CASE_IDENTITY):
            return None
        return list(actions.search_name(name=text, at=now, by=user)[: finding.MOST])
    look = finding.by_code if by == "code" else finding.by_fir
    return list(look(user, text, now).select_related("place")[: finding.MOST])


@requires(Permission.CASE_WORK)
def intake(request):
    places, today = districts(request.user), policy.day_in_india(timezone.now())
    rescued = _rescued(request)
    form = forms.IntakeForm(places, today, request.POST or None, initial=forms.told_at_rescue(rescued) if rescued else None)
    if request.method == "POST" and form.is_valid() and (case := _opened(request, form, rescued)):
        messages.success(request, _("Opened as %(code)s. Ask her consent first of all.") % {"code": case.shown_code})
        return redirect("cases:write", pk=case.pk, what="consent")
    context = {"heading": _("New case"), "form": form, "rescued": rescued, "crumbs": crumbs({"label": _("New case")})}
    return render(request, "cases/intake.html", context, status=REFUSED if form.errors else 200)


def _rescued(request) -> Rescued | None:
    """For whom the unit that rescued her asks; who may not see her finds nobody."""
    if not (asked := request.GET.get("rescued")):
        return None
    try:
        found = rescue.rescued(UUID(asked))
    except ValueError:
        raise Http404 from None
    if found is None or not policy.can(request.user, Permission.RESCUE_READ, found):
        raise Http404
    return found


def _opened(request, form, rescued: Rescued | None):
    now = timezone.now()
    told = form.cleaned_data
    try:
        details, at = replace(form.details(), rescued=rescued), {"on": told["opened_on"], "at": now, "by": request.user}
        return actions.open_case(details=details, place=told["place"], supervisor=told["supervisor"], **at)
    except rules.NotPossible as refused:
        form.add_error(None, words.REFUSALS[str(refused)])
        return None


def districts(user) -> list[Place]:
    """Where she works, as districts; where her post is wider, all of its districts."""
    found = policy.visible(user, Permission.CASE_WORK, Place.objects.filter(level=Level.DISTRICT)).order_by("name")
    return list(found[:MOST_DISTRICTS])


@require_safe
@requires(Permission.CASE_READ)
def case(request, pk):
    return page(request, case_or_404(request, pk))


@require_POST
@requires(Permission.CASE_IDENTITY)
def open_names(request, pk):
    """The same page with her name; that it was read is noted."""
    case = case_or_404(request, pk)
    reach_or_404(request, case, "knows_her")
    return page(request, case, identity=actions.open_identity(case=case, reason="PAGE", by=request.user))


def page(request, case, *, identity=None) -> HttpResponse:
    now = timezone.now()
    told = reading.read(case=case, at=now, by=request.user)
    context = told | {
        "heading": case.pseudonym or case.shown_code, "identity": identity, "reach": reading.reach(request.user, case, now, told),
        "facts": reading.facts_of(case), "way": reading.way_of(told["legs"]), "crumbs": crumbs({"label": case.shown_code}),
        "rescued": _seen_rescued(request.user, case), "moves": [(one, MOVES[one]) for one in rules.CASE[case.state] if one in MOVES],
    }  # fmt: skip
    return render(request, "cases/case.html", context)


def _seen_rescued(user, case) -> Rescued | None:
    return policy.visible(user, Permission.RESCUE_READ, Rescued.objects.filter(pk=case.rescued_id)).first() if case.rescued_id else None


@require_POST
@requires(Permission.CASE_WORK)
def move(request, pk):
    case = case_or_404(request, pk)
    reach_or_404(request, case, "leads")
    happening = request.POST.get("happening", "")
    if happening in terms.Happening.values:
        tried(request, lambda: actions.move(case=case, happening=happening, at=timezone.now(), by=request.user), _("Written down."))
    return redirect("cases:case", pk=pk)


@requires(Permission.CASE_READ)
def paper(request, pk):
    """For a court, the CWC or herself: the case on paper, with the log of who took it out."""
    case, now = case_or_404(request, pk), timezone.now()
    reach = reach_or_404(request, case, "works")
    initial = {"language": translation.get_language(), "how": "FILE" if core_paper.are_here() else "PAGE"}
    initial |= request.session.pop(ASKED_PAPER, {})
    form = forms.PaperForm(case, policy.day_in_india(now), request.POST or None, initial=initial)
    if request.method != "POST" or not form.is_valid():
        context = {"heading": _("On paper for a court"), "form": form, "case": case, "crumbs": of_case(case, _("On paper"))}
        return render(request, "cases/write.html", context, status=REFUSED if form.errors else 200)
    told = form.cleaned_data
    told["with_identity"] = told["with_identity"] and reach.knows_her
    if told["with_identity"] and (page := password_first(request, reverse("cases:paper", args=[pk]))):
        request.session[ASKED_PAPER] = told
        return page
    with translation.override(told["language"]):
        return _taken_out(request, case, told, now)


def _taken_out(request, case, told: dict, now) -> HttpResponse:
    """Who took it out is written down before it is drawn, and stands in it."""
    rescued = _seen_rescued(request.user, case)
    firs = rescue.firs_of_rescue(request.user, rescued) if rescued else []
    identity = disclosing.take_out(
        case=case, recipient=told["recipient"], number=told["number"], with_identity=told["with_identity"], firs=firs, at=now,
        by=request.user,
    )  # fmt: skip
    context = reading.read(case=case, at=now, by=request.user) | {
        "heading": _("Case %(code)s") % {"code": case.shown_code}, "facts": reading.facts_of(case), "identity": identity, "printed_at": now,
        "back_url": reverse("cases:case", args=[case.pk]), "recipient": terms.Recipient(told["recipient"]).label, "number": told["number"],
        "by": request.user, "firs": [in_court.told(one) for one in firs],
        "no_fir": "" if firs else words.NO_FIR[finding.why_no_fir(case, is_seen=rescued is not None)],
    }  # fmt: skip
    context["way"] = reading.way_of(context["legs"])
    if told["how"] == "FILE":
        return answer(court.drawn(context, language=told["language"]), f"case-{case.code}")
    return render(request, "cases/print.html", context)
