"""What each page of money looks for first, and how it says that something was refused."""

from django.contrib import messages
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.money import words
from aanchal.money.models import Budget
from aanchal.money.rules import Refused
from aanchal.money.terms import Standing
from aanchal.places.models import Place

REFUSED = 422
A_PAGE = 25


def today():
    return policy.day_in_india(timezone.now())


def row_or_404(user, model, pk, permission: Permission = Permission.MONEY_READ):
    """Out of scope and absent look the same."""
    budget = () if model is Budget else ("budget", "budget__place")
    found = model.objects.select_related("place", *budget) if model is Budget else model.objects.select_related(*budget)
    row = found.filter(pk=pk).first()
    if row is None or not policy.can(user, permission, row):
        raise Http404
    return row


def may(user, budget: Budget) -> dict[str, bool]:
    return {
        "record": policy.can(user, Permission.MONEY_RECORD, budget),
        "approve": policy.can(user, Permission.MONEY_APPROVE, budget) and user.pk not in (budget.made_by_id, budget.submitted_by_id),
    }


def attempt(form, act, **told):
    """The answer of an action, or None with what it refused said on the form."""
    try:
        return act(**told)
    except Refused as refused:
        form.refuse(refused)
        return None


def say(request, refused: Refused) -> None:
    for _field, code in refused.faults:
        messages.warning(request, words.FAULTS[code])


def state_of(user, permission: Permission) -> Place | None:
    """The state whose money this person keeps, reads or approves."""
    found = [posting.place for posting in policy.current_postings(user, on=today()) if permission in posting.held.permissions]
    return next((place for place in found if place.level == "STATE"), None)


def decided(request, *answers: Standing) -> Standing | None:
    """The answer that was pressed. Without one nothing is decided."""
    to = next((one for one in answers if one == request.POST.get("to")), None)
    if to is None:
        say(request, Refused([("", "no_answer")]))
    return to


def crumbs(budget: Budget | None = None, *more: str) -> list[dict]:
    found = [{"label": _("Money"), "url": reverse("money:budgets")}]
    if budget is not None:
        found.append({"label": budget.title, "url": reverse("money:budget", args=[budget.pk])})
    return [*found, *({"label": label} for label in more)]
