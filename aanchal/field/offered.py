"""Which forms a worker may send: those whose action she holds the permission for."""

from django.db.models import CharField, F, Func, QuerySet

from aanchal.access import policy
from aanchal.access.models import Device
from aanchal.access.permissions import Permission
from aanchal.field import queries
from aanchal.field.models import PublishedForm, TestPhone
from aanchal.field.routing import REGISTERS

NEEDS = dict.fromkeys(REGISTERS, Permission.ENTRY_RECORD) | {
    "household_survey": Permission.HOUSEHOLD_RECORD,
    "follow_up": Permission.HOUSEHOLD_RECORD,
    "check_in": Permission.JOURNEY_RECORD,
    "village_situation": Permission.VILLAGE_RECORD,
    "safety_point": Permission.VILLAGE_RECORD,
}
"""What applying a form takes, beside the right to send at all."""


def forms_for(user, device: Device | None = None, *, form_id: str = "", every_version: bool = False) -> list[PublishedForm]:
    """Without their XML, with its `md5`: the newest version of each form, or every version that is not retired."""
    forms = _offered(user, device).defer("xform").annotate(md5=Func(F("xform"), function="md5", output_field=CharField()))
    forms = forms.order_by("form_id", "-published_at", "-pk")
    if form_id:
        forms = forms.filter(form_id=form_id)
    return list(forms if every_version else forms.distinct("form_id"))


def form_for(user, form_id: str, version: str, device: Device | None = None) -> PublishedForm | None:
    return _offered(user, device).filter(form_id=form_id, version=version).first()


def _offered(user, device: Device | None) -> QuerySet[PublishedForm]:
    """None for who may not send at all; to a phone that tests drafts, those and nothing else."""
    if device is not None and (phone := TestPhone.objects.filter(device=device).first()):
        if not policy.can(user, Permission.FORM_MANAGE, phone):
            return PublishedForm.objects.none()
        return PublishedForm.objects.filter(place=phone.place_id, is_test=True, retired_at=None)
    if not policy.holds(user, Permission.SUBMISSION_SEND):
        return PublishedForm.objects.none()
    refused = [form_id for form_id, needed in NEEDS.items() if not policy.holds(user, needed)]
    hers = PublishedForm.objects.filter(queries.of_her_states(user, Permission.SUBMISSION_SEND), retired_at=None, is_test=False)
    return hers.exclude(form_id__in=refused)
