"""What one row of a file of stakeholders says, and what is wrong with it. Plain Python."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from aanchal.core.likeness import name_key
from aanchal.network.reading import LONGEST_CELL, MAX_CELLS, Unreadable
from aanchal.network.terms import PUBLIC_KINDS, StakeholderKind

COLUMNS = (
    "key", "kind", "name", "place_level", "place_code", "parent_key", "size", "registration_no", "address", "phone", "email", "public",
    "confirmed_on",
)  # fmt: skip
NEEDED = ("kind", "name", "place_level", "place_code")
LEVELS = ("NATION", "STATE", "DISTRICT", "BLOCK", "PANCHAYAT", "VILLAGE")
LENGTHS = {"key": 100, "parent_key": 100, "name": 160, "registration_no": 60, "address": 200, "phone": 20, "email": 120}
LARGEST = 1_000_000
PHONE = re.compile(r"\+?[0-9](?:[ -]?[0-9]){2,14}")
EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s.,;]{2,}")
DAYS = (re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"), re.compile(r"(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4})"))
YES, NO = {"yes", "y", "1", "true"}, {"no", "n", "0", "false", ""}
KINDS = {kind.value: kind.value for kind in StakeholderKind}


@dataclass
class Said:
    """A row as it was understood; `told` are columns of the stakeholder, `faults` (column, code)."""

    key: str = ""
    parent_key: str = ""
    level: str = ""
    code: int | None = None
    told: dict = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)


def headings(cells: Sequence[str], columns: Sequence[str] = COLUMNS, needed: Sequence[str] = NEEDED) -> list[str]:
    """The first row in our words. Raises Unreadable when what is needed is not there, or stands twice."""
    told = [cell.casefold().replace(" ", "_") for cell in cells]
    known = [one for one in told if one in columns]
    if len(known) != len(set(known)):
        raise Unreadable("HEADING_TWICE")
    if not set(needed) <= set(known) or len(told) > MAX_CELLS:
        raise Unreadable("NO_HEADINGS")
    return told


def read(columns: Sequence[str], cells: Sequence[str], today: date) -> Said:
    """What the row says. A column that the file has not is left as it stands; an empty cell empties."""
    said = Said()
    if len(cells) > len(columns):
        said.faults.append(("", "too_many_cells"))
    row = {name: cells[nth] if nth < len(cells) else "" for nth, name in enumerate(columns) if name in COLUMNS}
    for name, value in row.items():
        if len(value) > LENGTHS.get(name, LONGEST_CELL):
            said.faults.append((name, "too_long"))
    _who(row, said)
    _where(row, said)
    _contact(row, said)
    _facts(row, said, today)
    said.key, said.parent_key = row.get("key", ""), row.get("parent_key", "")
    if "parent_key" in row:
        said.told["parent_id"] = None  # until the parent is found
    return said


def own_key(said: Said, place_id: int | None) -> str:
    """By what a row without a key is known again: its kind, place and name."""
    return said.key or f"{said.told.get('kind', '')}/{place_id}/{said.told.get('name_key', '')}"[:120]


def _who(row: Mapping[str, str], said: Said) -> None:
    kind = KINDS.get(row["kind"].upper().replace(" ", "_"))
    if kind is None:
        said.faults.append(("kind", "unknown_kind" if row["kind"] else "empty"))
    else:
        said.told["kind"] = kind
    if not row["name"]:
        said.faults.append(("name", "empty"))
    said.told |= {"name": row["name"], "name_key": name_key(row["name"])}


def _where(row: Mapping[str, str], said: Said) -> None:
    said.level, code = row["place_level"].upper(), row["place_code"]
    if said.level not in LEVELS:
        said.faults.append(("place_level", "unknown_level" if said.level else "empty"))
    if code.isascii() and code.isdigit() and len(code) <= 15:
        said.code = int(code)
    else:
        said.faults.append(("place_code", "not_a_number" if code else "empty"))


def _contact(row: Mapping[str, str], said: Said) -> None:
    for name in ("registration_no", "address", "phone", "email"):
        if name in row:
            said.told[name] = row[name]
    if row.get("phone") and not PHONE.fullmatch(row["phone"]):
        said.faults.append(("phone", "bad_phone"))
    if row.get("email") and not EMAIL.fullmatch(row["email"]):
        said.faults.append(("email", "bad_email"))


def _facts(row: Mapping[str, str], said: Said, today: date) -> None:
    if "size" in row:
        _size(row["size"], said)
    if "public" in row:
        _public(row["public"].casefold(), said)
    if confirmed := row.get("confirmed_on", ""):
        on = day(confirmed)
        if on is None or on > today:
            said.faults.append(("confirmed_on", "not_a_day" if on is None else "in_the_future"))
        else:
            said.told["confirmed_on"] = on.isoformat()


def _size(written: str, said: Said) -> None:
    digits = written.replace(",", "")
    if written and not (digits.isascii() and digits.isdigit()):
        said.faults.append(("size", "not_a_number"))
    elif len(digits) > 9 or (digits and int(digits) > LARGEST):
        said.faults.append(("size", "too_much"))
    else:
        said.told["size"] = int(digits) if digits else None


def _public(written: str, said: Said) -> None:
    if written not in YES | NO:
        said.faults.append(("public", "yes_or_no"))
    elif written in YES and said.told.get("kind") not in PUBLIC_KINDS:
        said.faults.append(("public", "not_public"))
    else:
        said.told["is_public"] = written in YES


def day(written: str) -> date | None:
    """2026-04-01, 01-04-2026, 1/4/2026: the day before the month, as it is written in India."""
    for pattern in DAYS:
        if found := pattern.fullmatch(written):
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                return None
    return None
