"""Reads of published forms."""

from functools import lru_cache

from aanchal.field import xlsforms
from aanchal.field.models import PublishedForm
from aanchal.field.xform import Form


def latest(form_id: str) -> PublishedForm | None:
    return PublishedForm.objects.filter(form_id=form_id, retired_at=None).order_by("-published_at").first()


def latest_forms() -> list[PublishedForm]:
    """The newest version of each form that is not retired."""
    return list(PublishedForm.objects.filter(retired_at=None).order_by("form_id", "-published_at").distinct("form_id"))


def version(form_id: str, version: str) -> PublishedForm | None:
    return PublishedForm.objects.filter(form_id=form_id, version=version).first()


def compiled(form_id: str, version: str) -> Form | None:
    """The form ready to validate with; a published version never changes, so it is kept."""
    try:
        return _compiled(form_id, version)
    except PublishedForm.DoesNotExist:
        return None


def compiled_latest(form_id: str) -> Form | None:
    newest = latest(form_id)
    return _compiled(form_id, newest.version) if newest else None


@lru_cache(maxsize=64)
def _compiled(form_id: str, version: str) -> Form:
    return Form.from_xml(bytes(PublishedForm.objects.only("xform").get(form_id=form_id, version=version).xform))


def title(form_id: str, language: str) -> str:
    """A form's name in a reader's language; forms are titled “English · हिन्दी · తెలుగు”, or as published."""
    if form_id in xlsforms.sources():
        return xlsforms.title(form_id, language if language in xlsforms.LANGUAGES else "en")
    newest = latest(form_id)
    return newest.title if newest else form_id
