"""The directory of employers and agencies, what is asked at the centres and the posts, in numbers."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q

from aanchal.core.tallies import Tally, of_things
from aanchal.network.models import Enquiry, Listing, Post, Tenure

A_VISIT_HOLDS = timedelta(days=365)


def listings(on: date, *, verified: bool = False) -> Iterator[Tally]:
    """Employers and agencies entered by a day; of them those visited and found good within the year, their licence not run out."""
    found = Listing.objects.filter(recorded_at__date__lte=on)
    if verified:
        found = found.filter(Q(licence_until=None) | Q(licence_until__gte=on), visit_outcome="GOOD")
        found = found.filter(visited_on__gte=on - A_VISIT_HOLDS)
    return of_things(found.order_by().values_list("place_no").annotate(n=Count("pk")))


def enquiries(first: date, last: date, *, answered: bool = False) -> Iterator[Tally]:
    """What was asked at the centres between two days; of it what was answered by some advice."""
    asked = Enquiry.objects.filter(on__gte=first, on__lte=last)
    asked = asked.filter(advice__len__gt=0) if answered else asked
    return of_things(asked.order_by().values_list("place_no").annotate(n=Count("pk")))


def posts(on: date, *, filled: bool = False) -> Iterator[Tally]:
    """Posts sanctioned by a day and not abolished; of them those that somebody held."""
    found = Post.objects.filter(Q(abolished_on=None) | Q(abolished_on__gt=on), sanctioned_on__lte=on)
    if filled:
        held = Tenure.objects.filter(Q(until=None) | Q(until__gte=on), post=OuterRef("pk"), since__lte=on)
        found = found.filter(Exists(held))
    return of_things(found.order_by().values_list("place_no").annotate(n=Count("pk")))
