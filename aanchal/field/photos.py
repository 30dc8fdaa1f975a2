"""Files that come with a submission: type by content, limits in bytes and pixels, images redrawn so that nothing hidden stays in them."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 50_000_000
LONGEST_SIDE = 2048
AUDIO = {b"OggS": "audio/ogg", b"#!AMR": "audio/amr", b"ID3": "audio/mpeg"}


class NotKept(ValueError):
    """The file is damaged, too large when opened, or not a photo or a sound."""


class TooLarge(ValueError):
    """The file has more bytes than are taken; the message says how many."""


def cleaned(name: str, content: bytes) -> tuple[bytes, str]:
    """(content, media type) as it may be kept: a photo without its metadata, turned upright; a sound as it is."""
    if len(content) > MAX_BYTES:
        raise TooLarge(f"{name}: {len(content) // 1_000_000} MB; at most {MAX_BYTES // 1_000_000} MB are taken")
    for mark, kind in AUDIO.items():
        if content.startswith(mark):
            return content, kind
    if content.startswith(b"RIFF") and content[8:12] == b"WAVE":  # a WebP photo begins with RIFF too
        return content, "audio/wav"
    if content[4:8] == b"ftyp" and content[8:11] in {b"M4A", b"3gp", b"mp4", b"iso"}:
        return content, "audio/mp4"
    return _redrawn(name, content)


def _redrawn(name: str, content: bytes) -> tuple[bytes, str]:
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
