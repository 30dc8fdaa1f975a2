"""A sealed file taken in: each form in it as if its phone had sent it, and what became of each."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aanchal.access import policy
from aanchal.access import queries as access
from aanchal.access.actions import token_hash
from aanchal.access.models import Device, Posting
from aanchal.access.permissions import Permission
from aanchal.core.action import action
from aanchal.field import actions, faults, intake, openrosa, photos, queries, sealed
from aanchal.inbox.actions import SaysSomethingElse

NEW, KNOWN, REFUSED = "NEW", "KNOWN", "REFUSED"
NOT_TAKEN = (intake.BadXml, intake.UnknownForm, intake.NowhereToKeepIt, photos.TooLarge, SaysSomethingElse)


@dataclass(frozen=True)
class Outcome:
    result: str
    title: str = ""
    sender: str = ""
    filled_at: datetime | None = None
    why: str = ""


@action
def take_in(*, content: bytes, at: datetime, by) -> list[Outcome]:
    """Raises sealed.NotSealed: then nothing was taken in."""
    found = [_one(item, at=at, by=by) for item in sealed.items(content)]
    actions.note_sealed_file(counts={result: sum(one.result == result for one in found) for result in (NEW, KNOWN, REFUSED)}, by=by)
    return found


def _one(item: dict, *, at: datetime, by) -> Outcome:
    try:
        opened = sealed.opened(item)
    except sealed.Tampered:
        why = _("It was changed on the way, or sealed for another office. It is still on the phone: make the file again.")
        return Outcome(REFUSED, why=why)
    device = access.device_once(token_hash(opened.token))
    if device is None:
        return Outcome(REFUSED, filled_at=opened.at, why=_("It does not come from a phone that was enrolled here."))
    if not policy.visible(by, Permission.SUBMISSION_REVIEW, Posting.objects.filter(user=device.user_id)).exists():
        return Outcome(REFUSED, filled_at=opened.at, why=_("Its sender works elsewhere. Give the file to the officer of that block."))
    return _sent(opened, device, at=at)


def _sent(opened: sealed.Opened, device: Device, *, at: datetime) -> Outcome:
    doubts = (faults.fault("ENDED_PHONE"),) if device.revoked_at else ()
    parcel = intake.Parcel(xml=opened.xml, attachments=opened.files, device=device, doubts=doubts)
    try:
        receipt = intake.take_in(parcel=parcel, at=at, by=device.user)
    except NOT_TAKEN as problem:
        return Outcome(REFUSED, sender=device.user.name, filled_at=opened.at, why=openrosa.words_for(problem)[1])
    title = queries.title(receipt.submission.form_id, (get_language() or "en")[:2])
    why = _("It waits for you among the forms to look at.") if receipt.is_new and receipt.submission.faults else ""
    return Outcome(NEW if receipt.is_new else KNOWN, title, device.user.name, opened.at, why)
