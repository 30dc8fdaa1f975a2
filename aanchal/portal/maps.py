"""What the safety map of a village shows to one person. A survivor's return never changes how a house looks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import ExpressionWrapper, F, FloatField, QuerySet
from django.db.models.functions import NullIf
from django.utils.translation import gettext as _

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.people.queries import without_consent
from aanchal.places.models import Place
from aanchal.portal import summaries
from aanchal.risk import families, reading
from aanchal.risk.models import Assessment
from aanchal.risk.terms import AT_RISK_BANDS, Band
from aanchal.villages import pictures
from aanchal.villages import queries as villages
from aanchal.villages.models import SafetyPoint
from aanchal.villages.projection import Point

URGENT = "URGENT"
TOLD_IN_FULL = 6
"""Families whose reasons stand beside the map; of the others only the code, for a page that a phone can carry."""


@dataclass(frozen=True)
class Chip:
    band: str
    label: str
    count: int
    url: str
    is_current: bool


@dataclass(frozen=True)
class SafetyMap:
    picture: pictures.MapPicture
    chips: Sequence[Chip]
    first: Sequence[reading.Row]
    others: Sequence[reading.Row]
    points: Sequence[tuple[str, Sequence[SafetyPoint]]]
    may_see_families: bool
    left_out: int

    @property
    def in_full(self) -> Sequence[reading.Row]:
        return self.first[:TOLD_IN_FULL]

    @property
    def by_band(self) -> list[tuple[str, str, list[reading.Row]]]:
        """All others, the worst band first."""
        rest = [*self.first[TOLD_IN_FULL:], *self.others]
        found = [(key, label, [one for one in rest if one.band == key]) for key, label in reversed(list(summaries.band_titles().items()))]
        return [group for group in found if group[2]]


def of(user, village: Place, band: str) -> SafetyMap:
    """The map in which only openly urgent houses carry a ring: what was told in private is not drawn, not even as a ring.

    It is printed and shown around: a family that took its consent back is neither drawn nor listed beside it.
    """
    may_see = policy.can(user, Permission.RISK_READ, village)
    known = families.readable(user, village)
    gone = without_consent(one.household for one in known) if may_see else set()
    everyone = known.exclude(household__in=gone)
    shown = list(_narrowed(everyone, band)) if may_see else []
    points = villages.map_points(village)
    picture = pictures.MapPicture(
        title=_title(village, everyone) if may_see else _("Safety map of %(village)s") % {"village": village.local_name},
        words=summaries.band_titles(),
        houses=_houses(shown),
        hamlets=points.hamlets,
        places=points.places,
        areas=points.calamity,
        without_position=sum(one.household.longitude is None for one in shown),
    )
    told = [_openly(user, one) for one in shown]
    first = [one for one in told if one.band in AT_RISK_BANDS or one.is_urgent]
    return SafetyMap(
        picture=picture,
        chips=_chips(everyone, band) if may_see else [],
        first=first,
        others=[one for one in told if one not in first],
        points=_points(village),
        may_see_families=may_see,
        left_out=len(gone),
    )


def _openly(user, found: Assessment) -> reading.Row:
    """For a page that is printed and shown around: urgent only where that is openly so."""
    return replace(reading.row(user, found), is_urgent=found.is_urgent)


def _narrowed(everyone: QuerySet[Assessment], band: str) -> QuerySet[Assessment]:
    """In an order that anyone could tell from the page itself."""
    share = ExpressionWrapper(F("points") * 1.0 / NullIf(F("observed"), 0), output_field=FloatField())
    found = everyone.annotate(share=share).order_by("-is_urgent", F("share").desc(nulls_last=True), "household__code")
    if band == URGENT:
        return found.filter(is_urgent=True)
    return found.filter(band=band) if band in Band.values else found


def _houses(shown: Sequence[Assessment]) -> list[pictures.House]:
    titles = summaries.band_titles()
    return [
        pictures.House(
            code=one.household.shown_code,
            band=one.band,
            at=Point(one.household.longitude, one.household.latitude),
            hamlet=one.household.hamlet,
            says=titles[one.band],
            is_urgent=one.is_urgent,
        )
        for one in shown
        if one.household.longitude is not None
    ]


def _title(village: Place, everyone: QuerySet[Assessment]) -> str:
    told = {"village": village.local_name, "at_risk": everyone.filter(families.AT_RISK).count()}
    return _("Safety map of %(village)s: %(at_risk)s families at risk") % told


def _chips(everyone: QuerySet[Assessment], current: str) -> list[Chip]:
    """Each chip's number is the number of families it leaves on the map and in the list."""
    bands = list(everyone.order_by().values_list("band", "is_urgent"))
    wanted = [("", _("All"), len(bands)), (URGENT, _("Act today"), sum(urgent for _band, urgent in bands))]
    wanted += [(key, label, sum(band == key for band, _urgent in bands)) for key, label in reversed(list(summaries.band_titles().items()))]
    return [
        Chip(band, label, count, f"?{urlencode({'band': band})}" if band else "?", is_current=band == current)
        for band, label, count in wanted
        if count or not band
    ]


def _points(village: Place) -> list[tuple[str, list[SafetyPoint]]]:
    found: dict[str, list[SafetyPoint]] = {}
    for point in villages.standing_points(village):
        point.icon = villages.ICONS[point.type]
        found.setdefault(str(point.get_kind_display()), []).append(point)
    return list(found.items())
