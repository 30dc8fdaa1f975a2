"""Photos and other files beside a form: limits, what is redrawn, what is not kept."""

import io

import pytest
from PIL import Image

from aanchal.inbox.models import Attachment, Submission
from tests.field import phone

pytestmark = pytest.mark.django_db
MB = 1_000_000
GPS, ORIENTATION = 0x8825, 0x0112


def photo(kind="JPEG", size=(40, 30), **more) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (120, 60, 30)).save(out, kind, **more)
    return out.getvalue()


def taken_somewhere() -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS)[2] = (12.0, 30.0, 0.0)
    return photo(exif=exif)


def missing_with_photo(village, name="face.jpg"):
    return phone.missing(village) | {"photo_consent": "yes", "photo": name}


def test_a_photo_is_redrawn_without_the_place_it_was_taken(send, village, kept):
    sent = taken_somewhere()
    assert Image.open(io.BytesIO(sent)).getexif().get_ifd(GPS)
    assert send("missing_entry", missing_with_photo(village), {"photo": ("face.jpg", sent)}).status_code == 201
    [attachment] = kept(Attachment.objects.all())
    shown = Image.open(io.BytesIO(attachment.content()))
    assert not shown.getexif()
    assert shown.size == (30, 40)  # turned upright before its note of turning was lost
    assert attachment.content_type == "image/jpeg"


def test_a_photo_is_sealed(send, village, kept):
    send("missing_entry", missing_with_photo(village), {"photo": ("face.jpg", photo())})
    [attachment] = kept(Attachment.objects.all())
    assert not bytes(attachment.sealed).startswith(b"\xff\xd8")


def test_a_photo_of_60_mb_is_refused_with_words(send, village, kept):
    response = send("missing_entry", missing_with_photo(village), {"photo": ("face.jpg", bytes(60 * MB))})
    assert response.status_code == 413
    assert "too large" in phone.said(response)
    assert kept(Submission.objects.all()) == []


def test_a_form_larger_than_any_is_refused_with_words(client, token, village):
    response = phone.post(client, token, phone.filled("safety_point", phone.safety_point(village)) + b" " * 11 * MB)
    assert response.status_code == 413


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("face.jpg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("face.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("face.jpg", b"MZ\x90\x00 not a photo"),
        ("face.jpg", photo()[:200]),
        ("face.gif", photo("GIF")),
        ("face.jpg", b""),
    ],
    ids=["svg as jpg", "svg", "program", "cut", "gif", "empty"],
)
def test_what_is_not_a_photo_is_not_kept_and_the_form_waits(name, content, send, village, kept):
    assert send("missing_entry", missing_with_photo(village, name), {"photo": (name, content)}).status_code == 201
    [submission] = kept(Submission.objects.all())
    assert [told["kind"] for told in submission.faults] == ["ATTACHMENT"]
    assert kept(Attachment.objects.all()) == []


def test_a_picture_of_too_many_points_is_not_opened(send, village, kept):
    huge = photo("PNG", (1, 1)).replace(b"IHDR\x00\x00\x00\x01\x00\x00\x00\x01", b"IHDR\x00\x01\x00\x00\x00\x01\x00\x00")
    send("missing_entry", missing_with_photo(village), {"photo": ("face.jpg", huge)})
    [submission] = kept(Submission.objects.all())
    assert [told["kind"] for told in submission.faults] == ["ATTACHMENT"]


def test_files_of_a_second_part_join_the_first(client, token, village, kept):
    xml = phone.filled("missing_entry", missing_with_photo(village))
    assert phone.post(client, token, xml, photo=("face.jpg", photo())).status_code == 201
    assert phone.post(client, token, xml, photo=("face.jpg", photo()), more=("house.jpg", photo("PNG"))).status_code == 202
    assert sorted(attachment.name for attachment in kept(Attachment.objects.all())) == ["face.jpg", "house.jpg"]


def test_a_long_name_of_a_file_is_shortened(send, village, kept):
    send("missing_entry", missing_with_photo(village), {"photo": ("f" * 200 + ".jpg", photo())})
    [attachment] = kept(Attachment.objects.all())
    assert attachment.name.endswith(".jpg")
    assert len(attachment.name) == 120
