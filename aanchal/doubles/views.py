"""The pages of records told twice."""

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
from aanchal.doubles import actions, forms, queries, rules, sides, tasks, terms
from aanchal.doubles.models import Double
from aanchal.matching.words import in_ten, waterfall
from aanchal.places.models import Place
from aanchal.places.terms import Level

A_PAGE = 30
REFUSED = 422


@require_safe
@requires(Permission.SUBMISSION_REVIEW)
def queue(request):
    """Who may be recorded twice: families first, then persons, the likeliest first; no name."""
    standing = request.GET.get("standing", "")
    page = Paginator(queries.queue(request.user, standing), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Recorded twice?"), "page": page, "rows": [_row(one) for one in page], "standing": standing,
        "standings": [(one, terms.Standing(one).label) for one in rules.WAITING], "crumbs": [{"label": _("Recorded twice?")}],
    }  # fmt: skip
    return render(request, "doubles/queue.html", context)


@require_safe
@requires(Permission.SUBMISSION_REVIEW)
def joined(request):
    """What was joined, the latest first: to look at, or to split."""
    page = Paginator(queries.merged(request.user), A_PAGE).get_page(request.GET.get("page"))
    crumbs = [{"label": _("Recorded twice?"), "url": reverse("doubles:queue")}, {"label": _("Joined records")}]
    context = {"heading": _("Joined records"), "page": page, "rows": [_row(one) for one in page], "crumbs": crumbs}
    return render(request, "doubles/joined.html", context)


@require_POST
@requires(Permission.SUBMISSION_REVIEW)
def look(request):
    """The search of the night, now: for the blocks the officer works in."""
    for block in _blocks(request.user):
        tasks.look.defer(block=block.pk)
    messages.success(request, _("The search has begun. What it finds is listed here in some minutes."))
    return redirect("doubles:queue")


@require_safe
@requires(Permission.SUBMISSION_REVIEW)
def pair(request, pk):
    return _pair(request, _double(request, pk))


@require_POST
@requires(Permission.IDENTITY_READ)
def open_pair(request, pk):
    """The same page with the names of both; that they were read is noted."""
    double = _double(request, pk, Permission.IDENTITY_READ)
    return _pair(request, double, names=actions.open_names(double=double, by=request.user))


@require_POST
@requires(Permission.SUBMISSION_REVIEW)
def decide(request, pk):
    """A merge changes the records of both: who only reviews cannot."""
    double = _double(request, pk, Permission.HOUSEHOLD_RECORD)
    form = _form(double, None, request.POST)
    if not form.is_valid():
        return _pair(request, double, form=form)
    try:
        double = actions.decide(double=double, at=timezone.now(), by=request.user, **form.told())
    except rules.NotPossible as refused:
        messages.warning(request, terms.REFUSALS[str(refused)])
        return redirect("doubles:pair", pk=pk)
    messages.success(request, _("Noted: %(answer)s.") % {"answer": double.get_standing_display()})
    return redirect("doubles:pair", pk=pk)


@require_POST
@requires(Permission.SUBMISSION_REVIEW)
def split(request, pk):
    double = _double(request, pk, Permission.HOUSEHOLD_RECORD)
    try:
        actions.split(double=double, at=timezone.now(), by=request.user)
    except rules.NotPossible as refused:
        messages.warning(request, terms.REFUSALS[str(refused)])
    else:
        messages.success(request, _("Split. Both records stand for themselves again, as they were."))
    return redirect("doubles:pair", pk=pk)


@require_safe
@requires(Permission.SUBMISSION_REVIEW)
def merged(request, pk):
    """Where two records were joined: the pair by which it was done."""
    double = queries.of_merger(pk)
    if double is None or not queries.can_review(request.user, double):
        raise Http404
    return redirect("doubles:pair", pk=double.pk)


def _double(request, pk, *more: Permission) -> Double:
    double = queries.double(pk)
    if double is None or not queries.can_review(request.user, double):
        raise Http404
    if not all(policy.can(request.user, permission, place) for permission in more for place in (double.place, double.other_place)):
        raise Http404
    return double


def _blocks(user) -> list[Place]:
    return list(policy.visible(user, Permission.SUBMISSION_REVIEW, Place.objects.filter(level=Level.BLOCK)).order_by("pk"))


def _row(double: Double) -> dict:
    today = policy.day_in_india(timezone.now())
    labels = [sides.label(record, today) for record in (double.one, double.other)]
    return {"double": double, "labels": labels, "in_ten": in_ten(double.probability), "members": len(double.members)}


def _form(double: Double, names, data=None) -> forms.PairForm:
    today = policy.day_in_india(timezone.now())
    records = [(str(record.pk), sides.label(record, today)) for record in (double.one, double.other)]
    return forms.PairForm(records, sides.members(double, today, names) if double.kind == terms.Kind.HOUSEHOLD else [], data)


def _pair(request, double: Double, *, names=None, form=None) -> HttpResponse:
    is_waiting = double.standing in rules.WAITING
    reason = actions.why_not(double) if is_waiting else ""
    may_change = all(policy.can(request.user, Permission.HOUSEHOLD_RECORD, place) for place in (double.place, double.other_place))
    context = {
        "heading": _("The same family?") if double.kind == terms.Kind.HOUSEHOLD else _("The same person?"),
        "double": double, "sides": sides.of(double, policy.day_in_india(timezone.now()), names), "are_names_shown": names is not None,
        "steps": waterfall(double.levels, double.bits), "in_ten": in_ten(double.probability), "members": len(double.members),
        "why_not": terms.REFUSALS.get(reason, ""), "verdicts": list(double.verdicts.select_related("by").order_by("at", "pk")),
        "form": (form or _form(double, names)) if is_waiting and may_change else None, "may_split": may_change,
        "may_open": all(policy.can(request.user, Permission.IDENTITY_READ, place) for place in (double.place, double.other_place)),
        "crumbs": [{"label": _("Recorded twice?"), "url": reverse("doubles:queue")}, {"label": double.get_kind_display()}],
    }  # fmt: skip
    return render(request, "doubles/pair.html", context, status=REFUSED if form and form.errors else 200)
