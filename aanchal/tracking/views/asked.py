"""What an address asks for, and what stands around every page of keeping touch."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import place_or_404
from aanchal.tracking import rules, words

A_PAGE = 30


def one_or_404(request, record, permission=Permission.JOURNEY_READ):
    """Out of scope and absent look the same."""
    if record is None or not policy.can(request.user, Permission.JOURNEY_READ, record) or not policy.can(request.user, permission, record):
        raise Http404
    return record


def place_of(request):
    asked = request.GET.get("place", "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        raise Http404
    return place_or_404(request.user, Permission.JOURNEY_READ, int(asked))


def tried(request, change, said: str, form=None) -> bool:
    """One action; what it refuses is said with the reason and the way out, on its form too."""
    try:
        change()
    except rules.NotPossible as refused:
        reason = str(words.REFUSALS[str(refused)])
        messages.warning(request, reason)
        if form:
            form.add_error(None, reason)
        return False
    messages.success(request, said)
    return True


def changed(request, form, change, said: str, *, again, back: str):
    """One form and one action. What either of them refuses is shown `again`, with all that was written."""
    if not form.is_valid():
        refused_form(request)
        return again()
    told = dict(form.cleaned_data)
    if not tried(request, lambda: change(**told, at=timezone.now(), by=request.user), said, form):
        return again()
    return redirect(back)


def refused_form(request) -> None:
    messages.warning(request, _("Not saved: something is missing or not as it can be. Look at the form again."))
