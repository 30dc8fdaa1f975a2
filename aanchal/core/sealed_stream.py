"""A long file sealed in pieces: AES-256-GCM under a key of its own, so that no piece can be altered, moved, dropped or cut off.

The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizar 2015): the nonce counts the pieces and marks the last one.
"""

import os
from collections.abc import Iterable, Iterator
from itertools import count
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

MARK = b"AANCHAL SEALED 1\n"
SALT = 32
PIECE = 1 << 20
TAG = 16


class CannotOpen(Exception):
    """Not a sealed file, sealed under a key this installation does not hold, altered, or cut short."""


def seal(chunks: Iterable[bytes], out: BinaryIO) -> None:
    """Write `chunks` (each at most PIECE bytes) sealed, each as a piece of its own."""
    version, salt = max(settings.MASTER_KEYS), os.urandom(SALT)
    header = MARK + bytes([version]) + salt
    cipher = _cipher(version, salt)
    out.write(header)
    number = 0
    for number, chunk in enumerate(filter(None, chunks), 1):
        _write(out, cipher.encrypt(_nonce(number, last=False), chunk, header))
    _write(out, cipher.encrypt(_nonce(number + 1, last=True), b"", header))


def opened(source: BinaryIO) -> Iterator[bytes]:
    """The pieces again, in order; raises before giving out anything that is not as it was sealed."""
    header = source.read(len(MARK) + 1 + SALT)
    if not header.startswith(MARK) or len(header) < len(MARK) + 1 + SALT:
        raise CannotOpen("This is not a sealed file of Aanchal.")
    version = header[len(MARK)]
    if version not in settings.MASTER_KEYS:
        raise CannotOpen(f"It was sealed under master key {version}, which this installation does not hold.")
    cipher = _cipher(version, header[len(MARK) + 1 :])
    for number in count(1):
        chunk = _open(cipher, number, _read(source), header)
        if not chunk:
            break
        yield chunk
    if source.read(1):
        raise CannotOpen("Something was added at its end.")


def _open(cipher: AESGCM, number: int, sealed: bytes, header: bytes) -> bytes:
    try:
        return cipher.decrypt(_nonce(number, last=len(sealed) == TAG), sealed, header)
    except InvalidTag:
        raise CannotOpen(f"Piece {number} was altered, or sealed under another key.") from None


def _write(out: BinaryIO, sealed: bytes) -> None:
    out.write(len(sealed).to_bytes(4, "big") + sealed)


def _read(source: BinaryIO) -> bytes:
    """One sealed piece; never more than one may be, whatever its length says."""
    size = int.from_bytes(source.read(4), "big")
    sealed = source.read(size) if TAG <= size <= PIECE + TAG else b""
    if len(sealed) != size or not sealed:
        raise CannotOpen("It is cut short.")
    return sealed


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _cipher(version: int, salt: bytes) -> AESGCM:
    key = HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=b"aanchal sealed stream")
    return AESGCM(key.derive(settings.MASTER_KEYS[version]))
