"""What an assessment says, in the reader's language: on lists, on the family's card, on paper."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.risk import queries
from aanchal.risk.definition import Definition, Text, in_language
from aanchal.risk.models import Assessment, Grounds
from aanchal.risk.steadiness import is_near
from aanchal.risk.terms import Band


@dataclass(frozen=True)
class Row:
    """A family on a list: nothing of what was told in private, and no sign that something was.

    `band` is the state's, by which places are compared; `own_band` the village's, where it signed its own points.
    """

    assessment: Assessment
    code: str
    village: str
    hamlet: str
    band: str
    band_label: str
    own_band: str
    own_band_label: str
    is_urgent: bool
    needs: Sequence[str]
    reasons: Sequence[str]
    visited_on: date
    incomplete: str
    is_near: bool


def row(user, found: Assessment) -> Row:
    index, why = queries.definition(found.definition_id), grounds(user, found)
    return Row(
        assessment=found,
        code=found.household.shown_code,
        village=found.household.place.local_name,
        hamlet=found.household.hamlet,
        band=found.band,
        band_label=band_title(index, found.band),
        own_band=found.own_band or "",
        own_band_label=band_title(index, found.own_band) if found.own_band else "",
        is_urgent=found.is_urgent or bool(why and why.is_urgent),
        needs=needs(index, found.needs),
        reasons=open_reasons(index, why) if why else (),
        visited_on=found.household.visited_on,
        incomplete=incomplete(index, found),
        is_near=is_near(index, found.points, found.observed),
    )


def grounds(user, found: Assessment) -> Grounds | None:
    """Why, for who may know."""
    return getattr(found, "grounds", None) if policy.can(user, Permission.RISK_REASONS, found) else None


def words(text: Text) -> str:
    return in_language(text, (get_language() or "en")[:2])


def band_title(index: Definition, key: str) -> str:
    return next((words(band.title) for band in index.bands if band.key == key), str(Band(key).label))


def needs(index: Definition, keys: Iterable[str]) -> list[str]:
    return [words(one.title) for one in index.dimensions if one.key in keys]


def open_reasons(index: Definition, why: Grounds) -> list[str]:
    """The most urgent first."""
    held = [one for one in index.overrides if one.key in why.overrides]
    held += [one for one in index.indicators if one.key in why.deprived]
    return list(dict.fromkeys(words(one.reason) for one in held if not one.is_private))


def incomplete(index: Definition, found: Assessment) -> str:
    """How much was answered, by weight; nothing where it was enough."""
    if found.is_complete:
        return ""
    asked = len(index.indicators)
    return _("%(answered)s of %(asked)s questions answered") % {"answered": found.observed * asked // index.total_points, "asked": asked}
