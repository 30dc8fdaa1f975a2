"""Task forces and who sits in them."""

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
from aanchal.activities import actions, forms, papers, queries
from aanchal.activities.models import Corrigendum, Member, TaskForce
from aanchal.activities.views.found import A_PAGE, REFUSED, attempt, bound, crumbs, kept_file, may_record, own_places, row_or_404, today


@requires(Permission.ACTIVITY_READ)
def task_forces(request):
    places = own_places(request.user)
    form = forms.TaskForceForm(places, request.POST or None, initial={"on": today()}) if places else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            told = {name: form.cleaned_data[name] for name in ("title", "order_no", "on")}
            if made := attempt(form, actions.constitute, place=form.place(), at=timezone.now(), by=request.user, **told):
                return redirect("activities:task-force", pk=made.pk)
    page = Paginator(queries.task_forces(request.user).prefetch_related("members"), A_PAGE).get_page(request.GET.get("page"))
    rows = [(one, any(member.body == "SRLM" and _sits(member) for member in one.members.all())) for one in page]
    context = {"heading": _("Task forces"), "page": page, "rows": rows, "form": form, "crumbs": crumbs((_("Task forces"), ""))}
    return render(request, "activities/task_forces.html", context, status=REFUSED if form and form.errors else 200)


@requires(Permission.ACTIVITY_READ)
def task_force(request, pk):
    force = row_or_404(request.user, TaskForce.objects.select_related("place"), pk)
    may = may_record(request.user, force)
    join = forms.MemberForm(bound(request, "join"), initial={"since": today()}) if may else None
    call = forms.NoticeForm(bound(request, "call"), initial={"on": today()}) if may else None
    order = forms.CorrigendumForm(bound(request, "order"), request.FILES if bound(request, "order") else None) if may else None
    if request.method == "POST":
        form, act = {"join": (join, _join), "call": (call, _call), "order": (order, _order)}.get(request.POST.get("what", ""), (None, None))
        if form is None:
            raise Http404
        if form.is_valid() and (answer := act(request, force, form)):
            return answer
    meetings = queries.meetings(request.user).filter(task_force=force).order_by("-on", "-pk")
    context = {
        "heading": force.title, "force": force, "members": queries.members(force, today()), "has_srlm": queries.has_srlm(force, today()),
        "page": Paginator(meetings, A_PAGE).get_page(request.GET.get("page")), "may": may, "join": join, "call": call,
        "order": order, "corrigenda": force.corrigenda.defer("file").order_by("nth"),
        "crumbs": crumbs((_("Task forces"), reverse("activities:task-forces")), (force.title, "")),
    }  # fmt: skip
    return render(request, "activities/task_force.html", context, status=REFUSED if request.method == "POST" else 200)


@require_safe
@requires(Permission.ACTIVITY_READ)
def corrigendum_file(request, pk):
    one = row_or_404(request.user, Corrigendum.objects.all(), pk)
    return kept_file(one, f"corrigendum-{one.nth}")


@require_POST
@requires(Permission.ACTIVITY_RECORD)
def leave(request, pk):
    member = row_or_404(request.user, Member.objects.all(), pk, Permission.ACTIVITY_RECORD)
    actions.leave(member=member, on=today(), by=request.user)
    return redirect("activities:task-force", pk=member.task_force_id)


def _join(request, force: TaskForce, form):
    if attempt(form, actions.join, force=force, at=timezone.now(), by=request.user, **form.cleaned_data):
        messages.success(request, _("Noted."))
        return redirect("activities:task-force", pk=force.pk)
    return None


def _order(request, force: TaskForce, form):
    told = {name: form.cleaned_data[name] for name in ("order_no", "on", "words")}
    file = papers.told(form.cleaned_data["file"])
    if attempt(form, actions.correct_order, force=force, file=file, at=timezone.now(), by=request.user, **told):
        messages.success(request, _("Noted."))
        return redirect("activities:task-force", pk=force.pk)
    return None


def _call(request, force: TaskForce, form):
    told = {"place": force.place, "notice": form.notice(), "force": force, "at": timezone.now(), "by": request.user}
    made = attempt(form, actions.call, **told)
    return redirect("activities:meeting", pk=made.pk) if made else None


def _sits(member: Member) -> bool:
    return member.since <= today() and (member.until is None or member.until >= today())
