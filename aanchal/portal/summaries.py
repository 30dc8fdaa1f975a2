"""A place in figures: how many families, how deep, what drives it; the village's own context beside it, never mixed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.core.pictures import Bar, Part, band_bar, bar_list
from aanchal.places.models import Place
from aanchal.portal import rules
from aanchal.portal.counts import Counts
from aanchal.risk import counts as risk_counts
from aanchal.risk import queries as risk
from aanchal.risk.definition import in_language
from aanchal.risk.terms import Band, Subject

BANDS = (Band.SEVERE, Band.AT_RISK, Band.VULNERABLE, Band.NOT_AT_RISK, Band.UNKNOWN)


@dataclass(frozen=True)
class Depth:
    """The Alkire-Foster measures of a place, and the dimensions that drive them."""

    headcount: float
    intensity: float
    m0: float
    drivers: Sequence[Bar]

    @property
    def picture(self) -> str:
        if not self.drivers:
            return ""
        top = self.drivers[0]
        title = _("%(dimension)s weighs most: %(share)s of every 100 points") % {"dimension": top.label, "share": round(top.value)}
        return bar_list(self.drivers, title=title)


@dataclass(frozen=True)
class Context:
    """The village index: one number of the village, from its meeting."""

    band: str
    band_title: str
    points: int
    observed: int
    reasons: Sequence[str]
    is_complete: bool
    told_on: date


def bands(counts: Counts) -> list[Part]:
    titles = band_titles()
    return [Part(band, titles[band], counts.bands.get(band, 0)) for band in BANDS if counts.bands.get(band)]


def band_picture(counts: Counts) -> str:
    parts = bands(counts)
    at_risk, families = counts.values["at_risk"], sum(part.count for part in parts)
    title = _("%(at_risk)s of %(families)s families are at risk") % {"at_risk": at_risk, "families": families}
    return band_bar(parts, title=title) if parts else ""


def band_titles() -> dict[str, str]:
    return {str(band): str(band.label) for band in Band}


def depth(user, place: Place, counts: Counts, *, on: date) -> Depth | None:
    """Nothing where a count it could be worked back to is hidden; no drivers where they could tell what one family said in private."""
    if counts.values.get("at_risk") is None or not counts.values.get("surveyed"):
        return None
    index = risk.definition_in_force(Subject.HOUSEHOLD, on, place)
    found = risk_counts.measures(place, on)
    if not found.households:
        return None
    may_know = policy.covers(user, Permission.RISK_REASONS, place) or found.poor >= rules.LEAST_SHOWN
    titles = {dimension.key: in_language(dimension.title, _language()) for dimension in index.dimensions}
    shares = sorted(found.contribution_of_dimension.items(), key=lambda pair: -pair[1])
    drivers = [Bar(titles[key], float(share) * 100) for key, share in shares] if may_know and found.poor else []
    return Depth(float(found.headcount), float(found.intensity), float(found.m0), drivers)


def context(user, place: Place) -> Context | None:
    """The village's own index, for who may read its situation analysis."""
    if not policy.can(user, Permission.VILLAGE_READ, place):
        return None
    found = risk.village_assessment(place)
    if found is None:
        return None
    index = risk.definition(found.definition_id)
    titles = {band.key: in_language(band.title, _language()) for band in index.bands}
    return Context(
        band=found.band,
        band_title=titles.get(found.band, band_titles()["UNKNOWN"]),
        points=found.points,
        observed=found.observed,
        reasons=[in_language(one.reason, _language()) for one in index.indicators if one.key in found.deprived],
        is_complete=found.is_complete,
        told_on=found.situation.told_on,
    )


def _language() -> str:
    return (get_language() or "en")[:2]
