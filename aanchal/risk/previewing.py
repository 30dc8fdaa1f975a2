"""Who would change band under a draft, as one reader may see it: exact for who may open the lists, few families never told to others."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.places.models import Place
from aanchal.risk import rules
from aanchal.risk.definition import Definition
from aanchal.risk.models import IndexDraft
from aanchal.risk.pooling import held_together, is_few
from aanchal.risk.reading import band_title
from aanchal.risk.terms import Subject

Move = tuple[str, str]


@dataclass(frozen=True)
class Moved:
    before: str
    before_label: str
    after: str
    after_label: str
    families: int | None
    """None where so few are that one could be guessed."""


@dataclass(frozen=True)
class Village:
    place: Place
    moves: Sequence[Moved]
    may_list: bool


@dataclass(frozen=True)
class Preview:
    seen: int
    whole: Sequence[Moved]
    villages: Sequence[Village]
    is_hidden: bool


def of(user, draft: IndexDraft) -> Preview:
    index = rules.load(draft.content)
    rows = policy.visible(user, Permission.COUNT_READ, draft.movements.select_related("place").order_by("place__name", "place_id"))
    counted: dict[Place, Counter[Move]] = defaultdict(Counter)
    for row in rows:
        counted[row.place][row.before, row.after] += row.families
    exact = {place for place in counted if draft.subject == Subject.VILLAGE or policy.covers(user, Permission.RISK_READ, place)}
    total: Counter[Move] = sum(counted.values(), Counter())
    hidden = _hidden(counted, exact, total)
    villages = [_village(user, draft, index, place, moves, hidden) for place, moves in counted.items()]
    shown = {move: None if (None, move) in hidden else n for move, n in total.items()}
    return Preview(draft.previewed_seen, _moves(index, shown), villages, bool(hidden))


def _hidden(counted: Mapping[Place, Counter[Move]], exact: set[Place], total: Counter[Move]) -> set[tuple[int | None, Move]]:
    """Few families of a village; the next smallest where one number could be worked out from the sum; a sum that is itself few."""
    found: set[tuple[int | None, Move]] = set()
    for move in total:
        cells = {place.pk: moves[move] for place, moves in counted.items() if place not in exact and moves[move]}
        few = held_together({str(pk) for pk, n in cells.items() if is_few(n)}, {str(pk): n for pk, n in cells.items()})
        found |= {(int(pk), move) for pk in few}
        if few and (len(few) == 1 or is_few(sum(cells[int(pk)] for pk in few))):
            found.add((None, move))
    return found


def _village(user, draft: IndexDraft, index: Definition, place: Place, moves: Counter[Move], hidden: set) -> Village:
    may_list = draft.subject == Subject.HOUSEHOLD and policy.can(user, Permission.RISK_REASONS, place)
    return Village(place, _moves(index, {move: None if (place.pk, move) in hidden else n for move, n in moves.items()}), may_list)


def _moves(index: Definition, moves: Mapping[Move, int | None]) -> list[Moved]:
    order = index.band_keys.index
    return [
        Moved(before, band_title(index, before), after, band_title(index, after), n)
        for (before, after), n in sorted(moves.items(), key=lambda one: (-order(one[0][1]), order(one[0][0])))
    ]
