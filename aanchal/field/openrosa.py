"""The OpenRosa submission endpoint, as ODK Collect, KoboCollect and our own phones call it (shared field.md)."""

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFilesSent
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from gunicorn.http.errors import ParseException

from aanchal.access.middleware import acts_alone
from aanchal.access.models import Device
from aanchal.access.permissions import Permission
from aanchal.field import callers, intake, photos
from aanchal.field.replies import MAX_BODY, marked, message, with_headers
from aanchal.field.xform import DEFAULT
from aanchal.inbox.actions import SaysSomethingElse

MAX_XML = DEFAULT.max_bytes
XML_PART = "xml_submission_file"


class Refused(Exception):
    """Nothing was kept; the message is shown to the worker by her phone."""

    def __init__(self, status: int, words: str):
        super().__init__(words)
        self.status, self.words = status, words


@csrf_exempt
@acts_alone
@require_http_methods(["HEAD", "POST"])
def submission(request: HttpRequest, token: str = "") -> HttpResponse:
    """HEAD: is someone there (204). POST: one filled form with its files: 201 new, 202 the same again, 409 other content, 4xx in words."""
    try:
        device, user = callers.caller(request, token)
    except (InterfaceError, OperationalError):
        return callers.unavailable()
    except callers.NotLetIn as refusal:
        return refusal.answer
    if user is None:
        return callers.turned_away(token)
    if request.method == "HEAD":
        return marked(with_headers(HttpResponse(status=204)), device)
    with override(user.language):
        return marked(_taken_in(request, device, user), device)


submission.requires = Permission.SUBMISSION_SEND


def _taken_in(request: HttpRequest, device: Device | None, user) -> HttpResponse:
    try:
        receipt = intake.take_in(parcel=_parcel(request, device), at=timezone.now(), by=user)
    except Refused as refusal:
        return message(refusal.status, refusal.words, nature="error")
    except (InterfaceError, OperationalError):
        return callers.unavailable()
    except Exception as problem:
        return message(*words_for(problem), nature="error")
    return message(201 if receipt.is_new else 202, _thanks(receipt), nature="submit_success")


WHY = {
    "TRUNCATED": gettext_lazy("it ends too early. Your phone will send it again."),
    "DTD": gettext_lazy("it holds instructions that a form may not hold."),
    "ENCODING": gettext_lazy("it is not written in UTF-8."),
    "NO_INSTANCE_ID": gettext_lazy("it has no number of its own."),
    "LONG_INSTANCE_ID": gettext_lazy("its number is too long."),
}
NOT_YOURS = gettext_lazy("The village is not one of yours: choose your own village in the next form.")
ADVICE = {
    "FORM_VERSION": gettext_lazy("This version of the form is not known here: get the forms again before you fill the next one."),
    "OUT_OF_SCOPE": NOT_YOURS,
    "UNKNOWN_VILLAGE": NOT_YOURS,
    "ATTACHMENT": gettext_lazy("A photo or file could not be opened: take it again and tell your block officer."),
    "OTHER_STATE": gettext_lazy("This form belongs to another state: get the forms again."),
}
"""What she herself can do about it, beside that it is kept."""
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
    faults = receipt.submission.faults
    if not faults:
        return _("Received. Thank you.")
    advice = dict.fromkeys(str(ADVICE[told["kind"]]) for told in faults if told["kind"] in ADVICE)
    return " ".join([_("Received; your block officer will look at it."), *advice])


class Unmeasured(MemoryFileUploadHandler):
    """Files of a body whose length nobody told: in memory, as far as one may be large; never in the clear on the disk."""

    read = 0

    def handle_raw_input(self, *args, **kwargs):
        self.activated = True

    def receive_data_chunk(self, raw_data, start):
        self.read += len(raw_data)
        if self.read > MAX_BODY:
            raise _too_much()
        if start + len(raw_data) > (MAX_XML if self.field_name == XML_PART else photos.MAX_BYTES):
            raise _too_large_form() if self.field_name == XML_PART else photos.TooLarge(self.file_name)
        return super().receive_data_chunk(raw_data, start)


def _too_much() -> Refused:
    return Refused(413, _("Too much at once: at most %(size)s MB.") % {"size": MAX_BODY // 1_000_000})


def _too_large_form() -> Refused:
    return Refused(413, _("The form is larger than any filled form: it was not kept. Leave it on the phone; tell your block officer."))


def _parcel(request: HttpRequest, device: Device | None) -> intake.Parcel:
    is_chunked = "Transfer-Encoding" in request.headers
    if not is_chunked and int(request.headers.get("Content-Length") or 0) > MAX_BODY:
        raise _too_much()
    if is_chunked:
        request.upload_handlers = [Unmeasured(request)]
    try:
        files = request.FILES
    except (MultiPartParserError, RequestDataTooBig, TooManyFilesSent, SuspiciousOperation, ParseException, OSError) as problem:
        raise Refused(400, _("The form arrived damaged and was not kept.")) from problem
    if XML_PART not in files:
        raise Refused(400, _("No form was sent."))
    named = {file.name: file for name, file in files.items() if name != XML_PART}
    for name, file in named.items():
        if file.size > photos.MAX_BYTES:
            raise photos.TooLarge(f"{name}: {file.size // 1_000_000} MB; at most {photos.MAX_BYTES // 1_000_000} MB are taken")
    if files[XML_PART].size > MAX_XML:
        raise _too_large_form()
    return intake.Parcel(xml=files[XML_PART].read(), attachments={name: file.read() for name, file in named.items()}, device=device)
