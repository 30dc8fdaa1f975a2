"""The pages of who was found: the list, one of them with the pairs, recording and correcting."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.details import REASONS
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.matching import actions, correcting, forms, queries, rules, terms, words
from aanchal.matching.models import Candidate, FoundChange, FoundPerson
from aanchal.matching.views import A_PAGE, REFUSED, row_of
from aanchal.people.terms import Sex
from aanchal.places.models import Place


@require_safe
@requires(Permission.MATCH_REVIEW)
def found_people(request):
    page = Paginator(queries.found_people(request.user), A_PAGE).get_page(request.GET.get("page"))
    context = {"heading": _("People found"), "page": page, "crumbs": [_home(), {"label": _("People found")}]}
    return render(request, "matching/found_people.html", context)


@requires(Permission.FOUND_RECORD)
def record_found(request):
    places = _places(request.user)
    form = forms.FoundForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = REFUSED
        if form.is_valid() and (found := _recorded(request, form, places)):
            messages.success(request, _("Recorded. The search among the missing has begun."))
            return redirect("matching:found", pk=found.pk)
    context = {"heading": _("Someone was found"), "form": form, "places": places, "crumbs": [_home(), {"label": _("Someone was found")}]}
    return render(request, "matching/record_found.html", context, status=status)


@require_safe
@requires(Permission.MATCH_REVIEW)
def found(request, pk):
    return _found(request, _found_person(request, pk))


@require_POST
@requires(Permission.MATCH_REVIEW)
def open_found(request, pk):
    one = _found_person(request, pk)
    told, before = correcting.open_found(found=one, changes=queries.changes(one), reason="FOUND_PERSON", by=request.user)
    return _found(request, one, told=told, before=before)


@requires(Permission.FOUND_RECORD)
def correct(request, pk):
    one = _found_person(request, pk, Permission.FOUND_RECORD)
    form = forms.CorrectionForm(one, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _corrected(request, form):
        messages.success(request, _("Corrected. The search among the missing begins anew; what stood before is kept below."))
        return redirect("matching:found", pk=one.pk)
    crumbs = [_home(), {"label": one.get_kind_display(), "url": reverse("matching:found", args=[one.pk])}, {"label": _("Correct")}]
    context = {"heading": _("Correct what was written"), "one": one, "form": form, "crumbs": crumbs}
    return render(request, "matching/correct_found.html", context, status=REFUSED if form.errors else 200)


@requires(Permission.FOUND_RECORD)
def strike(request, pk):
    one = _found_person(request, pk, Permission.FOUND_RECORD)
    told = {
        "heading": _("Strike this: it was entered by mistake"),
        "said": _("Nobody looks for her by this any more, and pairs that wait for a decision are closed. What was written is kept."),
        "done": _("Struck. What was written is kept, and nobody looks by it any more."),
    }
    return _asked(request, one, correcting.strike_found, **told)


@requires(Permission.FOUND_RECORD)
def stand_again(request, pk):
    one = _found_person(request, pk, Permission.FOUND_RECORD)
    told = {
        "heading": _("It was no mistake: let it stand again"),
        "said": _("She is looked for again, and pairs stand where they stood."),
        "done": _("It stands again. The search among the missing begins anew."),
    }
    return _asked(request, one, correcting.stand_again, **told)


def _asked(request, one: FoundPerson, change, *, heading: str, said: str, done: str):
    form = forms.WhyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            change(found=one, reason=form.cleaned_data["reason"], at=timezone.now(), by=request.user)
        except rules.NotPossible as refused:
            form.add_error(None, _(words.REFUSALS[str(refused)]))
        else:
            messages.success(request, done)
            return redirect("matching:found", pk=one.pk)
    crumbs = [_home(), {"label": one.get_kind_display(), "url": reverse("matching:found", args=[one.pk])}, {"label": heading}]
    context = {"heading": heading, "said": said, "one": one, "form": form, "crumbs": crumbs}
    return render(request, "matching/correct_found.html", context, status=REFUSED if form.errors else 200)


def _home() -> dict:
    return {"label": _("Finding her"), "url": reverse("matching:queue")}


def _found_person(request, pk, permission: Permission = Permission.MATCH_REVIEW) -> FoundPerson:
    one = FoundPerson.objects.filter(pk=pk).select_related("place", "home").first()
    if one is None or not policy.can(request.user, permission, one):
        raise Http404
    return one


def _places(user) -> list[Place]:
    """Where the user may record someone found: the places of the postings."""
    postings = policy.current_postings(user, on=policy.day_in_india(timezone.now()))
    return [posting.place for posting in postings if Permission.FOUND_RECORD in posting.held.permissions]


def _recorded(request, form: forms.FoundForm, places: list[Place]) -> FoundPerson | None:
    named = [one for one in places if str(one.pk) == request.POST.get("place")] if len(places) > 1 else places
    if not named:
        form.add_error(None, _("Say where she was found: choose the place anew."))
        return None
    try:
        return actions.record_found_once(details=form.details(), place=named[0], at=timezone.now(), by=request.user)
    except rules.NotPossible as refused:
        form.add_error("found_on" if str(refused) == "future" else None, _(words.REFUSALS[str(refused)]))
        return None


def _corrected(request, form: forms.CorrectionForm) -> FoundPerson | None:
    told = {"found": form.found, "details": form.details(), **{key: form.cleaned_data[key] for key in ("reason", "place")}}
    try:
        return correcting.correct_found(**told, at=timezone.now(), by=request.user)
    except rules.NotPossible as refused:
        form.add_error({"future": "found_on", "elsewhere": "place"}.get(str(refused)), _(words.REFUSALS[str(refused)]))
        return None


def _found(request, one: FoundPerson, *, told=None, before=None):
    pairs = queries.either_side(request.user, Candidate.objects.filter(queries.HOLDS, found_id=one.pk))
    ranked = pairs.select_related("place", "found_place").order_by("-probability", "pk")
    context = {
        "heading": one.get_kind_display(), "one": one, "told": _written(told or {}), "is_open": told is not None,
        "rows": [row_of(candidate) for candidate in ranked[:A_PAGE]], "spoken": _spoken(one.languages),
        "changes": [{"one": change, "before": _before(change, (before or {}).get(change.pk, {}))} for change in queries.changes(one)],
        "may_correct": policy.can(request.user, Permission.FOUND_RECORD, one), "crumbs": [_home(), {"label": one.get_kind_display()}],
    }  # fmt: skip
    return render(request, "matching/found.html", context)


def _written(told: dict[str, str]) -> list[tuple]:
    return [(label, REASONS.get(told[key], told[key])) for key, label in terms.WRITTEN.items() if key in told]


def _before(change: FoundChange, told: dict[str, str]) -> list[tuple]:
    """What stood there, of what was changed; words only where they are open. Nothing stood there: said so."""
    was = change.before
    coded = {
        "is_struck": (_("Struck"), lambda value: _("Yes") if value else _("No")),
        "place_id": (_("Where"), lambda value: Place.objects.get(pk=value).local_name),
        "kind": (_("What happened"), lambda value: terms.FoundKind(value).label),
        "found_on": (_("On which day"), date.fromisoformat),
        "sex": (_("Sex"), lambda value: Sex(value).label),
        "years": (_("Age"), str),
        "home_id": (_("Comes from"), lambda value: Place.objects.get(pk=value).local_name),
        "languages": (_("Languages"), lambda value: ", ".join(str(one) for one in _spoken(value))),
        "height_cm": (_("Height in centimetres"), str),
    }
    said = [(label, "" if was[key] in (None, []) else read(was[key])) for key, (label, read) in coded.items() if key in was]
    return said + _written(told)


def _spoken(codes: list[str]) -> list:
    return [terms.LANGUAGES.get(code, code) for code in codes]
