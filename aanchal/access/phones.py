"""Phones: enrol one (its settings are shown once), name it, end it, ask it to erase what it holds."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import actions, policy, queries, settings_code
from aanchal.access.forms import PhoneForm
from aanchal.access.models import Device, User
from aanchal.access.permissions import Permission
from aanchal.access.web import requires, signed_in

MANAGE = Permission.USER_MANAGE
MOST = 5
"""A worker has one phone and sometimes a second; who enrols more forgets to end the old ones."""


@require_safe
@requires(Permission.SUBMISSION_SEND)
def phones(request):
    return _page(request, request.user)


@require_POST
@requires(Permission.SUBMISSION_SEND)
def enrol(request):
    return _enrolled(request, request.user)


@require_safe
@requires(MANAGE)
def phones_of(request, pk):
    return _page(request, _worker(request, pk))


@require_POST
@requires(MANAGE)
def enrol_for(request, pk):
    return _enrolled(request, _worker(request, pk))


@require_POST
@signed_in
def label(request, pk):
    device = _device(request, pk)
    form = PhoneForm(request.POST)
    if not form.is_valid():
        return _page(request, device.user, form=form, status=422)
    actions.label_device(device=device, label=form.cleaned_data["label"], by=request.user)
    messages.success(request, _("The phone has its new name."))
    return _back(request, device)


@require_POST
@signed_in
def revoke(request, pk):
    device = _device(request, pk)
    if device.revoked_at is None:
        actions.revoke_device(device=device, at=timezone.now(), by=request.user)
    messages.success(request, _("The phone sends no more. What it sent stays."))
    return _back(request, device)


@require_POST
@signed_in
def wipe(request, pk):
    device = _device(request, pk)
    if device.wipe_asked_at is None:
        actions.ask_wipe(device=device, at=timezone.now(), by=request.user)
    messages.success(request, _("The phone is asked to erase what it holds when it next calls."))
    return _back(request, device)


def _worker(request, pk) -> User:
    """Whose account the asker may change; anyone else is answered like one who does not exist."""
    user = queries.manageable(request.user).filter(pk=pk).first()
    if user is None or not queries.may_change_account(request.user, user, on=_today()):
        raise Http404
    return user


def _device(request, pk) -> Device:
    device = queries.changeable_device(request.user, pk, on=_today())
    if device is None:
        raise Http404
    return device


def _enrolled(request, owner: User):
    form = PhoneForm(request.POST)
    if form.is_valid() and (refusal := _refusal(owner)):
        form.add_error(None, refusal)
    if not form.is_valid():
        return _page(request, owner, form=form, status=422)
    device, token = actions.enrol_device(user=owner, label=form.cleaned_data["label"], at=timezone.now(), by=request.user)
    return _shown_once(request, device, token)


def _refusal(owner: User) -> str:
    if not policy.holds(owner, Permission.SUBMISSION_SEND):
        return _("This person holds no posting that sends forms.")
    if queries.enrolled_phones(owner, on=_today()) >= MOST:
        return _("%(most)s phones are enrolled. Revoke one that is no longer used.") % {"most": MOST}
    return ""


def _shown_once(request, device: Device, token: str):
    """In the answer itself and nowhere else: not in the session, not in a message that is kept, not in a log."""
    address = request.build_absolute_uri(f"/d/{token}")
    told = settings_code.packed(settings_code.settings(address=address, language=device.user.language))
    app = f"{request.build_absolute_uri('/field/')}#token={token}"
    context = {
        "heading": _("Scan this with the phone"),
        "device": device,
        "app": app,
        "app_square": settings_code.square(app, title=_("Link to the app of Aanchal")),
        "square": settings_code.square(told, title=_("Settings for ODK Collect")),
        "address": address,
        "back": _address(request, device.user),
        "crumbs": _crumbs(request, device.user, _("Enrol a phone")),
    }
    return render(request, "access/phone_code.html", context)


def _page(request, owner: User, *, form: PhoneForm | None = None, status: int = 200):
    today = _today()
    devices = queries.phones_of(owner)
    for device in devices:
        device.has_ended = device.revoked_at is None and device.valid_until is not None and device.valid_until < today
    is_own = owner.pk == request.user.pk
    context = {
        "heading": _("Phones") if is_own else _("Phones of %(name)s") % {"name": owner.name},
        "owner": owner,
        "is_own": is_own,
        "devices": devices,
        "form": form or PhoneForm(),
        "enrol_url": reverse("enrol-phone") if is_own else reverse("enrol-phone-for", args=[owner.pk]),
        "crumbs": [] if is_own else _crumbs(request, owner, _("Phones")),
    }
    return render(request, "access/phones.html", context, status=status)


def _back(request, device: Device):
    return redirect(_address(request, device.user))


def _address(request, owner: User) -> str:
    return reverse("phones") if owner.pk == request.user.pk else reverse("phones-of", args=[owner.pk])


def _crumbs(request, owner: User, last: str) -> list[dict]:
    if owner.pk == request.user.pk:
        return [{"url": reverse("phones"), "label": _("Phones")}, {"label": last}]
    workers = {"url": reverse("workers"), "label": _("People who work")}
    return [workers, {"url": reverse("worker", args=[owner.pk]), "label": owner.name}, {"label": last}]


def _today():
    return policy.day_in_india(timezone.now())
