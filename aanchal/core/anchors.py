"""The trail's heads kept outside the database: one signed line a time, each holding the signature of the line before."""

import fcntl
import hmac
import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from aanchal.core import keys, trail


class NotOurs(Exception):
    """A line of the anchors was changed, removed, or signed under another key; the message names the line."""


def file(folder: Path) -> Path:
    return folder / "anchors" / "heads.jsonl"


def append(folder: Path, *, at: datetime) -> Path:
    """Add the heads as they stand; on the disk before this returns."""
    path = file(folder)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as out:
        fcntl.flock(out, fcntl.LOCK_EX)
        out.truncate(len(_whole_lines(path)))
        lines = list(_checked(path))
        before = _signature(lines[-1]) if lines else ""
        line = {"at": at.isoformat(), "heads": [head for head in trail.heads() if head["seq"]], "before": before}
        out.seek(0, os.SEEK_END)
        out.write(json.dumps({**line, "signature": _signature(line)}).encode() + b"\n")
        out.flush()
        os.fsync(out.fileno())
    return path


def read(path: Path) -> list[dict[str, Any]]:
    """Every head ever anchored, each once, after checking every signature."""
    found = {}
    for line in _checked(path):
        found.update({(head["shard"], head["seq"], head["mac"]): head for head in line["heads"]})
    return list(found.values())


def _checked(path: Path) -> Iterator[dict[str, Any]]:
    before = ""
    for number, text in enumerate(_whole_lines(path).splitlines(), 1):
        try:
            line = json.loads(text)
            signature = line.pop("signature")
            right = hmac.compare_digest(signature, _signature(line)) and line["before"] == before
        except (ValueError, KeyError, TypeError, AttributeError):
            right = False
        if not right:
            raise NotOurs(f"{path}, line {number}")
        before = signature
        yield line


def _signature(line: dict[str, Any]) -> str:
    return keys.keyed_hash("anchor", json.dumps(line, sort_keys=True)).hex()


def _whole_lines(path: Path) -> bytes:
    """Without a last line that a crash cut short: it was never acknowledged."""
    content = path.read_bytes()
    return content[: content.rfind(b"\n") + 1]
