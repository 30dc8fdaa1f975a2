"""Striking a line that was entered by mistake, and taking a stroke back."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.registers import actions, forms, queries, striking
from aanchal.registers.lines import who
from aanchal.registers.models import Entry
from aanchal.registers.views import crumbs_of, entry_or_404, striker_of


@requires(Permission.ENTRY_RECORD)
def strike(request, pk):
    entry = entry_or_404(request, Permission.ENTRY_RECORD, pk)
    if not policy.can(request.user, striker_of(entry), entry):
        messages.warning(
            request, _("A report of someone missing is struck by who reviews the forms of the block. Tell the block officer why.")
        )
        return redirect("registers:detail", pk=entry.pk)
    said = _("What it says holds no longer: calls, alerts, searches and clocks that began with it end as entered by mistake.")
    return _asked(request, entry, heading=_("Strike this line: it was entered by mistake"), said=said, change=_struck)


@requires(Permission.SUBMISSION_REVIEW)
def take_back(request, pk):
    entry = entry_or_404(request, Permission.SUBMISSION_REVIEW, pk)
    said = _("The line stands again, and what it says is followed from today.")
    return _asked(request, entry, heading=_("It was no mistake: let the line stand again"), said=said, change=_taken_back)


def _asked(request, entry: Entry, *, heading: str, said: str, change):
    form = forms.Reason(request.POST or None)
    if request.method == "POST" and form.is_valid() and change(request, entry, form):
        return redirect("registers:detail", pk=entry.pk)
    context = {
        "heading": heading, "entry": entry, "who": who(entry), "form": form, "said": said,
        "crumbs": [*crumbs_of(entry), {"label": heading}],
    }  # fmt: skip
    return render(request, "registers/strike.html", context, status=422 if form.errors else 200)


def _struck(request, entry: Entry, form: forms.Reason) -> bool:
    try:
        striking.strike(entry=entry, reason=form.cleaned_data["reason"], at=timezone.now(), by=request.user)
    except actions.AlreadyCorrected:
        form.add_error(None, _("This line stands no longer. Open the newest line."))
    except striking.WasFollowed:
        form.add_error(None, _("What became of this person is written in the line. It is not struck; correct it where it is wrong."))
    else:
        messages.success(request, _("Struck. The line is kept as it was written and counts no longer."))
    return not form.errors


def _taken_back(request, entry: Entry, form: forms.Reason) -> bool:
    struck = queries.standing_strike(entry)
    try:
        if struck is None:
            raise actions.AlreadyCorrected
        striking.take_back(struck=struck, reason=form.cleaned_data["reason"], at=timezone.now(), by=request.user)
    except actions.AlreadyCorrected:
        form.add_error(None, _("This line is not struck."))
    except actions.AlreadyRecorded:
        form.add_error(None, _("This person already has a line in the register for this day, or one that is still open."))
    else:
        messages.success(request, _("The line stands again."))
    return not form.errors
