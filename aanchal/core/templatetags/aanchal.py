"""Template words of Aanchal: icons, risk marks, and numbers and dates as they are written in India."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from lucide.templatetags.lucide import lucide

from aanchal.core.marks import SHAPES, shape_of
from aanchal.core.numbers import grouped

register = template.Library()


@register.simple_tag
@cache
def icon(name: str, css: str = "i") -> str:
    """A lucide icon beside words that say the same, so it is hidden from screen readers. Drawn once: a page has twenty."""
    return lucide(name, aria_hidden="true", **{"class": css})


@register.simple_tag
def mark(band: str, label: str = "") -> SafeString:
    """The band's shape; give a label where no words stand beside it."""
    shape = mark_safe(shape_of(band))  # our own drawing, chosen from a table
    known = band if band in SHAPES else "UNKNOWN"
    box = "-12 -12 24 24"
    if label:
        return format_html(
            '<svg class="mark {0}" viewBox="{1}" role="img" aria-label="{2}"><title>{2}</title>{3}</svg>',
            known, box, label, shape,
        )  # fmt: skip
    return format_html('<svg class="mark {}" viewBox="{}" aria-hidden="true">{}</svg>', known, box, shape)


@register.inclusion_tag("aanchal/pill.html")
def pill(band: str, label: str) -> dict[str, str]:
    return {"band": band, "label": label}


@register.filter
def number(value: int | float | Decimal | None, places: int = 0) -> str:
    return "–" if value is None or value == "" else grouped(value, places)


@register.filter
def share(value: float | Decimal | Fraction | None, places: int = 0) -> str:
    """A fraction as a percentage."""
    return "–" if value is None or value == "" else f"{float(value) * 100:.{places}f}%"


@register.filter
def day(value: date | datetime | None) -> str:
    """14 Sep 2025, in the reader's language."""
    if not value:
        return "–"
    return date_format(_local(value), "j M Y")


@register.filter
def moment(value: datetime | None) -> str:
    """14 Sep 2025, 16:05."""
    return date_format(_local(value), "j M Y, H:i") if value else "–"


def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
