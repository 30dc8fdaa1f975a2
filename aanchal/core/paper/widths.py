"""How wide the columns of a table are."""

from collections.abc import Sequence

from aanchal.core.paper.lines import Setting

PAD = 4.0
"""Points to the left and right of a cell's text."""
HAIR = 0.05
"""A column exactly as wide as its longest word would break it when the widths are rounded."""


def widths(setting: Setting, rows: Sequence[Sequence[str]], *, size: float, room: float) -> list[float]:
    """All columns together as wide as `room`: short ones as wide as their text, long ones share the rest, none under its longest word."""
    columns = list(zip(*rows, strict=True))
    wants = [2 * PAD + HAIR + max(setting.width(cell, size, bold=True) for cell in column) for column in columns]
    needs = [min(room / 2, 2 * PAD + HAIR + max(setting.longest_word(cell, size, bold=True) for cell in column)) for column in columns]
    if sum(wants) <= room:
        return _stretched(wants, room)
    if sum(needs) >= room:
        return _stretched(needs, room)
    return _poured(wants, needs, room)


def _stretched(given: list[float], room: float) -> list[float]:
    return [one * room / sum(given) for one in given]


def _poured(wants: list[float], needs: list[float], room: float) -> list[float]:
    """As water fills steps: every column has what it needs, then the narrowest are raised together until the room is used."""
    low, high = 0.0, room
    for _ in range(40):
        level = (low + high) / 2
        wide = [min(want, max(need, level)) for want, need in zip(wants, needs, strict=True)]
        low, high = (level, high) if sum(wide) < room else (low, level)
    return _stretched(wide, room)
