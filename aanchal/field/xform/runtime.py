"""The functions of ODK XPath that compiled expressions call (docs.getodk.org/form-operators-functions)."""

import base64
import hashlib
import math
import re
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from .values import NAN, Value, instant, number, text_of_day, text_of_moment

_EARTH_RADIUS = 6_378_100  # metres, as JavaRosa's GeoUtils


def first(values: Iterable[str]) -> str:
    for value in values:
        return value
    return ""


def total(values: Iterable[str]) -> float:
    """JavaRosa's sum(): what is not a number is left out."""
    return math.fsum(n for n in map(number, values) if n == n)


def numbers(values: Iterable[str]) -> list[float]:
    return [number(value) for value in values]


def largest(values: Iterable[float]) -> float:
    return max((n for n in values if n == n), default=NAN)


def smallest(values: Iterable[float]) -> float:
    return min((n for n in values if n == n), default=NAN)


def filled_first(*values: Value) -> Value:
    """coalesce() where some value is a number: NaN counts as blank (JavaRosa)."""
    return next((value for value in values[:-1] if value != "" and value == value), values[-1])


def filled(values: Iterable[str]) -> float:
    return float(sum(1 for value in values if value != ""))


def divide(left: float, right: float) -> float:
    if right == 0:
        return NAN if left == 0 or left != left else math.copysign(math.inf, left) * math.copysign(1, right)
    return left / right


def modulo(left: float, right: float) -> float:
    return NAN if right == 0 or math.isinf(left) else math.fmod(left, right)


def whole(value: float) -> float:
    return float(math.trunc(value)) if math.isfinite(value) else value


def down(value: float) -> float:
    return float(math.floor(value)) if math.isfinite(value) else value


def up(value: float) -> float:
    return float(math.ceil(value)) if math.isfinite(value) else value


def rounded(value: float, places: float = 0.0) -> float:
    """Half goes towards positive infinity (XPath 1.0 section 4.4); more than 30 places is NaN (JavaRosa)."""
    if not math.isfinite(value):
        return value
    if not abs(places) <= 30:
        return NAN
    way = ROUND_HALF_DOWN if value < 0 else ROUND_HALF_UP
    try:
        return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-int(places)), rounding=way))
    except InvalidOperation:
        return value


def power(base: float, exponent: float) -> float:
    try:
        found = base**exponent
    except OverflowError:
        return math.inf
    except ZeroDivisionError:
        return math.inf
    return NAN if isinstance(found, complex) else found


def guarded(function: str, *arguments: float) -> float:
    """math.<function>, NaN or infinity where Python raises."""
    try:
        return float(getattr(math, function)(*arguments))
    except OverflowError:
        return math.inf
    except ValueError:
        return -math.inf if function in ("log", "log10") and arguments[0] == 0 else NAN


def has_selected(answer: str, choice: str) -> bool:
    return f" {choice.strip()} " in f" {answer} "


def selected_at(answer: str, index: float) -> str:
    chosen = answer.split()
    return chosen[int(index)] if 0 <= index < len(chosen) else ""


@lru_cache(maxsize=512)
def pattern(source: str) -> "re.Pattern[str]":
    # Java's \d and \w are ASCII; its character classes are otherwise Python's.
    return re.compile(source, re.ASCII)


def matches(value: str, expression: str) -> bool:
    return pattern(expression).fullmatch(value) is not None


def part(value: str, start: float, end: float = math.inf) -> str:
    """substr(): from 0, the end not included, negative counts from the end."""
    size = len(value)

    def bound(at: float) -> int:
        if at != at:
            return 0
        return int(min(max(at + size if at < 0 else at, 0), size))

    return value[bound(start) : bound(end)]


def substring(value: str, start: float, length: float = math.inf) -> str:
    """XPath 1.0's substring(): from 1, by rounded position."""
    begin = rounded(start)
    end = begin + rounded(length)
    return "".join(char for at, char in enumerate(value, 1) if at >= begin and at < end)


def before(value: str, mark: str) -> str:
    head, found, _ = value.partition(mark) if mark else ("", "", "")
    return head if found else ""


def after(value: str, mark: str) -> str:
    return value.partition(mark)[2] if mark else value


def translated(value: str, old: str, new: str) -> str:
    table: dict[int, str | None] = {}
    for at, char in enumerate(old):
        table.setdefault(ord(char), new[at] if at < len(new) else None)
    return value.translate(table)


def date_text(value: str) -> str:
    """date() of a text: the day of a date or date-time, or of a number of days."""
    if instant(value):
        return value[:10]
    days = number(value)
    return text_of_day(days) if days == days else ""


def moment_text(value: str) -> str:
    if instant(value):
        return value
    days = number(value)
    return text_of_moment(days) if days == days else ""


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@lru_cache(maxsize=4096)
def dated(value: str, form: str) -> str:
    """format-date() and format-date-time() with the marks of the ODK XForms spec."""
    moment = instant(moment_text(value))
    if moment is None:
        return ""
    marks = {
        "Y": f"{moment.year:04}",
        "y": f"{moment.year % 100:02}",
        "m": f"{moment.month:02}",
        "n": str(moment.month),
        "b": _MONTHS[moment.month - 1],
        "d": f"{moment.day:02}",
        "e": str(moment.day),
        "H": f"{moment.hour:02}",
        "h": str(moment.hour),
        "M": f"{moment.minute:02}",
        "S": f"{moment.second:02}",
        "3": f"{moment.microsecond // 1000:03}",
        "a": _WEEKDAYS[moment.weekday()],
        "%": "%",
    }
    return re.sub("%(.)", lambda found: marks.get(found[1], found[0]), form)


def within(least: float, most: float, truths: Iterable[bool]) -> bool:
    count = sum(truths)
    return (least < 0 or count >= least) and (most < 0 or count <= most)


def weighed(least: float, most: float, truths: Iterable[bool], weights: Iterable[float]) -> bool:
    weight = sum(w for truth, w in zip(truths, weights, strict=False) if truth)
    return least <= weight <= most


def digest(value: str, algorithm: str, encoding: str = "base64") -> str:
    name = algorithm.lower().replace("-", "")
    if name not in ("md5", "sha1", "sha256", "sha384", "sha512"):
        raise ValueError("unknown digest")
    found = hashlib.new(name, value.encode(), usedforsecurity=False)
    return found.hexdigest() if encoding == "hex" else base64.b64encode(found.digest()).decode()


def decoded(value: str) -> str:
    return base64.b64decode(value, validate=False).decode(errors="replace")


def _points(values: Iterable[str]) -> list[tuple[float, float]]:
    found = []
    for point in ";".join(values).split(";"):
        coordinates = point.split()
        if len(coordinates) >= 2:
            found.append((number(coordinates[0]), number(coordinates[1])))
    return found


def area(values: Iterable[str]) -> float:
    points = _points(values)
    if len(points) < 3:
        return 0.0
    around = 2 * math.pi * _EARTH_RADIUS / 360
    south, west = points[0]
    flat = [((lon - west) * around * math.cos(math.radians(lat)), (lat - south) * around) for lat, lon in points]
    return abs(sum(a[1] * b[0] - a[0] * b[1] for a, b in zip(flat, flat[1:], strict=False))) / 2


def distance(values: Iterable[str]) -> float:
    points = [(math.radians(lat), math.radians(lon)) for lat, lon in _points(values)]
    far = 0.0
    for (lat1, lon1), (lat2, lon2) in zip(points, points[1:], strict=False):
        half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
        far += 2 * _EARTH_RADIUS * math.asin(math.sqrt(min(1.0, half)))
    return far


def choice_name(labels: Mapping[str, Mapping[str, str]], value: str, language: str) -> str:
    return labels.get(value, {}).get(language, "")
