"""Reads of users and of their phones."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, QuerySet

from aanchal.access import policy
from aanchal.access.models import Device, Posting, User
from aanchal.access.permissions import Permission
from aanchal.access.roles import ROLES


def manageable(by) -> QuerySet[User]:
    """Users who hold, held or will hold a posting where `by` manages users."""
    postings = policy.visible(by, Permission.USER_MANAGE, Posting.objects.all())
    return User.objects.filter(pk__in=postings.values("user_id"))


def postings_of(user: User) -> list[Posting]:
    return list(user.postings.select_related("place").order_by("-since", "-pk"))


def may_change_account(by, user: User, *, on: date) -> bool:
    """An account is managed by who manages every place it reaches, by nobody for themselves; a part of the program has no password."""
    held = user.postings.filter(Q(until=None) | Q(until__gte=on))
    return by.pk != user.pk and all(policy.can(by, Permission.USER_MANAGE, one) and not one.held.is_program for one in held)


def program(role: str, *, on: date) -> User | None:
    """The account under which a part of the program acts, while its posting holds."""
    user = User.objects.filter(username=role, is_active=True).first()
    return user if user and any(post.role == role for post in policy.current_postings(user, on=on)) else None


def holding(permission: Permission, place_no: int, *, on: date) -> set[UUID]:
    """Who may do this at a place on a day, by a posting there or above."""
    return posted_at([key for key, role in ROLES.items() if permission in role.permissions], place_no, on=on)


def nearest_holding(permission: Permission, place_no: int, *, on: date) -> set[UUID]:
    """Of those who may do this at a place, who is posted closest to it: the village's own worker before an officer of its block."""
    roles = [key for key, role in ROLES.items() if permission in role.permissions]
    here = Q(place__place_no__lte=place_no, place__last_no__gte=place_no)
    held = Posting.objects.filter(here, Q(until=None) | Q(until__gte=on), since__lte=on, role__in=roles, user__is_active=True)
    closest = held.order_by("-place__place_no").values_list("place", flat=True)[:1]
    return set(held.filter(place__in=closest).values_list("user_id", flat=True))


def holding_within(permission: Permission, low: int, high: int, *, on: date) -> set[UUID]:
    """Who may do this anywhere between two numbers of places on a day, by a posting there or below."""
    roles = [key for key, role in ROLES.items() if permission in role.permissions]
    here = {"place_no__range": (low, high), "role__in": roles, "user__is_active": True}
    held = Posting.objects.filter(Q(until=None) | Q(until__gte=on), since__lte=on, **here)
    return set(held.values_list("user_id", flat=True))


def posted_at(roles: Iterable[str], place_no: int, *, on: date) -> set[UUID]:
    """Who holds one of these roles for a place on a day, there or above."""
    here = Q(place__place_no__lte=place_no, place__last_no__gte=place_no)
    held = Posting.objects.filter(here, Q(until=None) | Q(until__gte=on), since__lte=on, role__in=list(roles), user__is_active=True)
    return set(held.values_list("user_id", flat=True))


def device_of(token_hash: bytes) -> Device | None:
    """The phone that holds a token, with its user; None when it was revoked, its enrolment or the account has ended.

    Written out: it is asked for every form that comes.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT d.id, d.user_id, d.last_seen_on, d.wipe_asked_at, d.wiped_at, u.id, u.username, u.language, u.is_active"
            " FROM access_device d JOIN access_user u ON u.id = d.user_id"
            " WHERE d.token_hash = %s AND d.revoked_at IS NULL AND u.is_active"
            " AND (d.valid_until IS NULL OR d.valid_until >= aanchal_today())",
            [token_hash],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    # from_db takes the values in the order of the model's fields
    device = Device.from_db("default", ["id", "user_id", "last_seen_on", "wipe_asked_at", "wiped_at"], row[:5])
    device.user = User.from_db("default", ["id", "username", "language", "is_active"], row[5:])
    return device


def device_once(token_hash: bytes) -> Device | None:
    """The phone that holds or held a token, whatever has become of it."""
    return Device.objects.select_related("user").filter(token_hash=token_hash).first()


def phones_of(user: User) -> list[Device]:
    """Those in use first, of them the newest first."""
    return list(user.devices.select_related("enrolled_by").order_by(F("revoked_at").desc(nulls_first=True), "-enrolled_at", "-pk"))


def enrolled_phones(user: User, *, on: date) -> int:
    """How many may send for her."""
    return user.devices.filter(Q(valid_until=None) | Q(valid_until__gte=on), revoked_at=None).count()


def changeable_device(by, pk, *, on: date) -> Device | None:
    """One's own phone, or that of someone whose account one manages."""
    device = Device.objects.select_related("user").filter(pk=pk).first()
    if device is None or device.user_id == by.pk:
        return device
    managed = manageable(by).filter(pk=device.user_id).exists() and may_change_account(by, device.user, on=on)
    return device if managed else None
