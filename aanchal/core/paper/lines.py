"""Text broken into lines of a width: between words, and inside a word that is wider than the line."""

from collections.abc import Iterable, Iterator

from aanchal.core.paper import letters
from aanchal.core.paper.letters import Word
from aanchal.core.paper.page import BASE, LEADING, TALL, TALL_BASE

Line = list[Word]


class Setting:
    """Remembers the words it shaped for as long as the paper is made: names stay in no cache of the program."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, bool], Word] = {}
        self.lost: set[str] = set()

    def word(self, text: str, bold: bool) -> Word:
        known = self.known.get((text, bold))
        if known is None:
            known = self.known[text, bold] = letters.shaped(text, bold)
            self.lost |= {run.text[glyph.starts] for run in known.runs for glyph in run.glyphs if not glyph.number}
        return known

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """Of the widest line of the text, unbroken."""
        return max((self.length(self._words(line, bold), size) for line in text.split("\n")), default=0)

    def longest_word(self, text: str, size: float, bold: bool = False) -> float:
        return max((self.word(word, bold).width * size / 1000 for word in text.split()), default=0)

    def length(self, line: Line, size: float) -> float:
        return sum(word.width for word in line) * size / 1000

    def height(self, lines: Iterable[Line]) -> tuple[float, float]:
        """In letter sizes: of each of these lines, and from its top to where its letters stand."""
        return (TALL, TALL_BASE) if any(word.is_tall for line in lines for word in line) else (LEADING, BASE)

    def lines(self, text: str, *, size: float, width: float, bold: bool = False) -> list[Line]:
        """At least one line; a line break in the text begins a new one."""
        return [line for part in text.split("\n") for line in self._broken(part, 1000 * width / size, bold)]

    def _words(self, text: str, bold: bool) -> Line:
        """With a space between each two, so that copied text has them."""
        words: Line = []
        for word in text.split():
            words += [self.word(" ", bold), self.word(word, bold)] if words else [self.word(word, bold)]
        return words

    def _broken(self, text: str, room: float, bold: bool) -> Iterator[Line]:
        space = self.word(" ", bold)
        line: Line = []
        used = 0
        for word in (piece for whole in text.split() for piece in self._fitting(self.word(whole, bold), room, bold)):
            if line and used + space.width + word.width > room:
                yield line
                line, used = [], 0
            if line:
                line.append(space)
                used += space.width
            line.append(word)
            used += word.width
        yield line

    def _fitting(self, word: Word, room: float, bold: bool) -> Iterator[Word]:
        """A word too wide is cut between its clusters, never inside a conjunct."""
        if word.width <= room:
            yield word
            return
        piece, used = "", 0
        for text, width in _clusters(word):
            if piece and used + width > room:
                yield self.word(piece, bold)
                piece, used = "", 0
            piece, used = piece + text, used + width
        yield self.word(piece, bold)


def _clusters(word: Word) -> Iterator[tuple[str, int]]:
    """What a run's text is made of, in order, and the width of each part in thousandths of the letter size."""
    for run in word.runs:
        widths: dict[int, int] = {}
        for glyph in run.glyphs:
            widths[glyph.starts] = widths.get(glyph.starts, 0) + glyph.advance
        starts = sorted(widths)
        for start, end in zip(starts, [*starts[1:], len(run.text)], strict=True):
            yield run.text[start:end], widths[start]
