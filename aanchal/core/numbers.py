"""Numbers as they are written in India: 1,00,000."""

from decimal import Decimal


def grouped(value: int | float | Decimal, places: int = 0) -> str:
    """Thousands in three digits, then lakhs and crores in two."""
    sign = "−" if value < 0 else ""
    whole, _, fraction = f"{abs(value):.{places}f}".partition(".")
    head, tail = whole[:-3], whole[-3:]
    pairs = [head[max(end - 2, 0) : end] for end in range(len(head), 0, -2)]
    return sign + ",".join([*reversed(pairs), tail]) + (f".{fraction}" if fraction else "")
