"""Reads a file of secondary data by its mapping: values by place, and every row that could not be used, with its line and the reason."""

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from fractions import Fraction
from typing import BinaryIO

from aanchal.places.directory import BadRow, CannotRead
from aanchal.places.mapping import FileMapping, SeriesMapping
from aanchal.places.models import Place
from aanchal.places.terms import Level

LARGEST_FILE = 64 * 1024 * 1024
NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,15})?")
CLOSE_ENOUGH = 0.6
SUGGESTIONS = 3
MOST_SUGGESTED = 50  # unmatched rows; with a wrong mapping every row is one, and looking near each would take the day


@dataclass
class Told:
    """What a file says of one place in one series, and the line that said it first."""

    value: Fraction
    line: int
    code: str


@dataclass
class Table:
    sha256: str
    rows: int = 0
    values: dict[str, dict[int, Told]] = field(default_factory=dict)
    """Series key -> place -> what was told."""
    empty: int = 0
    """Cells with no value, or none that can be divided by."""
    bad: list[BadRow] = field(default_factory=list)
    unmatched: list[BadRow] = field(default_factory=list)
    no_place: int = 0
    """Rows that the mapping itself says are no place."""


class _Bad(Exception):
    pass


def read(source: BinaryIO, mapping: FileMapping, places: "Finder") -> Table:
    """Raises CannotRead when the file as a whole is not what the mapping describes: then nothing is taken from it."""
    content = source.read(LARGEST_FILE + 1)
    table = Table(hashlib.sha256(content).hexdigest(), values={one.key: {} for one in mapping.series})
    for line, row in _rows(_text(content), mapping):
        table.rows += 1
        wanted = [one for one in mapping.series if _is_wanted(row, one.where)]
        if not wanted or not _is_wanted(row, mapping.where):
            continue
        try:
            _take(table, mapping, wanted, places, line, row)
        except _Bad as problem:
            table.bad.append(BadRow(line, str(problem)))
        except Unmatched as problem:
            table.unmatched.append(BadRow(line, str(problem)))
    return table


def _take(table: Table, mapping: FileMapping, wanted: list[SeriesMapping], places: "Finder", line: int, row: dict[str, str]) -> None:
    """All the row says, or nothing of it."""
    place = places.find(row)
    if place is None:
        table.no_place += 1
        return
    told = {one.key: _value(one, mapping, row) for one in wanted}
    code = row[mapping.place.column].strip()
    for key in told:
        before = table.values[key].get(place.pk)
        if before and not mapping.adds_up:
            raise _Bad(f"is the same place as line {before.line}: {place.name}")
    for key, value in told.items():
        before = table.values[key].get(place.pk)
        if value is None:
            table.empty += 1
        elif before:
            before.value += value
        else:
            table.values[key][place.pk] = Told(value, line, code)


def _value(series: SeriesMapping, mapping: FileMapping, row: Mapping[str, str]) -> Fraction | None:
    cells = {name: _cell(row, mapping.columns.get(name, name), mapping.blank) for name in series.value.names}
    value = series.value.of(cells)
    low, high = series.bounds
    if value is not None and not low <= value <= high:
        raise _Bad(f"{series.key} would be {float(value):g}; it lies between {low:g} and {high:g}")
    return value


def _cell(row: Mapping[str, str], column: str, blank: frozenset[str]) -> Fraction | None:
    said = row[column].strip()
    if said in blank:
        return None
    if not NUMBER.fullmatch(said):
        raise _Bad(f"{column} is not a number: {said[:20]!r}")
    return Fraction(said)


def _is_wanted(row: Mapping[str, str], where: Mapping[str, tuple[str, ...]]) -> bool:
    return all(row[column].strip() in wanted for column, wanted in where.items())


def _text(content: bytes) -> str:
    if len(content) > LARGEST_FILE:
        raise CannotRead(f"the file is larger than {LARGEST_FILE // 1024 // 1024} MB")
    if content[:4] == b"PK\x03\x04":
        raise CannotRead("the file is a workbook; save it as 'CSV UTF-8'")
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in content[:4096]:
        raise CannotRead("line 1: the file is UTF-16; save it as 'CSV UTF-8'")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        said = f"0x{content[problem.start]:02X}"
        raise CannotRead(f"line {line}: byte {said} is not UTF-8; save the file as 'CSV UTF-8'. Nothing was loaded") from None


def _rows(text: str, mapping: FileMapping) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, cells by column). A row of another width spoils the columns after it: the whole file is refused."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        columns = [cell.strip() for cell in next(reader, [])]
        missing = sorted(mapping.headers - set(columns))
        if missing:
            raise CannotRead(f"line 1: the file has no column {', '.join(missing)}; it has {', '.join(columns)[:400] or 'none'}")
        for cells in reader:
            if len(cells) not in (0, len(columns)):
                raise CannotRead(f"line {reader.line_num}: has {len(cells)} cells, the header {len(columns)}. Nothing was loaded")
            if cells:
                yield reader.line_num, dict(zip(columns, cells, strict=True))
    except csv.Error as problem:
        raise CannotRead(f"line {reader.line_num}: is not CSV: {problem}") from None


class Unmatched(Exception):
    """The row's place is not in the directory; the message says which may be meant."""


class Finder:
    """The places of a level by the code a mapping joins on. A code that two places carry finds neither."""

    def __init__(self, mapping: FileMapping):
        self.told = mapping.place
        there = Place.objects.filter(level=self.told.level, part_of=None).select_related("state").order_by("pk")
        self.places = list(there)
        self.by_lgd = {place.lgd_code: place for place in self.places}
        self.by_code: dict[object, list[Place]] = {}
        self.by_name = [(_folded(place.state.name) if place.state else "", _folded(place.name), place) for place in self.places]
        self._suggested = 0
        for place in self.places:
            for code in self._codes(place):
                self.by_code.setdefault(code, []).append(place)

    def find(self, row: Mapping[str, str]) -> Place | None:
        """None for what the mapping says is no place."""
        said = row[self.told.column].strip()
        state = row[self.told.state].strip() if self.told.state else ""
        whole = f"{state}/{said}" if state else said
        if whole in self.told.same_as:
            meant = self.told.same_as[whole]
            if meant is None or meant in self.by_lgd:
                return None if meant is None else self.by_lgd[meant]
        found = self.by_code.get(self._asked(said, state), [])
        if len(found) == 1:
            return found[0]
        raise Unmatched(self._why(row, whole, found))

    def _codes(self, place: Place) -> list[object]:
        match self.told.code:
            case "lgd":
                return [place.lgd_code]
            case "census2011":
                return [int(place.census2011)] if place.census2011.isdigit() else []
        return [_folded(place.state.name if place.state else "") + "/" + _folded(place.name)]

    def _asked(self, said: str, state: str) -> object:
        if self.told.code == "name":
            return f"{_folded(state)}/{_folded(said)}"
        return int(said) if said.isascii() and said.isdigit() and len(said) <= 15 else None

    def _why(self, row: Mapping[str, str], whole: str, found: list[Place]) -> str:
        level = Level(self.told.level).label.lower()
        if found:
            return f"{self.told.column} {whole}: {len(found)} places carry this code: {', '.join(_shown(one) for one in found)}"
        name = row[self.told.name].strip() if self.told.name else whole.rpartition("/")[2]
        near = self._nearest(name, row[self.told.state].strip() if self.told.state else "")
        called = f" ({name})" if self.told.name else ""
        return f"{self.told.column} {whole}{called} is no {level} of the directory" + (f"; nearest: {', '.join(near)}" if near else "")

    def _nearest(self, name: str, state: str) -> list[str]:
        self._suggested += 1
        if self._suggested > MOST_SUGGESTED:
            return []
        wanted = _folded(state)
        by_name = {folded: place for _state, folded, place in self.by_name}
        by_name = {folded: place for above, folded, place in self.by_name if wanted and above == wanted} or by_name
        return [_shown(by_name[near]) for near in get_close_matches(_folded(name), by_name, n=SUGGESTIONS, cutoff=CLOSE_ENOUGH)]


def _shown(place: Place) -> str:
    return f"{place.name} ({place.lgd_code}{', ' + place.state.name if place.state else ''})"


def _folded(name: str) -> str:
    """A name as two directories may both write it."""
    return "".join(letter for letter in name.casefold().replace("&", "and") if letter.isalnum())
