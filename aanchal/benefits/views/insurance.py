"""An insurance on the page of its application: premiums paid, claims made and what became of them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.benefits import insurance
from aanchal.benefits.forms import MOVED_ON, Says
from aanchal.benefits.insurance import Settlement
from aanchal.benefits.insurance_forms import ClaimForm, PremiumForm, SettleClaimForm
from aanchal.benefits.models import Claim, Entitlement
from aanchal.benefits.rules import NotPossible, Refused
from aanchal.benefits.views import cover, entitlement


@require_POST
@requires(Permission.ENTITLEMENT_RECORD)
def pay(request, pk):
    one, form = _found(request, pk), PremiumForm(request.POST)
    said = _("Noted. The insurance holds on.")
    return _told(request, one, form, lambda told: insurance.pay_premium(entitlement=one, **told), said, name="premium")


@require_POST
@requires(Permission.ENTITLEMENT_RECORD)
def claim(request, pk):
    one, form = _found(request, pk), ClaimForm(request.POST)
    said = _("Noted. Say here what becomes of the claim.")
    return _told(request, one, form, lambda told: insurance.claim(entitlement=one, **told), said, name="claim")


@require_POST
@requires(Permission.ENTITLEMENT_RECORD)
def settle(request, pk):
    found = Claim.objects.filter(pk=pk).first()
    if found is None or not policy.can(request.user, Permission.ENTITLEMENT_RECORD, found):
        raise Http404
    one, form = _found(request, found.entitlement_id), SettleClaimForm(cover.steps_of(found), request.POST)
    return _told(request, one, form, lambda told: _settled(found, told), _("Noted."), name="settle")


def _settled(found: Claim, told: dict) -> Claim:
    at, by = told.pop("at"), told.pop("by")
    return insurance.move_claim(claim=found, told=Settlement(**told), at=at, by=by)


def _told(request, one: Entitlement, form: Says, change, said: str, *, name: str):
    if form.is_valid():
        try:
            change(form.cleaned_data | {"at": timezone.now(), "by": request.user})
            messages.success(request, said)
            return redirect("entitlement", pk=one.pk)
        except Refused as refused:
            form.refuse(refused)
        except NotPossible:
            messages.warning(request, MOVED_ON)
            return redirect("entitlement", pk=one.pk)
    return entitlement.page(request, one, **{name: form})


def _found(request, pk) -> Entitlement:
    one = entitlement.found_or_404(request, pk)
    if not (insurance.is_insurance(one) and policy.can(request.user, Permission.ENTITLEMENT_RECORD, one)):
        raise Http404
    return one
