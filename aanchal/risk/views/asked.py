"""What the address of a page asks for: a place, and a family."""

from django.http import Http404
from django.utils import timezone

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import place_or_404
from aanchal.people import queries as people
from aanchal.people.models import Household
from aanchal.places.models import Place


def place_of(request, permission: Permission) -> Place:
    """The place of the address, or the first of the reader's own postings."""
    asked = request.GET.get("place", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 19:
        return place_or_404(request.user, permission, int(asked))
    own = own_places(request.user, permission)
    if asked or not own:
        raise Http404
    return own[0]


def own_places(user, permission: Permission) -> list[Place]:
    postings = policy.current_postings(user, on=today())
    return [posting.place for posting in postings if permission in posting.held.permissions]


def household_of(request, pk, *permissions: Permission) -> Household:
    """A family out of scope and one that does not exist look the same."""
    found = people.household(pk)
    if found is None or not all(policy.can(request.user, permission, found) for permission in permissions):
        raise Http404
    return found


def today():
    return policy.day_in_india(timezone.now())
