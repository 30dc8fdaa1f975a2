"""Names and identifiers at rest: one data key a record, wrapped by the installation's key, AES-256-GCM (shared trust.md).

A sealed value carries its nonce in front. Field and record are bound as associated data, so that a value moved to another row or
column does not open. Destroying the wrapped key erases the record, in old backups too.
"""

import os
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12


class CannotOpen(Exception):
    """The value was altered, moved from another row, or sealed under a key this installation does not hold."""


class Envelope:
    """The opened data key of one record."""

    def __init__(self, record_id, key: bytes):
        self._id = str(record_id).encode()
        self._cipher = AESGCM(key)

    def seal(self, field: str, value: str | bytes) -> bytes:
        raw = value.encode() if isinstance(value, str) else value
        nonce = os.urandom(NONCE)
        return nonce + self._cipher.encrypt(nonce, raw, field.encode() + b"|" + self._id)

    def open(self, field: str, sealed: bytes) -> bytes:
        sealed = bytes(sealed)
        try:
            return self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], field.encode() + b"|" + self._id)
        except (InvalidTag, ValueError):
            raise CannotOpen(f"{field} of {self._id.decode()}") from None


def new(record_id) -> tuple[Envelope, bytes]:
    """A fresh data key for a record, and the key wrapped for keeping beside it."""
    key = AESGCM.generate_key(256)
    return Envelope(record_id, key), _wrap(record_id, key)


def opened(record_id, wrapped: bytes) -> Envelope:
    return Envelope(record_id, _unwrapped(record_id, wrapped))


def rewrapped(record_id, wrapped: bytes) -> bytes:
    """The same data key under the newest master key: rotation touches no sealed value."""
    return _wrap(record_id, _unwrapped(record_id, wrapped))


def _unwrapped(record_id, wrapped: bytes) -> bytes:
    wrapped = bytes(wrapped)
    if not wrapped:
        raise CannotOpen(f"the data key of {record_id} was destroyed")
    version, nonce, body = wrapped[0], wrapped[1 : 1 + NONCE], wrapped[1 + NONCE :]
    if version not in settings.MASTER_KEYS:
        raise CannotOpen(f"master key {version} is not in this installation")
    try:
        return _master(version).decrypt(nonce, body, b"key|" + str(record_id).encode())
    except (InvalidTag, ValueError):
        raise CannotOpen(f"data key of {record_id}") from None


def _wrap(record_id, key: bytes) -> bytes:
    version = max(settings.MASTER_KEYS)
    nonce = os.urandom(NONCE)
    return bytes([version]) + nonce + _master(version).encrypt(nonce, key, b"key|" + str(record_id).encode())


@cache
def _master(version: int) -> AESGCM:
    return AESGCM(settings.MASTER_KEYS[version])
