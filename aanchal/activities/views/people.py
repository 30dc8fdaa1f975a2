"""Someone of the training records; who of them may be one person."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.activities import queries, sameness
from aanchal.activities.models import Participant, Sameness
from aanchal.activities.rules import Refused
from aanchal.activities.views.found import A_PAGE, crumbs, row_or_404, say


@require_safe
@requires(Permission.ACTIVITY_READ)
def participant(request, pk):
    """One worker or officer: what she passed, who trained her, how many she trained."""
    one = row_or_404(request.user, Participant.objects.select_related("place", "same_as__place"), pk)
    taken = one.taken.select_related("training", "training__module", "certificate").order_by("-training__starts_on", "-pk")
    context = {
        "heading": one.name, "one": one, "taken": taken, "trainers": queries.trainers_of(one), "trained": queries.trained_by(one),
        "nominations": one.nominations.order_by("on"), "others": queries.same_person(one),
        "crumbs": crumbs((_("Trainings"), reverse("activities:trainings")), (one.post, "")),
    }  # fmt: skip
    return render(request, "activities/participant.html", context)


@requires(Permission.ACTIVITY_RECORD)
def alike(request):
    """Pairs who may be one person; which of the two records she is counted by is chosen with it."""
    pairs = sameness.alike(request.user)
    if request.method == "POST":
        chosen = [pair for pair in pairs if {str(one.pk) for one in pair} == {request.POST.get("one", ""), request.POST.get("other", "")}]
        if not chosen or request.POST.get("what") not in ("same", "two"):
            raise Http404
        _decide(request, *sorted(chosen[0], key=lambda one: str(one.pk) != request.POST["one"]))
        return redirect("activities:alike")
    context = {
        "heading": _("People who may be the same"), "page": Paginator(pairs, A_PAGE).get_page(request.GET.get("page")),
        "joined": sameness.joined(request.user)[:A_PAGE],
        "crumbs": crumbs((_("Trainings"), reverse("activities:trainings")), (_("People who may be the same"), "")),
    }  # fmt: skip
    return render(request, "activities/alike.html", context)


def _decide(request, one: Participant, other: Participant) -> None:
    when = {"at": timezone.now(), "by": request.user}
    try:
        if request.POST["what"] == "same":
            sameness.say_same(stays=one, away=other, **when)
            messages.success(request, _("One person from now on, counted once. It can be taken back below."))
        else:
            sameness.say_two(one=one, other=other, **when)
            messages.success(request, _("They stay two. Nobody is asked again."))
    except Refused as refused:
        say(request, refused)


@require_POST
@requires(Permission.ACTIVITY_RECORD)
def take_back(request, pk):
    said = row_or_404(request.user, Sameness.objects.all(), pk, Permission.ACTIVITY_RECORD)
    try:
        sameness.take_back(said=said, at=timezone.now(), by=request.user)
    except Refused as refused:
        say(request, refused)
    else:
        messages.success(request, _("They stand apart again."))
    return redirect("activities:alike")
