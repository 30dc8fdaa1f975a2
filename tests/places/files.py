"""Directory files made for a test, and the real ones when they are at hand."""

import io
from pathlib import Path

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.places import actions

REAL = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "lgd"
ABOVE = ("state_lgd", "district_lgd", "block_lgd", "panchayat_lgd", "village_lgd")


def text_file(*lines: str, encoding: str = "utf-8") -> io.BytesIO:
    return io.BytesIO("".join(f"{line}\n" for line in lines).encode(encoding))


def load(source, **more) -> actions.Report:
    with acting(SYSTEM):
        return actions.import_places(source=source, by=SYSTEM, **more)


def load_real(name: str) -> actions.Report:
    if not REAL.exists():
        pytest.skip(f"THE REAL DIRECTORY IS NOT HERE: {REAL}")
    with (REAL / name).open("rb") as source:
        return load(source)


def districts(*rows: str, **more) -> actions.Report:
    return load(text_file("state_lgd,state,lgd_code,name,census2001,census2011", *rows), **more)


def blocks(*rows: str) -> actions.Report:
    return load(text_file("state_lgd,state,district_lgd,district,lgd_code,name", *rows))


def below(depth: int, *rows: str, **more) -> actions.Report:
    """Panchayats (depth 3), villages (4), hamlets (5)."""
    header = ",".join((*ABOVE[:depth], "lgd_code", "name", "name_hi", "name_te"))
    return load(text_file(header, *rows), **more)
