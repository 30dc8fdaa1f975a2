"""Whether a file may come into the library: by its size, its content against its ending, and what it carries; and the words in it."""

import contextlib
import io
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from aanchal.core import photos
from aanchal.library.rules import Refused
from aanchal.library.terms import Reading

MOST_BYTES = 10 * 1024 * 1024
UNPACKED, PARTS = 40_000_000, 500
SECONDS = 25
"""Of the clock; the process itself stops after 20 of the processor's."""
TYPES = {
    "pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "jpg": "image/jpeg", "png": "image/png", "txt": "text/plain; charset=utf-8",
}  # fmt: skip
BEGINNINGS = {b"%PDF-": "pdf", b"PK\x03\x04": "docx", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
NAMES = {rb"/Encrypt\b": "encrypted", rb"/JavaScript\b": "script", rb"/Launch\b": "launches", rb"/EmbeddedFiles?\b": "embedded"}
FOUND = {"ENCRYPTED": "encrypted", "SCRIPT": "script", "LAUNCH": "launches", "EMBEDDED": "embedded"}
READER = Path(__file__).with_name("reading_process.py")


@dataclass(frozen=True)
class Paper:
    """A file that may come in: its bytes, what it is, how far its words were read."""

    content: bytes
    kind: str
    sha256: str
    pages: int | None
    reading: str
    text: str


def taken(name: str, size: int, file: BinaryIO) -> Paper:
    """Raises Refused; what is too large is refused by its size alone, before a byte of it is read."""
    if size > MOST_BYTES:
        raise Refused([("file", "too_large")])
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Refused([("file", "too_large")])
    kind = kind_of(name, content)
    if kind in ("jpg", "png"):
        content, kind = _redrawn(content), "jpg"
    pages, reading, text = _words(kind, content)
    return Paper(content, kind, sha256(content).hexdigest(), pages, reading, text)


def kind_of(name: str, content: bytes) -> str:
    """By content, which must be what its ending says. Raises Refused."""
    ending = name.lower().rpartition(".")[2].replace("jpeg", "jpg")
    if not content:
        raise Refused([("file", "empty_file")])
    if ending in ("docm", "dotm", "xlsm", "pptm"):
        raise Refused([("file", "macros")])
    if content.startswith(OLE):
        raise Refused([("file", "encrypted" if "EncryptedPackage".encode("utf-16-le") in content else "old_office")])
    kind = next((kind for start, kind in BEGINNINGS.items() if content.startswith(start)), "txt" if _is_text(content) else "")
    if ending not in TYPES or not kind:
        raise Refused([("file", "unknown_kind")])
    if kind != ending:
        raise Refused([("file", "other_than_named")])
    if kind == "docx":
        _check_docx(content)
    elif kind == "pdf":
        _check_pdf(content)
    return kind


def _redrawn(content: bytes) -> bytes:
    """Nothing hidden goes out with a released picture: not where it was taken, nor what hides behind its last line."""
    try:
        return photos.redrawn("picture", content)[0]
    except photos.NotKept as damage:
        raise Refused([("file", "damaged")]) from damage


def _is_text(content: bytes) -> bool:
    with contextlib.suppress(UnicodeDecodeError):
        return "\x00" not in content.decode("utf-8-sig")
    return False


def _check_pdf(content: bytes) -> None:
    """What stands in the open; what is packed is looked through by the reading process. Names may be written in hexadecimal.

    Only long names: three letters such as /JS stand by chance in any long picture.
    """
    bare = HEX.sub(lambda found: bytes([int(found[1], 16)]), content)
    for name, code in NAMES.items():
        if re.search(name, bare):
            raise Refused([("file", code)])


def _check_docx(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            every = parts.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as damage:
        raise Refused([("file", "damaged")]) from damage
    names = [part.filename.lower() for part in every]
    if len(every) > PARTS or sum(part.file_size for part in every) > UNPACKED:
        raise Refused([("file", "bomb")])
    if any(part.flag_bits & 1 for part in every):
        raise Refused([("file", "encrypted")])
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Refused([("file", "macros")])
    if any("/embeddings/" in name or "/activex/" in name for name in names):
        raise Refused([("file", "embedded")])
    if "word/document.xml" not in names:
        raise Refused([("file", "other_than_named")])


def _words(kind: str, content: bytes) -> tuple[int | None, str, str]:
    """Pages, how far it was read, its words. A failure keeps the file and says so; what may not be carried is refused."""
    if kind == "jpg":
        return None, Reading.NO_WORDS, ""
    if kind == "txt":
        text = content.decode("utf-8-sig")
        return None, Reading.WHOLE if len(text) <= 400_000 else Reading.PARTLY, text[:400_000].replace("\x00", "")
    told = read_aside(kind, content)
    if told is None or "failed" in told:
        return None, Reading.FAILED, ""
    if told["found"]:
        raise Refused([("file", FOUND[told["found"][0]])])
    text = told["text"].replace("\x00", "").encode("utf-8", "replace").decode()
    if not text.strip():
        return told["pages"], Reading.NO_WORDS, ""
    is_whole = not told.get("cut") and (told["pages"] is None or told["read"] == told["pages"])
    return told["pages"], Reading.WHOLE if is_whole else Reading.PARTLY, text


def read_aside(kind: str, content: bytes) -> dict | None:
    """What the reading process tells, or None when it ran out of time or memory."""
    command = [sys.executable, "-I", str(READER), kind]
    try:
        told = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, check=True, env={})
        return json.loads(told.stdout)
    except (subprocess.SubprocessError, json.JSONDecodeError, OSError):
        return None
