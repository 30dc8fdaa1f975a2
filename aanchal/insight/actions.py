"""Definitions and targets."""

from datetime import date, datetime
from decimal import Decimal

from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.insight import rules
from aanchal.insight.definition import SHIPPED, Indicator, read
from aanchal.insight.measures import MEASURES
from aanchal.insight.models import Definition, Target
from aanchal.places.models import Place


class Refused(Exception):
    """Not done; `code` says why."""

    def __init__(self, code: str):
        self.code = code
        super().__init__(code)


@action
def load_definitions(*, by) -> int:
    """Each shipped version of an indicator that the database does not know. Raises Refused if one changed without a new number."""
    known = {(one.code, one.version): one.sha256 for one in Definition.objects.all()}
    told = read(SHIPPED, MEASURES)
    for one in told:
        if known.get((one.code, one.version), one.sha256) != one.sha256:
            raise Refused(f"changed:{one.code}")
    fresh = [_row(one) for one in told if (one.code, one.version) not in known]
    Definition.objects.bulk_create(fresh)
    return len(fresh)


def _row(one: Indicator) -> Definition:
    return Definition(**{name: getattr(one, name) for name in one.__dict__}, sha256=one.sha256)


@action
def set_target(*, place: Place, code: str, month: date, value: Decimal, at: datetime, by) -> Target:
    """For the financial year in which the month lies, in place of what was set before."""
    year = rules.year_of(month)
    found = Target.objects.filter(place=place, code=code, year=year).select_for_update().first()
    row = found or Target(place=place, place_no=place.place_no, code=code, year=year)
    row.value, row.set_by_id, row.set_at = value, by.pk, at
    if found:
        row.save(update_fields=["value", "set_by", "set_at"])
    else:
        insert(row)
    trail.write("insight.target.set", about=row, code=code, year=year, value=str(value))
    return row
