"""The at-risk register of a place (Framework, Situation Analysis 4(c), 4(f)): families by code, with their women and girls.

Only what is openly urgent counts, and no reason stands here: the register is printed and shown around.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.core.sheets import Value
from aanchal.people.queries import without_consent
from aanchal.places.models import Place
from aanchal.registers.queries import inside
from aanchal.risk import families, queries
from aanchal.risk.models import Assessment
from aanchal.risk.reading import band_title, incomplete, needs
from aanchal.risk.steadiness import is_near


@dataclass(frozen=True)
class Line:
    code: str
    village: str
    hamlet: str
    band: str
    band_label: str
    is_urgent: bool
    needs: Sequence[str]
    women: int
    girls: int
    visited_on: date
    incomplete: str
    is_near: bool

    def cells(self) -> list[Value]:
        urgent = _("Act today") if self.is_urgent else None
        told = [self.code, self.village, self.hamlet or None, self.band_label, urgent, " · ".join(self.needs) or None]
        return [*told, self.women, self.girls, self.visited_on, self.incomplete or None, _("Near the line") if self.is_near else None]


def headings(*, with_village: bool = True) -> list[str]:
    where = [_("Village"), _("Hamlet")] if with_village else [_("Hamlet")]
    told = [_("Women"), _("Girls under 18"), _("Last visit"), _("Answers"), _("How sure")]
    return [_("Family"), *where, _("Risk"), _("Urgent"), _("Needs"), *told]


def on_register(user, place: Place, *permissions: Permission) -> QuerySet[Assessment]:
    """In the order in which to visit them, as everyone may know it: what was told in private moves nobody up."""
    found = queries.at_risk(queries.families().filter(inside(place)))
    for permission in (Permission.RISK_READ, *permissions):
        found = policy.visible(user, permission, found)
    return queries.visit_first(found, openly=True)


def agreed(assessments: Iterable[Assessment]) -> tuple[list[Assessment], int]:
    """Those that may stand on paper and in files; how many took their consent back, and stand on the screens of the office only."""
    found = list(assessments)
    gone = without_consent(one.household for one in found)
    return [one for one in found if one.household_id not in gone], len(gone)


def lines(assessments: Iterable[Assessment], on: date) -> list[Line]:
    found = list(assessments)
    counted = families.women_and_girls(found, on)
    return [_line(one, *counted.get(one.household_id, (0, 0))) for one in found]


def _line(found: Assessment, women: int, girls: int) -> Line:
    index = queries.definition(found.definition_id)
    return Line(
        code=found.household.shown_code,
        village=found.household.place.local_name,
        hamlet=found.household.hamlet,
        band=found.band,
        band_label=band_title(index, found.band),
        is_urgent=found.is_urgent,
        needs=needs(index, found.needs),
        women=women,
        girls=girls,
        visited_on=found.household.visited_on,
        incomplete=incomplete(index, found),
        is_near=is_near(index, found.points, found.observed),
    )
