"""A table being drawn on a paper: rows kept whole, heads repeated."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from aanchal.core.paper.leaves import Element
from aanchal.core.paper.lines import Line
from aanchal.core.paper.page import MARGIN, SMALL
from aanchal.core.paper.widths import PAD, widths

if TYPE_CHECKING:
    from aanchal.core.paper import Paper

NAMED = (0.32, 0.68)
"""Of the line, for what a thing is and what it says: the same in every such table of a paper."""


class Table:
    """A table being drawn: `names` where the first column names the row."""

    def __init__(self, paper: "Paper", headings: list[str], rows: list[list[str]], numbers: set[int], names: bool = False) -> None:
        self.paper, self.headings, self.rows, self.numbers, self.names = paper, headings, rows, numbers, names
        self.widths = [part * paper.room for part in NAMED] if names else self._measured()

    def _measured(self) -> list[float]:
        return widths(self.paper.setting, [self.headings, *self.rows], size=SMALL, room=self.paper.room)

    def heads(self, element: Element) -> None:
        self.element = element
        self.head = [self._cell(place, text, bold=True) for place, text in enumerate(self.headings)]
        if self.headings:
            self.paper.keep(self._height(self.head) * 3)
            row = element.add("TR")
            self._head([row.add("TH") for _ in self.headings])

    def row(self, texts: list[str]) -> None:
        """A row taller than what is left goes to the next page; one taller than a page goes on there."""
        cells = [self._cell(place, text, bold=self.names and place == 0) for place, text in enumerate(texts)]
        row = self.element.add("TR")
        owners: list[Element | None] = [row.add("TH" if self.names and place == 0 else "TD") for place in range(len(cells))]
        whole = max(map(len, cells))
        while cells:
            step = self._step(cells)
            fits = int((self.paper.end - self.paper.y - 4) / step)
            if fits >= whole or (fits > 0 and whole > self._most(step)):
                self._draw([cell[:fits] for cell in cells], owners)
                cells = [cell[fits:] for cell in cells] if fits < whole else []
                whole -= fits
            if cells:
                self.paper.turn()
                self._head([None] * len(self.headings))

    def _step(self, cells: list[list[Line]]) -> float:
        """The height of each line of a row."""
        return SMALL * self._tallest(cells)[0]

    def _tallest(self, cells: list[list[Line]]) -> tuple[float, float]:
        return self.paper.setting.height(line for cell in cells for line in cell)

    def _most(self, step: float) -> int:
        """Lines of a row that fit on a page of their own."""
        return int((self.paper.end - MARGIN - self._height(self.head) - 4) / step)

    def _height(self, cells: list[list[Line]]) -> float:
        return max(map(len, cells)) * self._step(cells) + 4 if cells else 0.0

    def _cell(self, place: int, text: str, bold: bool) -> list[Line]:
        return self.paper.setting.lines(text, size=SMALL, width=self.widths[place] - 2 * PAD, bold=bold)

    def _head(self, owners: Sequence[Element | None]) -> None:
        if self.head:
            self.paper.leaves[-1].shade(MARGIN, self.paper.y, self.paper.room, self._height(self.head))
            self._draw(self.head, owners)

    def _draw(self, cells: list[list[Line]], owners: Sequence[Element | None]) -> None:
        paper, x, (height, base) = self.paper, MARGIN, self._tallest(cells)
        for place, (lines, owner) in enumerate(zip(cells, owners, strict=True)):
            for count, line in enumerate(lines):
                spare = self.widths[place] - 2 * PAD - paper.setting.length(line, SMALL) if place in self.numbers else 0
                y = paper.y + 2 + SMALL * (count * height + base)
                paper.leaves[-1].line(line, x=x + PAD + spare, y=y, size=SMALL, owner=owner)
            x += self.widths[place]
        paper.y += self._height(cells)
        paper.leaves[-1].rule(MARGIN, paper.y, paper.room)
