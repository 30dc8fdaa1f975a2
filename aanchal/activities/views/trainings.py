"""Trainings, who trained whom, certificates, and how far a target is."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.activities import cascade, certificate_paper, forms, queries, training_papers
from aanchal.activities import training as actions
from aanchal.activities.models import Certificate, Target, Training
from aanchal.activities.rules import Refused
from aanchal.activities.terms import State
from aanchal.activities.views.found import A_PAGE, REFUSED, at_place, attempt, bound, crumbs, may_record, own_places, row_or_404, say, today
from aanchal.core import paper
from aanchal.core.paper.answers import answer


@requires(Permission.ACTIVITY_READ)
def trainings(request):
    places = own_places(request.user)
    form = forms.TrainingForm(_modules(places), places, request.POST or None) if places else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            told = {name: form.cleaned_data[name] for name in form.TOLD}
            where = {"place": form.place(), "module": form.chosen_module(), "at": timezone.now(), "by": request.user}
            if made := attempt(form, actions.plan, told=told, **where):
                return redirect("activities:training", pk=made.pk)
    page = Paginator(asked_for(request), A_PAGE).get_page(request.GET.get("page"))
    context = {"heading": _("Trainings"), "page": page, "form": form, "progress": queries.progress(request.user, today())}
    context["show"] = request.GET.get("show", "")
    context |= {"may": bool(places), "crumbs": crumbs((_("Trainings"), ""))}
    return render(request, "activities/trainings.html", context, status=REFUSED if form and form.errors else 200)


@requires(Permission.ACTIVITY_READ)
def training(request, pk):
    one = row_or_404(request.user, Training.objects.select_related("place", "module"), pk)
    attendees = list(queries.attendees(one))
    offered = _forms(request, one, attendees) if may_record(request.user, one) else {}
    if request.method == "POST":
        what = request.POST.get("what", "")
        if what not in offered:
            raise Http404
        if (offered[what] is None or offered[what].is_valid()) and _ACTS[what](request, one, offered[what]):
            messages.success(request, _("Noted."))
            return redirect("activities:training", pk=one.pk)
    context = {
        "heading": one.title, "one": one, "trainers": one.trainers.select_related("participant").order_by("pk"), "forms": offered,
        "attendees": attendees, "summed": queries.summed_up(one) if one.state == State.HELD else None,
        "sessions": one.sessions.count(), "may_open_door": "attendee" in offered and one.starts_on <= today() <= one.ends_on,
        "may": may_record(request.user, one),
        "crumbs": crumbs((_("Trainings"), reverse("activities:trainings")), (one.title, "")),
    }  # fmt: skip
    return render(request, "activities/training.html", context, status=REFUSED if request.method == "POST" else 200)


@require_safe
@requires(Permission.ACTIVITY_READ)
def tree(request):
    """The cascade of a module, to look at and to print."""
    modules = _modules(own_places(request.user))
    chosen = next((one for one in modules if one.key == request.GET.get("module", "")), modules[0] if modules else None)
    context = {
        "heading": _("Who trained whom"), "modules": modules, "chosen": chosen, "back_url": reverse("activities:trainings"),
        "nodes": cascade.tree(request.user, chosen.key) if chosen else [], "on": today(),
    }  # fmt: skip
    if request.GET.get("as") == "pdf" and paper.are_here():
        return answer(training_papers.tree(context["nodes"], chosen, on=today(), at=timezone.now()), "who-trained-whom")
    told = {"as_pdf": paper.are_here(), "pdf_of": f"module={chosen.key}" if chosen else ""}
    return render(request, "activities/tree.html", context | told)


@require_safe
@requires(Permission.ACTIVITY_READ)
def target(request, pk):
    """How far a target is, by rank, by sex and by place; each person once."""
    one = row_or_404(request.user, Target.objects.select_related("place"), pk)
    parts = [(_PARTS[key], rows) for key, rows in queries.parts_of(one)]
    context = {"heading": _("Progress of a target"), "one": queries.told_of(one, today()), "parts": parts}
    context["crumbs"] = crumbs((_("Trainings"), reverse("activities:trainings")), (context["heading"], ""))
    return render(request, "activities/target.html", context)


@requires(Permission.ACTIVITY_RECORD)
def masters(request):
    """Where the cascade begins."""
    return _added(request, forms.MasterForm, _("Nominate a master trainer"), lambda place, told: actions.nominate(
        place=place, someone=told.someone(), module_key=told.cleaned_data["module_key"], source=told.cleaned_data["source"], on=today(),
        at=timezone.now(), by=request.user,
    ))  # fmt: skip


@requires(Permission.ACTIVITY_RECORD)
def targets(request):
    return _added(request, forms.TargetForm, _("Set a target"), lambda place, told: actions.set_target(
        place=told.place(), at=timezone.now(), by=request.user,
        **{name: told.cleaned_data[name] for name in ("module_key", "people", "by_on", "of_officers")},
    ), at_place=True)  # fmt: skip


@require_safe
@requires(Permission.ACTIVITY_READ)
def certificate(request, pk):
    """On paper, with the address where its number is checked."""
    found = Certificate.objects.select_related("attendee__participant", "attendee__training__module", "attendee__training__place")
    one = row_or_404(request.user, found, pk)
    context = {
        "heading": _("Certificate"), "one": one, "check_url": request.build_absolute_uri(reverse("open-certificate")),
        "back_url": reverse("activities:training", args=[one.attendee.training_id]), "form": forms.RevokeForm(),
        "may": may_record(request.user, one) and one.revoked_on is None,
    }  # fmt: skip
    if request.GET.get("as") == "pdf" and paper.are_here():
        drawn = certificate_paper.drawn(one, check_url=context["check_url"], at=timezone.now())
        return answer(drawn, f"certificate-{one.shown_number}")
    return render(request, "activities/certificate.html", context | {"as_pdf": paper.are_here()})


@require_POST
@requires(Permission.ACTIVITY_RECORD)
def revoke(request, pk):
    one = row_or_404(request.user, Certificate.objects.select_related("attendee"), pk, Permission.ACTIVITY_RECORD)
    form = forms.RevokeForm(request.POST)
    if form.is_valid():
        try:
            actions.revoke(certificate=one, on=today(), by=request.user, **form.cleaned_data)
        except Refused as refused:
            say(request, refused)
    else:
        messages.warning(request, " ".join(form.errors["why"]))
    return redirect("activities:training", pk=one.attendee.training_id)


_PARTS = {
    "rank": gettext_lazy("By rank"),
    "sex": gettext_lazy("By sex"),
    "state": gettext_lazy("By state"),
    "district": gettext_lazy("By district"),
}


def asked_for(request):
    """Trainings of a place, by what became of them, between two days."""
    rows, show = queries.trainings(request.user).filter(at_place(request)), request.GET.get("show", "").upper()
    if show in State.values:
        rows = rows.filter(state=show)
    for name, field in (("from", "starts_on__gte"), ("until", "starts_on__lte")):
        try:
            rows = rows.filter(**{field: date.fromisoformat(request.GET.get(name, ""))})
        except ValueError:
            continue
    return rows


def _added(request, kind, heading: str, act, *, at_place: bool = False):
    """A page of one form."""
    places = own_places(request.user)
    if not places:
        raise Http404
    form = kind(_modules(places), *([places] if at_place else []), request.POST or None)
    if request.method == "POST" and form.is_valid() and attempt(form, act, place=places[0], told=form):
        messages.success(request, _("Noted."))
        return redirect("activities:trainings")
    context = {"heading": heading, "form": form, "crumbs": crumbs((_("Trainings"), reverse("activities:trainings")), (heading, ""))}
    return render(request, "activities/form.html", context, status=REFUSED if form.errors else 200)


def _modules(places) -> list:
    return queries.modules(today(), places[0] if places else None)


def _forms(request, one: Training, attendees: list) -> dict:
    """What may be noted next; None needs nothing but a button."""
    if one.state == State.PLANNED:
        return {
            "trainer": forms.SomeoneForm(bound(request, "trainer"), prefix="trainer"),
            "attendee": forms.SomeoneForm(bound(request, "attendee"), prefix="attendee", initial={"audience": one.audience}),
            "several": forms.SeveralForm(bound(request, "several"), prefix="several", initial={"audience": one.audience}),
            "held": forms.ResultsForm(attendees, one.days, bound(request, "held")),
        }
    return {"certify": None} if one.state == State.HELD and any(not hasattr(each, "certificate") for each in attendees) else {}


def _someone(request, one: Training, form, act):
    """Adds a person who trains or attends."""
    person = attempt(form, actions.known, place=one.place, someone=form.someone(), at=timezone.now(), by=request.user)
    return person and attempt(form, act, training=one, participant=person, by=request.user)


def _trainer(request, one: Training, form):
    return _someone(request, one, form, actions.assign_trainer)


def _attendee(request, one: Training, form):
    return _someone(request, one, form, actions.enrol)


def _several(request, one: Training, form):
    audience = form.cleaned_data["audience"]
    people = [actions.Someone(name, post, audience, sex) for name, post, sex in form.cleaned_data["people"]]
    return attempt(form, actions.enrol_several, training=one, people=people, at=timezone.now(), by=request.user) is not None


def _held(request, one: Training, form):
    return attempt(form, actions.hold, training=one, results=form.results(), at=timezone.now(), by=request.user)


def _certify(request, one: Training, _form):
    actions.certify(training=one, on=today(), at=timezone.now(), by=request.user)
    return True


_ACTS = {"trainer": _trainer, "attendee": _attendee, "several": _several, "held": _held, "certify": _certify}
