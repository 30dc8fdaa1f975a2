"""Referrals that wait for an answer, sealed links, emergencies and their review."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.acting import SYSTEM, acting
from aanchal.access.middleware import acts_alone
from aanchal.access.permissions import Permission
from aanchal.access.web import public, requires
from aanchal.cases import actions, assigning, forms, queries, referring, reviewing, rules, terms, words
from aanchal.cases.models import Referral
from aanchal.cases.views.asked import REFUSED, case_or_404, password_first, reach_or_404, row_or_404, tried
from aanchal.cases.views.cases import A_PAGE, crumbs, of_case

ANSWERS = {"accept": referring.accept, "decline": referring.decline, "return": referring.give_back}


@require_safe
@requires(Permission.CASE_READ)
def inbox(request):
    """Referrals addressed to her: those that wait, then those she answered."""
    mine = Referral.objects.filter(receiver=request.user).select_related("sent_by").order_by("-sent_at", "-pk")
    page = Paginator(mine, A_PAGE).get_page(request.GET.get("page"))
    context = {"heading": _("Referrals to me"), "page": page, "crumbs": crumbs({"label": _("Referrals to me")})}
    return render(request, "cases/referrals.html", context)


@require_safe
@requires(Permission.CASE_READ)
def referral(request, pk):
    one = _addressed(request, pk)
    told = referring.read(referral=one, by=request.user)
    context = {
        "heading": _("Referral"), "one": one, "words": told.get("words", ""), "may_answer": one.state == terms.ReferralState.SENT,
        "may_return": one.state == terms.ReferralState.ACCEPTED and not one.is_transfer,
        "crumbs": crumbs({"label": _("Referrals to me"), "url": reverse("cases:referrals")}, {"label": _("Referral")}),
    }  # fmt: skip
    return render(request, "cases/referral.html", context)


@require_POST
@requires(Permission.CASE_WORK)
def answer(request, pk, answer):
    if answer not in ANSWERS:
        raise Http404
    one = _addressed(request, pk)
    done = tried(request, lambda: ANSWERS[answer](referral=one, at=timezone.now(), by=request.user), _("Answered."))
    if done and answer == "accept":
        return redirect("cases:case", pk=one.case_id)
    return redirect("cases:referral", pk=pk)


def _addressed(request, pk) -> Referral:
    return row_or_404(Referral.objects.filter(receiver=request.user).select_related("sent_by"), pk)


@require_POST
@requires(Permission.CASE_WORK)
def make_link(request, pk, row):
    """Shown once: the address and the passphrase go two different ways."""
    case = case_or_404(request, pk)
    reach = reach_or_404(request, case, "leads")
    one = row_or_404(case.referrals.all(), row)
    is_named = one.with_identity and reach.knows_her
    if is_named and (page := password_first(request, reverse("cases:case", args=[pk]))):
        return page
    identity = actions.open_identity(case=case, reason="LINK", by=request.user) if is_named else {}
    try:
        handed = referring.make_link(referral=one, identity=identity, at=timezone.now(), by=request.user)
    except rules.NotPossible as refused:
        messages.error(request, words.REFUSALS[str(refused)])
        return redirect("cases:case", pk=pk)
    address = request.build_absolute_uri(reverse("cases:link", args=[handed.token]))
    context = {"heading": _("Sealed link"), "handed": handed, "address": address, "one": one, "crumbs": of_case(case, _("Sealed link"))}
    return render(request, "cases/link_made.html", context)


@never_cache
@public
@acts_alone
def link(request, token):
    """Open to whoever holds the address and the passphrase, once."""
    form, told = forms.PassphraseForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            with acting(SYSTEM):
                told = referring.open_link(token=token, passphrase=form.cleaned_data["passphrase"], at=timezone.now(), by=SYSTEM)
            if not told:
                form.add_error("passphrase", _("That is not the passphrase. After five wrong ones the link opens nothing any more."))
        except rules.NotPossible as refused:
            form.add_error(None, words.REFUSALS[str(refused)])
    shown = told | {"support": terms.Support(told["support"]).label} if told else None
    context = {"heading": _("A sealed message"), "form": form, "told": shown, "is_public": True}
    return render(request, "cases/link.html", context, status=REFUSED if form.errors else 200)


@requires(Permission.CASE_SUPERVISE)
def emergency(request):
    form = forms.EmergencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            opened = assigning.break_glass(**form.cleaned_data, at=timezone.now(), by=request.user)
        except rules.NotPossible as refused:
            form.add_error("code", words.REFUSALS[str(refused)])
        else:
            who, _users = reviewing.reviewers(opened, on=policy.day_in_india(opened.opened_at))
            messages.warning(request, words.REVIEWERS[who])
            return redirect("cases:case", pk=opened.case_id)
    context = {"heading": _("Emergency access"), "form": form, "crumbs": crumbs({"label": _("Emergency access")})}
    return render(request, "cases/emergency.html", context, status=REFUSED if form.errors else 200)


@require_safe
@requires(Permission.CASE_SUPERVISE)
def reviews(request):
    page = Paginator(queries.emergencies(request.user), A_PAGE).get_page(request.GET.get("page"))
    rows = [{"one": one, "words": one.told().get("words", "")} for one in assigning.read(emergencies=list(page), by=request.user)]
    context = {"heading": _("Emergency access to review"), "page": page, "rows": rows, "verdicts": terms.Verdict.choices}
    return render(request, "cases/reviews.html", context | {"crumbs": crumbs({"label": _("To review")})})


@require_POST
@requires(Permission.CASE_SUPERVISE)
def review(request, pk):
    one = row_or_404(queries.emergencies(request.user), pk)
    verdict = request.POST.get("verdict", "")
    if verdict not in terms.Verdict.values:
        messages.error(request, _("Say whether it was right."))
        return redirect("cases:reviews")
    tried(request, lambda: assigning.review(emergency=one, verdict=verdict, at=timezone.now(), by=request.user), _("Reviewed."))
    return redirect("cases:reviews")
