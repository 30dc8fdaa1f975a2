"""One batch of directory rows laid against the places there are: what is new, what changed, what cannot be."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Max

from aanchal.places import queries, rules
from aanchal.places.directory import NEEDS, BadRow, Row
from aanchal.places.models import Place
from aanchal.places.terms import COLUMN, PARENT, Level

SUGGESTIONS = 50  # a file a level too low has a bad parent on every row: looking near each would take the day


class Refused(Exception):
    """The row cannot become a place; the message says why."""


@dataclass
class Outcome:
    new: list[Place] = field(default_factory=list)
    changed: list[tuple[Place, dict]] = field(default_factory=list)
    unchanged: int = 0
    bad: list[BadRow] = field(default_factory=list)


class Loader:
    """Remembers over one file: the lines already seen, the numbers already given, the parents asked for in vain."""

    def __init__(self, level: Level, *, keeps_names: bool = False):
        self.level = level
        self.keeps_names = keeps_names
        self._column = COLUMN[PARENT[level]]
        self._lines: dict[tuple, int] = {}
        self._ordinals: dict[int, int] = {}
        self._absent: dict[int, str] = {}

    def lay(self, rows: Sequence[Row]) -> Outcome:
        parents = self._parents(rows)
        existing = self._existing(rows, [place.pk for places in parents.values() for place in places])
        self._remember_ordinals([place for places in parents.values() for place in places])
        outcome = Outcome()
        for row in rows:
            try:
                self._once(row)
                parent = self._parent(row, parents)
                self._place(row, parent, existing.setdefault(self._key(row, parent), []), outcome)
            except Refused as problem:
                outcome.bad.append(BadRow(row.line, str(problem)))
        return outcome

    def _place(self, row: Row, parent: Place, there: list[Place], outcome: Outcome) -> None:
        """`there` are the places of this code: one, or the parts of a block that spans districts."""
        here = next((place for place in there if getattr(place, f"{self._column}_id") == parent.pk), None)
        if here:
            changes = _changes(here, row, keeps_names=self.keeps_names)
            outcome.unchanged += not changes
            if changes:
                outcome.changed.append((here, changes))
        elif there and self.level != Level.BLOCK:
            raise Refused(f"{self.level.label} {row.code} is in {there[0].parent.name} already; an import moves no place")
        else:
            place = self._new(row, parent)
            place.part_of = there[0] if there else None
            there.append(place)
            outcome.new.append(place)

    def _new(self, row: Row, parent: Place) -> Place:
        ordinal = self._ordinals[parent.pk] + 1
        try:
            interval = rules.child(parent.interval, self.level, ordinal)
        except rules.Full:
            raise Refused(f"{parent.name} has no number left for another {self.level.label}") from None
        self._ordinals[parent.pk] = ordinal
        above = {f"{column}_id": getattr(parent, f"{column}_id") for column in COLUMN.values()}
        above[f"{self._column}_id"] = parent.pk
        return Place(
            level=self.level,
            lgd_code=row.code,
            name=row.name,
            names=row.names,
            census2011=row.census2011,
            kind=row.kind,
            place_no=interval.first,
            last_no=interval.last,
            **above,
        )

    def _once(self, row: Row) -> None:
        """The same code twice in a file says two things: the first is taken, the second named."""
        key = (row.code or row.name, row.above.get(PARENT[self.level]) if self.level in (Level.BLOCK, Level.HAMLET) else None)
        first = self._lines.setdefault(key, row.line)
        if first != row.line:
            raise Refused(f"line {first} is the same {self.level.label}")

    def _key(self, row: Row, parent: Place) -> tuple:
        return (row.code, "") if row.code else (parent.pk, row.name)

    def _existing(self, rows: Sequence[Row], parents: list[int]) -> dict[tuple, list[Place]]:
        codes = [row.code for row in rows if row.code]
        found = list(queries.by_codes(self.level, codes))
        by_key: dict[tuple, list[Place]] = {}
        for place in found:
            by_key.setdefault((place.lgd_code, ""), []).append(place)
        if len(codes) < len(rows):
            for place in queries.without_code(self.level, self._column, parents):
                by_key.setdefault((getattr(place, f"{self._column}_id"), place.name), []).append(place)
        return by_key

    def _parents(self, rows: Sequence[Row]) -> dict[int, list[Place]]:
        level = PARENT[self.level]
        if level == Level.NATION:
            return {0: [queries.nation()]}
        found: dict[int, list[Place]] = {}
        above = [column for one, column in COLUMN.items() if one in NEEDS[self.level] and one != level]
        for place in queries.by_codes(level, {row.above[level] for row in rows}).select_related(*above or [None]):
            found.setdefault(place.lgd_code, []).append(place)
        return found

    def _parent(self, row: Row, parents: dict[int, list[Place]]) -> Place:
        level = PARENT[self.level]
        code = row.above.get(level, 0)
        candidates = parents.get(code)
        if not candidates:
            raise Refused(self._unknown(row, level, code))
        reasons = [_misplaced(row, candidate) for candidate in candidates]
        if all(reasons):
            raise Refused(reasons[0])
        return candidates[reasons.index("")]

    def _unknown(self, row: Row, level: Level, code: int) -> str:
        if code not in self._absent and len(self._absent) < SUGGESTIONS:
            near = queries.nearest(level, code=code, name=row.parent_name, state=row.above.get(Level.STATE))
            self._absent[code] = f" (nearest: {near.lgd_code} {near.name})" if near else f"; import the {level.label} file first"
        return f"{level.label} {code} is not in the directory{self._absent.get(code, '')}"

    def _remember_ordinals(self, parents: Sequence[Place]) -> None:
        """The next number of a parent follows the highest ever given in it, at whatever level right below."""
        asked = {place.pk: place for place in parents if place.pk not in self._ordinals}
        children = [level for level, above in PARENT.items() if above == PARENT[self.level]]
        here = Place.objects.filter(level__in=children, **{f"{self._column}__in": asked})
        highest = dict(here.values_list(self._column).annotate(Max("place_no")))
        for pk, place in asked.items():
            first = highest.get(pk)
            self._ordinals[pk] = rules.ordinal_of(place.interval, self.level, first) if first is not None else 0


def _misplaced(row: Row, parent: Place) -> str:
    """Why the parent is not the one the row means: an ancestor of another code; or nothing."""
    for level, code in row.above.items():
        ancestor = getattr(parent, COLUMN[level])
        if ancestor is not None and ancestor.lgd_code != code:
            there = f"{level.label} {ancestor.lgd_code} {ancestor.name}"
            return f"{Level(parent.level).label} {parent.lgd_code} is in {there}, the file says {code}"
    return ""


def _changes(place: Place, row: Row, *, keeps_names: bool) -> dict:
    """Column -> new value. What the file leaves empty changes nothing."""
    names = {**row.names, **place.names} if keeps_names else {**place.names, **row.names}
    wanted = {"names": names, "census2011": row.census2011, "kind": row.kind}
    if not keeps_names:
        wanted["name"] = row.name
    return {column: value for column, value in wanted.items() if value and value != getattr(place, column)}
