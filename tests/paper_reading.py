"""What a PDF of ours says, as a reader copies it."""

import re
import zlib


def contents(data: bytes) -> list[str]:
    """What is drawn on each page."""
    return [stream for stream in _streams(data).values() if " Tm " in stream]


def words(content: str) -> list[str]:
    """The words that are no plain ASCII."""
    return [_text(found) for found in re.findall(r"/ActualText <FEFF([0-9A-F]+)>", content)]


def words_of(data: bytes) -> list[str]:
    return [word for content in contents(data) for word in words(content)]


def text_of(data: bytes) -> str:
    """Everything, line by line: what stands beside a word, else what its glyphs mean."""
    says = _says(data)
    lines = [line for content in contents(data) for line in content.split("\n") if " Tm " in line]
    return "\n".join("".join(_shown(part, says) for part in line.split(" Tm ")[1:]) for line in lines)


def _shown(part: str, says: dict[str, dict[str, str]]) -> str:
    beside = words(part)
    if beside:
        return beside[0]
    runs = re.findall(r"/(\w+) [\d.]+ Tf (.*?)(?= /\w+ [\d.]+ Tf |$)", part)
    return "".join(says[font].get(glyph, "") for font, run in runs for row in re.findall(r"<([0-9A-F]+)>", run) for glyph in _four(row))


def _says(data: bytes) -> dict[str, dict[str, str]]:
    """Font -> glyph -> letters."""
    streams, fonts = _streams(data), re.search(rb"/Font << (.*?) >>", data).group(1)
    found = {}
    for name, number in re.findall(rb"/(\w+) (\d+) 0 R", fonts):
        map_of = re.search(rb"\n%s 0 obj\n[^\n]*/ToUnicode (\d+) 0 R" % number, data).group(1)
        pairs = re.findall(r"<([0-9A-F]{4})> <([0-9A-F]+)>", streams[int(map_of)])
        found[name.decode()] = {glyph: _text(told) for glyph, told in pairs if len(told) % 4 == 0}
    return found


def _streams(data: bytes) -> dict[int, str]:
    found = re.findall(rb"\n(\d+) 0 obj\n[^\n]*/FlateDecode /Length \d+ >>\nstream\n(.*?)\nendstream", data, re.DOTALL)
    return {int(number): zlib.decompress(packed).decode("latin-1") for number, packed in found}


def _text(told: str) -> str:
    return bytes.fromhex(told).decode("utf-16-be")


def _four(row: str) -> list[str]:
    return [row[start : start + 4] for start in range(0, len(row), 4)]
