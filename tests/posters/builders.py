"""A missing girl of the small world with an FIR, and her notice. Every name is of a synthetic person."""

from datetime import timedelta

from django.utils import timezone

from aanchal.access.acting import acting
from aanchal.access.policy import day_in_india
from aanchal.posters import actions
from aanchal.posters.actions import Agreed, Told
from aanchal.posters.models import OpenPoster, Poster
from aanchal.posters.terms import Check
from tests.matching.builders import report

SAID_NO = dict.fromkeys(Check.values, "NO")
CLOTHES = "blue school dress"


def today():
    return day_in_india(timezone.now())


def missing(place, name="অপর্ণা মাহাতো", **told):
    """Reported missing twenty days ago, with an FIR."""
    on = today() - timedelta(days=20)
    fir = {"missing_circumstance": "LOST", "missing_status": "FIR_REGISTERED", "police_informed": "yes", "fir_on": on.isoformat()}
    return report(place, name, **{"on": on, "told_on": on, "at": timezone.now(), **fir, **told})


def agreed(giver="PARENT", *, days_ago=0, **told) -> Agreed:
    plain = {"giver": giver, "name": "Ramesh Agreeing", "written": "SIGNED", "language": "bn", "on": today() - timedelta(days=days_ago)}
    return Agreed(**plain | told)


def proposed(entry, by, *, shows_name=True, checks=SAID_NO, consent=None, at=None, **told) -> Poster:
    plain = {"languages": ("bn",), "height": "FROM_140", "features": ("MOLE_FACE",), "clothes": CLOTHES}
    told = Told(shows_name=shows_name, **plain | told)
    with acting(by):
        return actions.propose(entry=entry, told=told, agreed=consent or agreed(), checks=checks, at=at or timezone.now(), by=by)


def released(entry, by, second, **told) -> Poster:
    poster = proposed(entry, by, **told)
    with acting(second):
        return actions.release(poster=poster, at=timezone.now(), by=second)


def is_out(poster) -> bool:
    return OpenPoster.objects.filter(pk=poster.pk).exists()
