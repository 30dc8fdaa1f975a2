"""Reads of the directory and of centres."""

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.network import rules, saying
from aanchal.network.models import Centre, Complaint, Enquiry, Listing, RiskNote, Verification
from aanchal.places.models import Place
from aanchal.places.queries import within

SHORTEST, MOST_FOUND, MOST_AROUND = 2, 20, 60


def known(listing: Listing) -> rules.Known:
    return rules.Known(
        has_licence=listing.licence_kind != "NONE",
        licence_until=listing.licence_until,
        visited_on=listing.visited_on,
        visit_outcome=listing.visit_outcome,
        open_complaints=listing.open_complaints,
        upheld_complaints=listing.upheld_complaints,
    )


def asked(words: str) -> list[Listing]:
    """What the public finds by a name or a licence number, as it is written first, then as it is said; nothing for less than two letters.

    Who has complaints against it must not be unknown for a spelling.
    """
    words = " ".join(words.split())
    if len(words) < SHORTEST:
        return []
    wanted = Q(name__icontains=words) | Q(licence_no__iexact=words)
    public = Listing.objects.filter(is_public=True).select_related("destination").order_by("name", "pk")
    found = list(public.filter(wanted)[:MOST_FOUND])
    rows = public.values_list("pk", "name", "licence_no").exclude(pk__in=[one.pk for one in found])
    alike = [pk for pk, name, number in rows.iterator() if saying.is_asked_for(words, name=name, licence_no=number)]
    return [*found, *public.filter(pk__in=alike[: MOST_FOUND - len(found)])]


def listings(user) -> QuerySet[Listing]:
    """Those the user keeps, the ones with open complaints and expired licences first."""
    found = policy.visible(user, Permission.DIRECTORY_RECORD, Listing.objects.all())
    return found.select_related("place", "destination").order_by("-open_complaints", "licence_until", "name", "pk")


def around(user, places: Iterable[Place]) -> list[Listing]:
    """What other offices of the user's districts keep, as the public is told of it."""
    near = reduce(or_, (within(place.district or place) for place in places), Q(pk=None))
    kept = policy.visible(user, Permission.DIRECTORY_RECORD, Listing.objects.all()).values("pk")
    found = Listing.objects.filter(near, is_public=True).exclude(pk__in=kept)
    return list(found.select_related("place").order_by("name", "pk")[:MOST_AROUND])


def alike(name: str, licence_no: str) -> list[Listing]:
    """What everyone is told of already under this name or licence number."""
    same = Q(name__iexact=name.strip())
    if licence_no.strip():
        same |= Q(licence_no__iexact=licence_no.strip())
    return list(Listing.objects.filter(same, is_public=True).select_related("place").order_by("name", "pk")[:MOST_FOUND])


def listing(pk: UUID) -> Listing | None:
    return Listing.objects.filter(pk=pk).select_related("place", "destination").first()


def verifications(listing: Listing) -> list[Verification]:
    return list(listing.verifications.select_related("by").order_by("-on", "-at"))


def complaints(listing: Listing) -> list[Complaint]:
    return list(listing.complaints.order_by("-received_at", "-pk"))


def risk_notes(on: date, *, trade: str = "", state_code: int | None = None) -> list[RiskNote]:
    """What is known of a trade and of a destination, and what holds everywhere, as of a day."""
    wanted = Q(trade="", state_code=None) | Q(trade=trade or "-", state_code=None)
    if state_code:
        wanted |= Q(state_code=state_code, trade__in=["", trade])
    newest = RiskNote.objects.filter(effective_from__lte=on).order_by("key", "-effective_from").distinct("key").values("pk")
    return list(RiskNote.objects.filter(wanted, pk__in=newest).order_by("-trade", "state_code", "pk"))


def centres(user) -> QuerySet[Centre]:
    found = policy.visible(user, Permission.CENTRE_WORK, Centre.objects.filter(closed_on=None))
    return found.select_related("place").order_by("name", "pk")


def open_centres() -> QuerySet[Centre]:
    """For the public: where to ask."""
    return Centre.objects.filter(closed_on=None).select_related("place__district").order_by("place__name", "pk")


def centre(pk: UUID) -> Centre | None:
    return Centre.objects.filter(pk=pk).select_related("place").first()


def staff(centre: Centre) -> list:
    return list(centre.staff.filter(until=None).select_related("user").order_by("since", "pk"))


def enquiries(centre: Centre) -> QuerySet[Enquiry]:
    return centre.enquiries.select_related("listing").order_by("-on", "-pk")


def asked_about(centre: Centre, *, since: date) -> dict[str, int]:
    counted = centre.enquiries.filter(on__gte=since).values("topic").annotate(n=Count("pk")).order_by("-n", "topic")
    return {row["topic"]: row["n"] for row in counted}
