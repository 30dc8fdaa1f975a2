"""Which forms a worker may send: those whose action she holds the permission for."""

from django.db.models import CharField, F, Func, QuerySet

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.field.models import PublishedForm
from aanchal.field.routing import REGISTERS

NEEDS = dict.fromkeys(REGISTERS, Permission.ENTRY_RECORD) | {
    "household_survey": Permission.HOUSEHOLD_RECORD,
    "follow_up": Permission.HOUSEHOLD_RECORD,
    "village_situation": Permission.VILLAGE_RECORD,
    "safety_point": Permission.VILLAGE_RECORD,
}
"""What applying a form takes, beside the right to send at all."""


def forms_for(user, *, form_id: str = "", every_version: bool = False) -> list[PublishedForm]:
    """Without their XML, with its `md5`: the newest version of each form, or every version that is not retired."""
    forms = _offered(user).defer("xform").annotate(md5=Func(F("xform"), function="md5", output_field=CharField()))
    forms = forms.order_by("form_id", "-published_at", "-pk")
    if form_id:
        forms = forms.filter(form_id=form_id)
    return list(forms if every_version else forms.distinct("form_id"))


def form_for(user, form_id: str, version: str) -> PublishedForm | None:
    return _offered(user).filter(form_id=form_id, version=version).first()


def _offered(user) -> QuerySet[PublishedForm]:
    """None for who may not send at all."""
    if not policy.holds(user, Permission.SUBMISSION_SEND):
        return PublishedForm.objects.none()
    refused = [form_id for form_id, needed in NEEDS.items() if not policy.holds(user, needed)]
    return PublishedForm.objects.filter(retired_at=None).exclude(form_id__in=refused)
