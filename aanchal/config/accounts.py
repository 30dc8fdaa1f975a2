"""Users, postings and phones from the command line: each verb takes the parsed options and says what it did."""

import secrets
import sys
from datetime import date

from django.db import IntegrityError
from django.utils import timezone

from aanchal.access import actions, policy
from aanchal.access.acting import SYSTEM
from aanchal.access.models import Posting, User
from aanchal.access.roles import ROLES
from aanchal.places import queries
from aanchal.places.models import Place

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read as another


class CannotDo(Exception):
    """What was asked makes no sense here; the message says why."""


def add(options) -> str:
    if bool(options.role) != bool(options.place):
        raise CannotDo("Give both --role and --place, or neither.")
    if User.objects.filter(username=options.username.lower()).exists():
        raise CannotDo(f"There is a user {options.username} already.")
    generated = options.password == "generate"
    password = new_password() if generated else sys.stdin.readline().rstrip("\n")
    user = actions.create_user(
        username=options.username,
        name=options.name or options.username,
        password=password,
        language=options.language,
        email=options.email,
        at=timezone.now(),
        by=SYSTEM,
    )
    lines = [f"{user.username} is created."]
    if options.role:
        lines.append(post(options))
    if generated:
        lines.append(f"Password, shown only now: {password}")
    return "\n".join(lines)


def post(options) -> str:
    try:
        posting = actions.post(user=_user(options), role=options.role, place=_place(options), since=_today(), by=SYSTEM)
    except actions.NoSuchRole:
        raise CannotDo(f"There is no role {options.role}. Roles: {', '.join(ROLES)}.") from None
    except IntegrityError:
        raise CannotDo(f"{options.username} holds that already.") from None
    return f"{options.username} is {posting.held.name}, {posting.place}."


def end(options) -> str:
    held = Posting.objects.filter(user=_user(options), role=options.role, place=_place(options), until=None).first()
    if held is None:
        raise CannotDo(f"{options.username} does not hold that.")
    actions.end_posting(posting=held, until=_today(), by=SYSTEM)
    return f"{options.username} holds it until the end of today."


def deactivate(options) -> str:
    actions.deactivate_user(user=_user(options), by=SYSTEM)
    return f"{options.username} can no longer sign in."


def listing(options) -> str:
    lines = [_line(user) for user in User.objects.order_by("username")]
    return "\n".join(lines) or "There are no users."


def device(options) -> str:
    user = _user(options)
    held = user.devices.filter(label=options.label, revoked_at=None)
    if options.device == "add":
        if held.exists():
            raise CannotDo(f"{options.username} has a phone called {options.label} already.")
        _, token = actions.enrol_device(user=user, label=options.label, at=timezone.now(), by=SYSTEM)
        return f"Token of {options.label}, shown only now: {token}"
    if not held.exists():
        raise CannotDo(f"{options.username} has no phone called {options.label}.")
    for one in held:
        actions.revoke_device(device=one, at=timezone.now(), by=SYSTEM)
    return f"{options.label} is refused from now on."


def new_password() -> str:
    """Four groups of four, 79 bits: can be read out and typed on a phone."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


VERBS = {"add": add, "post": post, "end": end, "deactivate": deactivate, "list": listing, "device": device}


def _line(user: User) -> str:
    postings = policy.current_postings(user, on=_today()) if user.is_active else []
    held = "; ".join(f"{posting.role} at {posting.place}" for posting in postings)
    return f"{user.username:24} {user.language}  {held or 'nothing' if user.is_active else 'closed'}"


def _user(options) -> User:
    found = User.objects.filter(username=options.username.lower()).first()
    if found is None:
        raise CannotDo(f"There is no user {options.username}.")
    return found


def _place(options) -> Place:
    found = queries.named(options.place)
    if found is None:
        raise CannotDo(f"There is no place {options.place}. Write nation, 603/district, or our own id.")
    return found


def _today() -> date:
    return timezone.localdate(timezone=policy.INDIA)
