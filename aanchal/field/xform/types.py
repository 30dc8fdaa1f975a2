"""Whether a text is a value of its bind's type."""

import re
from collections.abc import Callable

from .values import day_number, instant

Check = Callable[[str], object]

_GEO = r"-?\d+(?:\.\d+)?"
_POINT = rf"{_GEO}(?:E-?\d+)? {_GEO}(?:E-?\d+)?(?: {_GEO}(?: {_GEO})?)?"
_geopoint = re.compile(rf"{_POINT}\Z", re.ASCII).match
_geotrace = re.compile(rf"{_POINT}(?:; ?{_POINT})*;?\s*\Z", re.ASCII).match
_time = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?\Z", re.ASCII).match
_integer = re.compile(r"[+-]?\d{1,18}\Z", re.ASCII).match
_decimal = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?\Z", re.ASCII).match
_file_name = re.compile(r"[^/\\\x00-\x1f]{1,255}\Z").match


def _date(text: str) -> bool:
    if len(text) > 10:
        return text[10] == "T" and instant(text) is not None
    return day_number(text) == day_number(text)


def _date_time(text: str) -> bool:
    return len(text) > 10 and instant(text) is not None


def _latitude_first(check: Check) -> Check:
    def within(text: str) -> bool:
        return bool(check(text)) and all(
            abs(float(point.split()[0])) <= 90 and abs(float(point.split()[1])) <= 180 for point in text.split(";") if point.strip()
        )

    return within


TYPES: dict[str, Check] = {
    "int": _integer,
    "integer": _integer,
    "long": _integer,
    "decimal": _decimal,
    "double": _decimal,
    "float": _decimal,
    "date": _date,
    "dateTime": _date_time,
    "time": _time,
    "boolean": frozenset({"true", "false", "0", "1"}).__contains__,
    "geopoint": _latitude_first(_geopoint),
    "geotrace": _latitude_first(_geotrace),
    "geoshape": _latitude_first(_geotrace),
    "binary": _file_name,
}

# What a fault may repeat: numbers and moments, which name nobody.
SHOWN_TYPES = frozenset({"int", "integer", "long", "decimal", "double", "float", "date", "dateTime", "time", "boolean"})
is_plain = re.compile(r"[0-9TZ:.+\-eE]{1,40}\Z|true\Z|false\Z", re.ASCII).match
