"""What OpenRosa clients ask for before they send: the list of forms, each form, its files (shared field.md)."""

import xml.etree.ElementTree as ET
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from aanchal.field import entities, media, offered, queries, replies
from aanchal.field.callers import for_phones
from aanchal.field.models import PublishedForm

LIST = "http://openrosa.org/xforms/xformsList"
MANIFEST = "http://openrosa.org/xforms/xformsManifest"
MOST_ASKED = 2_000
TYPES = {"csv": "text/csv; charset=utf-8"}


@require_safe
@for_phones
def form_list(request: HttpRequest) -> HttpResponse:
    """The forms she may send; `formID` asks for one, `listAllVersions` for older ones in use too, `verbose` for more words."""
    root = ET.Element("xforms", xmlns=LIST)
    asked = request.GET
    for form in _asked_for(request):
        told = {
            "formID": form.form_id,
            "name": _name(form, request.user),
            "version": form.version,
            "hash": f"md5:{form.md5}",
            "downloadUrl": _url(request, "form-xml", form),
        }
        if _is_yes(asked.get("verbose")):
            told["descriptionText"] = form.title
        if media.names(form.pk):
            told["manifestUrl"] = _url(request, "form-manifest", form)
        _tell(ET.SubElement(root, "xform"), told)
    return replies.document(request, _written(root))


@require_safe
@for_phones
def form_xml(request: HttpRequest, form_id: str, version: str) -> HttpResponse:
    form = offered.form_for(request.user, form_id, version, request.device)
    return replies.document(request, bytes(form.xform)) if form else _absent()


@require_safe
@for_phones
def manifest(request: HttpRequest, form_id: str, version: str) -> HttpResponse:
    form = offered.form_for(request.user, form_id, version, request.device)
    if form is None:
        return _absent()
    root = ET.Element("manifest", xmlns=MANIFEST)
    for name in media.names(form.pk):
        content = media.content(name, request.user, is_read=False)
        if content is not None:
            told = {
                "filename": name,
                "hash": f"md5:{replies.digest(content)}",
                "downloadUrl": _url(request, "form-media", form, name=name),
            }
            kind = {"type": "entityList"} if name in media.ENTITIES else {}
            if kind:
                told["integrityUrl"] = _url(request, "form-integrity", form, name=name)
            _tell(ET.SubElement(root, "mediaFile", kind), told)
    return replies.document(request, _written(root))


@require_safe
@for_phones
def media_file(request: HttpRequest, form_id: str, version: str, name: str) -> HttpResponse:
    form = offered.form_for(request.user, form_id, version, request.device)
    is_read = request.method == "GET"
    content = media.content(name, request.user, is_read=is_read) if form and name in media.names(form.pk) else None
    return replies.document(request, content, TYPES[name.rpartition(".")[2]]) if content is not None else _absent()


@require_safe
@for_phones
def integrity(request: HttpRequest, form_id: str, version: str, name: str) -> HttpResponse:
    """Which of the entities a phone knows are hers no more (docs.getodk.org/openrosa-integrity)."""
    form = offered.form_for(request.user, form_id, version, request.device)
    if form is None or name not in media.ENTITIES or name not in media.names(form.pk):
        return _absent()
    asked = request.GET.get("id", "").split(",")[:MOST_ASKED]
    ids = {told: _uuid(told) for told in asked if told}
    standing = entities.standing(name, [pk for pk in ids.values() if pk], request.user)
    root = ET.Element("data")
    found = ET.SubElement(root, "entities")
    for told, pk in ids.items():
        _tell(ET.SubElement(found, "entity", id=told), {"deleted": "false" if pk in standing else "true"})
    return replies.document(request, _written(root))


def _asked_for(request: HttpRequest) -> list[PublishedForm]:
    asked = request.GET
    every = _is_yes(asked.get("listAllVersions"))
    return offered.forms_for(request.user, request.device, form_id=asked.get("formID", ""), every_version=every)


def _url(request: HttpRequest, address: str, form: PublishedForm, **more: str) -> str:
    """Absolute, and by the phone's own token when it came with one."""
    told = {"form_id": form.form_id, "version": form.version, **more}
    if request.token:
        return request.build_absolute_uri(reverse(f"device-{address}", kwargs={"token": request.token, **told}))
    return request.build_absolute_uri(reverse(address, kwargs=told))


def _name(form: PublishedForm, user) -> str:
    if form.place_id:
        return f"{form.title} ({form.version})" if form.is_test else form.title
    with override(user.language):
        return queries.title(form.form_id, user.language) or form.title


def _uuid(told: str) -> UUID | None:
    try:
        return UUID(told)
    except ValueError:
        return None


def _tell(element: ET.Element, told: dict[str, str]) -> None:
    for name, text in told.items():
        ET.SubElement(element, name).text = text


def _written(root: ET.Element) -> bytes:
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _is_yes(said: str | None) -> bool:
    return (said or "").lower() in ("true", "1", "yes")


def _absent() -> HttpResponse:
    return replies.message(404, _("This form is not yours to fill, or is no longer in use. Get the list of forms again."), nature="error")
