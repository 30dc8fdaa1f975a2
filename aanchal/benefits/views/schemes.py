"""The schemes as they hold in a state, each with its versions, and a state's own version written."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from yaml import safe_dump

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.benefits import editing, queries, reading
from aanchal.benefits.forms import SchemeForm
from aanchal.benefits.models import SchemeVersion
from aanchal.benefits.questions import questions
from aanchal.benefits.rules import Refused
from aanchal.benefits.scheme import SchemeError, load
from aanchal.benefits.terms import Kind
from aanchal.places.models import Place
from aanchal.places.terms import Level
from aanchal.risk.reading import words
from aanchal.risk.views.asked import own_places, today

REFUSED = 422
UNKNOWN = "unknown fact "


@require_safe
@requires(Permission.SCHEME_READ)
def schemes(request):
    state = _state(request)
    found = [reading.scheme_in_words(one) for one in queries.schemes_in_force(today(), state)]
    kinds = [(label, [one for one in found if one.kind == label]) for label in map(str, Kind.labels)]
    kinds = [(label, listed) for label, listed in kinds if listed]
    context = {"heading": _("Schemes"), "state": state, "kinds": kinds, "count": len(found)}
    return render(request, "benefits/schemes.html", context)


@require_safe
@requires(Permission.SCHEME_READ)
def scheme(request, code):
    state = _state(request)
    found = queries.in_force(code, today(), state)
    if found is None:
        raise Http404
    content = SchemeVersion.objects.get(version=found.version).content
    context = {
        "heading": words(found.title),
        "scheme": reading.scheme_in_words(found),
        "rule": _yaml(content["eligible"]),
        "received": _yaml(content["received"]) if content.get("received") else "",
        "asks": [words(questions()[key].title) for key in sorted(found.asks)],
        "versions": queries.versions_of(code),
        "state": state,
        "may_edit": _own_state(request) is not None,
        "crumbs": [{"label": _("Schemes"), "url": reverse("schemes")}, {"label": words(found.title)}],
    }
    return render(request, "benefits/scheme.html", context)


@requires(Permission.SCHEME_EDIT)
def edit(request, code):
    """A new version for the state, from today or a later day; what holds now stays in its history."""
    state = _own_state(request)
    found = queries.in_force(code, today(), state) if state else None
    if found is None or state is None:
        raise Http404
    before = SchemeVersion.objects.get(version=found.version).content
    form = SchemeForm(request.POST or None, initial=_initial(before))
    if request.method == "POST" and form.is_valid() and _written(request, code, state, before, form):
        messages.success(request, _("Written. It holds from its day on; the version before stays in the history."))
        return redirect("scheme", code=code)
    context = {
        "heading": words(found.title),
        "form": form,
        "state": state,
        "questions": [(key, words(one.title)) for key, one in questions().items()],
        "crumbs": [
            {"label": _("Schemes"), "url": reverse("schemes")},
            {"label": words(found.title), "url": reverse("scheme", args=[code])},
            {"label": _("The state's own version")},
        ],
    }
    return render(request, "benefits/scheme_edit.html", context, status=REFUSED if form.errors else 200)


def _written(request, code: str, state: Place, before: dict, form: SchemeForm) -> bool:
    content = form.content(before)
    try:
        load(code, content)
        editing.write_version(
            code=code, state=state, content=content, effective_from=form.cleaned_data["effective_from"], at=timezone.now(), by=request.user
        )
        return True
    except SchemeError as wrong:
        for problem in wrong.problems:
            field, _colon, said = problem.partition(": ")
            form.add_error(field if field in form.fields else None, _said(said or problem))
    except Refused as refused:
        form.refuse(refused)
    return False


def _said(problem: str) -> str:
    """In the reader's language, and what to do; what a rule is written in stays as it is written."""
    if problem.startswith(UNKNOWN):
        name = problem.removeprefix(UNKNOWN).strip("'")
        return _("Nobody asks “%(name)s”. Take a name from “What a rule may ask”, below the form.") % {"name": name}
    return _("This cannot be: %(problem)s") % {"problem": problem}


def _initial(content: dict) -> dict:
    told = {key: content.get(key) for key in ("kind", "office", "documents", "days", "renews", "grace", "source", "unverified")}
    told |= {f"title_{language}": content["title"].get(language, "") for language in ("en", "hi", "te")}
    told |= {"amount": content["amount"]["rupees"], "per": content["amount"]["per"], "effective_from": today()}
    received = _yaml(content["received"]) if content.get("received") else ""
    return told | {"eligible": _yaml(content["eligible"]), "received": received}


def _yaml(rule) -> str:
    return safe_dump(rule, default_flow_style=None, sort_keys=False, width=100).strip()


def _state(request) -> Place | None:
    """The state of the reader's posting: its versions hold before the nation's."""
    places = own_places(request.user, Permission.SCHEME_READ)
    if not places:
        return None
    return places[0] if places[0].level == Level.STATE else places[0].state


def _own_state(request) -> Place | None:
    places = own_places(request.user, Permission.SCHEME_EDIT)
    return next((one for one in places if one.level == Level.STATE and policy.can(request.user, Permission.SCHEME_EDIT, one)), None)
