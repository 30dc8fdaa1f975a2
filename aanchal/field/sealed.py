"""Filled forms that come as a sealed file: by hand, when a phone never finds a network (docs/adr/0026).

Each is sealed on the phone to this office's public key (ECDH on P-256, HKDF, AES-GCM), and says inside by its own phone's token who
filled it: whoever carries the file can neither read nor forge it.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

MOST_BYTES = 100_000_000
MOST_ITEMS = 2_000
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the group of P-256 (SEC 2, 2.4.2)."""
INFO = b"aanchal sealed form"


class NotSealed(ValueError):
    """The file is not one that the app wrote, or not the whole of it."""


class Tampered(ValueError):
    """One form in the file does not open: it was changed on the way, or sealed for another office."""


@dataclass(frozen=True)
class Opened:
    token: str = field(repr=False)
    at: datetime
    xml: bytes = field(repr=False)
    files: dict[str, bytes] = field(repr=False)


def public_key() -> dict:
    """What phones seal to: under the newest master key; those still in use open what was sealed before."""
    version = max(settings.MASTER_KEYS)
    point = _private(version).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return {"id": version, "key": b64encode(point).decode()}


def items(content: bytes) -> list[dict]:
    """The sealed forms in a file. Raises NotSealed."""
    try:
        told = json.loads(content)
        found = told["items"]
        if told["aanchal"] != "sealed forms" or told["version"] != 1 or not all(isinstance(one, dict) for one in found):
            raise NotSealed
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise NotSealed from problem
    if len(found) > MOST_ITEMS:
        raise NotSealed
    return found


def opened(item: dict) -> Opened:
    """Raises Tampered."""
    try:
        told = json.loads(_plain(item))
        return Opened(
            token=str(told["token"]),
            at=datetime.fromisoformat(told["at"]),
            xml=told["xml"].encode(),
            files=dict(_files(told["files"])),
        )
    except (InvalidTag, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise Tampered from problem


def _plain(item: dict) -> bytes:
    version, point = int(item["key"]), b64decode(item["point"], validate=True)
    if version not in settings.MASTER_KEYS:
        raise Tampered
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    shared = _private(version).exchange(ec.ECDH(), theirs)
    key = HKDF(algorithm=hashes.SHA256(), length=32, salt=point, info=INFO).derive(shared)
    iv, data = (b64decode(item[name], validate=True) for name in ("iv", "data"))
    return AESGCM(key).decrypt(iv, data, INFO + f" 1 {version}".encode())


def _files(told: list[dict]) -> Iterator[tuple[str, bytes]]:
    for one in told:
        yield str(one["name"]), b64decode(one["data"], validate=True)


@cache
def _private(version: int) -> ec.EllipticCurvePrivateKey:
    """From the master key, so that whoever can restore a backup can open what phones sealed before it."""
    seed = HKDF(algorithm=hashes.SHA256(), length=48, salt=None, info=b"aanchal sealed file key").derive(settings.MASTER_KEYS[version])
    return ec.derive_private_key(int.from_bytes(seed) % (ORDER - 1) + 1, ec.SECP256R1())
