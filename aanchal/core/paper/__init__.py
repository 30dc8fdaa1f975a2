"""Papers that are carried to a court, an office, a family: A4 PDF drawn without a browser, in thirteen scripts (docs/adr/0056)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from aanchal.core.paper import pictures
from aanchal.core.paper.embedded import Embedded
from aanchal.core.paper.leaves import Element, Leaf
from aanchal.core.paper.letters import FontsMissing, are_here
from aanchal.core.paper.lines import Line, Setting
from aanchal.core.paper.page import BODY, FOOT, LONG, MARGIN, SHORT, SIZES, SMALL
from aanchal.core.paper.tables import Table
from aanchal.core.paper.written import About, written

__all__ = ["CONTENT_TYPE", "FontsMissing", "Paper", "are_here"]

CONTENT_TYPE = "application/pdf"


class Paper:
    """Written from top to bottom; `bytes` gives the file.

    The title is drawn as the first heading. `made_at` is an aware instant, the file's only date: the same content at the same instant is
    the same file. `foot` stands at the foot of every page beside "n / N". Raises FontsMissing where script/setup could not fetch the fonts.
    """

    def __init__(self, title: str, language: str, *, made_at: datetime, foot: str = "", landscape: bool = False) -> None:
        self.size = (LONG, SHORT) if landscape else (SHORT, LONG)
        self.about, self.foot = About(title, language, made_at), foot or title
        self.setting, self.fonts, self.root = Setting(), Embedded(), Element("Document")
        self.leaves: list[Leaf] = []
        self.pictures: list[pictures.Picture] = []
        self.turn()
        self.heading(title, level=1)

    @property
    def room(self) -> float:
        return self.size[0] - 2 * MARGIN

    @property
    def lost(self) -> set[str]:
        """Letters of other scripts that none of the fonts can draw: a box stands for each."""
        return self.setting.lost

    def turn(self) -> None:
        """A new page."""
        self.leaves.append(Leaf(len(self.leaves), self.size[1], self.fonts))
        self.y = MARGIN

    def space(self, points: float = 6.0) -> None:
        self.y += points

    def heading(self, text: str, level: int = 2) -> None:
        """Never left alone at the foot of a page."""
        size = SIZES[level]
        if self.y > MARGIN:
            self.space(size * 0.6)
        lines = self.setting.lines(text, size=size, width=self.room, bold=True)
        self.keep((len(lines) + 2) * size * self.setting.height(lines)[0])
        self._lines(lines, size, self.root.add(f"H{level}"))
        self.space(3)

    def paragraph(self, text: str, *, bold: bool = False, small: bool = False) -> None:
        size = SMALL if small else BODY
        self._lines(self.setting.lines(text, size=size, width=self.room, bold=bold), size, self.root.add("P"))
        self.space(4)

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Iterable[int] = ()) -> None:
        """Pages break between rows and the heads stand again on each; `numbers` are columns set to the right."""
        whole = [[*map(str, row)] for row in rows]
        drawn = Table(self, list(headings), whole, set(numbers))
        drawn.heads(self.root.add("Table"))
        for row in whole:
            drawn.row(row)
        self.space(8)

    def facts(self, pairs: Iterable[tuple[str, str]]) -> None:
        """What a thing is and what it says, side by side."""
        drawn = Table(self, [], [[*map(str, pair)] for pair in pairs], set(), names=True)
        drawn.heads(self.root.add("Table"))
        for pair in drawn.rows:
            drawn.row(pair)
        self.space(8)

    def picture(self, png: bytes, described: str, *, width: float | None = None) -> None:
        """`described` is read aloud in its place; `width` in millimetres (else the whole line). Raises OSError where it is no picture."""
        read = pictures.read(f"Im{len(self.pictures)}", png)
        self.pictures.append(read)
        wide = min(self.room, width * 72 / 25.4) if width else self.room
        tall = min(wide * read.height / read.width, self.size[1] - 2 * MARGIN)
        self.keep(tall)
        owner = self.root.add("Figure", described)
        self.leaves[-1].picture(read.name, x=MARGIN, y=self.y, width=tall * read.width / read.height, height=tall, owner=owner)
        self.y += tall + 8

    def signature(self, label: str) -> None:
        """A line to sign on, after the label."""
        lines = self.setting.lines(label, size=BODY, width=self.room / 2)
        self.space(24)
        self.keep(BODY * self.setting.height(lines)[0] * len(lines))
        self._lines(lines, BODY, self.root.add("P"))
        self.leaves[-1].rule(MARGIN + self.setting.length(lines[-1], BODY) + 8, self.y - 4, self.room / 3)

    def bytes(self) -> bytes:
        for leaf in self.leaves:
            self._foot(leaf)
        return written(leaves=self.leaves, root=self.root, fonts=self.fonts, pictures=self.pictures, size=self.size, about=self.about)

    def keep(self, height: float) -> None:
        if self.y > MARGIN and self.y + height > self.end:
            self.turn()

    @property
    def end(self) -> float:
        return self.size[1] - MARGIN

    def _lines(self, lines: Iterable[Line], size: float, owner: Element) -> None:
        for line in lines:
            height, base = self.setting.height([line])
            self.keep(size * height)
            self.leaves[-1].line(line, x=MARGIN, y=self.y + size * base, size=size, owner=owner)
            self.y += size * height

    def _foot(self, leaf: Leaf) -> None:
        y = self.size[1] - MARGIN / 2
        count = self.setting.lines(f"{leaf.place + 1} / {len(self.leaves)}", size=FOOT, width=self.room)[0]
        left = self.size[0] - MARGIN - self.setting.length(count, FOOT)
        said = self.setting.lines(self.foot, size=FOOT, width=left - MARGIN - 20)[0]
        leaf.line(said, x=MARGIN, y=y, size=FOOT, owner=None)
        leaf.line(count, x=left, y=y, size=FOOT, owner=None)
