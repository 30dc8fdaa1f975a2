"""What our own app asks for under the phone's token, as JSON: who and where, the families, each form ready to fill, the maps."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.field import carried, enketo, named, offered, replies
from aanchal.field.callers import for_phones
from aanchal.people import actions as people
from aanchal.places.queries import village_by_code


@require_safe
@for_phones
def bundle(request: HttpRequest) -> HttpResponse:
    return replies.json_document(request, carried.bundle(request.user, request.device, _today()))


@require_safe
@for_phones
def families(request: HttpRequest) -> HttpResponse:
    """Each name that leaves for the phone is noted as read; where nothing changed, none leaves."""
    found = carried.families(request.user, _today())
    answer = replies.json_document(request, found.told)
    if answer.status_code == 200 and request.method == "GET":
        people.open_names(people=carried.opened(found.named), reason=named.REASON, by=request.user)
    return answer


@require_safe
@for_phones
def form(request: HttpRequest, form_id: str, version: str) -> HttpResponse:
    found = offered.form_for(request.user, form_id, version)
    if found is None:
        return _absent()
    try:
        ready = enketo.rendered(found)
    except enketo.NotBuilt:
        return JsonResponse({"error": _("The app is not built on this server: forms cannot be filled in it yet.")}, status=503)
    told = {"form": ready.form, "model": ready.model, "languages": [tag for tag, _name in ready.languages], "media": list(ready.media)}
    return replies.json_document(request, told)


@require_safe
@for_phones
def village_map(request: HttpRequest, code: str) -> HttpResponse:
    village = village_by_code(code)
    if village is None or not all(policy.can(request.user, one, village) for one in (Permission.SUBMISSION_SEND, Permission.VILLAGE_READ)):
        return _absent()
    return replies.json_document(request, carried.map_of(request.user, village))


def _absent() -> JsonResponse:
    return JsonResponse({"error": _("This is not on your phone's list any more. Send what waits; the list is then made anew.")}, status=404)


def _today():
    return policy.day_in_india(timezone.now())
