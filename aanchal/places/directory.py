"""Reads Local Government Directory CSVs as a bounded stream of rows; a row that cannot be read is named, the rest goes on."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from aanchal.places.rules import readable_name
from aanchal.places.terms import Level

LONGEST_LINE = 16_384
LONGEST_NAME = 120
LARGEST_CODE = 10**15
JOINERS = dict.fromkeys((0x200C, 0x200D))  # shape Indic letters, print nothing
ABOVE = {  # the column that names each level of ancestor
    Level.STATE: "state_lgd",
    Level.DISTRICT: "district_lgd",
    Level.BLOCK: "block_lgd",
    Level.PANCHAYAT: "panchayat_lgd",
    Level.VILLAGE: "village_lgd",
}
NEEDS = {
    Level.STATE: (),
    Level.DISTRICT: (Level.STATE,),
    Level.SUBDISTRICT: (Level.STATE, Level.DISTRICT),
    Level.BLOCK: (Level.STATE, Level.DISTRICT),
    Level.PANCHAYAT: (Level.STATE, Level.DISTRICT, Level.BLOCK),
    Level.VILLAGE: (Level.STATE, Level.DISTRICT, Level.BLOCK, Level.PANCHAYAT),
    Level.HAMLET: (Level.STATE, Level.DISTRICT, Level.BLOCK, Level.PANCHAYAT, Level.VILLAGE),
}


class CannotRead(Exception):
    """The file as a whole is not a directory file; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One place as the file has it. `above` holds the LGD codes of its ancestors, `parent_name` what the file calls its parent."""

    line: int
    code: int | None
    name: str
    names: dict[str, str]
    above: dict[str, int]
    parent_name: str = ""
    census2011: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class BadRow:
    line: int
    reason: str


class Reader:
    """The rows of one file. `read` counts the bytes behind us, for a progress bar."""

    def __init__(self, source: BinaryIO, level: Level | None = None):
        self.source = source
        first = source.readline(LONGEST_LINE)
        self.read = len(first)
        self.columns = _header(first)
        self.level = level or level_of(self.columns)
        missing = [ABOVE[level] for level in NEEDS[self.level] if ABOVE[level] not in self.columns]
        if missing:
            raise CannotRead(f"line 1: a file of {self.level.label} needs the column {', '.join(missing)}")

    def rows(self) -> Iterator[Row | BadRow]:
        for number, line in enumerate(self._lines(), 2):
            if line.strip():
                yield self._row(number, line)

    def _lines(self) -> Iterator[bytes]:
        while line := self.source.readline(LONGEST_LINE):
            self.read += len(line)
            yield line
            while len(line) == LONGEST_LINE and not line.endswith(b"\n"):
                line = self.source.readline(LONGEST_LINE)
                self.read += len(line)

    def _row(self, number: int, line: bytes) -> Row | BadRow:
        try:
            return self._parsed(number, line)
        except _Bad as bad:
            return BadRow(number, str(bad))

    def _parsed(self, number: int, line: bytes) -> Row:
        cells = _cells(line)
        if len(cells) != len(self.columns):
            raise _Bad(f"has {len(cells)} cells, the header {len(self.columns)}")
        said = dict(zip(self.columns, cells, strict=True))
        needs = NEEDS[self.level]
        return Row(
            line=number,
            code=_code(said["lgd_code"], "lgd_code", optional=self.level == Level.HAMLET),
            name=readable_name(_name(said["name"])),
            names={lang: _name(said[f"name_{lang}"]) for lang in ("hi", "te") if said.get(f"name_{lang}")},
            above={level: _code(said[ABOVE[level]], ABOVE[level]) for level in needs},
            parent_name=said.get(ABOVE[needs[-1]].removesuffix("_lgd"), "") if needs else "",
            census2011=_census(said.get("census2011", "")),
            kind=said.get("kind", "")[:4],
        )


class _Bad(Exception):
    pass


def level_of(columns: Iterable[str]) -> Level:
    """What the file holds: the level below the lowest ancestor it names.

    Blocks and sub-districts name the same ancestors; only sub-districts have a census code.
    """
    named = [level for level, column in ABOVE.items() if column in set(columns)]
    if not named:
        return Level.STATE
    below = {
        Level.STATE: Level.DISTRICT,
        Level.DISTRICT: Level.SUBDISTRICT if "census2011" in set(columns) else Level.BLOCK,
        Level.BLOCK: Level.PANCHAYAT,
        Level.PANCHAYAT: Level.VILLAGE,
        Level.VILLAGE: Level.HAMLET,
    }
    return below[named[-1]]


def _header(line: bytes) -> list[str]:
    if line[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in line:
        raise CannotRead("line 1: the file is UTF-16; save it as 'CSV UTF-8'")
    try:
        columns = [cell.lower() for cell in _cells(line.removeprefix(b"\xef\xbb\xbf"))]
    except _Bad as bad:
        raise CannotRead(f"line 1: {bad}") from None
    if "lgd_code" not in columns or "name" not in columns:
        raise CannotRead("line 1: not a directory file: its header names no lgd_code and name, separated by commas")
    if len(set(columns)) != len(columns):
        raise CannotRead("line 1: the header names a column twice")
    return columns


def _cells(line: bytes) -> list[str]:
    if len(line) >= LONGEST_LINE:
        raise _Bad(f"is longer than {LONGEST_LINE} bytes")
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise _Bad(f"byte {problem.start + 1} (0x{line[problem.start]:02X}) is not UTF-8; save the file as 'CSV UTF-8'") from None
    try:
        cells = next(csv.reader([text], strict=True), [])
    except csv.Error as problem:
        raise _Bad(f"is not CSV: {problem}") from None
    return [cell.strip() for cell in cells]


def _name(said: str) -> str:
    if not said:
        raise _Bad("has no name")
    if len(said) > LONGEST_NAME:
        raise _Bad(f"the name is longer than {LONGEST_NAME} letters")
    if not said.translate(JOINERS).isprintable() or "\ufffd" in said:
        raise _Bad("the name holds a character that cannot be printed")
    return said


def _code(said: str, column: str, *, optional: bool = False) -> int | None:
    if optional and not said:
        return None
    if not said.isascii() or not said.isdigit() or not 0 < int(said[:16]) < LARGEST_CODE:
        raise _Bad(f"{column} is not a code: {said[:20]!r}")
    return int(said)


def _census(said: str) -> str:
    """Zeros say that the place came after the census."""
    return said[:12] if said.strip("0") else ""
