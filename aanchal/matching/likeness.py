"""A photo as a page can carry it."""

import base64
import io

from PIL import Image

LONGEST_SIDE = 480


def small(content: bytes) -> str:
    """The photo made small, as text for the page that was opened: it has no address of its own and stays in no cache."""
    with Image.open(io.BytesIO(content)) as photo:
        photo.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        out = io.BytesIO()
        photo.convert("RGB").save(out, "JPEG", quality=80)
    return base64.b64encode(out.getvalue()).decode()
