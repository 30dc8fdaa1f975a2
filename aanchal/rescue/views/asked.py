"""What the views of rescue share: a record or 404, one action with what it refuses, the page of one form."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.rescue import rules, words
from aanchal.tracking.words import time_left

A_PAGE = 30


def one_or_404(request, record, permission=Permission.RESCUE_READ):
    """Out of scope and absent look the same."""
    if record is None or not policy.can(request.user, Permission.RESCUE_READ, record) or not policy.can(request.user, permission, record):
        raise Http404
    return record


def page_of(request, records):
    return Paginator(records, A_PAGE).get_page(request.GET.get("page"))


def tried(request, change: Callable, said: str) -> bool:
    """One action; what it refuses is said with the reason and the way out."""
    try:
        change()
    except rules.NotPossible as refused:
        messages.warning(request, str(words.REFUSALS[str(refused)]))
        return False
    messages.success(request, said)
    return True


def refused_form(request) -> None:
    messages.warning(request, _("Not saved: something is missing or not as it can be. Look at the form again."))


def one_form(request, form, *, heading: str, crumbs: list[dict], change: Callable, said: str, sub: str = "", has_file: bool = False):
    """A page with one form. `change` takes it and answers where to go on."""
    if request.method == "POST" and form.is_valid():
        try:
            then = change(form)
        except rules.NotPossible as refused:
            form.add_error(None, str(words.REFUSALS[str(refused)]))
        else:
            messages.success(request, said)
            return redirect(then)
    context = {
        "heading": heading, "form": form, "crumbs": [*crumbs, {"label": heading}], "sub": sub, "has_file": has_file,
        "cancel_url": crumbs[-1]["url"],
    }  # fmt: skip
    return render(request, "rescue/form.html", context, status=422 if form.errors else 200)


def at_now(request) -> dict:
    return {"at": timezone.now(), "by": request.user}


def crumb(label: str, name: str = "", *args) -> dict:
    return {"label": label, "url": reverse(f"rescue:{name}", args=args)} if name else {"label": label}


def home_crumb() -> dict:
    return crumb(_("Rescue"), "home")


def clock_rows(deadlines, now) -> list[dict]:
    """Clocks of the law with how long each has. One that was stopped after its hour was late."""
    return [
        {
            "one": one,
            "left": time_left(one.due_at, now),
            "is_late": (one.stopped_at or now) > one.due_at,
        }
        for one in deadlines
    ]
