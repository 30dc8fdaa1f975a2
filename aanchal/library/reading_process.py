"""Reads one file within bounds of time, memory and pages: a program of its own that knows nothing of Aanchal.

From standard input the file, to standard output one JSON object: {"pages", "read", "text", "found"}, or {"failed": why}. `found` names what
a document may not carry: ENCRYPTED, SCRIPT, LAUNCH, EMBEDDED.
"""

import io
import json
import logging
import re
import resource
import sys
import zipfile

SECONDS, BYTES, PAGES, LETTERS = 20, 768 * 1024 * 1024, 300, 400_000
UNPACKED = 20_000_000
"""Bytes of a .docx that are read."""
FORBIDDEN = {"/JavaScript": "SCRIPT", "/JS": "SCRIPT", "/Launch": "LAUNCH", "/EmbeddedFile": "EMBEDDED", "/EmbeddedFiles": "EMBEDDED"}
MOST_THINGS = 200_000
PARAGRAPH, RUN, TAG = re.compile(r"</w:p>"), re.compile(r"<w:tab/>|<w:br/>"), re.compile(r"<[^>]+>")


def read_pdf(content: bytes) -> dict:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        return {"pages": None, "read": 0, "text": "", "found": ["ENCRYPTED"]}
    found = carried(reader)
    if found:
        return {"pages": None, "read": 0, "text": "", "found": found}
    texts, letters, read = [], 0, 0
    for page in reader.pages[:PAGES]:
        if letters > LETTERS:
            break
        texts.append(page.extract_text() or "")
        letters, read = letters + len(texts[-1]), read + 1
    return {"pages": len(reader.pages), "read": read, "text": "\n".join(texts)[:LETTERS], "found": []}


class TooMuch(ValueError):
    """So many things stand in the file that not all are looked through."""


def carried(reader) -> list[str]:
    """What stands anywhere among the objects of the file, also where they are packed together. Raises TooMuch."""
    from pypdf.generic import IndirectObject

    numbers = {(number, generation) for generation, found in reader.xref.items() for number in found}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    if len(numbers) > MOST_THINGS:
        raise TooMuch
    waiting = [reader.get_object(IndirectObject(*one, reader)) for one in sorted(numbers)] + [reader.trailer]
    found, seen = set(), 0
    while waiting:
        one, seen = waiting.pop(), seen + 1
        if seen > 10 * MOST_THINGS:
            raise TooMuch
        if isinstance(one, dict):
            found |= {FORBIDDEN[key] for key in (*one, *one.values()) if isinstance(key, str) and key in FORBIDDEN}
            waiting += [value for value in one.values() if isinstance(value, (dict, list))]
        elif isinstance(one, list):
            waiting += [value for value in one if isinstance(value, (dict, list))]
    return sorted(found)


def read_docx(content: bytes) -> dict:
    with zipfile.ZipFile(io.BytesIO(content)) as parts, parts.open("word/document.xml") as part:
        inside = part.read(UNPACKED).decode("utf-8", "replace")
    text = TAG.sub("", RUN.sub(" ", PARAGRAPH.sub("\n", inside)))
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, letter)
    return {"pages": None, "read": 1, "text": text[:LETTERS], "found": [], "cut": len(text) > LETTERS}


def main() -> None:
    logging.disable(logging.CRITICAL)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    content = sys.stdin.buffer.read()
    try:
        told = (read_docx if sys.argv[1] == "docx" else read_pdf)(content)
    except Exception as problem:  # whatever a damaged file makes a reader raise; the words of it may repeat what stands in the file
        told = {"failed": type(problem).__name__}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
