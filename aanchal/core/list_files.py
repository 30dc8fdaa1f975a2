"""A list of an app as a file: its columns, how one row is read, and what writes it. The machinery is in `network.importing`."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.db import connection, models

DAYS = (re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"), re.compile(r"(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4})"))
CLOCK = re.compile(r"(?P<h>\d{1,2})[:.](?P<m>\d{2})(?::\d{2})?")
YES, NO = {"yes", "y", "1", "true"}, {"no", "n", "0", "false", ""}
MOST_RUPEES = Decimal(10**11)
DIGITS = 9


class Faulty(ValueError):
    """A row cannot be read; `faults` are (column, code) pairs, codes of `network.words.FAULTS`."""

    def __init__(self, faults: Iterable[tuple[str, str]]):
        self.faults = tuple(faults)
        super().__init__(", ".join(f"{column}: {code}" for column, code in self.faults))


@dataclass
class Cells:
    """One row by column. Each reading notes what is wrong and goes on; `check` raises all of it at once."""

    said: Mapping[str, str]
    faults: list[tuple[str, str]] = field(default_factory=list)

    def check(self) -> None:
        if self.faults:
            raise Faulty(self.faults)

    def text(self, name: str, most: int, *, needed: bool = False) -> str:
        text = self.said.get(name, "")
        if len(text) > most or (needed and not text):
            self._wrong(name, "too_long" if text else "empty")
        return text

    def day(self, name: str, *, needed: bool = False) -> date | None:
        """2026-04-01 or 01-04-2026."""
        return self._read(name, needed, "not_a_day", day)

    def clock(self, name: str) -> time | None:
        """11:30; needed."""
        return self._read(name, True, "not_a_time", clock)

    def whole(self, name: str, least: int, most: int, *, needed: bool = False) -> int | None:
        told = self._read(name, needed, "not_a_number", whole)
        if told is not None and not least <= told <= most:
            self._wrong(name, "out_of_range")
            return None
        return told

    def paise(self, name: str) -> int:
        """Rupees as people write them, 1,20,000.50; never a float, never half a paisa. 0 for an empty cell."""
        return self._read(name, False, "not_an_amount", paise) or 0

    def choice(self, name: str, choices: type[models.TextChoices], *, needed: bool = True) -> str:
        """A code of the list, however its letters are written."""
        code = self.said.get(name, "").upper().replace(" ", "_")
        if (code or needed) and code not in choices.values:
            self._wrong(name, "not_of_the_list" if code else "empty")
        return code

    def several(self, name: str, choices: type[models.TextChoices], *, needed: bool = True) -> list[str]:
        """Codes with commas or blanks between them."""
        known = {value.upper(): value for value in choices.values}
        told = [one.upper() for one in re.split(r"[\s,;|]+", self.said.get(name, "")) if one]
        if (needed and not told) or not set(told) <= known.keys():
            self._wrong(name, "not_of_the_list" if told else "empty")
            return []
        return list(dict.fromkeys(known[one] for one in told))

    def yes(self, name: str) -> bool:
        text = self.said.get(name, "").casefold()
        if text not in YES | NO:
            self._wrong(name, "yes_or_no")
        return text in YES

    def id(self, name: str) -> UUID | None:
        """Our own id, as an export writes it."""
        return self._read(name, False, "not_a_key", UUID)

    def _read(self, name: str, needed: bool, code: str, reading: Callable[[str], Any]) -> Any:
        text = self.said.get(name, "")
        if not text:
            if needed:
                self._wrong(name, "empty")
            return None
        try:
            return reading(text)
        except (ValueError, InvalidOperation):
            self._wrong(name, code)
            return None

    def _wrong(self, name: str, code: str) -> None:
        self.faults.append((name, code))


@dataclass(frozen=True)
class Sending:
    """For what a row is written: the list's place, the row's own place, what the whole file belongs to, when, by whom."""

    whole: Any
    place: Any
    belongs: Any
    at: datetime
    by: Any


@dataclass(frozen=True)
class Wrote:
    """A record that a row made, or changed from what stood before."""

    thing: models.Model
    before: dict | None = None


@dataclass(frozen=True)
class FileList:
    """One list: `write` reads a row and calls the actions of its app; it answers with what it wrote, nothing for what stands already.

    It raises Faulty, or `refused` with (column, code) faults of `words`. `belongs` finds what a file of the list hangs on (a training)
    among what a user may record. `stands` raises `refused` when what is left cannot be without what was just taken back.
    """

    key: str
    title: Any
    permission: str
    columns: tuple[str, ...]
    needed: tuple[str, ...]
    write: Callable[[Cells, Sending], list[Wrote]]
    refused: type[Exception]
    words: Mapping[str, Any]
    example: tuple[tuple[str, ...], ...]
    codes: tuple[tuple[str, type[models.TextChoices]], ...] = ()
    belongs: Callable[[Any, UUID], Any] | None = None
    back: Callable[[Any], str] | None = None
    """The address of the list's page, given what the file belongs to."""
    stands: Callable[[list[dict]], None] | None = None

    @property
    def has_places(self) -> bool:
        return "place_code" in self.columns


def day(text: str) -> date:
    """The day before the month, as it is written in India. Raises ValueError."""
    for pattern in DAYS:
        if found := pattern.fullmatch(text):
            return date(int(found["y"]), int(found["m"]), int(found["d"]))
    raise ValueError(text)


def clock(text: str) -> time:
    found = CLOCK.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return time(int(found["h"]), int(found["m"]))


def whole(text: str) -> int:
    digits = text.replace(",", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= DIGITS):
        raise ValueError(text)
    return int(digits)


def paise(text: str) -> int:
    rupees = Decimal(text.replace(",", "").removeprefix("₹").strip())
    if not rupees.is_finite() or not 0 <= rupees <= MOST_RUPEES or rupees * 100 != int(rupees * 100):
        raise ValueError(text)
    return int(rupees * 100)


def snapshot(model: type[models.Model], pk: Any) -> dict | None:
    """Every column of a record as JSON has it; None for what is not there, or not the reader's."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(t) FROM {model._meta.db_table} t WHERE {model._meta.pk.column} = %s", [pk])
        row = cursor.fetchone()
    if row is None:
        return None
    return json.loads(row[0]) if isinstance(row[0], str) else row[0]


def restore(model: type[models.Model], pk: Any, before: dict, names: Iterable[str]) -> int:
    """Writes columns of a record as they stood. How many records that was: 1, or 0 for what is not this person's."""
    told = ", ".join(f'"{name}" = n."{name}"' for name in names)
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} t SET {told} FROM jsonb_populate_record(NULL::{table}, %s::jsonb) n WHERE t.{key} = %s",
            [json.dumps(before), pk],
        )
        return cursor.rowcount


def remove(model: type[models.Model], pk: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE {model._meta.pk.column} = %s", [pk])
        return cursor.rowcount
