"""Files that carry more than they show, and files made to exhaust a server (shared trust.md, figures 11 and 12)."""

import io
import json
import struct
import subprocess
import sys
import zlib

import pytest
from PIL import Image, PngImagePlugin

from aanchal.field import photos
from tests.config.live import ROOT

WORDS = b"Chandrakala Planted lives here"
MOST_SECONDS, MOST_MEGABYTES = 1.0, 200


def drawn(kind="JPEG", size=(40, 30), **more) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (120, 60, 30)).save(out, kind, **more)
    return out.getvalue()


def exif() -> Image.Exif:
    told = Image.Exif()
    told[0x010E] = WORDS.decode()
    told.get_ifd(0x8825).update({1: "N", 2: (12.0, 30.0, 0.0)})
    return told


def text_chunk() -> PngImagePlugin.PngInfo:
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", WORDS.decode())
    return told


CARRYING = {
    "exif and gps": lambda: drawn(exif=exif()),
    "comment": lambda: drawn(comment=WORDS),
    "xmp": lambda: drawn(xmp=b"<x:xmpmeta>" + WORDS + b"</x:xmpmeta>"),
    "colour profile": lambda: drawn(icc_profile=WORDS * 20),
    "after its end": lambda: drawn() + WORDS,
    "a zip behind it": lambda: drawn() + b"PK\x03\x04" + WORDS,
    "png text": lambda: drawn("PNG", pnginfo=text_chunk()),
    "webp exif": lambda: drawn("WEBP", exif=exif().tobytes()),
    "a thumbnail": lambda: drawn(exif=b"Exif\x00\x00" + exif().tobytes()[6:] + drawn()),
}


@pytest.mark.parametrize("make", CARRYING.values(), ids=CARRYING)
def test_a_photo_keeps_nothing_but_what_it_shows(make):
    sent = make()
    assert WORDS in sent, "the photo carries nothing: the test tries nothing"
    kept, kind = photos.cleaned("face.jpg", sent)
    assert kind == "image/jpeg"
    assert WORDS not in kept
    shown = Image.open(io.BytesIO(kept))
    assert not shown.getexif()
    assert set(shown.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert kept.endswith(b"\xff\xd9")


def test_saving_again_alone_would_keep_the_comment():
    """The twin: what the trial of trust.md found of a plain re-save."""
    with Image.open(io.BytesIO(drawn(comment=WORDS))) as sent:
        out = io.BytesIO()
        sent.save(out, "JPEG")
    assert WORDS in out.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def huge_png(width=60_000, height=60_000) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1_000_000)) + chunk(b"IEND", b"")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
REFUSED = {
    "svg": lambda: SVG,
    "svg after a declaration": lambda: b'<?xml version="1.0"?>' + SVG,
    "html": lambda: b"<!doctype html><script>alert(1)</script>",
    "gif that is a script": lambda: b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)",
    "pdf": lambda: b"%PDF-1.7\n" + WORDS,
    "zip": lambda: b"PK\x03\x04" + b"\0" * 100,
    "a program": lambda: b"\x7fELF" + b"\0" * 100,
    "cut short": lambda: drawn(size=(400, 300))[:600],
    "only the head of a photo": lambda: b"\xff\xd8\xff\xe0",
    "nothing": lambda: b"",
    "far too many pixels": huge_png,
    "more pixels than taken": lambda: drawn("PNG", size=(10_000, 5_001)),
    "postscript": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "tiff": lambda: drawn("TIFF"),
}


@pytest.mark.parametrize("make", REFUSED.values(), ids=REFUSED)
def test_what_is_not_a_photo_or_a_sound_is_not_kept(make):
    with pytest.raises(photos.NotKept):
        photos.cleaned("face.jpg", make())


@pytest.mark.parametrize("mark", [*photos.AUDIO, b"\0\0\0\x20ftypM4A ", b"RIFF\0\0\0\0WAVE"])
def test_a_page_behind_the_mark_of_a_sound_is_kept_as_a_sound(mark):
    """Kept as it came, and never given out as anything but a sound."""
    assert photos.cleaned("voice", mark + SVG)[1].startswith("audio/")


# Bombs: measured in a process of their own

CHILD = """
import resource, sys, time, json
from aanchal.field.xform import BadXml, parse
from aanchal.field import photos
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
kind, content = sys.argv[1], sys.stdin.buffer.read()
began = time.process_time()
try:
    parse(content) if kind == "xml" else photos.cleaned("face.jpg", content)
    said = "taken"
except (BadXml, photos.NotKept, photos.TooLarge) as problem:
    said = type(problem).__name__
seconds = time.process_time() - began
print(json.dumps([said, seconds, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024, before / 1024]))
"""


def tried(kind: str, content: bytes) -> tuple[str, float, float]:
    """(what became of it, processor seconds, megabytes it took beyond what the program holds anyway)"""
    done = subprocess.run([sys.executable, "-c", CHILD, kind], input=content, cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    said, seconds, most, before = json.loads(done.stdout)
    return said, seconds, most - before


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE data [<!ENTITY l0 "ha">{entities}]><data id="household_survey">&l9;</data>'.encode()


def quadratic() -> bytes:
    return f'<!DOCTYPE data [<!ENTITY a "{"a" * 50_000}">]><data id="household_survey">{"&a;" * 50_000}</data>'.encode()


BOMBS = {
    "a million elements": lambda: b'<data id="household_survey">' + b"<a/>" * 1_000_000 + b"</data>",
    "very deep": lambda: b'<data id="household_survey">' + b"<a>" * 500_000 + b"</a>" * 500_000 + b"</data>",
    "many attributes": lambda: b"<data " + b" ".join(b'a%d="1"' % n for n in range(300_000)) + b"/>",
    "many namespaces": lambda: b"<data " + b" ".join(b'xmlns:a%d="u%d"' % (n, n) for n in range(200_000)) + b"/>",
    "billion laughs": laughs,
    "quadratic": quadratic,
    "an outside entity": lambda: b'<!DOCTYPE data [<!ENTITY x SYSTEM "file:///etc/passwd">]><data>&x;</data>',
}  # fmt: skip


LARGE = {
    "one long text": lambda: b'<data id="household_survey"><a>' + b"x" * 9_000_000 + b"</a></data>",
    "a long comment": lambda: b"<data><!--" + b"x" * 9_000_000 + b"--></data>",
    "many instructions": lambda: b"<data>" + b"<?a b?>" * 1_000_000 + b"</data>",
}
"""Within what one form may have; they hold no answers, so the form's own rules flag them."""


@pytest.mark.parametrize("make", LARGE.values(), ids=LARGE)
def test_what_is_only_large_takes_no_longer(make):
    _, seconds, megabytes = tried("xml", make())
    assert seconds <= MOST_SECONDS
    assert megabytes <= MOST_MEGABYTES


@pytest.mark.parametrize("make", BOMBS.values(), ids=BOMBS)
def test_a_bomb_of_xml_is_refused_at_once_and_in_little_memory(make):
    said, seconds, megabytes = tried("xml", make())
    assert said == "BadXml"
    assert seconds <= MOST_SECONDS
    assert megabytes <= MOST_MEGABYTES


@pytest.mark.parametrize("make", [huge_png, lambda: huge_png(9_000, 9_000)], ids=["3600 megapixels", "81 megapixels"])
def test_a_bomb_of_pixels_is_refused_at_once_and_in_little_memory(make):
    said, seconds, megabytes = tried("photo", make())
    assert said == "NotKept"
    assert seconds <= MOST_SECONDS
    assert megabytes <= MOST_MEGABYTES


def test_a_form_as_large_as_one_can_be_is_read():
    """The twin: it is not that everything is refused."""
    assert tried("xml", b'<data id="household_survey"><a>' + b"x" * 2_000 + b"</a></data>")[0] == "taken"
