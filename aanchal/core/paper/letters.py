"""Letters of a paper: which font draws which script, and words shaped by HarfBuzz (conjuncts, matras, nukta)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import uharfbuzz as hb

FONTS = Path(__file__).with_name("fonts")
FILES = {
    ("Latn", False): "NotoSans_400Regular.ttf", ("Latn", True): "NotoSans_700Bold.ttf",
    ("Deva", False): "NotoSansDevanagari_400Regular.ttf", ("Deva", True): "NotoSansDevanagari_700Bold.ttf",
    ("Telu", False): "NotoSansTelugu_400Regular.ttf", ("Telu", True): "NotoSansTelugu_700Bold.ttf",
}  # fmt: skip
"""(script, is bold) -> file in fonts/."""
LANGUAGES = {"Latn": "en", "Deva": "hi", "Telu": "te"}
FOLLOWS = frozenset("\u200b\u200c\u200d\u25cc\u0964\u0965")
"""Joiners, the dotted circle and the danda belong to the letters before them."""


class FontsMissing(Exception):
    """The fonts were not fetched (script/setup): no PDF can be drawn here."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """Measures in thousandths of the letter size: `width` of the glyph itself, `advance` of the pen, offsets of the drawing."""

    number: int
    width: int
    advance: int
    right: int
    up: int
    starts: int  # the place in the run's text where its cluster starts


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one font."""

    font: tuple[str, bool]
    text: str
    glyphs: tuple[Glyph, ...]

    @property
    def width(self) -> int:
        return sum(glyph.advance for glyph in self.glyphs)


@dataclass(frozen=True, slots=True)
class Word:
    """What stands between two spaces; its width in thousandths of the letter size."""

    text: str
    runs: tuple[Run, ...]
    width: int


def are_here() -> bool:
    return all((FONTS / name).exists() for name in FILES.values())


@cache
def face(script: str, bold: bool) -> hb.Face:
    """Raises FontsMissing."""
    path = FONTS / FILES[script, bold]
    if not path.exists():
        raise FontsMissing(f"{path.name} is not here: run script/setup")
    return hb.Face(hb.Blob.from_file_path(str(path)))


@cache
def _font(script: str, bold: bool) -> hb.Font:
    return hb.Font(face(script, bold))


def shaped(text: str, bold: bool) -> Word:
    runs = tuple(_run(script, part, bold) for script, part in scripts_of(text))
    return Word(text, runs, sum(run.width for run in runs))


def scripts_of(text: str) -> Iterator[tuple[str, str]]:
    """A word cut where its script changes: ("Deva", "क्षि"), ("Latn", "-12")."""
    script, part = "", ""
    for letter in text:
        its = script if script and letter in FOLLOWS else _script(letter)
        if its != script and part:
            yield script, part
            part = ""
        script, part = its, part + letter
    if part:
        yield script, part


def _script(letter: str) -> str:
    if "\u0900" <= letter <= "\u097f" or "\ua8e0" <= letter <= "\ua8ff":
        return "Deva"
    return "Telu" if "\u0c00" <= letter <= "\u0c7f" else "Latn"


def _run(script: str, text: str, bold: bool) -> Run:
    font = _font(script, bold)
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.script, buffer.language = "ltr", script, LANGUAGES[script]
    hb.shape(font, buffer)
    scale = 1000 / font.face.upem
    glyphs = tuple(
        Glyph(
            info.codepoint, round(font.get_glyph_h_advance(info.codepoint) * scale), round(at.x_advance * scale),
            round(at.x_offset * scale), round(at.y_offset * scale), info.cluster,
        )
        for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    )  # fmt: skip
    return Run((script, bold), text, glyphs)
