"""What the signed-in person holds today, read once a request."""

from django.db.models import prefetch_related_objects
from django.utils import timezone

from aanchal.access import policy
from aanchal.access.models import Posting
from aanchal.access.permissions import Permission
from aanchal.places.models import Place
from aanchal.places.terms import Level


def of(user) -> list[Posting]:
    if not hasattr(user, "_posts"):
        held = policy.current_postings(user, on=policy.day_in_india(timezone.now()))
        user._posts = [post for post in held if not post.held.is_program]
        prefetch_related_objects([post.place for post in user._posts], "parts")
    return user._posts


def places(user, permission: Permission) -> list[Place]:
    """The places of the postings that grant it, each once."""
    return list({post.place_id: post.place for post in of(user) if permission in post.held.permissions}.values())


def only_village(user) -> Place | None:
    """The one village a person works in."""
    found = places(user, Permission.VILLAGE_READ)
    return found[0] if len(found) == 1 and found[0].level == Level.VILLAGE else None


def counted_place(user) -> Place | None:
    """The widest place whose counts a person may read."""
    found = places(user, Permission.COUNT_READ)
    return min(found, key=lambda place: (place.place_no - place.last_no, place.pk), default=None)
