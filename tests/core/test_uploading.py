"""A file that is too large for anything is counted to its end and not kept."""

import pytest
from django.test import RequestFactory

from aanchal.core import uploading

SMALL = 13 * 1024 * 1024
"""More than is kept in memory."""
PART = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'


def uploaded(*sizes: int) -> list[tuple[int, int]]:
    """(size that is told, bytes that are kept) of each file of one request."""
    body = b"".join(PART + b"x" * size + b"\r\n" for size in sizes) + b"--b--\r\n"
    found = []
    for file in RequestFactory().generic("POST", "/", body, content_type="multipart/form-data; boundary=b").FILES.getlist("file"):
        with file:
            found.append((file.size, len(file.read())))
    return found


@pytest.fixture(autouse=True)
def little(monkeypatch):
    monkeypatch.setattr(uploading, "MOST_KEPT", SMALL)


def test_a_large_file_is_kept_whole():
    assert uploaded(SMALL) == [(SMALL, SMALL)]


def test_one_that_is_too_large_tells_its_size_and_takes_no_room():
    assert uploaded(SMALL + 1_000_000) == [(SMALL + 1_000_000, 0)]


def test_many_together_take_no_more_room_than_one():
    assert uploaded(SMALL, SMALL) == [(SMALL, SMALL), (SMALL, 0)]
