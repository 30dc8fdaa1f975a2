"""Small pictures of figures on pages: a value with its target and its peers, a change with its interval. Drawn on the server."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from aanchal.core.pictures import svg

WIDTH, HEIGHT = 200, 22
EDGE = 8


@dataclass(frozen=True)
class Span:
    """A change in points of a hundred; without an interval only the point is drawn."""

    estimate: float
    low: float | None = None
    high: float | None = None


def interval(one: Span, widest: float, *, title: str) -> SafeString:
    """The change as a diamond, its interval as a bar, nothing as a line; all of a page on one scale of `widest` to either side."""

    def x(value: float) -> float:
        bounded = max(-widest, min(widest, value))
        return WIDTH / 2 + bounded / (widest or 1) * (WIDTH / 2 - EDGE)

    body = f'<rect class="track" x="0" y="{HEIGHT / 2 - 1:g}" width="{WIDTH}" height="2"/>'
    body += f'<rect class="zero" x="{WIDTH / 2 - 0.75:g}" y="0" width="1.5" height="{HEIGHT}"/>'
    if one.low is not None and one.high is not None:
        left, right = x(one.low), x(one.high)
        body += f'<rect class="seg" x="{left:.1f}" y="{HEIGHT / 2 - 4:g}" width="{max(right - left, 1):.1f}" height="8" rx="2"/>'
    at, middle = x(one.estimate), HEIGHT / 2
    body += f'<path class="mark-at" d="M{at:.1f} {middle - 8:g}l7 8l-7 8l-7 -8z"/>'
    return svg(WIDTH, HEIGHT, body, title=title, css="interval")


def bullet(value: float | None, *, peers: float | None, target: float | None, label: str) -> SafeString:
    """Of every hundred: the bar is the place, the line its target, the ring its peers together."""
    body = f'<rect class="track" x="0" y="6" width="{WIDTH}" height="10" rx="3"/>'
    if value is not None and value > 0:
        body += f'<rect class="seg" x="0" y="6" width="{_at(value):.1f}" height="10" rx="3"/>'
    if peers is not None:
        body += f'<circle class="ring" cx="{_at(peers):.1f}" cy="11" r="5"/>'
    if target is not None:
        body += f'<rect class="zero" x="{_at(target) - 1:.1f}" y="1" width="2.5" height="20"/>'
    return mark_safe(  # the label is escaped, the rest are numbers
        f'<svg class="pic interval" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(label)}" focusable="false">{body}</svg>'
    )


def widest(spans: Sequence[Span]) -> float:
    """The scale that holds them all; of intervals that run far off, the estimates count twice."""
    ends = [abs(end) for one in spans for end in (one.low, one.high, one.estimate) if end is not None]
    return min(max(ends, default=1), 100) or 1


def _at(value: float) -> float:
    return max(0.0, min(100.0, value)) / 100 * WIDTH
