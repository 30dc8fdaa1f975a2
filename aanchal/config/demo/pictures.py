"""A small drawing of a house, so that some submissions carry a picture: no camera ever saw it."""

import struct
import zlib
from functools import cache

_WIDTH, _HEIGHT = 96, 72
_SKY, _WALL, _ROOF, _GROUND = b"\xbf\xd9\xea", b"\xd9\xb3\x8c", b"\x8c\x4b\x32", b"\x7d\x9b\x5a"


@cache
def house_picture(shade: int) -> bytes:
    """A PNG; `shade` moves the house a little, so that not all are alike."""
    rows = b"".join(b"\0" + b"".join(_dot(x - shade, y) for x in range(_WIDTH)) for y in range(_HEIGHT))
    header = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def _dot(x: int, y: int) -> bytes:
    if y >= 60:
        return _GROUND
    if 20 <= y < 36 and abs(x - 40) < (y - 20) * 2:
        return _ROOF
    return _WALL if y >= 36 and abs(x - 40) < 24 else _SKY


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
