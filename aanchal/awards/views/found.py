"""What each page of awards looks for first, and how it says that something was refused."""

from datetime import date

from django.contrib import messages
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.awards import queries, words
from aanchal.awards.models import Round
from aanchal.awards.rules import Refused

REFUSED = 422
A_PAGE = 25
READ, NOMINATE, KEEP, DECIDE, JUDGE = (
    Permission.AWARD_READ, Permission.AWARD_NOMINATE, Permission.AWARD_KEEP, Permission.AWARD_DECIDE, Permission.AWARD_JUDGE,
)  # fmt: skip


def today() -> date:
    return policy.day_in_india(timezone.now())


def round_or_404(key: str) -> Round:
    one = queries.of_key(key)
    if one is None:
        raise Http404
    return one


def attempt(form, act, **told):
    """The answer of an action, or None with what it refused said on the form."""
    try:
        return act(at=timezone.now(), **told)
    except Refused as refused:
        form.refuse(refused)
        return None


def tried(request, change, said: str) -> None:
    try:
        change()
        messages.success(request, said)
    except Refused as refused:
        for _field, code in refused.faults:
            messages.warning(request, words.FAULTS[code])


def crumbs(one: Round | None = None, *more: str) -> list[dict]:
    found = [{"label": _("Awards"), "url": reverse("awards:rounds")}]
    if one:
        found.append({"label": title(one), "url": reverse("awards:round", args=[one.key])})
    return [*found, *({"label": label} for label in more)]


def title(one: Round) -> str:
    return _("%(category)s, %(year)s") % {"category": one.get_category_display(), "year": one.year}
