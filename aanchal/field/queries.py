"""Reads of published forms."""

from functools import lru_cache, reduce
from operator import or_

from django.db.models import F, Q, QuerySet

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.field import xlsforms
from aanchal.field.models import PublishedForm, StateForm
from aanchal.field.xform import Form


def newest(form_id: str) -> PublishedForm | None:
    """The newest version, one in use before one that was retired."""
    forms = PublishedForm.objects.filter(form_id=form_id, is_test=False)
    return forms.order_by(F("retired_at").desc(nulls_first=True), "-published_at").first()


def latest_forms(user, permission: Permission) -> list[PublishedForm]:
    """The newest version of each form in use where the user does this: the nation's, and those of the states she works in."""
    forms = PublishedForm.objects.filter(of_her_states(user, permission), retired_at=None, is_test=False)
    return list(forms.order_by("form_id", "-published_at").distinct("form_id"))


def latest_national() -> list[PublishedForm]:
    forms = PublishedForm.objects.filter(place=None, retired_at=None)
    return list(forms.order_by("form_id", "-published_at").distinct("form_id"))


def of_her_states(user, permission: Permission) -> Q:
    """The nation's forms, and those of each state that shares a place with what the user may reach."""
    shared = (Q(place__place_no__lte=one.last, place__last_no__gte=one.first) for one in policy.scope(user, permission))
    return reduce(or_, shared, Q(place=None))


def state_forms(user) -> QuerySet[StateForm]:
    """Every version of the own forms of the states a user makes forms for, without their contents."""
    mine = policy.visible(user, Permission.FORM_MANAGE, StateForm.objects.all())
    return mine.select_related("place").defer("xform", "workbook").order_by("form_id", "-edition")


def version(form_id: str, version: str) -> PublishedForm | None:
    return PublishedForm.objects.filter(form_id=form_id, version=version).first()


def compiled(form_id: str, version: str) -> Form | None:
    """The form ready to validate with; a published version never changes, so it is kept."""
    try:
        return _compiled(form_id, version)
    except PublishedForm.DoesNotExist:
        return None


def compiled_latest(form_id: str) -> Form | None:
    found = newest(form_id)
    return _compiled(form_id, found.version) if found else None


@lru_cache(maxsize=64)
def _compiled(form_id: str, version: str) -> Form:
    return Form.from_xml(bytes(PublishedForm.objects.only("xform").get(form_id=form_id, version=version).xform))


def title(form_id: str, language: str) -> str:
    """A form's name in a reader's language; forms are titled “English · हिन्दी · తెలుగు”, or as published."""
    if form_id in xlsforms.sources():
        return xlsforms.title(form_id, language if language in xlsforms.LANGUAGES else "en")
    found = newest(form_id)
    return found.title if found else form_id
