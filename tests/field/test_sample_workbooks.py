"""Every public workbook gets from our upload the verdict pyxform gives; what is no workbook is told so, and nothing breaks the server."""

import io
import time
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pyxform.xls2xform import convert

from aanchal.access.acting import SYSTEM
from aanchal.core.workbooks import MAX_UNPACKED
from aanchal.field.models import StateForm
from tests.factories import make_posting
from tests.field import workbooks
from tests.field.browser import sign_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore")]
FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "xlsforms"
SAMPLES = sorted(path.name for path in FOLDER.iterdir()) if FOLDER.is_dir() else []
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture
def upload(client, india, acting):
    """A function that uploads a workbook as the officer of the state, and returns the answer."""
    with acting(SYSTEM):
        sign_in(client, make_posting("state_mis", india["state"]))

    def upload(content: bytes, name="form.xlsx"):
        return client.post("/forms/own/", {"workbook": SimpleUploadedFile(name, content)})

    return upload


def verdict(path: Path) -> str:
    """The XForm, or nothing where pyxform refuses it."""
    try:
        return convert(path, validate=False).xform
    except Exception:
        return ""


def test_the_samples_are_there():
    if not FOLDER.is_dir():
        pytest.skip(f"NOT CHECKED: there is no folder {FOLDER}")
    assert len(SAMPLES) >= 57


@pytest.mark.parametrize("name", SAMPLES)
def test_it_gets_the_verdict_of_pyxform(upload, client, kept, name):
    expected = verdict(FOLDER / name)
    answer = upload((FOLDER / name).read_bytes(), name)
    forms = kept(StateForm.objects.all())
    if not expected:
        assert (answer.status_code, forms) == (422, [])
        assert "errorlist" in text(answer)
        return
    assert answer.status_code == 302, text(answer)
    [form] = forms
    page, shown = (client.get(f"/forms/own/{form.pk}/{end}") for end in ("", "preview/"))
    assert (page.status_code, shown.status_code) == (200, 200)
    assert form.form_id in text(page)
    assert _without_version(bytes(form.xform)) == _without_version(expected.encode())


def _without_version(xform: bytes) -> list[tuple]:
    """The document, but for the version that we give where the workbook gives none."""
    return [
        (element.tag, {name: value for name, value in element.attrib.items() if name != "version"}, (element.text or "").strip())
        for element in ET.fromstring(xform).iter()
    ]


SURVEY = [{"type": "text", "name": "a", "label": "A"}]


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b" " * (MAX_UNPACKED + 1))
    return out.getvalue()


def encrypted() -> bytes:
    content = bytearray(workbooks.workbook(SURVEY))
    at = content.find(b"PK\x01\x02")
    content[6] |= 1
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 1)
    return bytes(content)


def with_dtd() -> bytes:
    plain = workbooks.workbook(SURVEY)
    with zipfile.ZipFile(io.BytesIO(plain)) as parts:
        book = parts.read("xl/workbook.xml")
    doctype = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return workbooks.repacked(plain, xl_0_workbook__xml=book.replace(b"<workbook", doctype + b"<workbook", 1))


def nested(depth: int) -> bytes:
    begun = [{"type": "begin group", "name": f"g{n}", "label": "G"} for n in range(depth)]
    ended = [{"type": "end group", "name": "", "label": ""} for _ in range(depth)]
    return workbooks.workbook([*begun, *SURVEY, *ended])


HOSTILE = {
    "nothing": (b"", "empty"),
    "blanks": (b"  \n ", "empty"),
    "no zip": (b"PK\x03\x04 and then nothing of it", "damaged"),
    "cut short": (workbooks.workbook(SURVEY)[:-300], "damaged"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not a workbook"),
    "a page": ("<html>नमस्ते</html>".encode(), "not a workbook"),
    "bomb": (bomb(), "larger than any form"),
    "document type": (with_dtd(), "instructions"),
    "macros": (workbooks.repacked(workbooks.workbook(SURVEY), xl_0_vbaProject__bin=b"macro"), "macros"),
    "old macros": (OLE + "_VBA_PROJECT".encode("utf-16-le") * 9, "macros"),
    "password": (encrypted(), "password"),
    "password of Excel": (OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le"), "password"),
    "no old workbook": (OLE + bytes(2_000), "not an XLSForm"),
    "10,000 columns": (workbooks.workbook([{f"c{n}": "x" for n in range(10_000)}]), "500 columns"),
    "10,000 commas": (b"survey\n," + b"a," * 10_000, "500 columns"),
    "too many cells": (workbooks.workbook([{"type": "text", "name": f"a{n}", "label": "x", "hint": "y"} for n in range(51_000)]), "cells"),
    "10 MB": (b"PK\x03\x04" + bytes(10_000_000), "2 MB"),
    "no sheets": (workbooks.repacked(b"PK\x05\x06" + bytes(18), a__txt=b"x"), ""),
    "no survey": (workbooks.workbook([], [{"list_name": "a", "name": "b", "label": "c"}]), "The converter refuses it"),
    "unknown type": (workbooks.workbook([{"type": "telepathy", "name": "a", "label": "A"}]), "Unknown question type"),
    "unknown reference": (workbooks.workbook([{**SURVEY[0], "relevant": "${nobody} = 1"}]), "nobody"),
    "deep": (nested(3_000), ""),
}


@pytest.mark.parametrize("which", HOSTILE)
def test_what_is_no_form_is_told_so(upload, kept, which):
    content, words = HOSTILE[which]
    begun = time.perf_counter()
    answer = upload(content)
    assert time.perf_counter() - begun < 30
    assert answer.status_code == 422, text(answer)
    assert words in text(answer)
    assert kept(StateForm.objects.all()) == []


def test_the_name_says_nothing_of_what_is_inside(upload, kept):
    """A .csv under the name of a .xlsx, and an old .xls: read by what they are."""
    for name in ("yes_or_no_question.csv", "yes_or_no_question.xls"):
        if not (FOLDER / name).exists():
            pytest.skip(f"NOT CHECKED: there is no {FOLDER / name}")
        assert upload((FOLDER / name).read_bytes(), "../../etc/form.xlsx").status_code == 302
    assert len(kept(StateForm.objects.all())) == 2


def test_a_formula_is_read_by_its_last_value_and_said(upload, client):
    answer = upload(workbooks.workbook([*SURVEY, {"type": "text", "name": "b", "label": "=CONCAT(1,2)"}]))
    assert "A cell holds a formula" in text(client.get(answer["Location"]))


def test_nothing_at_all_is_no_error_of_the_server(upload, client):
    assert client.post("/forms/own/", {}).status_code == 422
    assert client.post("/forms/own/", {"workbook": "text"}).status_code == 422
