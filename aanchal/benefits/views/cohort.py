"""What has come to the families of the database of vulnerable women and children, apart from the SHG database; and taking that in."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.benefits import counts, groups, queries, same_group
from aanchal.benefits.forms import ImportForm
from aanchal.network.reading import Unreadable
from aanchal.network.words import FILE_FAULTS
from aanchal.registers import queries as registers
from aanchal.risk.reading import words
from aanchal.risk.views.asked import own_places, place_of, today

REFUSED = 422
PROBLEMS_SHOWN = 50
QUESTIONS_SHOWN = 40
ANSWER = "same-"
PROBLEMS = {
    "village": gettext_lazy("No village of this place has this code."),
    "empty": gettext_lazy("The ids and names of the group and of the member are wanted."),
    "long": gettext_lazy("An id is longer than 30 letters, or a name than 120: two columns may have run into each other."),
    "elsewhere": gettext_lazy("This id is kept already for another organisation, of another kind or place. Look at the id in LokOS."),
    "closed": gettext_lazy("This organisation was closed here. Open it again on its page under Groups and federations, or look at the id."),
    "not_free": gettext_lazy("What was chosen for this id was chosen for another id too, or has one meanwhile. Look at the file again."),
    "day": gettext_lazy("The day she joined is not a day (write 2025-04-30), or has not come yet."),
}


@require_safe
@requires(Permission.COUNT_READ)
def cohort(request):
    place = place_of(request, Permission.COUNT_READ)
    may = counts.may_ask(request.user, place)
    which = counts.SHG if request.GET.get("of") == "shg" else counts.RISK
    told = counts.cohort(request.user, place, which) if may else None
    titles = {one.code: words(one.title) for one in queries.schemes_in_force(today(), place)}
    near = registers.places_near(request.user, place)
    context = {
        "heading": _("What has come, and what has not"),
        "place": place,
        "told": told,
        "of": which,
        "lines": _lines(told.lines, titles) if told else [],
        "near": near,
        "own": [one for one in own_places(request.user, Permission.COUNT_READ) if one != place and one not in near],
    }
    return render(request, "benefits/cohort.html", context)


def _lines(lines, titles: dict[str, str]) -> list[dict]:
    """In the order of the schemes."""
    places = {code: n for n, code in enumerate(titles)}
    ordered = sorted(lines, key=lambda one: places.get(one.code, len(places)))
    return [{"title": titles.get(one.code, one.code), **one.counts} for one in ordered]


@requires(Permission.ENTITLEMENT_RECORD)
def take_in(request):
    """A file of LokOS: looked at first, then taken in. It is not kept, so it is chosen again."""
    place = place_of(request, Permission.ENTITLEMENT_RECORD)
    if not policy.covers(request.user, Permission.ENTITLEMENT_RECORD, place):
        raise Http404
    form = ImportForm(request.POST or None, request.FILES or None)
    may_join = policy.covers(request.user, Permission.CBO_RECORD, place)
    preview, is_trial = None, request.POST.get("what") != "take"
    if request.method == "POST" and form.is_valid():
        preview = _looked_at(request, form, place, is_trial=is_trial, same=_answers(request) if may_join else {})
        if preview and not is_trial and preview.new + preview.known:
            said = ngettext("%(n)s new member was taken in.", "%(n)s new members were taken in.", preview.new)
            messages.success(request, said % {"n": preview.new})
            if not preview.problems and not preview.waiting:
                return redirect(f"{reverse('funds')}?place={place.pk}")
    context = {
        "heading": _("Take in the SHG database"),
        "place": place,
        "form": form,
        "preview": preview,
        "is_trial": is_trial,
        "problems": [{"line": one.line, "what": PROBLEMS[one.what]} for one in (preview.problems if preview else [])[:PROBLEMS_SHOWN]],
        "columns": groups.COLUMNS,
        "questions": [one for one in (preview.questions if preview else []) if is_trial or not one.answer][:QUESTIONS_SHOWN],
        "may_join": may_join,
        "new": same_group.NEW,
        "crumbs": [{"label": _("Funds"), "url": f"{reverse('funds')}?place={place.pk}"}, {"label": _("SHG database")}],
    }
    return render(request, "benefits/groups.html", context, status=REFUSED if form.errors else 200)


def _answers(request) -> dict[str, str]:
    """By LokOS id, which of the organisations that stand here it is."""
    return {name.removeprefix(ANSWER): answer for name, answer in request.POST.items() if name.startswith(ANSWER)}


def _looked_at(request, form: ImportForm, place, *, is_trial: bool, same: dict[str, str]) -> groups.Preview | None:
    """As a trial, or taken in. What is no table of these columns is said beside the file."""
    try:
        lines = groups.read(form.cleaned_data["file"].read(groups.LONGEST + 1))
        return groups.take_in(lines=lines, place=place, at=timezone.now(), by=request.user, is_trial=is_trial, same=same)
    except groups.NotAFile as wrong:
        form.add_error("file", _("This file has no columns %(names)s.") % {"names": ", ".join(wrong.missing)})
    except groups.TooLong:
        form.add_error("file", _("At most 20,000 lines and 10 MB are taken in at once, so that none is lost. Divide the file."))
    except Unreadable as wrong:
        form.add_error("file", FILE_FAULTS[wrong.code])
    return None
