"""The data folder of this installation: embedded database, keys made on first run, anchors, backups."""

import hashlib
import os
import secrets
from pathlib import Path

from aanchal.config import env

CHECKOUT = Path(__file__).resolve().parents[2]


def folder() -> Path:
    """As root outside the home folder: the embedded server runs as another user and must not widen a private home."""
    chosen = env.text("AANCHAL_HOME")
    if chosen:
        return Path(chosen).resolve()
    mark = hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:8]
    if os.geteuid() == 0:
        return Path("/var/lib/aanchal") / mark
    return Path.home() / ".local" / "share" / "aanchal" / mark


def kept_secret(name: str) -> str:
    """A secret made once and kept in the data folder, for installations that were given none (never in production)."""
    path = folder() / "secrets" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48))
        try:
            os.link(draft, path)  # the first of two processes wins, both read the same
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
