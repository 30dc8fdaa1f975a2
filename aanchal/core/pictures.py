"""Pictures drawn as SVG on the server: no script, no inline style, the same on screen, on paper and in a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import accumulate
from zlib import crc32

from django.utils.safestring import SafeString, mark_safe

from aanchal.core.marks import shape_of
from aanchal.core.numbers import grouped


@dataclass(frozen=True)
class Bar:
    label: str
    value: float


@dataclass(frozen=True)
class Part:
    """One band of a stacked bar, with the word for it in the reader's language."""

    band: str
    label: str
    count: int


def svg(width: float, height: float, body: str, *, title: str, desc: str = "", css: str = "", role: str = "img") -> SafeString:
    """Wraps what was drawn; the title states the finding and the description holds the figures. Body must be escaped."""
    key = f"p{crc32(f'{title}{desc}{css}'.encode()):08x}"
    return mark_safe(  # every text below passes through escape
        f'<svg class="pic {css}" viewBox="0 0 {width:g} {height:g}" role="{role}" aria-labelledby="{key}t"'
        f' aria-describedby="{key}d" focusable="false"><title id="{key}t">{escape(str(title))}</title>'
        f'<desc id="{key}d">{escape(str(desc))}</desc>{body}</svg>'
    )


def text(x: float, y: float, words: object, css: str = "", anchor: str = "") -> str:
    named = f' class="{css}"' if css else ""
    held = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text{named} x="{x:g}" y="{y:g}"{held}>{escape(str(words))}</text>'


def spark(values: Sequence[float], width: int = 120, height: int = 34) -> SafeString:
    """A line without axes beside a number that says it; one value or none draws a flat line."""
    points = list(values) if len(values) > 1 else [*values, *values] or [0, 0]
    low, span = min(points), (max(points) - min(points)) or 1
    step = (width - 8) / (len(points) - 1)
    spots = [(4 + i * step, height - 5 - (v - low) / span * (height - 10)) for i, v in enumerate(points)]
    line = "L".join(f"{x:.1f},{y:.1f}" for x, y in spots)
    x, y = spots[-1]
    return mark_safe(  # numbers only
        f'<svg class="spark" viewBox="0 0 {width} {height}" aria-hidden="true"><path d="M{line}"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.4"/></svg>'
    )


def bar_list(bars: Sequence[Bar], *, title: str, width: int = 340) -> SafeString:
    """Bars under their words, longest scale shared, in the order given; it reads the same at 320 px."""
    top = max((bar.value for bar in bars), default=0) or 1
    body = []
    for row, bar in enumerate(bars):
        y = row * 38
        body.append(text(0, y + 15, bar.label))
        body.append(text(width, y + 15, grouped(bar.value), "v", "end"))
        body.append(f'<rect class="track" x="0" y="{y + 21}" width="{width}" height="9" rx="4.5"/>')
        if bar.value > 0:
            body.append(f'<rect class="seg" x="0" y="{y + 21}" width="{max(bar.value / top * width, 9):.1f}" height="9" rx="4.5"/>')
    desc = "; ".join(f"{bar.label}: {grouped(bar.value)}" for bar in bars)
    return svg(width, max(len(bars) * 38 - 4, 1), "".join(body), title=title, desc=desc, css="bars")


def band_bar(parts: Sequence[Part], *, title: str, width: int = 640, height: int = 34) -> SafeString:
    """One bar for all families, each band in its colour and with its shape where there is room for it."""
    total = sum(part.count for part in parts)
    starts = [0, *accumulate(part.count / total * width if total else 0 for part in parts)]
    body = [f'<rect class="track" width="{width}" height="{height}" rx="6"/>']
    for part, x, end in zip(parts, starts, starts[1:], strict=False):
        if part.count:
            body.append(_segment(part, x, end - x, height))
    desc = "; ".join(f"{part.label}: {grouped(part.count)}" for part in parts)
    return svg(width, height, "".join(body), title=title, desc=desc, css="band-bar")


def _segment(part: Part, x: float, width: float, height: int) -> str:
    gap = 2 if width > 6 else 0
    drawn = f'<rect class="seg" x="{x:.1f}" width="{width - gap:.1f}" height="{height}" rx="3"/>'
    if width >= 30:
        drawn += f'<g class="on-band" transform="translate({x + (width - gap) / 2:.1f} {height / 2:g}) scale(.8)">{shape_of(part.band)}</g>'
    tip = escape(f"{part.label}: {grouped(part.count)}")
    return f'<g class="{escape(part.band)}"><title>{tip}</title>{drawn}</g>'
