"""Who calls from a phone: by the phone's own token in the address, or by name and password over TLS."""

from base64 import b64decode
from collections.abc import Callable
from datetime import datetime
from functools import wraps

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from aanchal.access import policy
from aanchal.access import queries as access
from aanchal.access.acting import acting
from aanchal.access.actions import token_hash
from aanchal.access.middleware import acts_alone
from aanchal.access.models import Device
from aanchal.access.permissions import Permission
from aanchal.field import replies

View = Callable[..., HttpResponse]


class NotLetIn(Exception):
    """Who the caller is may be known; `answer` is what the phone says to her."""

    def __init__(self, answer: HttpResponse):
        super().__init__()
        self.answer = answer


def caller(request: HttpRequest, token: str):
    """(device, user) by the phone's own token, or (None, user) by name and password; (None, None) for nobody."""
    if token:
        device = access.device_of(token_hash(token))
        if device:
            _note_seen(device, timezone.now())
        return (device, device.user) if device else (None, None)
    scheme, _space, credentials = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None, None
    try:
        username, _colon, password = b64decode(credentials, validate=True).decode().partition(":")
    except ValueError:
        return None, None
    return None, _by_password(request, username, password)


def for_phones(view: View) -> View:
    """A view asked for by a phone: it knows `request.device` and `request.user`, reads as her, and answers in her language."""

    @csrf_exempt
    @acts_alone
    @wraps(view)
    def answered(request: HttpRequest, token: str = "", **asked: str) -> HttpResponse:
        try:
            device, user = caller(request, token)
        except (InterfaceError, OperationalError):
            return unavailable()
        except NotLetIn as refusal:
            return refusal.answer
        if user is None:
            return turned_away(token)
        request.token, request.device, request.user = token, device, user
        with override(user.language), acting(user):
            return replies.marked(view(request, **asked), device)

    answered.requires = Permission.SUBMISSION_SEND
    return answered


def turned_away(token: str) -> HttpResponse:
    """401 in words she can act on: in her own language when the phone was once hers."""
    once = access.device_once(token_hash(token)) if token else None
    if once is None:
        return replies.unauthorised(_("Sign in to send."))
    with override(once.user.language):
        return replies.marked(replies.unauthorised(_why_ended(once)), once)


def unavailable() -> HttpResponse:
    return replies.later(503, _("The server cannot keep it now. Your phone will try again."), seconds=30)


def _why_ended(device: Device) -> str:
    if device.revoked_at or not device.user.is_active:
        return _("This phone may no longer send. Keep your filled forms and ask your block officer to enrol it again.")
    return _("The enrolment of this phone has ended. Keep your filled forms and enrol it again: they are sent then.")


def _by_password(request: HttpRequest, username: str, password: str):
    """Through allauth: wrong tries are counted as on the page where people sign in. Raises NotLetIn after too many, and where a

    password is not enough: it was given by someone, or her post needs a second step, which a phone cannot be asked for.
    """
    try:
        user = get_adapter(request).authenticate(request, username=username, password=password)
    except ValidationError as problem:
        said = _("Too many wrong passwords. Wait ten minutes, then send again.")
        raise NotLetIn(replies.later(429, said, seconds=600)) from problem
    if user and (user.must_change_password or policy.needs_second_factor(user)):
        said = _("A name and password are not enough here: sign in on the site and enrol this phone.")
        raise NotLetIn(replies.message(403, said, nature="error"))
    return user


def _note_seen(device: Device, now: datetime) -> None:
    """Once a day is enough to know that a phone is alive."""
    if device.last_seen_on != now.date():
        Device.objects.filter(pk=device.pk).update(last_seen_on=now.date())
