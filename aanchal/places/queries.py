"""Reads of places."""

from django.db.models import Q, QuerySet

from aanchal.places.models import Place
from aanchal.places.terms import Level

NOWHERE = Q(pk__in=[])


def nation() -> Place:
    return Place.objects.get(level=Level.NATION)


def within(place: Place, field: str = "place_no") -> Q:
    """The rows whose number lies inside a place."""
    return Q(**{f"{field}__gte": place.place_no, f"{field}__lte": place.last_no})


def villages_in(place: Place) -> QuerySet[Place]:
    return Place.objects.filter(within(place), level=Level.VILLAGE).order_by("name", "pk")


def hamlets_of(village: Place) -> QuerySet[Place]:
    return Place.objects.filter(village=village, level=Level.HAMLET).order_by("place_no")


def village_by_code(code: str) -> Place | None:
    """A village by its LGD code as a form sends it; None for what is not a code or not a village."""
    if not code.isascii() or not code.isdigit() or len(code) > 15:
        return None
    return Place.objects.filter(level=Level.VILLAGE, lgd_code=int(code)).first()


def ancestors(place: Place) -> list[Place]:
    """From the state down to the place's parent, for a trail of links."""
    ids = [pk for pk in (place.state_id, place.district_id, place.block_id, place.panchayat_id, place.village_id) if pk]
    found = Place.objects.in_bulk(ids)
    return [found[pk] for pk in ids]
