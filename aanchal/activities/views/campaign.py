"""The campaign: its events, its materials, what each village is to hear, what people asked and remembered."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import place_or_404, requires
from aanchal.activities import campaigning as actions
from aanchal.activities import forms, papers, queries
from aanchal.activities.models import CampaignEvent, Material
from aanchal.activities.terms import BANDS, REACH, Helpline
from aanchal.activities.views.found import (
    A_PAGE,
    REFUSED,
    at_place,
    attempt,
    bound,
    crumbs,
    kept_file,
    may_record,
    own_places,
    row_or_404,
    today,
)
from aanchal.places.models import Place
from aanchal.places.queries import villages_in
from aanchal.places.terms import Level


@requires(Permission.ACTIVITY_READ)
def campaign(request):
    places = own_places(request.user)
    form = forms.PlacedEventForm(places, request.POST or None, initial={"on": today()}) if places else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and _noted(request, form, form.place()):
            return redirect("activities:campaign")
    page = Paginator(queries.events(request.user).filter(at_place(request)), A_PAGE).get_page(request.GET.get("page"))
    asked, held = queries.remembered(request.user)
    context = {
        "heading": _("Campaign"), "page": page, "form": form, "may": bool(places), "crumbs": crumbs((_("Campaign"), "")),
        "helplines": queries.helplines_made_known(request.user), "topics": queries.asked_about(request.user),
        "asked": asked, "remembered": held, "percent": held * 100 // asked if asked else None,
    }  # fmt: skip
    return render(request, "activities/campaign.html", context, status=REFUSED if form and form.errors else 200)


@requires(Permission.ACTIVITY_READ)
def event(request, pk):
    """One event: who came, what they asked, what they remembered later."""
    one = row_or_404(request.user, CampaignEvent.told.select_related("place", "ended_by"), pk)
    offered = {}
    if one.stands and may_record(request.user, one):
        offered = {"question": forms.QuestionForm(bound(request, "question")), "recall": forms.RecallForm(bound(request, "recall"))}
    if request.method == "POST":
        what = request.POST.get("what", "")
        if what not in offered:
            raise Http404
        if offered[what].is_valid() and _ASKED[what](request, one, offered[what]):
            messages.success(request, _("Noted."))
            return redirect("activities:event", pk=one.pk)
    context = {
        "heading": one.title, "one": one, "forms": offered, "earlier": one.earlier(), "questions": one.questions.order_by("-times", "pk"),
        "groups": [(label, getattr(one, key), getattr(one, f"again_{key}"), _ages(one, key)) for key, label in REACH],
        "recalls": one.recalls.order_by("-on", "-pk"), "helplines": [Helpline(key).label for key in one.helplines],
        "crumbs": crumbs((_("Campaign"), reverse("activities:campaign")), (one.title, "")),
    }  # fmt: skip
    return render(request, "activities/event.html", context, status=REFUSED if request.method == "POST" else 200)


def _ages(one, key: str) -> list[tuple]:
    """Of children how many of each age came, where it was told."""
    ages = [(label, getattr(one, band)) for band, label in BANDS.get(key, ())]
    return [age for age in ages if age[1] is not None]


@requires(Permission.ACTIVITY_READ)
def materials(request):
    places = own_places(request.user)
    form = forms.MaterialForm(places, request.POST or None, request.FILES or None) if places else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            told = {name: form.cleaned_data[name] for name in ("title", "language", "method", "message")}
            file = papers.told(form.cleaned_data["file"])
            if attempt(form, actions.publish, place=form.place(), told=told, file=file, at=timezone.now(), by=request.user):
                messages.success(request, _("Published."))
                return redirect("activities:materials")
    page = Paginator(queries.materials(request.user), A_PAGE).get_page(request.GET.get("page"))
    context = {"heading": _("Materials"), "page": page, "form": form}
    context["crumbs"] = crumbs((_("Campaign"), reverse("activities:campaign")), (_("Materials"), ""))
    return render(request, "activities/materials.html", context, status=REFUSED if form and form.errors else 200)


@require_safe
@requires(Permission.ACTIVITY_READ)
def material_file(request, pk):
    one = row_or_404(request.user, Material.objects.all(), pk)
    return kept_file(one, f"material-{one.version}")


@requires(Permission.ACTIVITY_READ)
def villages(request):
    """The villages of a block with what each is to hear; a message for all of them at once."""
    blocks = list(policy.visible(request.user, Permission.ACTIVITY_READ, Place.objects.filter(level=Level.BLOCK)).order_by("name", "pk"))
    chosen = next((one for one in blocks if str(one.pk) == request.GET.get("block", "")), blocks[0] if blocks else None)
    may = chosen is not None and policy.can(request.user, Permission.ACTIVITY_RECORD, chosen)
    form = forms.MessageForm(queries.materials_for(chosen), request.POST or None) if may else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and _planned(request, form, villages_in(chosen)):
            return redirect(f"{reverse('activities:villages')}?block={chosen.pk}")
    rows = queries.planned_in(chosen) if chosen else Place.objects.none()
    context = {
        "heading": _("What each village is to hear"), "blocks": blocks, "chosen": chosen, "form": form,
        "may_send": bool(own_places(request.user)), "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "crumbs": crumbs((_("Campaign"), reverse("activities:campaign")), (_("Villages"), "")),
    }  # fmt: skip
    return render(request, "activities/villages.html", context, status=REFUSED if form and form.errors else 200)


@requires(Permission.ACTIVITY_READ)
def village(request, pk):
    """The plan of one village, and its events."""
    place = place_or_404(request.user, Permission.ACTIVITY_READ, pk)
    if place.level != Level.VILLAGE:
        raise Http404
    offered = {}
    if policy.can(request.user, Permission.ACTIVITY_RECORD, place):
        offered["plan"] = forms.MessageForm(queries.materials_for(place), bound(request, "plan"))
        offered["event"] = forms.EventForm(bound(request, "event"), initial={"on": today()})
    if request.method == "POST":
        what = request.POST.get("what", "")
        if what not in offered:
            raise Http404
        act = {"plan": lambda: _planned(request, offered["plan"], [place]), "event": lambda: _noted(request, offered["event"], place)}
        if offered[what].is_valid() and act[what]():
            return redirect("activities:village", pk=place.pk)
    block = f"{reverse('activities:villages')}?block={place.block_id}"
    context = {
        "heading": _("Campaign in %(village)s") % {"village": place.local_name}, "village": place, "forms": offered,
        "planned": queries.planned_at(place),
        "page": Paginator(queries.events(request.user).filter(place=place), A_PAGE).get_page(request.GET.get("page")),
        "crumbs": crumbs((_("Campaign"), reverse("activities:campaign")), (_("Villages"), block), (place.local_name, "")),
    }  # fmt: skip
    return render(request, "activities/village.html", context, status=REFUSED if request.method == "POST" else 200)


def _planned(request, form, places):
    count = attempt(form, actions.plan_messages, villages=places, told=form.told(), at=timezone.now(), by=request.user)
    if count:
        messages.success(request, _("Planned. Villages: %(n)s") % {"n": count})
    return count


def _noted(request, form, place: Place):
    told = {name: value for name, value in form.cleaned_data.items() if name != "place"}
    made = attempt(form, actions.record_event, place=place, told=told, at=timezone.now(), by=request.user)
    if made:
        messages.success(request, _("Noted."))
    return made


def _question(request, one: CampaignEvent, form):
    return attempt(form, actions.note_question, event=one, by=request.user, **form.cleaned_data)


def _recall(request, one: CampaignEvent, form):
    return attempt(form, actions.check_recall, event=one, at=timezone.now(), by=request.user, **form.cleaned_data)


_ASKED = {"question": _question, "recall": _recall}
