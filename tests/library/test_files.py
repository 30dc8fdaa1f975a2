"""What may come into the library and what is refused, each by name."""

import io

import pytest
from PIL import Image
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from aanchal.library import files
from aanchal.library.rules import Refused
from tests.library.builders import docx, pdf

OLE = files.OLE + b"\x00" * 600


def with_script(writer):
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("1")}
    writer._root_object[NameObject("/OpenAction")] = DictionaryObject(script)


REFUSED = (
    ("a.pdf", b"", "empty_file"),
    ("a.exe", b"MZ\x90\x00\x00", "unknown_kind"),
    ("a.pdf", b"\x89PNG\r\n\x1a\n1234", "other_than_named"),
    ("a.png", b"%PDF-1.7", "other_than_named"),
    ("a.docm", b"PK\x03\x04", "macros"),
    ("a.doc", OLE, "old_office"),
    ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    ("a.docx", b"PK\x03\x04 and no more", "damaged"),
    ("a.docx", docx(word_vbaProject=b"x"), "macros"),
    ("a.docx", docx(word_embeddings_object1=b"x"), "embedded"),
    ("a.docx", docx(word_big=b"0" * 41_000_000), "bomb"),
    ("a.pdf", pdf("x", change=with_script), "script"),
    ("a.pdf", pdf("x", change=lambda writer: writer.encrypt("secret", algorithm="RC4-128")), "encrypted"),
    ("a.pdf", pdf("x", change=lambda writer: writer.add_attachment("inside.txt", b"hidden")), "embedded"),
    ("a.pdf", b"%PDF-1.4\n1 0 obj <</S /#4Aava#53cript>> endobj", "script"),
    ("a.pdf", b"%PDF-1.4\n1 0 obj <</S /Launch /F (cmd.exe)>> endobj", "launches"),
)


def taken(name, content):
    return files.taken(name, len(content), io.BytesIO(content))


@pytest.mark.parametrize(("name", "content", "code"), REFUSED, ids=lambda value: value if isinstance(value, str) else "")
def test_it_is_refused_by_name(name, content, code):
    with pytest.raises(Refused) as refused:
        taken(name, content)
    assert refused.value.faults == (("file", code),)


def test_what_is_too_large_is_refused_before_a_byte_is_read():
    class Untouched:
        def read(self, *_more):
            raise AssertionError("it was read")

    with pytest.raises(Refused) as refused:
        files.taken("a.pdf", 300 * 1024 * 1024, Untouched())
    assert refused.value.faults == (("file", "too_large"),)


def test_the_words_of_a_pdf_are_read_aside():
    told = taken("a.pdf", pdf("Kilns of the district", "Second page"))
    assert (told.kind, told.pages, told.reading) == ("pdf", 2, "WHOLE")
    assert "Kilns of the district" in told.text


def test_a_script_among_packed_objects_is_found():
    """Object streams hide names from whoever only looks at the bytes."""
    content = pdf("x", change=lambda writer: writer._root_object.update({NameObject("/JS"): TextStringObject("1")}))
    assert files.read_aside("pdf", content)["found"] == ["SCRIPT"]


def test_the_words_of_a_docx_and_of_a_text():
    assert taken("a.docx", docx("मानव तस्करी &amp; बचाव")).text.strip() == "मानव तस्करी & बचाव"
    assert taken("a.txt", "మానవ అక్రమ రవాణా".encode()).reading == "WHOLE"


@pytest.mark.parametrize("ending", ["jpg", "png"])
def test_a_picture_is_redrawn_without_where_it_was_taken_and_what_hides_behind_it(ending):
    sent, where = io.BytesIO(), Image.Exif()
    where[0x010E] = "the lane behind the home"
    Image.new("RGB", (60, 40), (120, 60, 30)).save(sent, "JPEG" if ending == "jpg" else "PNG", exif=where)
    told = taken(f"a.{ending}", sent.getvalue() + b"PK\x03\x04 the lane behind the home")
    assert b"the lane" in sent.getvalue()
    assert b"the lane" not in told.content
    assert (told.kind, told.reading, Image.open(io.BytesIO(told.content)).size) == ("jpg", "NO_WORDS", (60, 40))


def test_what_only_begins_like_a_picture_is_refused():
    with pytest.raises(Refused) as refused:
        taken("a.jpg", b"\xff\xd8\xff\xe0 <script>alert(1)</script>")
    assert refused.value.faults == (("file", "damaged"),)


def test_a_file_that_cannot_be_read_is_kept_and_says_so(monkeypatch):
    assert taken("a.pdf", b"%PDF-1.4\nnothing that a reader understands").reading == "FAILED"
    monkeypatch.setattr(files, "SECONDS", 0.001)
    told = taken("a.pdf", pdf("Late"))
    assert (told.reading, told.text) == ("FAILED", "")
