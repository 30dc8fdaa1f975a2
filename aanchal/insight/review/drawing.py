"""Pictures of a review for files: codes and digits only, so that one serves every language; the words stand in the table beside."""

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from aanchal.insight.review.reading import Row

INK, MUTE, TRACK, BAR, BEHIND = "#221a33", "#5a5370", "#e6dbf6", "#4c2f8a", "#a1123a"
WIDTH, LINE, LEFT, RIGHT = 900, 34, 96, 110
ACROSS, TILE = 5, (176, 96)


def bars(rows: Sequence[Row]) -> bytes:
    """Shares of a hundred: the bar is the place (red where its target is not reached), the line its target, the ring its peers. A PNG."""
    picture = Image.new("RGB", (WIDTH, LINE * max(len(rows), 1) + 12), "white")
    draw = ImageDraw.Draw(picture)
    for n, row in enumerate(rows):
        _bar(draw, 6 + n * LINE, row)
    return _png(picture)


def lines(rows: Sequence[Row]) -> bytes:
    """Twelve months of each indicator that has at least two, each on its own scale. A PNG."""
    down = -(-max(len(rows), 1) // ACROSS)
    picture = Image.new("RGB", (ACROSS * TILE[0], down * TILE[1]), "white")
    draw = ImageDraw.Draw(picture)
    for n, row in enumerate(rows):
        _line(draw, n % ACROSS * TILE[0], n // ACROSS * TILE[1], row)
    return _png(picture)


def described(rows: Sequence[Row]) -> str:
    """What a picture shows, for who does not see it."""
    return "; ".join(f"{row.code}: {row.told}" for row in rows)


def with_value(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row.is_share and row.value is not None]


def with_past(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if len(row.past) > 1]


def _bar(draw: ImageDraw.ImageDraw, top: int, row: Row) -> None:
    def x(value: float) -> float:
        return LEFT + max(0.0, min(100.0, value)) / 100 * (WIDTH - LEFT - RIGHT)

    middle = top + LINE // 2
    draw.text((6, middle), row.code, font=_font(18), fill=INK, anchor="lm")
    draw.rectangle((LEFT, middle - 7, x(100), middle + 7), fill=TRACK)
    draw.rectangle((LEFT, middle - 7, x(row.value), middle + 7), fill=BEHIND if row.is_behind else BAR)
    if row.peers is not None:
        draw.ellipse((x(row.peers) - 6, middle - 6, x(row.peers) + 6, middle + 6), outline=INK, width=3)
    if row.target is not None:
        draw.rectangle((x(row.target) - 2, middle - 13, x(row.target) + 1, middle + 13), fill=INK)
    draw.text((WIDTH - RIGHT + 10, middle), f"{row.value:.1f} %", font=_font(18), fill=INK, anchor="lm")


def _line(draw: ImageDraw.ImageDraw, left: int, top: int, row: Row) -> None:
    values = [value for _month, value in row.past]
    low, span = min(values), (max(values) - min(values)) or 1
    step = (TILE[0] - 24) / (len(values) - 1)
    spots = [(left + 8 + n * step, top + 84 - (value - low) / span * 48) for n, value in enumerate(values)]
    draw.text((left + 8, top + 6), row.code, font=_font(15), fill=INK)
    draw.text((left + TILE[0] - 12, top + 6), f"{values[-1]:.0f}", font=_font(15), fill=MUTE, anchor="ra")
    draw.line(spots, fill=BAR, width=3, joint="curve")
    x, y = spots[-1]
    draw.ellipse((x - 4, y - 4, x + 4, y + 4), fill=BAR)


def _font(size: int):
    return ImageFont.load_default(size)


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=False)
    return out.getvalue()
