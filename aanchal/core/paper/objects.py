"""The objects of a PDF file (ISO 32000-1): numbered bodies, streams, the cross-reference table."""

import zlib
from hashlib import sha256


class Objects:
    """Bodies get numbers from 1; the same bodies give the same bytes."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []

    def reserve(self) -> int:
        self.bodies.append(b"")
        return len(self.bodies)

    def put(self, body: str | bytes, number: int | None = None) -> int:
        number = number or self.reserve()
        self.bodies[number - 1] = body.encode("ascii") if isinstance(body, str) else body
        return number

    def stream(self, data: bytes, entries: str = "", number: int | None = None) -> int:
        packed = zlib.compress(data, 6)
        head = f"<< {entries} /Filter /FlateDecode /Length {len(packed)} >>\nstream\n".encode("ascii")
        return self.put(head + packed + b"\nendstream", number)

    def whole(self, *, catalog: int, info: int) -> bytes:
        out, starts = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
        for number, body in enumerate(self.bodies, 1):
            starts.append(len(out))
            out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
        table = len(out)
        out += f"xref\n0 {len(starts) + 1}\n0000000000 65535 f \n".encode()
        out += b"".join(f"{start:010} 00000 n \n".encode() for start in starts)
        mark = sha256(out).hexdigest()[:32]
        out += f"trailer\n<< /Size {len(starts) + 1} /Root {catalog} 0 R /Info {info} 0 R /ID [<{mark}> <{mark}>] >>\n".encode()
        return bytes(out + f"startxref\n{table}\n%%EOF\n".encode())


def text(words: str) -> str:
    """A text string in UTF-16, as PDF writes it."""
    return f"<FEFF{words.encode('utf-16-be').hex().upper()}>"


def number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
