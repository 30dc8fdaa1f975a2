"""What a phone may hold, and what it should drop: only once nothing unsent lies on it (docs/adr/0027).

GET tells the families and members it may hold, each with its version: `{"households": {id: version}, "persons": {id: version}}`. POST
`{"waiting": n, "holds": [ids]}` answers with the same and `drop`: those of `holds` it may hold no more, none as long as `waiting` is not 0.
"""

import json
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from aanchal.access.actions import token_hash
from aanchal.access.models import Device
from aanchal.access.queries import device_of
from aanchal.core import trail
from aanchal.field import entities
from aanchal.field.callers import for_phones

MOST_HELD = 50_000


class NotUnderstood(ValueError):
    """What the phone says of itself is not what the protocol asks for."""


@dataclass(frozen=True)
class Held:
    """What a phone says of itself."""

    waiting: int
    ids: tuple[str, ...]


@require_http_methods(["GET", "HEAD", "POST"])
@for_phones
def scope(request: HttpRequest) -> JsonResponse:
    may_hold = entities.versions(request.user)
    if request.method != "POST":
        return _answer(may_hold)
    try:
        held = _held(request)
    except NotUnderstood:
        return _answer({"error": _("The phone asked in a way the server does not understand. Update the app.")}, 400)
    allowed = {**may_hold["households"], **may_hold["persons"]}
    drop = [] if held.waiting else [one for one in held.ids if one not in allowed]
    if drop:
        trail.write("field.phone.narrowed", about=_device(request), rows=len(drop))
    return _answer({**may_hold, "drop": drop, "waiting": held.waiting})


def _device(request: HttpRequest) -> Device:
    return device_of(token_hash(request.token))


def _held(request: HttpRequest) -> Held:
    try:
        told = json.loads(request.body)
        waiting, ids = told["waiting"], told["holds"]
        if type(waiting) is not int or waiting < 0 or not isinstance(ids, list) or len(ids) > MOST_HELD:
            raise NotUnderstood
        return Held(waiting, tuple(str(UUID(one)) for one in ids))
    except (ValueError, KeyError, TypeError, AttributeError, RequestDataTooBig) as problem:
        raise NotUnderstood from problem


def _answer(told: dict, status: int = 200) -> JsonResponse:
    response = JsonResponse(told, status=status)
    response["Cache-Control"] = "private, no-store"
    return response
