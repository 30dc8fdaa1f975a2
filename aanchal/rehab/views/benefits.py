"""What she applies for in her own right, and what came."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.benefits import queries as schemes
from aanchal.benefits import rules as steps
from aanchal.rehab import benefiting, came, forms
from aanchal.rehab.models import OwnBenefit
from aanchal.rehab.views.asked import A_PAGE, case_or_404, changed, frame, language, of_case_or_404, today


@require_safe
@requires(Permission.REHAB_READ)
def benefits(request, pk):
    return _page(request, case_or_404(request, pk, "WHOLE"))


@require_POST
@requires(Permission.REHAB_RECORD)
def apply(request, pk):
    case = case_or_404(request, pk, "LEAD", Permission.REHAB_RECORD)
    form = forms.BenefitForm(_schemes(case), request.POST)

    def act(told):
        benefiting.apply(case=case, at=timezone.now(), by=request.user, **told)

    return changed(request, form, act, _("Applied for."), back=_back(pk), page=lambda: _page(request, case, apply=form))


@require_POST
@requires(Permission.REHAB_RECORD)
def move(request, pk):
    one = OwnBenefit.objects.filter(pk=pk).select_related("case__place").first()
    if one is None:
        raise Http404
    of_case_or_404(request, one, "LEAD")
    form = forms.BenefitMoveForm(one, request.POST)

    def act(told):
        benefiting.move(benefit=one, came=benefiting.Came(**told), at=timezone.now(), by=request.user)

    return changed(
        request, form, act, _("Written down."), back=_back(one.case_id), page=lambda: _page(request, one.case, moved=(one.pk, form))
    )


def _schemes(case) -> list[tuple[str, str]]:
    found = [(one.code, one.title[language()]) for one in schemes.schemes_in_force(today(), case.place)]
    return sorted(found, key=lambda one: one[1])


def _back(pk) -> str:
    return reverse("rehab:benefits", args=[pk])


def _page(request, case, *, moved=(None, None), apply=None):
    context = frame(request, case, "benefits", _("What is due to her"))
    context |= {
        "applied": [_applied(one, moved, may=context["may_lead"]) for one in case.own_benefits.order_by("-applied_on", "-pk")],
        "page": Paginator(came.ledger(case, language()), A_PAGE).get_page(request.GET.get("page")),
        "apply": apply or forms.BenefitForm(_schemes(case), initial={"on": today()}),
    }
    return render(request, "rehab/benefits.html", context, status=422 if apply or moved[1] else 200)


def _applied(one: OwnBenefit, moved: tuple, *, may: bool) -> dict:
    """With the form of its next step, where there is one and she who reads may take it."""
    form = moved[1] if moved[0] == one.pk else forms.BenefitMoveForm(one, initial={"on": today()}, auto_id=f"{one.pk}_%s")
    waiting = steps.waiting(one.applied_on, one.due_on, today()) if one.state in steps.WAITING else None
    can = may and bool(steps.ENTITLEMENT_TRANSITIONS[one.state])
    return {"one": one, "title": came.title_of(one, language()), "waiting": waiting, "form": form if can else None}
