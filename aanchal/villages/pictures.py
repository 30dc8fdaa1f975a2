"""The village safety map: houses by risk band, places of help and danger, areas of calamity. No survivor is ever marked."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, pi, sin, sqrt

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from lucide.templatetags.lucide import lucide

from aanchal.core.marks import BANDS, shape_of
from aanchal.core.numbers import grouped
from aanchal.core.pictures import Part, svg, text

from .labels import Box, Name, Room, around
from .projection import Point, Projection, Spot, hull, spread

WIDTH, MARGIN, HEIGHTS = 640.0, 58.0, (400.0, 720.0)
HOUSES_APART = 14.0
OCTAGON = "M-5-12H5L12-5V5L5 12H-5L-12 5V-5Z"


@dataclass(frozen=True)
class House:
    """A household's mark at a position already shifted on the phone; `says` is what a pointer shows, never a name."""

    code: str
    band: str
    at: Point
    hamlet: str = ""
    says: str = ""
    is_urgent: bool = False


@dataclass(frozen=True)
class Hamlet:
    name: str
    at: Point | None = None


@dataclass(frozen=True)
class Place:
    key: str
    name: str
    icon: str
    at: Point
    is_danger: bool = False


@dataclass(frozen=True)
class Area:
    """An outline, or one point with a radius where the outline was never walked."""

    name: str
    outline: tuple[Point, ...]
    radius_metres: float = 80.0


@dataclass(frozen=True)
class Line:
    kind: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class MapPicture:
    title: str
    words: Mapping[str, str]
    houses: Sequence[House] = ()
    hamlets: Sequence[Hamlet] = ()
    places: Sequence[Place] = ()
    areas: Sequence[Area] = ()
    lines: Sequence[Line] = ()
    without_position: int = 0

    @property
    def drawing(self) -> SafeString:
        return village_map(self)

    @property
    def counts(self) -> list[Part]:
        found = Counter(house.band if house.band in BANDS else "UNKNOWN" for house in self.houses)
        return [Part(band, self.words.get(band, band), found[band]) for band in BANDS if found[band]]

    @property
    def is_empty(self) -> bool:
        return not self.points()

    @property
    def urgent_count(self) -> int:
        return sum(house.is_urgent for house in self.houses)

    @property
    def has_help(self) -> bool:
        return any(not place.is_danger for place in self.places)

    @property
    def has_danger(self) -> bool:
        return any(place.is_danger for place in self.places)

    def points(self) -> list[Point]:
        alone = [*(h.at for h in self.houses), *(p.at for p in self.places), *(h.at for h in self.hamlets if h.at)]
        return alone + [p for area in self.areas for p in area.outline] + [p for line in self.lines for p in line.points]


@dataclass(frozen=True)
class Ellipse:
    name: str
    centre: Spot
    across: float
    down: float


@dataclass(frozen=True)
class Look:
    """One size of the names: a desk and paper, or a phone, where marks and letters are drawn larger."""

    css: str
    place_size: float
    hamlet_size: float
    mark_scale: float
    covers: int


LOOKS = (Look("on-wide", 11, 12, 1.0, 3), Look("on-phone", 20, 22, 1.35, 1))


def village_map(picture: MapPicture) -> SafeString:
    paper = Projection.around(picture.points(), width=WIDTH, margin=MARGIN, heights=HEIGHTS)
    spots = spread([paper.place(house.at) for house in picture.houses], HOUSES_APART)
    ellipses = _hamlets(picture, paper, spots)
    body = [
        f'<rect class="land" width="{paper.width:g}" height="{paper.height:g}"/>',
        _ground(picture, paper, spots),
        *[_area(area, paper) for area in picture.areas],
        *[_ellipse(ellipse) for ellipse in ellipses],
        *[_line(line, paper) for line in picture.lines],
        *[_house(house, spot) for house, spot in _most_at_risk_last(picture.houses, spots)],
        *[_place(place, paper.place(place.at)) for place in picture.places],
        *[_names(look, picture, paper, ellipses, spots) for look in LOOKS],
        _scale(paper),
    ]
    return svg(paper.width, paper.height, "".join(body), title=picture.title, desc=_described(picture), css="map", role="group")


def _described(picture: MapPicture) -> str:
    counts = [f"{part.label}: {grouped(part.count)}" for part in picture.counts]
    if picture.urgent_count:
        counts.append(f"{_('Act today')}: {grouped(picture.urgent_count)}")
    return "; ".join(counts)


def _ground(picture: MapPicture, paper: Projection, spots: Sequence[Spot]) -> str:
    centres = [*spots, *(paper.place(p.at) for p in picture.places), *(paper.place(h.at) for h in picture.hamlets if h.at)]
    rim = [Spot(s.x + 44 * cos(a * pi / 4), s.y + 38 * sin(a * pi / 4)) for s in centres for a in range(8)]
    return f'<path class="ground" d="{_soft(hull(rim))}"/>' if rim else ""


def _soft(spots: Sequence[Spot]) -> str:
    """A closed outline with rounded corners: through the middle of every side, bent at every corner."""
    middles = [Spot((a.x + b.x) / 2, (a.y + b.y) / 2) for a, b in zip(spots, [*spots[1:], spots[0]], strict=True)]
    bends = "".join(f"Q{s.x:.0f} {s.y:.0f} {m.x:.0f} {m.y:.0f}" for s, m in zip(spots, middles, strict=True))
    return f"M{middles[-1].x:.0f} {middles[-1].y:.0f}{bends}Z"


def _area(area: Area, paper: Projection) -> str:
    spots = [paper.place(point) for point in area.outline]
    if len(spots) < 3:
        rim = area.radius_metres * paper.units_per_metre
        drawn = "".join(f'<circle cx="{s.x:.0f}" cy="{s.y:.0f}" r="{rim:.0f}"/>' for s in spots)
    else:
        drawn = f'<path d="{_soft(spots)}"/>'
    return f'<g class="calamity"><title>{escape(area.name)}</title>{drawn}</g>'


def _hamlets(picture: MapPicture, paper: Projection, spots: Sequence[Spot]) -> list[Ellipse]:
    homes: dict[str, list[Spot]] = {}
    for house, spot in zip(picture.houses, spots, strict=True):
        homes.setdefault(house.hamlet, []).append(spot)
    drawn = []
    for hamlet in picture.hamlets:
        members = homes.get(hamlet.name) or ([paper.place(hamlet.at)] if hamlet.at else [])
        if members:
            drawn.append(_enclosing(hamlet.name, members))
    return drawn


def _enclosing(name: str, members: Sequence[Spot]) -> Ellipse:
    """Twice the standard deviation holds nearly all houses; a lone house far out does not swell its hamlet."""
    x, y = sum(s.x for s in members) / len(members), sum(s.y for s in members) / len(members)
    wide = 2 * sqrt(sum((s.x - x) ** 2 for s in members) / len(members))
    tall = 2 * sqrt(sum((s.y - y) ** 2 for s in members) / len(members))
    return Ellipse(name, Spot(x, y), max(wide + 14, 34), max(tall + 14, 28))


def _ellipse(e: Ellipse) -> str:
    return (
        f'<ellipse class="hamlet" cx="{e.centre.x:.0f}" cy="{e.centre.y:.0f}" rx="{e.across:.0f}" ry="{e.down:.0f}">'
        f"<title>{escape(e.name)}</title></ellipse>"
    )


def _line(line: Line, paper: Projection) -> str:
    spots = [paper.place(point) for point in line.points]
    kind = line.kind if line.kind in ("road", "river", "path") else "path"
    return f'<path class="{kind}" d="M' + "L".join(f"{s.x:.0f} {s.y:.0f}" for s in spots) + '"/>' if spots else ""


def _most_at_risk_last(houses: Sequence[House], spots: Sequence[Spot]) -> list[tuple[House, Spot]]:
    weight = {band: -rank for rank, band in enumerate(BANDS)}
    return sorted(zip(houses, spots, strict=True), key=lambda pair: (pair[0].is_urgent, weight.get(pair[0].band, -9)))


def _house(house: House, spot: Spot) -> str:
    """Only those to visit stop the Tab key and say what they are under a pointer; every mark can be clicked and is read aloud."""
    band = house.band if house.band in BANDS else "UNKNOWN"
    is_first = house.is_urgent or band in ("SEVERE", "AT_RISK")
    stop, code = "" if is_first else ' tabindex="-1"', escape(house.code)
    says = escape(f"{house.code} · {house.says}" if house.says else house.code)
    named, title = ("", f"<title>{says}</title>") if is_first else (f' aria-label="{says}"', "")
    ring = '<circle class="ring" r="16.5"/>' if house.is_urgent else ""
    return (
        f'<a class="house {band}" href="#h-{code}"{stop}{named}'
        f' transform="translate({spot.x:.0f} {spot.y:.0f})">{title}{ring}{shape_of(band)}</a>'
    )


def _place(place: Place, spot: Spot) -> str:
    disc = f'<path class="disc" d="{OCTAGON}"/>' if place.is_danger else '<circle class="disc" r="12"/>'
    icon = lucide(place.icon, size=14, x="-7", y="-7", aria_hidden="true")
    kind = "danger-place" if place.is_danger else "help-place"
    said = escape(place.name)
    return (
        f'<a class="place {kind}" href="#p-{escape(place.key)}" aria-label="{said}"'
        f' transform="translate({spot.x:.1f} {spot.y:.1f})"><title>{said}</title><g class="s">{disc}{icon}</g></a>'
    )


def _names(look: Look, picture: MapPicture, paper: Projection, ellipses: Sequence[Ellipse], spots: Sequence[Spot]) -> str:
    """Hamlets first, then danger, help and calamities, unless they would cover too many houses: the list names them all."""
    rim, home = 13 * look.mark_scale, 6 * look.mark_scale
    places = sorted(((p, paper.place(p.at)) for p in picture.places), key=lambda pair: not pair[0].is_danger)
    room = Room(
        Box(4, 4, paper.width - 4, paper.height - 26),
        [around(spot.x, spot.y, rim, rim) for _place, spot in places],
        [around(spot.x, spot.y, home, home) for spot in spots],
    )
    wanted = [("hamlet-name", Name(e.name, *e.centre, e.across, e.down, look.hamlet_size)) for e in ellipses]
    wanted += [("", Name(p.name, *spot, rim, rim, look.place_size)) for p, spot in places]
    wanted += [("calamity-name", Name(a.name, *_middle(a, paper), 0, 0, look.place_size)) for a in picture.areas]
    drawn = [(css, name, room.find(name, 99 if css == "hamlet-name" else look.covers)) for css, name in wanted]
    words = "".join(text(round(at.x), round(at.baseline), name.words, css) for css, name, at in drawn if at)
    return f'<g class="{look.css}" aria-hidden="true">{words}</g>'


def _middle(area: Area, paper: Projection) -> Spot:
    spots = [paper.place(point) for point in area.outline]
    return Spot(sum(s.x for s in spots) / len(spots), sum(s.y for s in spots) / len(spots))


def _scale(paper: Projection) -> str:
    metres, length = paper.scale_bar()
    y = paper.height - 12
    words = _("%(metres)s m") % {"metres": grouped(metres)}
    return (
        f'<path class="scale" d="M14 {y - 4:.0f}v4h{length:.0f}v-4"/>'
        f'<text class="scale-words" x="{20 + length:.0f}" y="{y + 1:.0f}">{escape(words)}</text>'
    )
