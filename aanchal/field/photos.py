"""Files that come with a submission: photos redrawn without what is hidden in them, sounds as they are; type by content."""

from aanchal.core.photos import MAX_BYTES, MAX_PIXELS, NotKept, TooLarge, check_size, redrawn

__all__ = ["AUDIO", "MAX_BYTES", "MAX_PIXELS", "NotKept", "TooLarge", "cleaned"]

AUDIO = {b"OggS": "audio/ogg", b"#!AMR": "audio/amr", b"ID3": "audio/mpeg"}


def cleaned(name: str, content: bytes) -> tuple[bytes, str]:
    """(content, media type) as it may be kept: a photo without its metadata, turned upright; a sound as it is."""
    check_size(name, content)
    for mark, kind in AUDIO.items():
        if content.startswith(mark):
            return content, kind
    if content.startswith(b"RIFF") and content[8:12] == b"WAVE":  # a WebP photo begins with RIFF too
        return content, "audio/wav"
    if content[4:8] == b"ftyp" and content[8:11] in {b"M4A", b"3gp", b"mp4", b"iso"}:
        return content, "audio/mp4"
    return redrawn(name, content)
