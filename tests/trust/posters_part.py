"""What missing-person notices add to the world: one that is out, one that waits, a consent, and what someone of the public told."""

from django.utils import timezone

from aanchal.posters import actions
from aanchal.posters.models import Poster
from tests.posters.builders import missing, proposed, released


def fill(world) -> None:
    officer, second = (world.post("ahtu_officer", world.here.district) for _ in range(2))
    names = [f"Lalmuni {world.here.pk}", f"Somari {world.here.pk}"]
    lines = [missing(world.here, name) for name in names]
    one = released(lines[0], officer, second)
    proposed(lines[1], officer, shows_name=False)
    actions.tell_seen(number=one.number, words="At the bus stand, on Monday", phone="", at=timezone.now())


def ids(world) -> dict[tuple[str, str], object]:
    """For the addresses of the URL matrix."""
    here = {"place_no": world.here.place_no}
    one = Poster.objects.get(**here, state="RELEASED")
    return {
        ("posters/", "pk"): Poster.objects.get(**here, state="PROPOSED").pk,
        ("posters/new/", "entry"): one.entry_id,
        ("missing/", "number"): one.number,
    }
