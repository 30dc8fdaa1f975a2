"""A plan or norms from a file: every line is tried, and all are written or none."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from django.db.models import Q

from aanchal.core import trail
from aanchal.core.sheet_reading import Row, read
from aanchal.money import actions, queries
from aanchal.money.models import Budget, CostHead
from aanchal.money.rules import Refused, Slot
from aanchal.places.models import Place

PLAN = ("head", "district_code", "quarter", "quantity", "unit_rupees", "justification")
NORMS = ("head", "norm_rupees", "effective_from", "source")
MOST_RUPEES = Decimal(10**11)


@dataclass
class Told:
    """What a file did, or would do: lines that can be written, and what is wrong with the others by line."""

    lines: int = 0
    faults: list[tuple[int, str, str]] = field(default_factory=list)
    """(line, column, code)."""


class _Undone(Exception):
    pass


def plan(*, budget: Budget, content: bytes, is_trial: bool, by) -> Told:
    """Lines of a budget's plan. Raises NotATable."""
    districts = {str(one.lgd_code): one.pk for one in queries.districts(budget)}
    heads = queries.heads(budget.starts_on, budget.place)
    told: set[tuple[Slot, int]] = set()

    def write(cells: dict[str, str]) -> bool:
        head, code = cells["head"].upper(), cells["district_code"]
        if head not in heads:
            raise Refused([("head", "not_a_head")])
        if code and code not in districts:
            raise Refused([("district_code", "not_of_the_state")])
        quarter, quantity = _whole(cells, "quarter", 1, 4), _whole(cells, "quantity", 0, 1_000_000)
        slot = Slot(head, districts[code] if code else None)
        unit, why = _paise(cells, "unit_rupees"), _words(cells, "justification", 500)
        if (slot, quarter) in told:
            raise Refused([("head", "line_twice")])
        told.add((slot, quarter))
        actions.plan(budget=budget, line=actions.Planned(slot, quarter, quantity, unit, why), by=by)
        return True

    return _each(read(content, PLAN), write, is_trial)


def norms(*, place: Place, content: bytes, is_trial: bool, by) -> Told:
    """A state's norms of heads; one that stands in the same words is passed over. Raises NotATable."""

    def write(cells: dict[str, str]) -> bool:
        on = _day(cells, "effective_from")
        if cells["head"].upper() not in queries.heads(on, place):
            raise Refused([("head", "not_a_head")])
        if not cells["source"]:
            raise Refused([("source", "length")])
        told = {"norm_paise": _paise(cells, "norm_rupees"), "source": _words(cells, "source", 200), "effective_from": on}
        if not told["norm_paise"]:
            raise Refused([("norm_rupees", "out_of_range")])
        key = cells["head"].upper()
        if CostHead.objects.filter(Q(place=place) | Q(place=None), key=key, **told).exists():
            return False
        actions.set_norm(place=place, key=key, by=by, **told)
        return True

    return _each(read(content, NORMS), write, is_trial)


def _each(rows: list[Row], write: Callable[[dict[str, str]], bool], is_trial: bool) -> Told:
    """`write` says whether the line told anything new."""
    told = Told()
    try:
        with trail.savepoint():
            for row in rows:
                try:
                    with trail.savepoint():
                        told.lines += write(row.cells)
                except Refused as refused:
                    told.faults += [(row.line, column, code) for column, code in refused.faults]
            if is_trial or told.faults:
                raise _Undone
    except _Undone:
        pass
    return told


def _whole(cells: dict[str, str], name: str, least: int, most: int) -> int:
    text = cells[name]
    if not text.isascii() or not text.isdigit() or len(text) > 9 or not least <= int(text) <= most:
        raise Refused([(name, "out_of_range")])
    return int(text)


def _words(cells: dict[str, str], name: str, most: int) -> str:
    if len(cells[name]) > most:
        raise Refused([(name, "length")])
    return cells[name]


def _paise(cells: dict[str, str], name: str) -> int:
    """Rupees as people write them, 1,20,000.50; never a float, never half a paisa."""
    try:
        rupees = Decimal(cells[name].replace(",", "").removeprefix("₹").strip())
    except InvalidOperation:
        raise Refused([(name, "out_of_range")]) from None
    if not rupees.is_finite() or not 0 <= rupees <= MOST_RUPEES or rupees * 100 != int(rupees * 100):
        raise Refused([(name, "out_of_range")])
    return int(rupees * 100)


def _day(cells: dict[str, str], name: str) -> date:
    try:
        return date.fromisoformat(cells[name])
    except ValueError:
        raise Refused([(name, "not_a_day")]) from None
