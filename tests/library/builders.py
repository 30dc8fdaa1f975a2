"""Papers of each kind, small ones, and documents filed with them."""

import io
import zipfile
from datetime import date

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from aanchal.access.acting import acting
from aanchal.library import actions, files
from aanchal.library.actions import Details
from aanchal.library.models import Document
from tests.factories import NOON

DATED = date(2026, 3, 2)


def pdf(*pages: str, change=None) -> bytes:
    """A PDF whose pages say these words; `change` does something to it before it is written."""
    writer = PdfWriter()
    font = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1")})
    font[NameObject("/BaseFont")] = NameObject("/Helvetica")
    for words in pages:
        page = writer.add_blank_page(300, 300)
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 10 200 Td ({words}) Tj ET".encode())
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})})
        page[NameObject("/Contents")] = writer._add_object(stream)
    if change:
        change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def docx(words: str = "Words of a circular", **more: bytes) -> bytes:
    """`more` are further parts; an underscore in their names is a slash."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr("word/document.xml", f"<w:document><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>")
        for name, content in more.items():
            parts.writestr(name.replace("_", "/") + ".bin", content)
    return out.getvalue()


def paper(text: str) -> files.Paper:
    """Plain text: nothing is read aside."""
    content = text.encode()
    return files.taken("paper.txt", len(content), io.BytesIO(content))


def filed(by, place, title: str, text: str = "", **more) -> Document:
    before = more.pop("supersedes", None)
    told = {"place": place, "at": NOON, "by": by, "paper": paper(text) if text else None, "supersedes": before}
    with acting(by):
        return actions.record(details=Details(**{"kind": "ADVISORY", "title": title, "dated_on": DATED} | more), **told)
