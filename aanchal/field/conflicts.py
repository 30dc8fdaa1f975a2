"""Two answers to one question of a family: what waits for a decision, and the page where it is taken."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.field import field_words
from aanchal.field.conflict_forms import Settle
from aanchal.inbox.models import Submission
from aanchal.people import changes, correcting
from aanchal.people.models import Conflict, FieldChange, Membership
from aanchal.people.rules import NotPossible
from aanchal.people.terms import ConflictState
from aanchal.risk import settling
from aanchal.risk.settling import ChangedMeanwhile, Decision

A_PAGE = 50
REVIEW = Permission.SUBMISSION_REVIEW


@dataclass(frozen=True)
class Answer:
    """One of the two: the answer, who entered it, when it was told and when it came."""

    said: str = field(repr=False)
    who: str
    told_on: date | None
    came_at: datetime | None


def open_conflicts(user) -> QuerySet[Conflict]:
    """What waits for her, the longest first. Who may not know the reasons sees none."""
    found = Conflict.objects.filter(state=ConflictState.OPEN).select_related("household", "place", "person", "other__entered_by")
    return policy.visible(user, Permission.RISK_REASONS, policy.visible(user, REVIEW, found)).order_by("raised_at", "pk")


@require_GET
@requires(REVIEW)
def waiting(request):
    page = Paginator(open_conflicts(request.user), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Two answers to one question"), "page": page, "rows": [_row(one) for one in page], "settled": _settled(request),
        "crumbs": [{"label": _("Forms to look at"), "url": reverse("review")}, {"label": _("Two answers to one question")}],
    }  # fmt: skip
    return render(request, "field/conflicts.html", context)


@require_GET
@requires(REVIEW)
def one(request, pk):
    return _page(request, _conflict(request, pk))


@requires(REVIEW)
def opened(request, pk):
    """The same page with names and private answers; that they were read is on the trail."""
    conflict = _conflict(request, pk)
    if request.method != "POST":
        return redirect("conflict", pk=pk)
    if not policy.can(request.user, Permission.IDENTITY_READ, conflict):
        raise Http404
    settling.open_values(conflict=conflict, by=request.user)
    return _page(request, conflict, is_open=True)


@require_POST
@requires(REVIEW)
def settle(request, pk):
    conflict, now = _conflict(request, pk), timezone.now()
    form = Settle(request.POST, field=conflict.field, at=now)
    if not form.is_valid():
        return _page(request, conflict, form=form)
    told = form.cleaned_data
    decision = Decision(choice=told["choice"], note=told["note"], shown=told["shown"], value=form.value)
    try:
        settling.settle(conflict=conflict, decision=decision, at=now, by=request.user)
    except (NotPossible, ChangedMeanwhile):
        return _changed(request, pk)
    messages.success(request, _("Decided. It holds from now on; both answers are kept in the history."))
    return redirect("conflict", pk=pk)


@require_POST
@requires(REVIEW)
def reopen(request, pk):
    try:
        settling.reopen(conflict=_conflict(request, pk), at=timezone.now(), by=request.user)
    except (NotPossible, ChangedMeanwhile):
        return _changed(request, pk)
    messages.success(request, _("Taken back. What stood before stands again, and the two answers wait."))
    return redirect("conflict", pk=pk)


def _changed(request, pk):
    messages.warning(request, _("This changed while you looked at it. Nothing was overwritten: look again."))
    return redirect("conflict", pk=pk)


def _conflict(request, pk) -> Conflict:
    near = ("household", "place", "person", "other__entered_by", "stands__entered_by", "settled_by", "settlement")
    found = Conflict.objects.filter(pk=pk).select_related(*near).first()
    if found is None or not all(policy.can(request.user, one, found) for one in (REVIEW, Permission.RISK_REASONS)):
        raise Http404
    return found


def _settled(request) -> list[dict]:
    """The last decisions, to be taken back where one was a mistake."""
    found = Conflict.objects.filter(state=ConflictState.SETTLED).select_related("household", "place", "person")
    mine = policy.visible(request.user, Permission.RISK_REASONS, policy.visible(request.user, REVIEW, found))
    return [_row(one) for one in mine.order_by("-settled_at", "-pk")[:5]]


def _row(conflict: Conflict) -> dict:
    is_private = field_words.is_hidden(conflict.field) and conflict.field not in changes.SEALED
    asked = _("An answer told in private") if is_private else field_words.asked(conflict.field)
    return {"conflict": conflict, "asked": asked, "of": _whose(conflict), "waited": (timezone.now() - conflict.raised_at).days}


def _whose(conflict: Conflict) -> str:
    """Which member, without a name; empty for the family itself."""
    if conflict.person_id is None:
        return ""
    found = Membership.objects.filter(household=conflict.household_id, person=conflict.person_id).order_by("-since", "-pk").first()
    return str(found.get_relation_display()) if found else ""


def _page(request, conflict: Conflict, *, is_open: bool = False, form: Settle | None = None):
    row, hides = _row(conflict), field_words.is_hidden(conflict.field)
    title = row["asked"] if not is_open else field_words.asked(conflict.field)
    context = {
        **row, "heading": title, "is_open": is_open, "hides": hides, "is_hidden": hides and not is_open,
        "stands": _standing(conflict), "other": _answer(conflict, conflict.other, changes.value_after),
        "decided": _answer(conflict, conflict.settlement, changes.value_after) if conflict.settlement else None,
        "form": form or Settle(field=conflict.field, at=timezone.now(), initial={"shown": conflict.household.version}),
        "crumbs": [
            {"label": _("Forms to look at"), "url": reverse("review")},
            {"label": _("Two answers to one question"), "url": reverse("conflicts")}, {"label": conflict.household.shown_code},
        ],
    }  # fmt: skip
    return render(request, "field/conflict.html", context, status=422 if form is not None and form.errors else 200)


def _standing(conflict: Conflict) -> Answer:
    """What stands now, or stood when it was decided."""
    if conflict.settlement:
        return _answer(conflict, conflict.settlement, changes.value_before, told=conflict.stands)
    value = settling.standing(conflict.household, conflict)
    return _told(conflict, field_words.in_words(conflict.field, value), conflict.stands)


def _answer(conflict: Conflict, change: FieldChange, side: Any, told: FieldChange | None = None) -> Answer:
    value = side(change, correcting.seal_for(conflict.person_id, conflict.field))
    return _told(conflict, field_words.in_words(conflict.field, value), told or (change if side is changes.value_after else None))


def _told(conflict: Conflict, said: str, change: FieldChange | None) -> Answer:
    if change:
        who = change.entered_by.name if change.entered_by else _("The office")
        return Answer(said, who, change.told_on, change.recorded_at)
    first = _first_survey(conflict)
    if first is None:
        return Answer(said, _("The first survey"), None, None)
    return Answer(said, first.sender.name, policy.day_in_india(first.received_at), first.received_at)


def _first_survey(conflict: Conflict) -> Submission | None:
    survey = conflict.household.surveys.filter(submission_id__isnull=False).order_by("pk").first()
    return Submission.objects.select_related("sender").filter(pk=survey.submission_id).first() if survey else None
