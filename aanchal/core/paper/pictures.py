"""A picture inside a paper: PNG or JPEG laid on white."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from aanchal.core.paper.objects import Objects


@dataclass(frozen=True)
class Picture:
    name: str
    width: int
    height: int
    points: bytes  # red, green, blue, row by row

    def write(self, objects: Objects) -> int:
        return objects.stream(
            self.points,
            f"/Type /XObject /Subtype /Image /Width {self.width} /Height {self.height} /ColorSpace /DeviceRGB /BitsPerComponent 8",
        )


def read(name: str, data: bytes) -> Picture:
    """Raises OSError where the bytes are no picture."""
    with Image.open(BytesIO(data)) as image:
        seen = image.convert("RGBA")
    flat = Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen).convert("RGB")
    return Picture(name, flat.width, flat.height, flat.tobytes())
