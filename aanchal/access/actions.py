"""Users, postings and devices: every change of who may do what."""

import hashlib
import secrets
from datetime import date, datetime, timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password

from aanchal.access.models import Device, Posting, User
from aanchal.access.policy import day_in_india
from aanchal.access.roles import ROLES
from aanchal.core import trail
from aanchal.core.action import action

ONE_TIME_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look alike when a password is read out."""
ENROLLED_FOR = timedelta(days=365)


class NoSuchRole(Exception):
    """The role is not in access/roles.py."""


class HeldAlready(Exception):
    """The user holds this role at this place."""


@action
def create_user(*, username: str, name: str, password: str | None, language: str = "en", email: str = "", at: datetime, by) -> User:
    """A user who holds nothing yet, and without a password cannot sign in. Raises ValidationError for one that is easily guessed."""
    user = User(username=username.lower(), name=name, language=language, email=email, joined_at=at)
    if password is not None:
        validate_password(password, user)
    user.set_password(password)
    user.save(force_insert=True)
    trail.write("access.user.created", about=user)
    return user


@action
def post(*, user: User, role: str, place, since: date, until: date | None = None, by) -> Posting:
    if role not in ROLES:
        raise NoSuchRole(role)
    posting = Posting.objects.create(user=user, role=role, place=place, place_no=place.place_no, since=since, until=until)
    trail.write("access.posting.began", about=posting, user=user.pk, role=role)
    return posting


@action
def end_posting(*, posting: Posting, until: date, by) -> Posting:
    """One that ended on an earlier day stays so: a page left open must not give the post back."""
    posting = Posting.objects.select_for_update(of=("self",)).get(pk=posting.pk)
    if posting.until and posting.until <= until:
        return posting
    posting.until = until
    posting.save(update_fields=["until"])
    trail.write("access.posting.ended", about=posting, until=until)
    return posting


@action
def continue_posting(*, posting: Posting, by) -> Posting:
    """Take back the end of a posting."""
    if Posting.objects.filter(user=posting.user_id, role=posting.role, place=posting.place_id, until=None).exists():
        raise HeldAlready
    posting.until = None
    posting.save(update_fields=["until"])
    trail.write("access.posting.continued", about=posting)
    return posting


@action
def give_password(*, user: User, by) -> str:
    """A password for one signing-in, to be told to the user and changed by them at once; kept only as a hash."""
    password = "-".join("".join(secrets.choice(ONE_TIME_LETTERS) for _ in range(4)) for _ in range(4))
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    trail.write("access.password.given", about=user)
    return password


@action
def set_own_password(*, password: str, by: User) -> User:
    by.set_password(password)
    by.must_change_password = False
    by.save(update_fields=["password", "must_change_password"])
    trail.write("access.password.changed", about=by)
    return by


@action
def forget_second_factor(*, user: User, by) -> None:
    """The phone is lost: the next signing-in sets up the second step again."""
    Authenticator.objects.filter(user=user).delete()
    trail.write("access.second_factor.forgotten", about=user)


@action
def reactivate_user(*, user: User, by) -> User:
    user.is_active = True
    user.save(update_fields=["is_active"])
    trail.write("access.user.reactivated", about=user)
    return user


@action
def deactivate_user(*, user: User, by) -> User:
    user.is_active = False
    user.save(update_fields=["is_active"])
    trail.write("access.user.deactivated", about=user)
    return user


@action
def enrol_device(*, user: User, label: str, at: datetime, by) -> tuple[Device, str]:
    """The device and its token: shown once, kept only as a hash."""
    token = secrets.token_urlsafe(32)
    device = Device.objects.create(
        user=user,
        label=label,
        token_hash=token_hash(token),
        enrolled_at=at,
        enrolled_by=by if isinstance(by, User) else None,
        valid_until=day_in_india(at) + ENROLLED_FOR,
    )
    trail.write("access.device.enrolled", about=device, user=user.pk)
    return device, token


@action
def label_device(*, device: Device, label: str, by) -> Device:
    device.label = label
    device.save(update_fields=["label"])
    trail.write("access.device.labelled", about=device)
    return device


@action
def revoke_device(*, device: Device, at: datetime, by) -> Device:
    device.revoked_at = at
    device.save(update_fields=["revoked_at"])
    trail.write("access.device.revoked", about=device)
    return device


@action
def ask_wipe(*, device: Device, at: datetime, by) -> Device:
    """The next time our own app calls, it sends what waits (unless it is revoked) and erases all it holds."""
    device.wipe_asked_at = at
    device.save(update_fields=["wipe_asked_at"])
    trail.write("access.device.wipe_asked", about=device)
    return device


@action
def note_wiped(*, device: Device, at: datetime, by) -> Device:
    """The phone says that it has erased what it held; its token ends with that."""
    device.wiped_at = at
    device.revoked_at = device.revoked_at or at
    device.save(update_fields=["wiped_at", "revoked_at"])
    trail.write("access.device.wiped", about=device)
    return device


def token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
