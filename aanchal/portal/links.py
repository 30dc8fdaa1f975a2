"""Where each count leads: the list it counts. A page that this installation does not have is no link, as in the frame of the page."""

from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from aanchal.places.models import Place
from aanchal.places.terms import Level
from aanchal.portal.terms import REGISTERS
from aanchal.risk.families import ON_THE_REGISTER, SURVEYED


def address(name: str, *args, **query) -> str:
    try:
        found = reverse(name, args=args)
    except NoReverseMatch:
        return ""
    return f"{found}?{urlencode(query)}" if query else found


def list_of(key: str, place: Place) -> str:
    """The list that a count of `portal.counts` counts; empty where there is none for this kind of place.

    Counts are by the state's points, so that places can be compared: the list says so, for a village may have its own.
    """
    register = key.removesuffix("_open")
    if register in REGISTERS:
        return address("registers:list", register, place=place.pk, **({"open": "yes"} if register != key else {}))
    match key:
        case "households":
            return address("families", place=place.pk)
        case "surveyed":
            return address("families", place=place.pk, band=SURVEYED)
        case "at_risk":
            return address("families", place=place.pk, band=ON_THE_REGISTER, **_by_the_state(place))
        case "severe":
            return address("families", place=place.pk, band="SEVERE", **_by_the_state(place))
        case "urgent":
            return address("families", place=place.pk, urgent=1)
        case "flagged":
            return address("review", place=place.pk)
        case "overdue" if place.level == Level.VILLAGE:
            return address("villages:roadmap", place.pk, show="OVERDUE")
    return ""


def _by_the_state(place: Place) -> dict[str, str]:
    return {"by": "state"} if place.level == Level.VILLAGE else {}
