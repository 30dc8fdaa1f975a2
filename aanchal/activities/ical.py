"""A calendar as calendar programs read it (RFC 5545)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

FOLDED_AT = 74
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})
ZONE = (
    "BEGIN:VTIMEZONE", "TZID:Asia/Kolkata", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0530", "TZOFFSETTO:+0530",
    "TZNAME:IST", "END:STANDARD", "END:VTIMEZONE",
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """Begins at an hour in India, or is of whole days until the last one."""

    key: UUID
    title: str
    begins: date
    last: date | None
    venue: str


def calendar(entries: Iterable[Entry], *, at: datetime) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Aanchal//Activities//EN", *ZONE]
    for entry in entries:
        lines += _event(entry, at)
    return "".join(_folded(line) for line in [*lines, "END:VCALENDAR"])


def _event(entry: Entry, at: datetime) -> list[str]:
    if isinstance(entry.begins, datetime):
        when = [f"DTSTART;TZID=Asia/Kolkata:{entry.begins:%Y%m%dT%H%M%S}", "DURATION:PT2H"]
    else:
        after = (entry.last or entry.begins) + timedelta(days=1)
        when = [f"DTSTART;VALUE=DATE:{entry.begins:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"]
    where = [f"LOCATION:{entry.venue.translate(ESCAPED)}"] if entry.venue else []
    stamp = f"DTSTAMP:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return ["BEGIN:VEVENT", f"UID:{entry.key}@aanchal", stamp, *when, f"SUMMARY:{entry.title.translate(ESCAPED)}", *where, "END:VEVENT"]


def _folded(line: str) -> str:
    """No line is longer than 75 bytes; what goes on begins with a blank. No letter is cut."""
    parts, part = [], ""
    for letter in line:
        if len((part + letter).encode()) > FOLDED_AT:
            parts.append(part)
            part = ""
        part += letter
    return "\r\n ".join([*parts, part]) + "\r\n"
