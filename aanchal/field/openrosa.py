"""The OpenRosa submission endpoint, as ODK Collect, KoboCollect and our own phones call it (shared field.md)."""

from base64 import b64decode
from datetime import datetime

from allauth.account.adapter import get_adapter
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFilesSent, ValidationError
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from aanchal.access import queries as access
from aanchal.access.actions import token_hash
from aanchal.access.middleware import acts_alone
from aanchal.access.models import Device
from aanchal.access.permissions import Permission
from aanchal.field import intake, photos
from aanchal.field.xform import DEFAULT
from aanchal.inbox.actions import SaysSomethingElse

MAX_BODY = 100_000_000
MAX_XML = DEFAULT.max_bytes
XML_PART = "xml_submission_file"


class Refused(Exception):
    """Nothing was kept; the message is shown to the worker by her phone."""

    def __init__(self, status: int, words: str):
        super().__init__(words)
        self.status, self.words = status, words


class TooManyTries(Exception):
    """Too many wrong passwords for this name or from this address."""


@csrf_exempt
@acts_alone
@require_http_methods(["HEAD", "POST"])
def submission(request: HttpRequest, token: str = "") -> HttpResponse:
    """HEAD: is someone there (204). POST: one filled form with its files: 201 new, 202 the same again, 409 other content, 4xx in words."""
    try:
        device, user = _sender(request, token)
    except (InterfaceError, OperationalError):
        return _later(503, _("The server cannot keep it now. Your phone will try again."), seconds=30)
    except TooManyTries:
        return _later(429, _("Too many wrong passwords. Wait ten minutes, then send again."), seconds=600)
    if user is None:
        return _unauthorised()
    if request.method == "HEAD":
        return _with_headers(HttpResponse(status=204))
    with override(user.language):
        try:
            receipt = intake.take_in(parcel=_parcel(request, device), at=timezone.now(), by=user)
        except Refused as refusal:
            return _answer(refusal.status, refusal.words, nature="error")
        except (InterfaceError, OperationalError):
            return _later(503, _("The server cannot keep it now. Your phone will try again."), seconds=30)
        except Exception as problem:
            return _answer(*words_for(problem), nature="error")
        return _answer(201 if receipt.is_new else 202, _thanks(receipt), nature="submit_success")


submission.requires = Permission.SUBMISSION_SEND


WHY = {
    "TRUNCATED": gettext_lazy("it ends too early. Your phone will send it again."),
    "DTD": gettext_lazy("it holds instructions that a form may not hold."),
    "ENCODING": gettext_lazy("it is not written in UTF-8."),
    "NO_INSTANCE_ID": gettext_lazy("it has no number of its own."),
    "LONG_INSTANCE_ID": gettext_lazy("its number is too long."),
}
TOO_MUCH = gettext_lazy("it is larger than any filled form.")
NOT_XML = gettext_lazy("it cannot be read.")


def _why(problem: intake.BadXml) -> str:
    return str(WHY.get(problem.reason) or (TOO_MUCH if problem.reason.startswith("TOO_") else NOT_XML))


def words_for(problem: Exception) -> tuple[int, str]:
    if isinstance(problem, intake.BadXml):
        return 400, _("The form arrived damaged and was not kept: %(why)s") % {"why": _why(problem)}
    if isinstance(problem, intake.UnknownForm):
        return 404, _("This form is not known here: %(form)s. Get the forms again.") % {"form": str(problem)[:60]}
    if isinstance(problem, photos.TooLarge):
        most = photos.MAX_BYTES // 1_000_000
        return 413, _("A photo or file is too large: at most %(most)s MB are taken. Take a smaller photo and send again.") % {"most": most}
    if isinstance(problem, SaysSomethingElse):
        return 409, _("Another form was already received under this number. Nothing was overwritten.")
    if isinstance(problem, intake.NowhereToKeepIt):
        return 403, _("You have no village here yet. Ask your block officer.")
    raise problem


def _thanks(receipt: intake.Receipt) -> str:
    if not receipt.is_new:
        return _("Already received. Thank you.")
    return _("Received; your block officer will look at it.") if receipt.submission.faults else _("Received. Thank you.")


def _parcel(request: HttpRequest, device: Device | None) -> intake.Parcel:
    if int(request.headers.get("Content-Length") or 0) > MAX_BODY:
        raise Refused(413, _("Too much at once: at most %(size)s MB.") % {"size": MAX_BODY // 1_000_000})
    try:
        files = request.FILES
    except (MultiPartParserError, RequestDataTooBig, TooManyFilesSent, SuspiciousOperation, OSError) as problem:
        raise Refused(400, _("The form arrived damaged and was not kept.")) from problem
    if XML_PART not in files:
        raise Refused(400, _("No form was sent."))
    named = {file.name: file for name, file in files.items() if name != XML_PART}
    for name, file in named.items():
        if file.size > photos.MAX_BYTES:
            raise photos.TooLarge(f"{name}: {file.size // 1_000_000} MB; at most {photos.MAX_BYTES // 1_000_000} MB are taken")
    if files[XML_PART].size > MAX_XML:
        raise Refused(413, _("The form is larger than any filled form; it was not kept."))
    return intake.Parcel(xml=files[XML_PART].read(), attachments={name: file.read() for name, file in named.items()}, device=device)


def _sender(request: HttpRequest, token: str):
    """(device, user) by the phone's own token, or (None, user) by name and password over TLS."""
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


def _by_password(request: HttpRequest, username: str, password: str):
    """Through allauth: wrong tries are counted as on the page where people sign in."""
    try:
        return get_adapter(request).authenticate(request, username=username, password=password)
    except ValidationError as problem:
        raise TooManyTries from problem


def _note_seen(device: Device, now: datetime) -> None:
    """Once a day is enough to know that a phone is alive."""
    if device.last_seen_on != now.date():
        Device.objects.filter(pk=device.pk).update(last_seen_on=now.date())


def _later(status: int, words: str, *, seconds: int) -> HttpResponse:
    response = _answer(status, words, nature="error")
    response["Retry-After"] = str(seconds)
    return response


def _unauthorised() -> HttpResponse:
    response = _answer(401, _("Sign in to send."), nature="error")
    response["WWW-Authenticate"] = 'Basic realm="Aanchal", charset="UTF-8"'
    return response


def _answer(status: int, words: str, *, nature: str) -> HttpResponse:
    response = HttpResponse(status=status, content_type="text/xml; charset=utf-8")
    xml = SimplerXMLGenerator(response, "utf-8")
    xml.startDocument()
    xml.startElement("OpenRosaResponse", {"xmlns": "http://openrosa.org/http/response"})
    xml.startElement("message", {"nature": nature})
    xml.characters(words)
    xml.endElement("message")
    xml.endElement("OpenRosaResponse")
    xml.endDocument()
    return _with_headers(response)


def _with_headers(response: HttpResponse) -> HttpResponse:
    response["X-OpenRosa-Version"] = "1.0"
    response["X-OpenRosa-Accept-Content-Length"] = str(MAX_BODY)
    response["Date"] = http_date()
    return response
