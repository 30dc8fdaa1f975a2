"""Reads of a village's situation, safety map and roadmap."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, QuerySet, Value, When

from aanchal.places.models import Place
from aanchal.places.queries import hamlets_of, within
from aanchal.villages import pictures, rules
from aanchal.villages.models import PlanDemand, Roadmap, RoadmapAction, SafetyPoint, Situation
from aanchal.villages.projection import Point
from aanchal.villages.terms import ActionState, Doer, PointKind

ICONS = {
    "POLICE": "shield",
    "HEALTH_CENTRE": "stethoscope",
    "ANGANWADI": "baby",
    "SCHOOL": "school",
    "PANCHAYAT": "landmark",
    "VO_OFFICE": "users",
    "SAFE_MIGRATION_CENTRE": "signpost",
    "ONE_STOP_CENTRE": "heart-handshake",
    "TRANSPORT": "bus",
    "OTHER_HELP": "life-buoy",
    "DARK_PATH": "moon",
    "HARASSMENT": "hand",
    "LIQUOR_SHOP": "wine",
    "AGENT_PLACE": "user-search",
    "LODGE_DHABA": "bed",
    "WATER_TOILET": "droplets",
    "UNSAFE_WORKPLACE": "factory",
    "OTHER_DANGER": "triangle-alert",
    "FLOOD": "waves-horizontal",
    "DROUGHT": "sun",
    "CYCLONE": "tornado",
    "EROSION": "waves-ladder",
    "OTHER_CALAMITY": "cloud-alert",
}


def situations_of(place: Place) -> QuerySet[Situation]:
    """All that was ever told of a village, the one that stands first."""
    return Situation.objects.filter(place_no=place.place_no).order_by("-told_on", "-recorded_at", "-pk")


def latest_situation(place: Place) -> Situation | None:
    return situations_of(place).first()


def latest_situations(place: Place) -> QuerySet[Situation]:
    """The one that stands of each village inside a place."""
    return (
        Situation.objects.filter(within(place))
        .order_by("place_no", "-told_on", "-recorded_at", "-pk")
        .distinct("place_no")
        .select_related("place")
    )


def standing_points(place: Place) -> QuerySet[SafetyPoint]:
    """The points on a village's map: danger first, then help, then calamities."""
    return SafetyPoint.objects.filter(within(place), withdrawn_at=None).order_by(
        _in_order("kind", (PointKind.DANGER, PointKind.HELP, PointKind.CALAMITY)), "name", "pk"
    )


def withdrawn_points(place: Place) -> QuerySet[SafetyPoint]:
    return SafetyPoint.objects.filter(within(place), withdrawn_at__isnull=False).order_by("-withdrawn_at", "pk")


@dataclass(frozen=True)
class MapPoints:
    """What the safety map shows beside the houses, as `villages.pictures` draws it."""

    hamlets: tuple[pictures.Hamlet, ...]
    help: tuple[pictures.Place, ...]
    danger: tuple[pictures.Place, ...]
    calamity: tuple[pictures.Area, ...]

    @property
    def places(self) -> tuple[pictures.Place, ...]:
        return self.danger + self.help


def map_points(place: Place) -> MapPoints:
    """Hamlets and standing points of a village. A mark's key is `str(point.pk)`: the list beside the map has the anchor `p-<key>`."""
    by_kind: dict[str, list[SafetyPoint]] = {kind: [] for kind in PointKind}
    for point in standing_points(place):
        by_kind[point.kind].append(point)
    return MapPoints(
        hamlets=tuple(pictures.Hamlet(hamlet.local_name) for hamlet in hamlets_of(place)),
        help=tuple(map(_mark, by_kind[PointKind.HELP])),
        danger=tuple(map(_mark, by_kind[PointKind.DANGER])),
        calamity=tuple(pictures.Area(p.name, (Point(p.longitude, p.latitude),)) for p in by_kind[PointKind.CALAMITY]),
    )


def roadmap_of(place: Place) -> Roadmap | None:
    return Roadmap.objects.filter(place_no=place.place_no).first()


def actions_of(place: Place) -> QuerySet[RoadmapAction]:
    """The roadmap by who, what is still to do first and the longest due first of all."""
    return RoadmapAction.objects.filter(within(place)).order_by(
        _in_order("who", tuple(Doer)), _in_order("state", tuple(ActionState)), "due_on", "pk"
    )


def overdue_actions(place: Place, *, on: date) -> QuerySet[RoadmapAction]:
    return actions_of(place).filter(RoadmapAction.overdue(on)).order_by("due_on", "pk")


def kind_of(point_type: str) -> str:
    """Help, danger or calamity: said by what is there."""
    return rules.KIND_OF[point_type]


def _mark(point: SafetyPoint) -> pictures.Place:
    return pictures.Place(
        key=str(point.pk),
        name=point.name,
        icon=ICONS[point.type],
        at=Point(point.longitude, point.latitude),
        is_danger=point.kind == PointKind.DANGER,
    )


def _in_order(field: str, values: tuple) -> Case:
    return Case(*(When(**{field: value}, then=Value(rank)) for rank, value in enumerate(values)), default=Value(len(values)))


def demands_of(village: Place) -> QuerySet[PlanDemand]:
    """Of every year, the newest first."""
    return PlanDemand.objects.filter(place=village).order_by("-year", "kind")
