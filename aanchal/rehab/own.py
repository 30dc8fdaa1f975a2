"""Her own record: opened by her PIN with a worker beside her; she sees it, asks for corrections, withdraws, takes it along."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.core import signing

from aanchal.cases import telling
from aanchal.cases.models import Case
from aanchal.cases.pseudonyms import without_old
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.rehab import rules
from aanchal.rehab.models import Correction, OwnAccess
from aanchal.rehab.terms import CorrectionState

OPEN_SECONDS = 900
SALT = "aanchal.rehab.own"
LONGEST = 2_000


@dataclass(frozen=True)
class Looked:
    """What a try at the PIN came to: a pass for a quarter of an hour, or a key of `words.REFUSALS`."""

    opened: str = ""
    fault: str = ""


@action
def set_pin(*, case: Case, pin: str, at: datetime, by) -> OwnAccess:
    """She types it herself. Set anew, the tries begin anew."""
    rules.check_pin(pin)
    told = {"pin": make_password(pin), "tries": 0, "locked_until": None, "set_at": at}
    if not OwnAccess.objects.filter(case=case).update(**told, set_by=by.pk):
        insert(OwnAccess(case=case, place_no=case.place_no, set_by_id=by.pk, **told))
    found = OwnAccess.objects.get(case=case)
    trail.write("rehab.own_record.pin_set", about=found)
    return found


@action
def look(*, case: Case, pin: str, at: datetime, by) -> Looked:
    """Answers instead of raising: a wrong try must be counted, and a refusal would take the count back."""
    one = OwnAccess.objects.select_for_update().filter(case=case).first()
    if one is None:
        return Looked(fault="no_pin")
    if one.locked_until and at < one.locked_until:
        return Looked(fault="pin_locked")
    is_right = check_password(pin, one.pin)
    one.tries, one.locked_until = (0, None) if is_right else (one.tries + 1, None)
    if one.tries >= rules.MOST_TRIES:
        one.tries, one.locked_until = 0, at + rules.LOCKED
    one.save(update_fields=["tries", "locked_until"])
    trail.write("rehab.own_record.opened" if is_right else "rehab.own_record.refused", about=one)
    return Looked(opened=_pass(case, by)) if is_right else Looked(fault="pin_wrong")


def is_opened(opened: str, *, case: Case, by) -> bool:
    """The pass is of this case and this worker, and not older than a quarter of an hour."""
    try:
        return signing.loads(opened, salt=SALT, max_age=OPEN_SECONDS) == [str(case.pk), str(by.pk)]
    except signing.BadSignature:
        return False


@action
def ask_correction(*, case: Case, words: str, at: datetime, by) -> Correction:
    """In her own words."""
    if not words.strip():
        raise rules.NotPossible("words")
    row = Correction(case=case, place_no=case.place_no, asked_at=at)
    row.seal({"words": words.strip()[:LONGEST]})
    insert(row)
    trail.write("rehab.correction.asked", about=row)
    telling.tell_team(case, about=row.pk, at=at, by=by)
    return row


@action
def answer_correction(*, correction: Correction, state: str, answer: str, at: datetime, by) -> Correction:
    """Corrected where it stands, or kept: then she is told why."""
    one = Correction.objects.select_for_update().get(pk=correction.pk)
    if one.state != CorrectionState.ASKED or state == CorrectionState.ASKED:
        raise rules.NotPossible("over")
    if state == CorrectionState.KEPT and not answer.strip():
        raise rules.NotPossible("words")
    told = one.told() | {"answer": answer.strip()[:LONGEST]}
    one.state, one.answered_at, one.answered_by_id = CorrectionState(state), at, by.pk
    one.seal(told)
    one.save()
    trail.write("rehab.correction.answered", about=one, state=state)
    return one


@action
def corrections(*, case: Case, by) -> list[tuple[Correction, dict[str, Any]]]:
    found = list(case.corrections.order_by("-asked_at", "-pk"))
    if found:
        trail.write("rehab.corrections.read", about=case)
    plain = without_old(case)
    return [(one, {name: plain(words) for name, words in one.told().items()}) for one in found]


@action
def note_taken(*, case: Case, by) -> UUID:
    """She took her record along, on paper or as a file."""
    trail.write("rehab.own_record.taken", about=case)
    return case.pk


def _pass(case: Case, by) -> str:
    return signing.dumps([str(case.pk), str(by.pk)], salt=SALT)
