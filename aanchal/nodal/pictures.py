"""The tile map with arcs: each State one tile where it roughly lies, the busiest ways between States as arcs. No outline is drawn."""

from collections.abc import Mapping, Sequence
from html import escape

from django.utils.safestring import SafeString

from aanchal.core.numbers import grouped
from aanchal.core.pictures import svg, text
from aanchal.core.tiles import COLUMNS, GAP, ROWS, STATES, TILE

MOST_ARCS = 12
STEP = TILE + GAP


def arcs(
    tiles: Mapping[int, int], ways: Sequence[tuple[int, int, int]], names: Mapping[int, str], *, title: str, says: str
) -> SafeString:
    """`tiles`: LGD code of a State -> how many of its districts stand out. `ways`: (from, to, cases) between States, the busiest first."""
    drawn = [way for way in ways if way[0] in STATES and way[1] in STATES][:MOST_ARCS]
    top = max((n for _a, _b, n in drawn), default=1)
    body = "".join(_tile(code, *STATES[code], tiles.get(code, 0)) for code in sorted(STATES))
    body += "".join(_arc(a, b, n, n / top, says % {"from": names.get(a, ""), "to": names.get(b, ""), "n": grouped(n)}) for a, b, n in drawn)
    desc = "; ".join(says % {"from": names.get(a, ""), "to": names.get(b, ""), "n": grouped(n)} for a, b, n in drawn)
    return svg(COLUMNS * STEP, ROWS * STEP, body, title=title, desc=desc, css="rank-tiles arcs")


def _tile(code: int, letters: str, column: int, row: int, n: int) -> str:
    band = "SEVERE" if n > 2 else "AT_RISK" if n else "UNKNOWN"
    drawn = f'<rect class="ground" width="{TILE}" height="{TILE}" rx="8"/>' + text(8, 40, letters, "letters")
    drawn += text(8, 57, grouped(n), "figure") if n else ""
    return f'<g class="{band}" transform="translate({column * STEP} {row * STEP})">{drawn}</g>'


def _arc(a: int, b: int, n: int, share: float, says: str) -> str:
    """Bent to its left, so that there and back are two arcs; a dot where it ends."""
    (x, y), (u, v) = (_spot(code) for code in (a, b))
    bend_x, bend_y = (x + u) / 2 + (v - y) * 0.25, (y + v) / 2 - (u - x) * 0.25
    width = 1.5 + 4.5 * share
    line = f'<path class="arc" d="M{x:.0f},{y:.0f}Q{bend_x:.0f},{bend_y:.0f} {u:.0f},{v:.0f}" stroke-width="{width:.1f}"/>'
    return f'<g><title>{escape(says)}</title>{line}<circle class="arc-end" cx="{u:.0f}" cy="{v:.0f}" r="{width + 2:.1f}"/></g>'


def _spot(code: int) -> tuple[float, float]:
    _letters, column, row = STATES[code]
    return column * STEP + 46, row * STEP + 18
