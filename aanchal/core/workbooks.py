"""Whether bytes are a workbook that may be opened: what kind by their content, how large when unpacked, with no program inside."""

import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO

MAX_BYTES = 2_000_000
MAX_UNPACKED = 40_000_000
MAX_PARTS = 200
MAX_COLUMNS = 500
MAX_CELLS = 200_000
MAX_ROWS = 5_000
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DOCTYPES = tuple("<!DOCTYPE".encode(coding) for coding in ("ascii", "utf-16-le", "utf-16-be"))
FIRST_ROW = re.compile(rb"<row\b[^>]*>(.*?)</row>", re.DOTALL)
CELL = re.compile(rb"<c[ >/]")
FILLED_CELL = re.compile(rb"<c\b([^>]*[^/>])>(.*?)</c>", re.DOTALL)
ADDRESS = re.compile(rb'\br="([A-Z]{1,3}[0-9]{1,7})"')


class NotAccepted(Exception):
    """`code` is a key of the words of who asked; `where` says which part of the file."""

    def __init__(self, code: str, where: str = ""):
        super().__init__(code)
        self.code, self.where = code, where


def kind_of(content: bytes) -> str:
    """The ending that pyxform reads it by, whatever its name says. Raises NotAccepted."""
    if not content.strip():
        raise NotAccepted("EMPTY")
    if len(content) > MAX_BYTES:
        raise NotAccepted("TOO_LARGE")
    if content.startswith(ZIP):
        check_parts(content, most=MAX_PARTS, unpacked=MAX_UNPACKED, look=_check_part)
        return ".xlsx"
    if content.startswith(OLE):
        _check_ole(content)
        return ".xls"
    _check_text(content)
    return ".csv"


def rows_of(page, *, columns: int, rows: int = MAX_ROWS) -> Iterator[tuple]:
    """The values of a sheet that openpyxl opened for reading only. Raises NotAccepted for more rows.

    It fills each row up to its farthest cell, and rows that are left out: a few bytes would make 16,384 cells or a million rows.
    """
    for number, row in enumerate(page.iter_rows(values_only=True, max_col=columns, max_row=rows + 1), start=1):
        if number > rows:
            raise NotAccepted("TOO_MANY_CELLS")
        yield row


def formulas(content: bytes) -> list[str]:
    """The cells of a .xlsx that hold a formula: only their last value is read, and none where none was kept."""
    found = []
    with zipfile.ZipFile(BytesIO(content)) as parts:
        for name in _sheets(parts):
            sheet = name.rpartition("/")[2].removesuffix(".xml")
            cells = FILLED_CELL.findall(parts.read(name))
            found += [f"{sheet} {_address(told)}" for told, inside in cells if b"<f" in inside]
    return found


def check_parts(content: bytes, *, most: int, unpacked: int, look: Callable[[str, bytes], None], beginning: int = -1) -> None:
    """Nothing is unpacked that would fill the memory; `look` is shown each part, or its first so many bytes. Raises NotAccepted."""
    with unless_damaged(), zipfile.ZipFile(BytesIO(content)) as parts:
        every = parts.infolist()
        if len(every) > most or sum(part.file_size for part in every) > unpacked:
            raise NotAccepted("BOMB")
        if any(part.flag_bits & 1 for part in every):
            raise NotAccepted("PASSWORD")
        for part in every:
            with parts.open(part) as opened:
                inside = opened.read(beginning)
            if part.filename.endswith((".xml", ".rels", ".vml")) and any(mark in inside for mark in DOCTYPES):
                raise NotAccepted("DTD", part.filename)
            look(part.filename, inside)


@contextmanager
def unless_damaged() -> Iterator[None]:
    """zipfile, zlib and openpyxl raise whatever their parts raise."""
    try:
        yield
    except NotAccepted:
        raise
    except Exception as damage:
        raise NotAccepted("DAMAGED") from damage


def _check_part(name: str, inside: bytes) -> None:
    if name.lower().endswith("vbaproject.bin") or name == "[Content_Types].xml" and b"macroEnabled" in inside:
        raise NotAccepted("MACROS")
    if _is_sheet(name):
        row = FIRST_ROW.search(inside)
        if row and len(CELL.findall(row[1])) > MAX_COLUMNS:
            raise NotAccepted("TOO_WIDE", name.rpartition("/")[2])
        if len(CELL.findall(inside)) > MAX_CELLS:
            raise NotAccepted("TOO_MANY_CELLS", name.rpartition("/")[2])


def _check_ole(content: bytes) -> None:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise NotAccepted("PASSWORD")
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise NotAccepted("MACROS")


def _check_text(content: bytes) -> None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as damage:
        raise NotAccepted("NOT_A_WORKBOOK") from damage
    if "\x00" in text or "," not in text:
        raise NotAccepted("NOT_A_WORKBOOK")
    if max(line.count(",") for line in text.splitlines()) > MAX_COLUMNS:
        raise NotAccepted("TOO_WIDE")


def _sheets(parts: zipfile.ZipFile) -> list[str]:
    return [name for name in parts.namelist() if _is_sheet(name)]


def _is_sheet(name: str) -> bool:
    return name.startswith("xl/worksheets/") and name.endswith(".xml")


def _address(told: bytes) -> str:
    found = ADDRESS.search(told)
    return found[1].decode() if found else ""
