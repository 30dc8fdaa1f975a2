"""Advisories: drafted, given directions, issued by a second person, followed, corrected, withdrawn."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.advisories import actions, forms, queries
from aanchal.advisories.actions import Asked, Details
from aanchal.advisories.models import Direction
from aanchal.advisories.terms import Relation
from aanchal.advisories.views.found import (
    A_PAGE,
    REFUSED,
    advisory_or_404,
    attempt,
    crumbs,
    is_id,
    issues,
    place_asked,
    today,
    tried,
)
from aanchal.core.listed import Listed, as_file
from aanchal.library.models import Document
from aanchal.places.models import Place

READ, ISSUE = Permission.ADVISORY_READ, Permission.ADVISORY_ISSUE
COMPLIANCE = Listed(
    gettext_lazy("How far each place is"),
    (
        (gettext_lazy("Place"), lambda row: row.place.local_name),
        (gettext_lazy("Level"), lambda row: str(row.place.get_level_display())),
        (gettext_lazy("LGD code"), lambda row: row.place.lgd_code),
        (gettext_lazy("Asked"), lambda row: row.asked),
        (gettext_lazy("To be looked at"), lambda row: row.answered),
        (gettext_lazy("Accepted"), lambda row: row.accepted),
        (gettext_lazy("Accepted, of 100"), lambda row: row.percent),
        (gettext_lazy("Late"), lambda row: row.late),
    ),
)


@require_safe
@requires(READ)
def advisories(request):
    page = Paginator(queries.advisories().order_by("-dated_on", "-pk"), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("All advisories"), "page": page, "may_issue": policy.holds(request.user, ISSUE),
        "crumbs": crumbs(None, _("All advisories")),
    }  # fmt: skip
    return render(request, "advisories/list.html", context)


@requires(ISSUE)
def new(request):
    """A draft; its address may name the document it stands in, or the advisory it corrects or replaces."""
    document = Document.objects.filter(pk=request.GET["document"]).first() if is_id(request.GET.get("document")) else None
    earlier = advisory_or_404(request.GET["earlier"]) if is_id(request.GET.get("earlier")) else None
    if earlier and not issues(request.user, earlier):
        raise Http404
    relation = Relation.CORRIGENDUM if request.GET.get("as") == Relation.CORRIGENDUM else Relation.SUPERSEDES
    started = {"number": document.number, "title": document.title[:300], "dated_on": document.dated_on} if document else {}
    form = forms.AdvisoryForm(request.POST or None, initial=started)
    if request.method == "POST" and form.is_valid():
        details = Details(document=document, relation=relation if earlier else "", earlier=earlier, **form.cleaned_data)
        place = earlier.place if earlier else _place(request.user)
        if made := attempt(form, actions.draft, place=place, details=details, at=timezone.now(), by=request.user):
            return redirect("advisories:advisory", pk=made.pk)
    context = {
        "heading": relation.label if earlier else _("A new advisory"), "form": form, "document": document, "earlier": earlier,
        "crumbs": crumbs(None, _("A new advisory")),
    }  # fmt: skip
    return render(request, "advisories/new.html", context, status=REFUSED if form.errors else 200)


@require_safe
@requires(READ)
def advisory(request, pk):
    return _page(request, advisory_or_404(pk))


@require_safe
@requires(READ)
def compliance(request, pk):
    """How far each place of the next level is, as a file: `format` csv, or else xlsx. The first row is the whole."""
    one = advisory_or_404(pk)
    place = place_asked(request, one)
    rows = queries.compliance(one, [place, *queries.children(place)], today())
    return as_file(COMPLIANCE, rows, kind=request.GET.get("format", ""), name="advisory-compliance", on=today())


@require_POST
@requires(ISSUE)
def act(request, pk):
    """`what`: direction or withdraw with a form, issue without."""
    one, what = advisory_or_404(pk), request.POST.get("what", "")
    if not issues(request.user, one):
        raise Http404
    if what not in ("direction", "issue", "withdraw"):
        return redirect("advisories:advisory", pk=pk)
    told = {"advisory": one, "at": timezone.now(), "by": request.user}
    if what == "issue":
        return _issue(request, one, told)
    form = forms.DirectionForm(one.place, request.POST) if what == "direction" else forms.WithdrawForm(request.POST)
    if form.is_valid() and _changed(form, what, told):
        messages.success(request, _("Written into the draft.") if what == "direction" else _("Withdrawn: nothing of it is asked any more."))
        return redirect("advisories:advisory", pk=pk)
    return _page(request, one, **{what: form})


@require_POST
@requires(ISSUE)
def drop(request, pk):
    one = Direction.objects.select_related("advisory", "advisory__place").filter(pk=pk).first()
    if one is None or not issues(request.user, one.advisory):
        raise Http404
    tried(request, lambda: actions.drop(direction=one, by=request.user), _("Taken out."))
    return redirect("advisories:advisory", pk=one.advisory_id)


def _issue(request, one, told: dict):
    def change():
        n = actions.issue(**told)
        messages.success(request, ngettext("%(n)s task is on its way.", "%(n)s tasks are on their way.", n) % {"n": n})

    tried(request, change, _("Issued."))
    return redirect("advisories:advisory", pk=one.pk)


def _changed(form, what: str, told: dict):
    if what == "withdraw":
        return attempt(form, actions.withdraw, words=form.cleaned_data["words"], **told)
    return attempt(form, actions.direct, asked=Asked(**form.cleaned_data), **told)


def _page(request, one, **bound):
    place, may_issue = place_asked(request, one), issues(request.user, one)
    whole = queries.compliance(one, [place], today())
    page = Paginator(queries.compliance(one, queries.children(place), today()), A_PAGE * 2).get_page(request.GET.get("page"))
    is_draft = one.standing == "DRAFT"
    directions = [
        (direction, queries.named(direction), queries.asked_of(direction).count() if is_draft else None)
        for direction in queries.directions(one)
    ]
    context = {
        "heading": one.title, "one": one, "place": place, "whole": whole[0] if whole else None, "page": page, "directions": directions,
        "is_draft": is_draft, "may_issue": may_issue, "is_own": one.made_by_id == request.user.pk,
        "is_open": one.standing == "ISSUED", "later": queries.advisories().filter(earlier=one).order_by("made_at"),
        "direction": bound.get("direction", forms.DirectionForm(one.place)), "withdraw": bound.get("withdraw", forms.WithdrawForm()),
        "up": place.parent if place.pk != one.place_id and place.parent and policy.can(request.user, READ, place.parent) else None,
        "crumbs": crumbs(one),
    }  # fmt: skip
    return render(request, "advisories/advisory.html", context, status=REFUSED if bound else 200)


def _place(user) -> Place:
    """The widest place where she may issue."""
    held = policy.current_postings(user, on=today())
    places = [post.place for post in held if ISSUE in post.held.permissions]
    return min(places, key=lambda place: (place.place_no - place.last_no, place.pk))
