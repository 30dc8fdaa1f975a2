"""What our own app asks about the phone it runs on: whether it may send, and whether it should erase what it holds."""

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aanchal.access import actions, queries
from aanchal.access.acting import acting
from aanchal.access.middleware import acts_alone
from aanchal.access.models import Device
from aanchal.access.permissions import Permission
from aanchal.access.web import public
from aanchal.field import replies


@require_safe
@csrf_exempt
@acts_alone
def state(request: HttpRequest, token: str) -> JsonResponse:
    """Answered to a revoked phone too: a stolen one must still learn that it should erase itself."""
    device = _device(token)
    if device is None:
        return _unknown()
    may_send = queries.device_of(actions.token_hash(token)) is not None
    asked = bool(device.wipe_asked_at and not device.wiped_at)
    told = {"may_send": may_send, "wipe": asked, "valid_until": device.valid_until, "label": device.label, "id": str(device.pk)}
    return _answer(told, 200, device)


@require_POST
@csrf_exempt
@acts_alone
def wiped(request: HttpRequest, token: str) -> JsonResponse:
    """The app has erased what it held. Only where that was asked: nobody ends a phone by chance."""
    device = _device(token)
    if device is None:
        return _unknown()
    if device.wipe_asked_at is None:
        return _answer({"error": _("Nobody asked this phone to erase anything.")}, 409, device)
    if device.wiped_at is None:
        with acting(device.user):
            actions.note_wiped(device=device, at=timezone.now(), by=device.user)
    return _answer({"wiped": True}, 200, device)


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt
@acts_alone
@public
def closed_phone(request: HttpRequest, pk) -> JsonResponse:
    """Asked by a phone that nobody has opened yet, which cannot use its token: whether it should erase itself; POST says that it did.

    A phone that nobody asked to, and one that does not exist, get the same answer.
    """
    device = Device.objects.select_related("user").filter(pk=pk, wipe_asked_at__isnull=False, wiped_at=None).first()
    if device is not None and request.method == "POST":
        with acting(device.user):
            actions.note_wiped(device=device, at=timezone.now(), by=device.user)
    return _answer({"wipe": device is not None}, 200, None)


state.requires = wiped.requires = Permission.SUBMISSION_SEND


def _device(token: str) -> Device | None:
    return queries.device_once(actions.token_hash(token))


def _unknown() -> JsonResponse:
    return _answer({"error": _("This phone is not enrolled.")}, 401, None)


def _answer(told: dict, status: int, device: Device | None) -> JsonResponse:
    response = JsonResponse(told, status=status)
    response["Cache-Control"] = "no-store"
    return replies.marked(response, device)
