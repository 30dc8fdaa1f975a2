"""Shapes of the risk bands, drawn in a box of 24 by 24 around the origin: shape and colour, never colour alone."""

SHAPES = {
    "UNKNOWN": '<path class="m" d="M-9-3H9V3H-9Z"/>',
    "NOT_AT_RISK": '<circle class="m" r="8.5"/>',
    "VULNERABLE": '<rect class="m" x="-8" y="-8" width="16" height="16" rx="2"/>',
    "AT_RISK": '<path class="m" d="M0-10.5 11 8.5H-11Z"/>',
    "SEVERE": '<path class="m" d="M0-12 12 0 0 12-12 0Z"/>',
    "URGENT": '<circle class="ring" r="10.5"/><path class="m" d="M-2-7H2L1.3 2H-1.3Z"/><circle class="m" cy="5.5" r="2"/>',
}
BANDS = ("SEVERE", "AT_RISK", "VULNERABLE", "NOT_AT_RISK", "UNKNOWN")


def shape_of(band: str) -> str:
    """A band nobody has drawn yet is shown as unknown, never as safe."""
    return SHAPES.get(band, SHAPES["UNKNOWN"])
