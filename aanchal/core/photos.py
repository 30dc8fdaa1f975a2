"""Photos as they may be kept: type by content, limits in bytes and pixels, redrawn so that nothing hidden stays in them."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 50_000_000
LONGEST_SIDE = 2048


class NotKept(ValueError):
    """The file is damaged, too large when opened, or not a photo or a sound."""


class TooLarge(ValueError):
    """The file has more bytes than are taken; the message says how many."""


def redrawn(name: str, content: bytes) -> tuple[bytes, str]:
    """(content, media type) without its metadata, turned upright. Raises TooLarge, NotKept."""
    check_size(name, content)
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP"]) as sent:
            if sent.width * sent.height > MAX_PIXELS:
                raise NotKept(f"{name}: too many pixels")
            upright = ImageOps.exif_transpose(sent).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as problem:
        raise NotKept(f"{name}: not a photo") from problem
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=85)
    return out.getvalue(), "image/jpeg"


def check_size(name: str, content: bytes) -> None:
    if len(content) > MAX_BYTES:
        raise TooLarge(f"{name}: {len(content) // 1_000_000} MB; at most {MAX_BYTES // 1_000_000} MB are taken")
