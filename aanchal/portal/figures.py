"""Counts on their way to a page: a word, a number or the sign that it is hidden, and the list it opens."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.core.numbers import grouped
from aanchal.places.models import Place
from aanchal.portal.counts import Counts, Table
from aanchal.portal.links import address, list_of
from aanchal.portal.terms import MEASURES, REGISTERS

OPENS = {
    "households": Permission.RISK_READ,
    "surveyed": Permission.RISK_READ,
    "at_risk": Permission.RISK_READ,
    "severe": Permission.RISK_READ,
    "urgent": Permission.RISK_READ,
    "flagged": Permission.SUBMISSION_REVIEW,
    "overdue": Permission.VILLAGE_READ,
    **dict.fromkeys(REGISTERS, Permission.ENTRY_READ),
}
EXACT = ("households", "surveyed", "at_risk", "severe", "urgent", "missing", "flagged")
PUBLIC = ("households", "surveyed", "at_risk", "severe", "urgent", "missing")
ON_A_WALL = ("surveyed", "at_risk", "migration")
AT_RISK_FIRST = ("at_risk", "severe", "urgent")


@dataclass(frozen=True)
class Figure:
    key: str
    label: str
    value: int | None
    url: str = ""
    still_open: int | None = None
    open_url: str = ""

    @property
    def is_hidden(self) -> bool:
        return self.value is None

    @property
    def shown(self) -> str:
        """One word for whatever is hidden: which of two is the small one would tell them both (ADR 0070)."""
        return _("not told") if self.value is None else grouped(self.value)


@dataclass(frozen=True)
class Row:
    place: Place
    url: str
    figures: Sequence[Figure]


@dataclass(frozen=True)
class Shown:
    """A place and the places below it, as a page shows them."""

    columns: Sequence[str]
    rows: Sequence[Row]
    whole: Row
    has_hidden: bool
    without_families: Sequence[Row]


def of(user, counts: Counts, keys: Sequence[str]) -> list[Figure]:
    """Only what this person may know; a link only to what they may open."""
    return [_figure(user, counts, key) for key in keys if key in counts.values and _is_theirs(user, counts, key)]


def shown(user, table: Table) -> Shown:
    keys = EXACT if table.is_exact else PUBLIC
    whole = row(user, table.whole, keys)
    keys = tuple(figure.key for figure in whole.figures)
    rows = [row(user, counts, keys) for counts in table.rows]
    kept = [one for one in rows if any(figure.value != 0 for figure in one.figures)]
    return Shown(
        columns=[str(MEASURES[key]) for key in keys],
        rows=kept,
        whole=whole,
        has_hidden=any(figure.is_hidden for one in (whole, *rows) for figure in one.figures),
        without_families=[one for one in rows if one not in kept],
    )


def row(user, counts: Counts, keys: Sequence[str]) -> Row:
    return Row(counts.place, address("place", counts.place.pk), of(user, counts, keys))


def _is_theirs(user, counts: Counts, key: str) -> bool:
    return key != "flagged" or policy.can(user, OPENS[key], counts.place)


def _figure(user, counts: Counts, key: str) -> Figure:
    may_open = policy.can(user, OPENS[key], counts.place) and policy.covers(user, OPENS[key], counts.place)
    state = f"{key}_open"
    return Figure(
        key=key,
        label=str(MEASURES[key]),
        value=counts.values[key],
        url=list_of(key, counts.place) if may_open else "",
        still_open=counts.values.get(state),
        open_url=list_of(state, counts.place) if may_open and state in counts.values else "",
    )
