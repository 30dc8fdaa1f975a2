"""Where a line of a register leads, how far, and through whom. What is written there is compared, and shown to nobody."""

from django.db.models import Q

from aanchal.network.models import Listing
from aanchal.places.models import Place
from aanchal.places.terms import Level
from aanchal.registers.models import Entry
from aanchal.registers.terms import Register

SHORTEST = 3


def is_far(entry: Entry) -> bool:
    """A marriage out of the district: by the state of the groom, by what was noticed, or by the district that was written."""
    if entry.register != Register.MARRIAGE:
        return False
    state, own = entry.details.get("groom_state_code"), entry.place.state
    if state and own and state != own.lgd_code:
        return True
    if "GROOM_OUTSIDE_STATE" in entry.details.get("marriage_risk_flag", []):
        return True
    written = _folded(entry.texts().get("groom_district", ""))
    return bool(written) and entry.place.district is not None and written not in _names(entry.place.district)


def destination(entry: Entry) -> Place | None:
    """The district that was written, in the state that was; else the state; else nothing."""
    is_marriage = entry.register == Register.MARRIAGE
    code = entry.details.get("groom_state_code" if is_marriage else "destination_state_code")
    state = Place.objects.filter(level=Level.STATE, lgd_code=code).first() if code else None
    written = entry.texts().get("groom_district" if is_marriage else "destination_district", "").strip()
    if state and len(written) >= SHORTEST:
        named = Q(name__iexact=written) | Q(names__hi__iexact=written) | Q(names__te__iexact=written)
        return Place.objects.filter(named, level=Level.DISTRICT, state=state).first() or state
    return state


def listing(entry: Entry) -> Listing | None:
    """The directory's record of the licence number that was written down."""
    texts = entry.texts()
    numbers = [number for key in ("agent_licence", "employer_licence") if (number := texts.get(key, "").strip())]
    return Listing.objects.filter(licence_no__in=numbers).order_by("pk").first() if numbers else None


def _names(place: Place) -> set[str]:
    return {_folded(name) for name in (place.name, *place.names.values())}


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
