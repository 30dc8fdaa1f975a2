"""One leaf of a paper: lines, rules and pictures placed on it, each line told to the element it belongs to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from aanchal.core.paper.embedded import Embedded
from aanchal.core.paper.letters import Glyph, Run, Word
from aanchal.core.paper.objects import number, text


@dataclass
class Element:
    """A part of the document's structure (ISO 32000-1, 14.8.4): what a screen reader announces."""

    kind: str
    described: str = ""
    kids: list["Element"] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)  # (leaf, mark on it)

    def add(self, kind: str, described: str = "") -> "Element":
        self.kids.append(Element(kind, described))
        return self.kids[-1]


class Leaf:
    """Measures in points from the top left corner."""

    def __init__(self, place: int, height: float, fonts: Embedded) -> None:
        self.place, self.height, self.fonts = place, height, fonts
        self.content: list[str] = []
        self.owners: list[Element] = []

    def line(self, words: Iterable[Word], *, x: float, y: float, size: float, owner: Element | None) -> None:
        """`y` is the line the letters stand on. Without an owner the line is no part of what is read aloud (a foot, a repeated head)."""
        shown = []
        for word, right in _placed(list(words)):
            shown.append(f"1 0 0 1 {number(x + right * size / 1000)} {number(self.height - y)} Tm {self._word(word, size)}")
        self._marked(f"BT {' '.join(shown)} ET", owner)

    def rule(self, x: float, y: float, width: float) -> None:
        up = number(self.height - y)
        self.content.append(f"/Artifact BMC 0.6 G 0.4 w {number(x)} {up} m {number(x + width)} {up} l S 0 G EMC")

    def shade(self, x: float, y: float, width: float, height: float) -> None:
        box = " ".join(map(number, (x, self.height - y - height, width, height)))
        self.content.append(f"/Artifact BMC 0.93 g {box} re f 0 g EMC")

    def picture(self, name: str, *, x: float, y: float, width: float, height: float, owner: Element) -> None:
        box = f"{number(width)} 0 0 {number(height)} {number(x)} {number(self.height - y - height)}"
        self._marked(f"q {box} cm /{name} Do Q", owner)

    def _marked(self, content: str, owner: Element | None) -> None:
        if owner is None:
            self.content.append(f"/Artifact BMC {content} EMC")
            return
        mark = len(self.owners)
        self.owners.append(owner)
        owner.marks.append((self.place, mark))
        self.content.append(f"/{owner.kind} << /MCID {mark} >> BDC {content} EMC")

    def _word(self, word: Word, size: float) -> str:
        shown = " ".join(f"/{self.fonts.use(run)} {number(size)} Tf {_glyphs(run, size)}" for run in word.runs)
        # A conjunct's glyphs stand in another order than its letters: what it says is written beside it.
        return shown if word.text.isascii() else f"/Span << /ActualText {text(word.text)} >> BDC {shown} EMC"


def _placed(words: list[Word]) -> Iterator[tuple[Word, int]]:
    """Each word in the order in which it is read, and how far right it stands: words from the right stand the other way round."""
    at = 0
    while words:
        group, words = _together(words)
        wide = sum(word.width for word in group)
        inside = 0
        for word in group:
            inside += word.width
            yield word, at + (wide - inside if group[0].is_from_right else 0)
        at += wide


def _together(words: list[Word]) -> tuple[list[Word], list[Word]]:
    """The first word, or all words from the right that follow each other with what stands between them; and the rest."""
    end = 1
    if words[0].is_from_right:
        for nth, word in enumerate(words[1:], 1):
            if word.is_from_right:
                end = nth + 1
            elif not word.is_neutral:
                break
    return words[:end], words[end:]


def _glyphs(run: Run, size: float) -> str:
    if not any(glyph.up for glyph in run.glyphs):
        return _row(run.glyphs)
    return " ".join(f"{number(glyph.up * size / 1000)} Ts {_row([glyph])}" for glyph in run.glyphs) + " 0 Ts"


def _row(glyphs: Iterable[Glyph]) -> str:
    parts: list[str] = []
    for glyph in glyphs:
        parts += [_back(-glyph.right), f"<{glyph.number:04X}>", _back(glyph.right + glyph.width - glyph.advance)]
    return f"[{''.join(parts).replace('><', '')}] TJ"


def _back(thousandths: int) -> str:
    return f" {thousandths} " if thousandths else ""
