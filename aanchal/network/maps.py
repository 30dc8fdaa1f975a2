"""The directory as a map: every place one level below as a tile with how many lines it has, the more the darker."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from aanchal.core.numbers import grouped
from aanchal.core.tiles import Tile, in_order, of_states
from aanchal.network.directory import BELOW, Counted
from aanchal.places.models import Place
from aanchal.places.queries import within
from aanchal.places.terms import Level

MOST_TILES = 120
SHADES = 4


def of(place: Place, rows: Sequence[Counted], category: str) -> SafeString | None:
    """Tiles of the places below, also of those with nothing; None where there are none, or too many to draw."""
    below = BELOW.get(Level(place.level))
    if below is None:
        return None
    places = list(Place.objects.filter(within(place), level=below, part_of=None).order_by("name", "pk")[: MOST_TILES + 1])
    if not places or len(places) > MOST_TILES:
        return None
    counted = {row.place.pk: row.by_category[category] if category else row.whole for row in rows if row.place.pk != place.pk}
    most = max(counted.values(), default=0)
    tiles = [_tile(one, counted.get(one.pk, 0), most, category) for one in places]
    draw = of_states if below == Level.STATE else in_order
    empty = sum(not counted.get(one.pk, 0) for one in places)
    return draw(tiles, title=_("Lines of the directory by place: %(empty)s places have none") % {"empty": grouped(empty)})


def shade(n: int, most: int) -> str:
    """n0 for nothing, then quarters of the most."""
    return f"n{-(-n * SHADES // most)}" if n else "n0"


def _tile(place: Place, n: int, most: int, category: str) -> Tile:
    says = f"{place.local_name}: {grouped(n)}"
    query = {"place": place.pk} | ({"category": category} if category else {})
    return Tile(place.lgd_code or 0, place.local_name, "", says, f"?{urlencode(query)}", grouped(n), shade(n, most))
