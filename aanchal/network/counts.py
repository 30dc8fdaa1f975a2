"""The directory of employers and agencies, what is asked at the centres and the posts, in numbers."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from aanchal.network.models import Enquiry, Listing, Post, Stakeholder, Tenure
from aanchal.network.terms import CATEGORY, Category, RowState
from aanchal.places.models import Place
from aanchal.places.terms import Level

A_VISIT_HOLDS = timedelta(days=365)
IN_A_DIRECTORY = (Category.CBO, Category.SUPPORT, Category.DEPARTMENT, Category.LEGAL)
"""The kinds of stakeholders that the Framework names (Prevention strategies, 1); "other agencies" are not everywhere."""


def listings(on: date, *, verified: bool = False) -> QuerySet[Listing]:
    """Employers and agencies entered by a day; of them those visited and found good within the year, their licence not run out."""
    found = Listing.objects.filter(recorded_at__date__lte=on)
    if verified:
        found = found.filter(Q(licence_until=None) | Q(licence_until__gte=on), visit_outcome="GOOD")
        found = found.filter(visited_on__gte=on - A_VISIT_HOLDS)
    return found


def enquiries(first: date, last: date, *, answered: bool = False) -> QuerySet[Enquiry]:
    """What was asked at the centres between two days; of it what was answered by some advice."""
    asked = Enquiry.objects.filter(on__gte=first, on__lte=last)
    return asked.filter(advice__len__gt=0) if answered else asked


def posts(on: date, *, filled: bool = False) -> QuerySet[Post]:
    """Posts sanctioned by a day and not abolished; of them those that somebody held."""
    found = Post.objects.filter(Q(abolished_on=None) | Q(abolished_on__gt=on), sanctioned_on__lte=on)
    if filled:
        held = Tenure.objects.filter(Q(until=None) | Q(until__gte=on), post=OuterRef("pk"), since__lte=on)
        found = found.filter(Exists(held))
    return found


def villages_with_directory() -> QuerySet[Place]:
    """Villages for which somebody of each kind was entered and confirmed: in the village, or in its block or district."""
    found = Place.objects.filter(level=Level.VILLAGE)
    for category in IN_A_DIRECTORY:
        kinds = [kind for kind, of in CATEGORY.items() if of == category]
        where = Stakeholder.objects.filter(kind__in=kinds, standing=RowState.LIVE, confirmed_on__isnull=False).values("place")
        found = found.filter(Q(pk__in=where) | Q(block__in=where) | Q(district__in=where))
    return found
