"""A draft of an index: its editor, who would change band under it, and the steps to its approval."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from aanchal.access.permissions import Permission
from aanchal.access.web import place_or_404, requires
from aanchal.places.terms import Level
from aanchal.risk import drafting, moving, previewing, queries, rules
from aanchal.risk.definition import Definition
from aanchal.risk.editing import cutoffs, edited
from aanchal.risk.forms import FAULTS, EditForm
from aanchal.risk.models import IndexDraft
from aanchal.risk.reading import band_title, words
from aanchal.risk.rules import NotPossible, Refused
from aanchal.risk.terms import DraftState, Subject
from aanchal.risk.views.asked import own_places, today
from aanchal.risk.views.indices import may_edit, states_of

REFUSED = 422


@require_POST
@requires(Permission.INDEX_EDIT)
def begin(request):
    state = next((one for one in own_places(request.user, Permission.INDEX_EDIT) if one.level == Level.STATE), None)
    if state is None or request.POST.get("subject") not in Subject.values:
        raise Http404
    try:
        made = drafting.draft_version(subject=Subject(request.POST["subject"]), state=state, at=timezone.now(), by=request.user)
    except Refused as refused:
        _say(request, refused)
        return redirect("indices")
    return redirect("draft", pk=made.pk)


@requires(Permission.INDEX_READ)
def draft(request, pk):
    found = _draft(request, pk)
    is_mine = found.state == DraftState.DRAFT and found.drafted_by_id == request.user.pk and may_edit(request.user, found.place)
    index = rules.load(found.content)
    posted = request.POST if request.method == "POST" else None
    if posted is not None and not is_mine:
        raise Http404
    form = EditForm(found.content, index, posted, initial={"effective_from": found.effective_from}) if is_mine else None
    findings = ()
    if posted is not None and form.is_valid():
        try:
            content = edited(found.content, form.values())
            drafting.save_draft(draft=found, content=content, effective_from=form.cleaned_data["effective_from"], by=request.user)
        except drafting.Unsound as unsound:
            findings = unsound.findings
        else:
            messages.success(request, _("Saved. Who would change band is being counted."))
            return redirect("draft", pk=pk)
    return _page(request, found, index, form, findings)


@require_POST
@requires(Permission.INDEX_EDIT)
def move(request, pk, step):
    found = _draft(request, pk)
    if step not in _STEPS or not may_edit(request.user, found.place):
        raise Http404
    act, said = _STEPS[step]
    try:
        act(found, request.user)
    except Refused as refused:
        _say(request, refused)
    except (NotPossible, drafting.Unsound):
        messages.warning(request, _("That is not possible any more: look at the draft again."))
    else:
        messages.success(request, said)
    return redirect("draft", pk=pk)


@require_safe
@requires(Permission.RISK_REASONS)
def families(request, pk):
    """Which families of a village would change band, and through what: for who may know why. Nothing told in private is named."""
    found = _draft(request, pk)
    asked = request.GET.get("place", "")
    if found.subject != Subject.HOUSEHOLD or not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        raise Http404
    village = place_or_404(request.user, Permission.RISK_REASONS, int(asked))
    if village.level != Level.VILLAGE or village.state_id != found.place_id:
        raise Http404
    index = rules.load(found.content)
    moved = [one for one in moving.compared(Subject.HOUSEHOLD, village, index, on=today()) if one.before != one.after]
    crumbs = [{"label": _("Indices"), "url": reverse("indices")}, {"label": _("Draft"), "url": reverse("draft", args=[pk])}]
    context = {
        "heading": _("Who would change band"),
        "village": village,
        "rows": [_row(index, one) for one in moved],
        "crumbs": [*crumbs, {"label": village.local_name}],
    }
    return render(request, "risk/draft_families.html", context)


def _draft(request, pk) -> IndexDraft:
    """A draft of another state and one that does not exist look the same."""
    mine = states_of(own_places(request.user, Permission.INDEX_READ))
    found = IndexDraft.objects.select_related("place", "based_on", "drafted_by", "decided_by").filter(pk=pk, place__in=mine).first()
    if found is None:
        raise Http404
    return found


def _page(request, found: IndexDraft, index: Definition, form, findings):
    is_another = request.user.pk != found.drafted_by_id
    may = may_edit(request.user, found.place)
    context = {
        "heading": words(index.title),
        "draft": found,
        "index": index,
        "parts": _parts(found, index, form),
        "parameters": _parameters(found, form),
        "bands": [
            {"title": words(one.title), "from": one.starts_at, "field": form[f"band_{one.key}"] if form else None} for one in index.bands
        ],
        "form": form,
        "findings": findings,
        "preview": previewing.of(request.user, found) if found.is_previewed else None,
        "may_decide": may and is_another and found.state == DraftState.SUBMITTED,
        "may_submit": bool(form) and found.is_previewed,
        "may_withdraw": may and found.state in drafting.OPEN,
        "crumbs": [{"label": _("Indices"), "url": reverse("indices")}, {"label": _("Draft")}],
    }
    return render(request, "risk/draft.html", context, status=REFUSED if findings or (form and form.errors) else 200)


def _parts(found: IndexDraft, index: Definition, form) -> list[dict]:
    before = queries.definition(found.based_on_id).points_of
    numbers = cutoffs(found.content)
    return [
        {
            "key": dimension.key,
            "title": words(dimension.title),
            "points": dimension.points,
            "rows": [
                {
                    "one": one,
                    "reason": words(one.reason),
                    "before": before.get(one.key),
                    "field": form[f"points_{one.key}"] if form else None,
                    "cutoffs": [_cutoff(each, form) for each in numbers if each.indicator == one.key],
                }
                for one in index.indicators
                if one.dimension == dimension.key
            ],
        }
        for dimension in index.dimensions
    ]


def _cutoff(one, form) -> dict:
    return {"one": one, "field": form[one.name] if form else None}


def _parameters(found: IndexDraft, form) -> list[dict]:
    told = found.content.get("parameters") or {}
    return [{"key": key, **one, "field": form[f"parameter_{key}"] if form else None} for key, one in told.items()]


def _row(index: Definition, one) -> dict:
    open_reasons = [words(each.reason) for each in index.indicators if each.key in one.because and not each.is_private]
    return {
        "household": one.household,
        "before": one.before,
        "before_label": band_title(index, one.before),
        "after": one.after,
        "after_label": band_title(index, one.after),
        "reasons": open_reasons,
        "is_by_lines": rules.LINES in one.because,
    }


def _say(request, refused: Refused) -> None:
    for _field, code in refused.faults:
        messages.warning(request, FAULTS[code])


def _submit(found: IndexDraft, by) -> None:
    drafting.submit_draft(draft=found, by=by)


def _return(found: IndexDraft, by) -> None:
    if found.drafted_by_id == by.pk:
        raise NotPossible("draft: returned by another")
    drafting.return_draft(draft=found, by=by)


def _withdraw(found: IndexDraft, by) -> None:
    drafting.withdraw_draft(draft=found, at=timezone.now(), by=by)


def _approve(found: IndexDraft, by) -> None:
    drafting.approve_draft(draft=found, at=timezone.now(), by=by)


_STEPS = {
    "submit": (_submit, gettext_lazy("It waits for another person to approve it.")),
    "return": (_return, gettext_lazy("Returned to who drafted it.")),
    "withdraw": (_withdraw, gettext_lazy("Withdrawn.")),
    "approve": (_approve, gettext_lazy("Approved: it holds from its day.")),
}
