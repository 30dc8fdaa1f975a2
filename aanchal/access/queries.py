"""Reads of users, for who manages them."""

from datetime import date

from django.db.models import Q, QuerySet

from aanchal.access import policy
from aanchal.access.models import Posting, User
from aanchal.access.permissions import Permission


def manageable(by) -> QuerySet[User]:
    """Users who hold, held or will hold a posting where `by` manages users."""
    postings = policy.visible(by, Permission.USER_MANAGE, Posting.objects.all())
    return User.objects.filter(pk__in=postings.values("user_id"))


def postings_of(user: User) -> list[Posting]:
    return list(user.postings.select_related("place").order_by("-since", "-pk"))


def may_change_account(by, user: User, *, on: date) -> bool:
    """An account is managed by who manages every place it reaches, and by nobody for themselves."""
    held = user.postings.filter(Q(until=None) | Q(until__gte=on))
    return by.pk != user.pk and all(policy.can(by, Permission.USER_MANAGE, posting) for posting in held)
