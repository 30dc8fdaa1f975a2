"""A workbook as an XForm, in a process of its own with bounded memory and time: NAME in argv, the workbook on stdin, JSON on stdout."""

import json
import os
import re
import resource
import sys
import tempfile
from pathlib import Path

MEMORY = 1 << 30
SECONDS = 20
LONGEST_STEM = 60
LONGEST_WORDS = 300
LONGEST_ERROR = 4_000


def told_of(content: bytes, name: str) -> dict:
    """`refused` (a code), `error` (pyxform's words), or the `xform` with what was noticed."""
    from aanchal.core import workbooks

    try:
        ending = workbooks.kind_of(content)
    except workbooks.NotAccepted as refusal:
        return {"refused": refusal.code, "where": refusal.where}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{_stem(name)}{ending}"
        path.write_bytes(content)
        told = _converted(path)
    if ending == ".xlsx" and "xform" in told:
        told["formulas"] = workbooks.formulas(content)
    return told


def _converted(path: Path) -> dict:
    from pyxform.errors import PyXFormError
    from pyxform.xls2json_backends import get_xlsform
    from pyxform.xls2xform import convert

    from aanchal.field.uploads.rows import traps

    try:
        done = convert(path, validate=False)
    except RecursionError:
        return {"refused": "TOO_DEEP", "where": ""}
    except MemoryError:
        return {"refused": "TOO_HEAVY", "where": ""}
    except PyXFormError as refusal:
        return _refused(str(refusal))
    except Exception as leak:  # pyxform lets some faults of a workbook through as they are
        return {"refused": "NOT_A_FORM", "where": f"{type(leak).__name__}: {leak}"[:LONGEST_WORDS]}
    return {
        "xform": done.xform,
        "warnings": done.warnings,
        "traps": traps(get_xlsform(path).survey or ()),
        "has_external_choices": done.itemsets is not None,
        **_read(done.xform),
    }


def _refused(words: str) -> dict:
    if "encrypted" in words.lower() and "workbook" in words.lower():
        return {"refused": "PASSWORD", "where": ""}
    return {"error": words[:LONGEST_ERROR]}


def _read(xform: str) -> dict:
    """What our own engine makes of it: phones and the server must read the same form."""
    from aanchal.field.xform import BadForm, Form

    try:
        form = Form.from_xml(xform.encode())
    except (BadForm, RecursionError) as refusal:
        return {"unreadable": str(refusal), "form_id": "", "version": "", "title": "", "languages": [], "unsupported": []}
    return {
        "form_id": form.form_id,
        "version": form.version,
        "title": form.title,
        "languages": list(form.languages),
        "unsupported": [{"path": one.path, "part": one.part} for one in form.unsupported],
    }


def _stem(name: str) -> str:
    """What a form without an id is called after, as pyxform does; nothing that leads out of the folder."""
    return re.sub(r"[^\w.\- ]", "_", Path(name).stem)[:LONGEST_STEM].strip(". ") or "form"


def main() -> None:
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not mix with the answer
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    with answer:
        json.dump(told_of(sys.stdin.buffer.read(), sys.argv[1]), answer)


if __name__ == "__main__":
    main()
