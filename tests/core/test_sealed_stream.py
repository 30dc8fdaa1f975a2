import io

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from aanchal.core import sealed_stream
from aanchal.core.sealed_stream import MARK, SALT, CannotOpen

HEADER = len(MARK) + 1 + SALT
PIECES = [b"first piece", b"second piece", b"third piece"]


def sealed(pieces=PIECES) -> bytes:
    out = io.BytesIO()
    sealed_stream.seal(pieces, out)
    return out.getvalue()


def opened(content: bytes) -> list[bytes]:
    return list(sealed_stream.opened(io.BytesIO(content)))


def split(content: bytes) -> list[bytes]:
    """The header and each piece as it lies in the file."""
    parts, at = [content[:HEADER]], HEADER
    while at < len(content):
        size = 4 + int.from_bytes(content[at : at + 4], "big")
        parts.append(content[at : at + size])
        at += size
    return parts


@given(st.lists(st.binary(max_size=200), max_size=8))
def test_it_gives_back_what_was_sealed(pieces):
    assert opened(sealed(pieces)) == [piece for piece in pieces if piece]


@given(st.data())
@hypothesis_settings(suppress_health_check=[HealthCheck.too_slow])
def test_it_refuses_a_change_of_any_bit(data):
    content = bytearray(sealed())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(CannotOpen):
        opened(bytes(content))


@given(st.integers(0, 10_000))
def test_it_refuses_a_file_cut_anywhere(at):
    content = sealed()
    with pytest.raises(CannotOpen):
        opened(content[: at % len(content)])


@pytest.mark.parametrize(
    "order", [(0, 2, 1, 3, 4), (0, 1, 3, 4), (0, 1, 1, 2, 3, 4), (0, 1, 2, 3), (0, 4), (0, 1, 2, 3, 4, 4), (0, 1, 2, 3, 4, 1)]
)
def test_it_refuses_pieces_moved_dropped_or_said_twice(order):
    parts = split(sealed())
    assert len(parts) == 5
    with pytest.raises(CannotOpen):
        opened(b"".join(parts[number] for number in order))


def test_it_refuses_a_piece_of_another_file():
    ours, theirs = split(sealed()), split(sealed())
    with pytest.raises(CannotOpen):
        opened(b"".join([*ours[:2], theirs[2], *ours[3:]]))


def test_it_reads_no_more_than_a_piece_whatever_the_file_says():
    source = io.BytesIO(sealed()[:HEADER] + (1 << 31).to_bytes(4, "big") + b"x" * 100)
    with pytest.raises(CannotOpen, match="cut short"):
        list(sealed_stream.opened(source))
    assert source.tell() == HEADER + 4


def test_it_opens_with_an_older_key_and_says_when_the_key_is_not_here(settings):
    settings.MASTER_KEYS = {1: b"1" * 32}
    content = sealed()
    settings.MASTER_KEYS = {1: b"1" * 32, 2: b"2" * 32}
    assert opened(content) == PIECES
    settings.MASTER_KEYS = {2: b"2" * 32}
    with pytest.raises(CannotOpen, match="master key 1"):
        opened(content)


def test_it_shows_nothing_of_what_it_holds():
    assert b"piece" not in sealed()
