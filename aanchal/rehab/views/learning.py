"""What she likes, what that suggests, and the courses she is in."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.cases import queries as cases
from aanchal.rehab import catalogue, forms, learning, queries, rules
from aanchal.rehab.models import Learning
from aanchal.rehab.terms import Interest, Strength
from aanchal.rehab.views.asked import case_or_404, changed, frame, language, of_case_or_404, today

MOST_SUGGESTED = 8


@require_safe
@requires(Permission.REHAB_READ)
def learnings(request, pk):
    return _page(request, case_or_404(request, pk))


@require_POST
@requires(Permission.REHAB_RECORD)
def lean(request, pk):
    case, form = case_or_404(request, pk, "WORK", Permission.REHAB_RECORD), forms.LeaningForm(request.POST)

    def act(told):
        learning.tell_leaning(case=case, on=today(), by=request.user, **told)

    return changed(request, form, act, _("Noted."), back=_back(pk), page=lambda: _page(request, case, leaning=form))


@require_POST
@requires(Permission.REHAB_RECORD)
def enrol(request, pk):
    case = case_or_404(request, pk, "WORK", Permission.REHAB_RECORD)
    form = forms.EnrolForm(today(), language(), request.POST)

    def act(told):
        learning.enrol(case=case, at=timezone.now(), by=request.user, **told)

    return changed(request, form, act, _("Enrolled."), back=_back(pk), page=lambda: _page(request, case, enrol=form))


@require_safe
@requires(Permission.REHAB_READ)
def course(request, pk):
    return _course(request, _found(request, pk, "ANY", Permission.REHAB_READ))


@require_POST
@requires(Permission.REHAB_RECORD)
def move(request, pk):
    one = _found(request, pk)
    form = forms.MoveForm(one, today(), request.POST)

    def act(told):
        work = learning.Work(told.get("employer"), told.get("wage_paise"))
        learning.move(learning=one, to=told["to"], on=told["on"], work=work, at=timezone.now(), by=request.user)

    back = reverse("rehab:course", args=[pk])
    return changed(request, form, act, _("Written down."), back=back, page=lambda: _course(request, one, move=form))


@require_POST
@requires(Permission.REHAB_RECORD)
def attend(request, pk):
    one, form = _found(request, pk), forms.AttendForm(request.POST)

    def act(told):
        learning.attend(learning=one, at=timezone.now(), by=request.user, **told)

    back = reverse("rehab:course", args=[pk])
    return changed(request, form, act, _("Noted."), back=back, page=lambda: _course(request, one, attend=form))


def _found(request, pk, reach: str = "WORK", permission: Permission = Permission.REHAB_RECORD) -> Learning:
    found = Learning.objects.filter(pk=pk).select_related("case__place", "agency", "employer").first()
    if found is None:
        raise Http404
    return of_case_or_404(request, found, reach, permission)


def _back(pk) -> str:
    return reverse("rehab:learning", args=[pk])


def trade_of(key: str) -> str:
    known = catalogue.trades().get(key)
    return known.texts[language()] if known else ""


def _page(request, case, **filled):
    her = queries.her(case, today())
    told = {"interests": her.interests, "strengths": her.strengths, "surroundings": her.place} if her else {}
    context = frame(request, case, "learning", _("What she learns")) | {
        "age": cases.age(case, today()),
        "is_child": cases.is_child(case, today()),
        "her": her,
        "suggestions": [_suggested(one) for one in catalogue.suggestions(her)[:MOST_SUGGESTED]] if her else [],
        "courses": [{"one": one, "trade": trade_of(one.trade)} for one in queries.learnings(case)],
        "leaning": forms.LeaningForm(initial=told),
        "enrol": forms.EnrolForm(today(), language(), initial={"on": today()}),
    }
    return render(request, "rehab/learning.html", context | filled, status=422 if filled else 200)


def _suggested(one: catalogue.Suggestion) -> dict:
    because = [Interest(key).label for key in one.interests] + [Strength(key).label for key in one.strengths]
    return {"label": one.trade.texts[language()], "weeks": one.trade.weeks, "because": because, "is_near": one.is_near}


def _course(request, one: Learning, **filled):
    course = {"one": one, "trade": trade_of(one.trade), "attendances": one.attendances.order_by("-month")}
    frame_of = frame(request, one.case, "learning", one.get_kind_display())
    context = frame_of | course | {
        "move": forms.MoveForm(one, today(), initial={"on": today()}),
        "attend": forms.AttendForm(initial={"month": today()}),
        "can_move": bool(rules.LEARNING[one.kind][one.state]),
    }  # fmt: skip
    return render(request, "rehab/course.html", context | filled, status=422 if filled else 200)
