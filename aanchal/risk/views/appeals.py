"""Disputed answers: raising one, taking it back, the list of families to visit again."""

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
from aanchal.risk import appeals as disputed
from aanchal.risk import queries
from aanchal.risk.forms import DisputeForm
from aanchal.risk.reading import words
from aanchal.risk.rules import NotPossible, Refused
from aanchal.risk.views.asked import household_of, place_of, today

A_PAGE = 50
REFUSED = 422
MAY = (Permission.RISK_READ, Permission.HOUSEHOLD_READ, Permission.RISK_REASONS, Permission.APPEAL_RECORD)


@require_safe
@requires(Permission.RISK_REASONS)
def appeals(request):
    """Whom to visit again, the longest waiting first. What rests on private answers is not named here."""
    place = place_of(request, Permission.RISK_REASONS)
    found = policy.visible(request.user, Permission.RISK_REASONS, queries.open_appeals(place))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    listed = f"{reverse('families')}?place={place.pk}"
    crumbs = [{"label": _("Families to visit first"), "url": listed}, {"label": _("Disputed answers")}]
    context = {"heading": _("Disputed answers"), "place": place, "page": page, "rows": [_row(one) for one in page], "crumbs": crumbs}
    return render(request, "risk/appeals.html", context)


@requires(Permission.APPEAL_RECORD)
def dispute(request, pk):
    household = household_of(request, pk, *MAY)
    current = queries.current(household)
    if current is None:
        raise Http404
    form = DisputeForm(queries.definition(current.definition_id), request.POST or None)
    status = 200
    if request.method == "POST":
        status = REFUSED
        if form.is_valid() and _disputed(request, household, form):
            messages.success(request, _("Noted: the family is to be visited again."))
            return redirect("family", pk=pk)
    crumbs = [{"label": household.shown_code, "url": reverse("family", args=[pk])}, {"label": _("Dispute an answer")}]
    context = {"heading": _("Dispute an answer"), "household": household, "form": form, "crumbs": crumbs}
    return render(request, "risk/dispute.html", context, status=status)


@require_POST
@requires(Permission.APPEAL_RECORD)
def withdraw(request, pk, appeal):
    household = household_of(request, pk, *MAY)
    found = household.appeals.filter(pk=appeal).first()
    if found is None:
        raise Http404
    try:
        disputed.withdraw(appeal=found, at=timezone.now(), by=request.user)
    except NotPossible:
        messages.warning(request, _("That was settled meanwhile."))
    else:
        messages.success(request, _("Taken back."))
    return redirect("family", pk=pk)


def _disputed(request, household, form) -> bool:
    try:
        disputed.dispute(household=household, on=today(), at=timezone.now(), by=request.user, **form.cleaned_data)
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


def _row(appeal) -> dict:
    indicator = next(one for one in queries.definition(appeal.definition_id).indicators if one.key == appeal.indicator)
    waits = (today() - appeal.raised_on).days
    return {"appeal": appeal, "reason": "" if indicator.is_private else words(indicator.reason), "days": waits}
