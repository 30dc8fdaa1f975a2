"""What may be filed beside a record: a PDF or a picture, by how the file begins."""

from aanchal.activities.rules import Refused

KINDS = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png"}
MOST_BYTES = 3 * 1024 * 1024


def kind_of(file: bytes | None) -> str:
    """Its media type; nothing for no file. Raises Refused for what is no paper or longer than MOST_BYTES."""
    if file is None:
        return ""
    kind = next((kind for start, kind in KINDS.items() if file.startswith(start)), "")
    if not kind or len(file) > MOST_BYTES:
        raise Refused([("file", "not_a_paper")])
    return kind


def told(upload) -> bytes | None:
    """The bytes of an uploaded file, one more than is allowed at most."""
    return upload.read(MOST_BYTES + 1) if upload else None
