"""Where an SMS reaches a worker: a number is hers when she has read the code that was sent to it."""

import hmac
import secrets
from datetime import datetime, timedelta

from aanchal.access.models import User
from aanchal.access.policy import day_in_india
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.keys import keyed_hash
from aanchal.core.rows import insert
from aanchal.notices import channels, queries
from aanchal.notices.models import PhoneCheck

GOOD_FOR = timedelta(minutes=15)
MOST_A_DAY = 5
MOST_TRIES = 5


class TooMany(Exception):
    """So many codes were sent today that the next is sent tomorrow."""


@action
def ask(*, phone: str, at: datetime, by: User) -> PhoneCheck:
    """A code goes to the number; until she tells it, the number before stays. Raises TooMany and channels.NotSent."""
    if queries.codes_of_day(by, day_in_india(at)) >= MOST_A_DAY:
        raise TooMany
    code = f"{secrets.randbelow(1_000_000):06}"
    check = PhoneCheck(user=by, phone=phone, on=day_in_india(at), sent_at=at)
    check.code_hash = _hash(check, code)
    insert(check)
    channels.tell_code(phone, code, by.language)
    trail.write("notices.phone.asked", about=by)
    return check


@action
def confirm(*, code: str, at: datetime, by: User) -> bool:
    """Whether it is the code that was sent last, is not too old and was not guessed at too often. A wrong one is counted."""
    check = queries.waiting_check(by, at - GOOD_FOR)
    if check is None or check.tries >= MOST_TRIES:
        return False
    is_right = hmac.compare_digest(bytes(check.code_hash), _hash(check, code))
    check.tries += 1
    check.confirmed_at = at if is_right else None
    check.save(update_fields=["tries", "confirmed_at"])
    if is_right:
        _keep(by, check.phone)
    return is_right


@action
def remove(*, by: User) -> None:
    _keep(by, "")


def _keep(user: User, phone: str) -> None:
    user.phone = phone
    user.save(update_fields=["phone"])
    trail.write("notices.phone.set" if phone else "notices.phone.removed", about=user)


def _hash(check: PhoneCheck, code: str) -> bytes:
    return keyed_hash("telephone", check.pk, code)
