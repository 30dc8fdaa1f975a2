"""Fonts inside the file: only the glyphs used, their widths, and what they say when text is copied out."""

from collections.abc import Iterable

import uharfbuzz as hb

from aanchal.core.paper import letters
from aanchal.core.paper.letters import Run
from aanchal.core.paper.objects import Objects

Font = tuple[str, bool]


class Embedded:
    """Remembers what was drawn with each font."""

    def __init__(self) -> None:
        self.widths: dict[Font, dict[int, int]] = {}
        self.says: dict[Font, dict[int, str]] = {}

    def use(self, run: Run) -> str:
        """The font's name on a page."""
        widths, says = self.widths.setdefault(run.font, {}), self.says.setdefault(run.font, {})
        for glyph, told in zip(run.glyphs, _told(run), strict=True):
            widths.setdefault(glyph.number, glyph.width)
            if told:
                says.setdefault(glyph.number, told)
        return name(run.font)

    def write(self, objects: Objects) -> str:
        """The /Font dictionary of all pages."""
        return "<< " + " ".join(f"/{name(font)} {self._font(objects, font)} 0 R" for font in sorted(self.widths)) + " >>"

    def _font(self, objects: Objects, font: Font) -> int:
        face = letters.face(*font)
        title = "AANCHL+" + letters.FILES[font].removesuffix(".ttf").replace("_", "-")
        data = _cut(face, self.widths[font])
        held = objects.stream(data, f"/Length1 {len(data)}")
        widths = " ".join(f"{glyph} [{width}]" for glyph, width in sorted(self.widths[font].items()))
        child = objects.put(
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{title}"
            " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
            f" /CIDToGIDMap /Identity /DW 0 /W [{widths}] /FontDescriptor {_descriptor(objects, face, title, held)} 0 R >>"
        )
        return objects.put(
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{title} /Encoding /Identity-H /DescendantFonts [{child} 0 R]"
            f" /ToUnicode {objects.stream(_to_unicode(self.says[font]))} 0 R >>"
        )


def name(font: Font) -> str:
    return font[0] + ("Bold" if font[1] else "")


def _told(run: Run) -> Iterable[str]:
    """The text of each cluster at its first glyph, nothing at the others."""
    starts = sorted({glyph.starts for glyph in run.glyphs})
    ends = dict(zip(starts, [*starts[1:], len(run.text)], strict=True))
    for glyph in run.glyphs:
        end = ends.pop(glyph.starts, None)
        yield "" if end is None else run.text[glyph.starts : end]


def _cut(face: hb.Face, glyphs: Iterable[int]) -> bytes:
    wanted = hb.SubsetInput()
    wanted.glyph_set.update({0, *glyphs})
    wanted.drop_table_tag_set.update({int.from_bytes(tag, "big") for tag in (b"GSUB", b"GPOS", b"GDEF")})
    wanted.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE
    return bytes(hb.subset(face, wanted).blob.data)


def _descriptor(objects: Objects, face: hb.Face, title: str, held: int) -> int:
    extents = hb.Font(face).get_font_extents("ltr")
    up, down = (round(value * 1000 / face.upem) for value in (extents.ascender, extents.descender))
    return objects.put(
        f"<< /Type /FontDescriptor /FontName /{title} /Flags 4 /FontBBox [-1000 {down} 2000 {up}] /ItalicAngle 0"
        f" /Ascent {up} /Descent {down} /CapHeight 714 /StemV 80 /FontFile2 {held} 0 R >>"
    )


def _to_unicode(says: dict[int, str]) -> bytes:
    lines = [f"<{glyph:04X}> <{told.encode('utf-16-be').hex().upper()}>" for glyph, told in sorted(says.items())]
    blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    mapped = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def"
        " /CMapName /Adobe-Identity-UCS def /CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{mapped}\nendcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode("ascii")
