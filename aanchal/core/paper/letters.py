"""Letters of a paper: which font draws which script, and words shaped by HarfBuzz (conjuncts, matras, nukta)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import uharfbuzz as hb

FONTS = Path(__file__).with_name("fonts")
FAMILIES = {
    "Latn": "NotoSans", "Arab": "NotoSansArabic", "Aran": "NotoNastaliqUrdu", "Beng": "NotoSansBengali", "Deva": "NotoSansDevanagari",
    "Gujr": "NotoSansGujarati", "Guru": "NotoSansGurmukhi", "Knda": "NotoSansKannada", "Mlym": "NotoSansMalayalam",
    "Mtei": "NotoSansMeeteiMayek", "Olck": "NotoSansOlChiki", "Orya": "NotoSansOriya", "Taml": "NotoSansTamil", "Telu": "NotoSansTelugu",
}  # fmt: skip
FILES = {
    (script, bold): f"{family}_{'700Bold' if bold else '400Regular'}.ttf" for script, family in FAMILIES.items() for bold in (False, True)
}
"""(script, is bold) -> file in fonts/. Aran (ISO 15924): the Arabic script as Urdu writes it, in Nastaliq."""
LANGUAGES = {
    "Latn": "en", "Arab": "ur", "Aran": "ur", "Beng": "bn", "Deva": "hi", "Gujr": "gu", "Guru": "pa", "Knda": "kn", "Mlym": "ml",
    "Mtei": "mni", "Olck": "sat", "Orya": "or", "Taml": "ta", "Telu": "te",
}  # fmt: skip
BLOCKS = (
    ("\u0600", "\u06ff", "Arab"), ("\u0750", "\u077f", "Arab"), ("\u08a0", "\u08ff", "Arab"), ("\u0900", "\u097f", "Deva"),
    ("\u0980", "\u09ff", "Beng"), ("\u0a00", "\u0a7f", "Guru"), ("\u0a80", "\u0aff", "Gujr"), ("\u0b00", "\u0b7f", "Orya"),
    ("\u0b80", "\u0bff", "Taml"), ("\u0c00", "\u0c7f", "Telu"), ("\u0c80", "\u0cff", "Knda"), ("\u0d00", "\u0d7f", "Mlym"),
    ("\u1c50", "\u1c7f", "Olck"), ("\ua8e0", "\ua8ff", "Deva"), ("\uaae0", "\uaaff", "Mtei"), ("\uabc0", "\uabff", "Mtei"),
    ("\ufb50", "\ufdff", "Arab"), ("\ufe70", "\ufefe", "Arab"),
)  # fmt: skip
"""First and last letter of a script's blocks (Unicode)."""
NUMERALS = frozenset("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")
"""Of the Arabic script, which runs from the right; its numbers run from the left."""
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
    is_from_right: bool = False

    @property
    def width(self) -> int:
        return sum(glyph.advance for glyph in self.glyphs)


@dataclass(frozen=True, slots=True)
class Word:
    """What stands between two spaces; its width in thousandths of the letter size."""

    text: str
    runs: tuple[Run, ...]
    width: int

    @property
    def is_from_right(self) -> bool:
        return any(run.is_from_right for run in self.runs)

    @property
    def is_tall(self) -> bool:
        """Nastaliq hangs from above the line."""
        return any(run.font[0] == "Aran" for run in self.runs)

    @property
    def is_neutral(self) -> bool:
        """A space, a number, a dash: between two words from the right it stands in their order."""
        return not any(letter.isalpha() for letter in self.text)


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
    kind, part = ("", False), ""
    for letter in text:
        its = kind if part and letter in FOLLOWS else (_script(letter), letter in NUMERALS)
        if its != kind and part:
            yield kind[0], part
            part = ""
        kind, part = its, part + letter
    if part:
        yield kind[0], part


@cache
def _script(letter: str) -> str:
    return next((script for first, last, script in BLOCKS if first <= letter <= last), "Latn")


@cache
def _nastaliq() -> frozenset[int]:
    """What it can draw; a word with another letter (of Kashmiri, of the Quran) stands in Naskh."""
    return frozenset(face("Aran", False).unicodes) | {ord(letter) for letter in FOLLOWS}


def _run(script: str, text: str, bold: bool) -> Run:
    of_script = script
    if script == "Arab" and {ord(letter) for letter in text} <= _nastaliq():
        script = "Aran"
    font = _font(script, bold)
    buffer = hb.Buffer()
    buffer.add_str(text)
    is_from_right = of_script == "Arab" and text[0] not in NUMERALS
    buffer.direction, buffer.script, buffer.language = "rtl" if is_from_right else "ltr", of_script, LANGUAGES[script]
    hb.shape(font, buffer)
    scale = 1000 / font.face.upem
    glyphs = tuple(
        Glyph(
            info.codepoint, round(font.get_glyph_h_advance(info.codepoint) * scale), round(at.x_advance * scale),
            round(at.x_offset * scale), round(at.y_offset * scale), info.cluster,
        )
        for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    )  # fmt: skip
    return Run((script, bold), text, glyphs, is_from_right)
