"""Has a workbook converted apart, and tells what came of it."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from aanchal.core.workbooks import MAX_BYTES, NotAccepted
from aanchal.field.uploads.converting import SECONDS

ROOT = Path(__file__).resolve().parents[3]


class NotAForm(Exception):
    """pyxform does not convert it; its words say what is wrong and where."""


@dataclass(frozen=True)
class Converted:
    """An XForm and what was noticed on the way."""

    xform: bytes = field(repr=False)
    form_id: str
    version: str
    title: str
    languages: tuple[str, ...]
    warnings: tuple[str, ...]
    traps: tuple[dict, ...]
    unsupported: tuple[dict, ...]
    formulas: tuple[str, ...]
    has_external_choices: bool
    is_unreadable: bool


def convert(content: bytes, name: str) -> Converted:
    """Raises NotAccepted for what may not be opened, NotAForm for what is no form."""
    if len(content) > MAX_BYTES:
        raise NotAccepted("TOO_LARGE")
    told = _apart(content, name)
    if "refused" in told:
        raise NotAccepted(told["refused"], told["where"])
    if "error" in told:
        raise NotAForm(told["error"])
    return Converted(
        xform=told["xform"].encode(),
        form_id=told["form_id"],
        version=told["version"],
        title=told["title"],
        languages=tuple(told["languages"]),
        warnings=tuple(told["warnings"]),
        traps=tuple(told["traps"]),
        unsupported=tuple(told["unsupported"]),
        formulas=tuple(told.get("formulas", ())),
        has_external_choices=told["has_external_choices"],
        is_unreadable="unreadable" in told,
    )


def _apart(content: bytes, name: str) -> dict:
    """The process knows no database, no key and no network name of ours: its environment holds what Python needs and no more."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH") if key in os.environ}
    command = [sys.executable, "-m", "aanchal.field.uploads.converting", name or "form"]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=2 * SECONDS, cwd=ROOT, env=kept, check=True)
        return json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        return {"refused": "TOO_HEAVY", "where": ""}
