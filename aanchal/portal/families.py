"""The families to visit first, as a list may show them: why, in the reader's words, and nothing that was told in private."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import get_language

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.places.models import Place
from aanchal.portal.links import address
from aanchal.registers.queries import inside
from aanchal.risk import queries
from aanchal.risk.definition import in_language
from aanchal.risk.models import Assessment
from aanchal.risk.terms import Band


@dataclass(frozen=True)
class Family:
    code: str
    url: str
    band: str
    band_label: str
    is_urgent: bool
    hamlet: str
    visited_on: date
    reasons: Sequence[str]
    has_private: bool
    """Something was told in private: read it on the family's own page."""


def current(user, place: Place) -> QuerySet[Assessment]:
    """Of every family of the place this person may read."""
    return policy.visible(user, Permission.RISK_READ, queries.families()).filter(inside(place))


def to_visit(user, place: Place) -> QuerySet[Assessment]:
    return queries.visit_first(queries.at_risk(current(user, place))).select_related("household", "grounds")


def told(user, assessments: Iterable[Assessment]) -> list[Family]:
    """For the reader alone."""
    return [_told(user, one) for one in assessments]


def told_openly(user, assessments: Iterable[Assessment]) -> list[Family]:
    """For a page that is printed and shown around: that something was told in private is not said either."""
    return [replace(_told(user, one), is_urgent=one.is_urgent, has_private=False) for one in assessments]


def _told(user, found: Assessment) -> Family:
    index = queries.definition(found.definition_id)
    grounds = getattr(found, "grounds", None) if policy.can(user, Permission.RISK_REASONS, found) else None
    reasons, has_private = _reasons(index, grounds) if grounds else (_needs(index, found.needs), False)
    return Family(
        code=found.household.shown_code,
        url=address("family", found.household_id),
        band=found.band,
        band_label=str(Band(found.band).label),
        is_urgent=found.is_urgent or bool(grounds and grounds.is_urgent),
        hamlet=found.household.hamlet,
        visited_on=found.household.visited_on,
        reasons=reasons,
        has_private=has_private,
    )


def _reasons(index, grounds) -> tuple[list[str], bool]:
    """What is most urgent first."""
    held = [one for one in index.overrides if one.key in grounds.overrides]
    held += [one for one in index.indicators if one.key in grounds.deprived]
    told = [in_language(one.reason, _language()) for one in held if not one.is_private]
    return list(dict.fromkeys(told)), any(one.is_private for one in held)


def _needs(index, needs: Sequence[str]) -> list[str]:
    return [in_language(one.title, _language()) for one in index.dimensions if one.key in needs]


def _language() -> str:
    return (get_language() or "en")[:2]
