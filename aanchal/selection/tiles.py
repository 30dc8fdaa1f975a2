"""The tiles and the chosen places of a run, as its page shows them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from aanchal.core import tiles as pictures
from aanchal.places.terms import Level
from aanchal.selection import reading
from aanchal.selection.models import SelectionRun
from aanchal.selection.queries import Checked
from aanchal.selection.rules import Finding
from aanchal.selection.terms import Standing

MOST_TILES = 80
HEIGHT = {band: n for n, band in enumerate(("UNKNOWN", "NOT_AT_RISK", "VULNERABLE", "AT_RISK", "SEVERE"))}


@dataclass(frozen=True)
class TileMap:
    picture: SafeString
    groups: bool
    """A tile is a State or district, with the band of its place in greatest need."""


def of(run: SelectionRun, order: reading.Order, address: str) -> TileMap:
    if len(order.rows) <= MOST_TILES and run.place.level != Level.NATION:
        codes = {row["id"]: row["code"] for row in run.results["places"]}
        own = [
            pictures.Tile(codes[row.key], row.name, row.band, _says(row), figure=str(row.rank) if row.rank else "–") for row in order.rows
        ]
        return TileMap(pictures.in_order(own, title=_title(order)), groups=False)
    return TileMap(_of_parents(run, order, address), groups=True)


def _of_parents(run: SelectionRun, order: reading.Order, address: str) -> SafeString:
    names = reading.parent_names(run)
    first = Counter(row.parent for row in order.rows if row.band == "SEVERE")
    best = {parent: max((row.band for row in order.rows if row.parent == parent), key=HEIGHT.__getitem__) for parent in names}
    tiles = [
        pictures.Tile(
            run.results["parents"][str(parent)]["code"], name, best[parent],
            _("%(place)s: %(n)s in the first tenth") % {"place": name, "n": first[parent]}, f"{address}in={parent}", str(first[parent]),
        )
        for parent, name in names.items()
    ]  # fmt: skip
    draw = pictures.of_states if run.place.level == Level.NATION else pictures.in_order
    return draw(tiles, title=_title(order))


def _says(row: reading.Row) -> str:
    if not row.rank:
        return _("%(place)s: not ranked") % {"place": row.name}
    return _("%(place)s: rank %(rank)s, %(band)s") % {"place": row.name, "rank": row.rank, "band": row.band_label}


def _title(order: reading.Order) -> str:
    return _("First come %(places)s") % {"places": ", ".join(row.name for row in order.rows[:3] if row.rank)}


@dataclass(frozen=True)
class ChosenPlace:
    """A place of the choice, what is recorded of it, and what the framework says."""

    row: reading.Row
    why: str
    standings: Sequence[str]
    grave: Sequence[str]
    asked: Sequence[str]


def chosen(run: SelectionRun, order: reading.Order, checked: Checked | None) -> list[ChosenPlace]:
    rows = {row.key: row for row in order.rows}
    return [_chosen(rows[one["id"]], one, checked) for one in run.chosen]


def _chosen(row: reading.Row, one: dict, checked: Checked | None) -> ChosenPlace:
    """Of a draft as it is known now; of what was submitted, as it was then."""
    held = checked.standings.get(row.key, ()) if checked else one.get("standings", ())
    found = checked.of(row.key) if checked else [Finding(code, row.key, False) for code in one.get("findings", ())]
    return ChosenPlace(
        row, one["why"], [str(Standing(key).label) for key in sorted(held)],
        [reading.sentence(finding) for finding in found if finding.is_grave],
        [reading.sentence(finding) for finding in found if not finding.is_grave],
    )  # fmt: skip
