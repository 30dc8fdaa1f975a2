"""Conversions between text, numbers, dates and booleans, as JavaRosa makes them."""

import math
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

NAN = math.nan
_EPOCH = date(1970, 1, 1).toordinal()
_EPOCH_AT = datetime(1970, 1, 1)
_NUMBER = re.compile(r"\s*-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*\Z")
_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)
_DATE_TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d(?::?\d\d)?)?\Z", re.ASCII)
_TIME = re.compile(r"(\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?(?:Z|[+-]\d\d(?::?\d\d)?)?\Z", re.ASCII)

Value = str | float | bool
# ODK Collect writes a truth into a text as 1 or 0, and a date as its midnight (seen with JavaRosa).
_COLLECT_TRUTH = {"true": "1", "false": "0"}
_short_numbers: dict[str, float] = {str(n): float(n) for n in range(1000)} | {"": NAN}


def number(text: str) -> float:
    """A number; a date or date-time counts as days since 1970-01-01; anything else is NaN."""
    found = _short_numbers.get(text)
    if found is not None:
        return found
    if _NUMBER.match(text):
        return float(text)
    return day_number(text)


@lru_cache(maxsize=4096)
def day_number(text: str) -> float:
    if len(text) == 10 and _DATE.match(text):
        try:
            return float(date.fromisoformat(text).toordinal() - _EPOCH)
        except ValueError:
            return NAN
    moment = instant(text)
    if moment is None:
        return NAN
    at = moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    return (at - _EPOCH_AT) / timedelta(days=1)


def instant(text: str) -> datetime | None:
    """A date or date-time as a moment, with its offset if it names one."""
    if len(text) == 10 and _DATE.match(text):
        text += "T00:00"
    found = _DATE_TIME.match(text)
    if not found:
        return None
    zone = found[3] or ""
    if zone and zone != "Z" and len(zone) == 3:
        zone += ":00"
    try:
        # fromisoformat of 3.11 takes three or six decimals and Z
        moment = datetime.fromisoformat(f"{found[1]}T{_to_micros(found[2])}{zone}")
        moment.timestamp() if moment.tzinfo else None
        return moment
    except (ValueError, OverflowError):
        return None


def _to_micros(clock: str) -> str:
    head, dot, decimals = clock.partition(".")
    return f"{head}.{decimals[:6]:0<6}" if dot else head


def day_fraction(text: str) -> float:
    """Part of the day that has passed at a time or date-time."""
    found = _TIME.match(text)
    if found:
        return (int(found[1]) * 3600 + int(found[2]) * 60 + float(found[3] or 0)) / 86400
    moment = instant(text)
    return NAN if moment is None else (moment.hour * 3600 + moment.minute * 60 + moment.second) / 86400


def text_of_day(days: float) -> str:
    try:
        return date.fromordinal(math.floor(days) + _EPOCH).isoformat()
    except (ValueError, OverflowError):
        return ""


def text_of_moment(days: float) -> str:
    try:
        return (_EPOCH_AT + timedelta(days=days)).isoformat(timespec="milliseconds")
    except (ValueError, OverflowError):
        return ""


def text(value: float) -> str:
    """A number as JavaRosa writes it: whole numbers without decimals."""
    if value != value:
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if abs(value - round(value)) < 1e-12:
        return str(round(value))
    return repr(value)


def any_text(value: Value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return text(value)


def any_number(value: Value) -> float:
    return number(value) if isinstance(value, str) else float(value)


def any_truth(value: Value) -> bool:
    if isinstance(value, str):
        return value != ""
    return abs(value) > 0


def equal(left: Value, right: Value) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return any_truth(left) == any_truth(right)
    if isinstance(left, float) or isinstance(right, float):
        return abs(any_number(left) - any_number(right)) < 1e-12
    return left == right


def any_equal(left: Iterable[Value], right: Iterable[Value], *, negated: bool = False) -> bool:
    """XPath 1.0 section 3.4: true when some pair compares so; an empty node-set counts as one blank (JavaRosa)."""
    others = tuple(right) or ("",)
    return any(equal(one, other) != negated for one in tuple(left) or ("",) for other in others)


def same_answer(sent: str, computed: str) -> bool:
    """Whether a sent calculation is the computed one, written differently."""
    if sent == computed or sent == "NaN" and computed == "":
        return True
    if computed in _COLLECT_TRUTH:
        return sent == _COLLECT_TRUTH[computed]
    if len(computed) == 10 and sent.startswith(computed + "T00:00:00"):
        return True
    one, other = number(sent), number(computed)
    if one == one and other == other:
        # A phone keeps milliseconds and its own time zone; floats differ in the last digits.
        return abs(one - other) <= 1e-9 * max(1.0, abs(one))
    return False
