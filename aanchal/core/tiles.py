"""The tile map: every State, district or block as one tile of the same size. No outline of anything is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, sqrt

from django.utils.safestring import SafeString

from aanchal.core.marks import shape_of
from aanchal.core.pictures import svg, text

TILE, GAP = 64, 4
LETTERS, SMALL_LETTERS = 4, 9
STATES = {  # LGD code: letters, column, row, roughly where each lies
    1: ("JK", 2, 0), 37: ("LA", 3, 0), 3: ("PB", 2, 1), 2: ("HP", 3, 1), 5: ("UK", 4, 1), 4: ("CH", 1, 2), 6: ("HR", 2, 2),
    7: ("DL", 3, 2), 9: ("UP", 4, 2), 11: ("SK", 6, 2), 12: ("AR", 8, 2), 8: ("RJ", 2, 3), 23: ("MP", 3, 3), 10: ("BR", 5, 3),
    18: ("AS", 7, 3), 13: ("NL", 8, 3), 24: ("GJ", 1, 4), 22: ("CG", 4, 4), 20: ("JH", 5, 4), 19: ("WB", 6, 4), 17: ("ML", 7, 4),
    14: ("MN", 8, 4), 38: ("DD", 1, 5), 27: ("MH", 2, 5), 36: ("TG", 3, 5), 21: ("OD", 5, 5), 16: ("TR", 7, 5), 15: ("MZ", 8, 5),
    30: ("GA", 2, 6), 29: ("KA", 3, 6), 28: ("AP", 4, 6), 32: ("KL", 3, 7), 33: ("TN", 4, 7), 34: ("PY", 5, 7), 31: ("LD", 2, 8),
    35: ("AN", 6, 8),
}  # fmt: skip
COLUMNS, ROWS = 9, 9


@dataclass(frozen=True)
class Tile:
    """`says` is read out; `figure` stands under the letters. A band has its mark; a `shade` of n0 to n4 only says how many."""

    code: int
    name: str
    band: str
    says: str
    url: str = ""
    figure: str = ""
    shade: str = ""


def of_states(tiles: Sequence[Tile], *, title: str) -> SafeString:
    """States where they lie; one that has no tile of its own stands below."""
    own = [tile for tile in tiles if tile.code in STATES]
    others = [tile for tile in tiles if tile.code not in STATES]
    spots = [(tile, STATES[tile.code][0], *STATES[tile.code][1:]) for tile in own]
    spots += [(tile, _letters(tile.name), n % COLUMNS, ROWS + n // COLUMNS) for n, tile in enumerate(others)]
    return _drawn(spots, COLUMNS, ROWS + ceil(len(others) / COLUMNS), title)


def in_order(tiles: Sequence[Tile], *, title: str) -> SafeString:
    """Districts or blocks by name, as near to a square as they fit."""
    columns = max(4, min(12, ceil(sqrt(len(tiles) * 1.6))))
    spots = [(tile, _short(tile.name), n % columns, n // columns) for n, tile in enumerate(sorted(tiles, key=lambda one: one.name))]
    return _drawn(spots, columns, ceil(len(tiles) / columns), title, css="letters long")


def _drawn(spots: Sequence[tuple[Tile, str, int, int]], columns: int, rows: int, title: str, css: str = "letters") -> SafeString:
    body = "".join(_tile(*spot, css) for spot in spots)
    desc = "; ".join(spot[0].says for spot in spots)
    return svg(columns * (TILE + GAP), max(rows, 1) * (TILE + GAP), body, title=title, desc=desc, css="rank-tiles", role="group")


def _tile(tile: Tile, letters: str, column: int, row: int, css: str) -> str:
    x, y = column * (TILE + GAP), row * (TILE + GAP)
    drawn = f'<rect class="ground" width="{TILE}" height="{TILE}" rx="8"/>'
    drawn += "" if tile.shade else f'<g transform="translate(46 18) scale(.8)">{shape_of(tile.band)}</g>'
    drawn += text(8, 40, letters, css) + (text(8, 57, tile.figure, "figure") if tile.figure else "")
    whole = f'<g class="{escape(tile.shade or tile.band)}" transform="translate({x} {y})"><title>{escape(tile.says)}</title>{drawn}</g>'
    return f'<a href="{escape(tile.url)}" aria-label="{escape(tile.says)}">{whole}</a>' if tile.url else whole


def _letters(name: str, most: int = LETTERS) -> str:
    """The first letters of a name, whole letters with their vowel signs in an Indian script."""
    kept = ""
    for letter in name:
        if kept and letter.isalpha() and _wide(kept) >= most:
            break
        kept += letter
    return kept.strip()


def _short(name: str) -> str:
    """The whole name in small letters where it fits, else its beginning."""
    return name if _wide(name) <= SMALL_LETTERS else f"{_letters(name, SMALL_LETTERS - 1)}…"


def _wide(name: str) -> int:
    return sum(letter.isalpha() or letter == " " for letter in name)
