"""Keys derived from the installation's two secrets, each for one use only (HKDF, RFC 5869)."""

import hashlib
import hmac
from functools import cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


@cache
def derived(use: str) -> bytes:
    """32 bytes for `use`, from SECRET_KEY."""
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=f"aanchal {use}".encode()).derive(settings.SECRET_KEY.encode())


def keyed_hash(use: str, *parts: object) -> bytes:
    """HMAC-SHA256 of the parts joined by '|', under the key of `use`."""
    return hmac.digest(derived(use), "|".join(map(str, parts)).encode(), hashlib.sha256)


def padded(key: bytes) -> tuple[bytes, bytes]:
    """The inner and outer blocks of HMAC-SHA256, so that PostgreSQL's own sha256() can finish it (FIPS 198-1)."""
    block = key.ljust(64, b"\0")
    return bytes(b ^ 0x36 for b in block), bytes(b ^ 0x5C for b in block)
