"""Pages of a village: its situation, the points of its safety map, its roadmap."""

from itertools import groupby
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import place_or_404, requires
from aanchal.places.models import Place
from aanchal.places.queries import ancestors
from aanchal.places.terms import Level
from aanchal.villages import actions, queries, reading
from aanchal.villages.forms import CompleteForm, DropForm, PointForm, WithdrawForm
from aanchal.villages.models import RoadmapAction, SafetyPoint
from aanchal.villages.rules import NotPossible, Refused
from aanchal.villages.terms import ActionState, PointKind, WithdrawReason

READ, RECORD = Permission.VILLAGE_READ, Permission.VILLAGE_RECORD
UNDO = "villages_undo"
CHANGED = gettext_lazy("Someone has changed this in the meantime. Here is how it stands.")
REFUSED = 422


@require_safe
@requires(READ)
def situation(request, pk):
    village = village_or_404(request, READ, pk)
    told = list(queries.situations_of(village).select_related("recorded_by"))
    shown = next((i for i, one in enumerate(told) if str(one.pk) == request.GET.get("told", str(one.pk))), None)
    if told and shown is None:
        raise Http404
    context = {"told": told, "current": told[shown], "earlier": told[shown + 1 :], "is_latest": shown == 0} if told else {}
    if told:
        context["dimensions"] = reading.dimensions(told[shown:])
    return page_of(request, village, "situation", _("Situation of %(village)s"), context)


@require_safe
@requires(READ)
def points(request, pk):
    return _points(request, village_or_404(request, READ, pk), PointForm(initial={"told_on": today()}))


@require_POST
@requires(RECORD)
def record_point(request, pk):
    village = village_or_404(request, RECORD, pk)
    form = PointForm(request.POST)
    if form.is_valid():
        told = dict(form.cleaned_data)
        told_on = told.pop("told_on")
        details = actions.PointDetails(kind=queries.kind_of(told["type"]), **told)
        try:
            point = actions.record_safety_point(details=details, place=village, told_on=told_on, at=timezone.now(), by=request.user)
        except Refused as refused:
            form.refuse(refused)
        else:
            undo = address("withdraw_point", village, point=point.pk, reason=WithdrawReason.MISTAKE)
            return back(request, "points", village, _("The place is on the map now."), undo=undo)
    return _points(request, village, form, status=REFUSED)


@require_POST
@requires(RECORD)
def withdraw_point(request, pk, point):
    village = village_or_404(request, RECORD, pk)
    row = _one(SafetyPoint, village, point)
    form = WithdrawForm(_told(request))
    if not form.is_valid():
        return _points(request, village, PointForm(initial={"told_on": today()}), status=REFUSED)
    reason = form.cleaned_data["reason"]
    return _do(
        request,
        lambda: actions.withdraw_safety_point(point=row, reason=reason, at=timezone.now(), by=request.user),
        ("points", village, _("The place is off the map.")),
        undo=address("restore_point", village, point=point),
    )


@require_POST
@requires(RECORD)
def restore_point(request, pk, point):
    village = village_or_404(request, RECORD, pk)
    row = _one(SafetyPoint, village, point)
    undo = address("withdraw_point", village, point=point, reason=row.withdraw_reason or WithdrawReason.MISTAKE)
    return _do(
        request,
        lambda: actions.restore_safety_point(point=row, by=request.user),
        ("points", village, _("The place is on the map again.")),
        undo=undo,
    )


@require_safe
@requires(READ)
def action(request, pk, action):
    village = village_or_404(request, READ, pk)
    return _action(request, village, _one(RoadmapAction, village, action))


@require_POST
@requires(RECORD)
def complete_action(request, pk, action):
    village = village_or_404(request, RECORD, pk)
    row = _one(RoadmapAction, village, action)
    form = CompleteForm({"done_on": today()} | _told(request))
    if form.is_valid():
        try:
            return _do(
                request,
                lambda: actions.complete_roadmap_action(action=row, at=timezone.now(), by=request.user, **form.cleaned_data),
                ("roadmap", village, _("Done. Thank you.")),
                undo=address("reopen_action", village, action=action),
            )
        except Refused as refused:
            form.refuse(refused)
    return _action(request, village, row, complete_form=form, status=REFUSED)


@require_POST
@requires(RECORD)
def drop_action(request, pk, action):
    village = village_or_404(request, RECORD, pk)
    row = _one(RoadmapAction, village, action)
    form = DropForm(_told(request))
    if not form.is_valid():
        return _action(request, village, row, drop_form=form, status=REFUSED)
    reason = form.cleaned_data["reason"]
    return _do(
        request,
        lambda: actions.drop_roadmap_action(action=row, reason=reason, by=request.user),
        ("roadmap", village, _("The action is dropped.")),
        undo=address("reopen_action", village, action=action),
    )


@require_POST
@requires(RECORD)
def reopen_action(request, pk, action):
    village = village_or_404(request, RECORD, pk)
    row = _one(RoadmapAction, village, action)
    if row.state == ActionState.DONE:
        undo = address("complete_action", village, action=action, done_on=row.done_on)
    else:
        undo = address("drop_action", village, action=action, reason=row.drop_reason)
    return _do(
        request,
        lambda: actions.reopen_roadmap_action(action=row, by=request.user),
        ("roadmap", village, _("It is to be done again.")),
        undo=undo,
    )


def village_or_404(request, permission: Permission, pk: int) -> Place:
    village = place_or_404(request.user, permission, pk)
    if village.level != Level.VILLAGE:
        raise Http404
    return village


def _one(model, village: Place, pk):
    row = model.objects.filter(pk=pk, place_no=village.place_no).first()
    if row is None:
        raise Http404
    return row


def today():
    return policy.day_in_india(timezone.now())


def _told(request) -> dict:
    """What was sent: an undo carries it in its address, a form in its body."""
    return request.GET.dict() | request.POST.dict()


def address(name: str, village: Place, *, point=None, action=None, **query) -> str:
    ids = {key: pk for key, pk in (("point", point), ("action", action)) if pk}
    address = reverse(f"villages:{name}", kwargs={"pk": village.pk, **ids})
    return f"{address}?{urlencode(query)}" if query else address


def _do(request, change, told: tuple, *, undo: str):
    """One action that may find that someone else was first."""
    page, village, words = told
    try:
        change()
    except NotPossible:
        return back(request, page, village, CHANGED, level=messages.WARNING)
    return back(request, page, village, words, undo=undo)


def back(request, page: str, village: Place, words: str, *, undo: str = "", level: int = messages.SUCCESS):
    messages.add_message(request, level, words)
    if undo:
        request.session[UNDO] = undo
    show = request.GET.get("show", "")
    return redirect(address(page, village, **({"show": show} if show else {})))


def page_of(request, village: Place, page: str, heading: str, context: dict, *, status: int = 200):
    undo = request.session.pop(UNDO, "")
    frame = {
        "village": village,
        "above": [place.local_name for place in ancestors(village) if place.level in (Level.BLOCK, Level.PANCHAYAT)],
        "page": page,
        "heading": heading % {"village": village.local_name},
        "can_record": policy.can(request.user, RECORD, village),
        "knows_families": policy.can(request.user, Permission.RISK_READ, village),
        "today": today(),
        "undo": {"url": undo} if undo else None,
    }
    return render(request, f"villages/{page}.html", frame | context, status=status)


def _points(request, village: Place, form: PointForm, *, status: int = 200):
    standing = list(queries.standing_points(village))
    for point in standing:
        point.icon = queries.ICONS[point.type]
    context = {
        "groups": [(PointKind(kind), list(found)) for kind, found in groupby(standing, key=lambda point: point.kind)],
        "withdrawn": list(queries.withdrawn_points(village)),
        "reasons": WithdrawReason.choices,
        "form": form,
    }
    return page_of(request, village, "points", _("Safe and unsafe places in %(village)s"), context, status=status)


def _action(request, village: Place, row: RoadmapAction, *, complete_form=None, drop_form=None, status: int = 200):
    row.is_overdue = row.is_overdue_on(today())
    context = {
        "action": row,
        "complete_form": complete_form or CompleteForm(initial={"done_on": today()}, auto_id="done-%s"),
        "drop_form": drop_form or DropForm(auto_id="drop-%s"),
    }
    return page_of(request, village, "action", _("Roadmap of %(village)s"), context, status=status)
