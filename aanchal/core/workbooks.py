"""Whether bytes are a workbook that may be opened: what kind by their content, how large when unpacked, with no program inside."""

import re
import zipfile
from collections.abc import Iterator
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
        _check_parts(content)
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


def _check_parts(content: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            every = parts.infolist()
            if len(every) > MAX_PARTS or sum(part.file_size for part in every) > MAX_UNPACKED:
                raise NotAccepted("BOMB")
            if any(part.filename.lower().endswith("vbaproject.bin") for part in every):
                raise NotAccepted("MACROS")
            if any(part.flag_bits & 1 for part in every):
                raise NotAccepted("PASSWORD")
            for part in every:
                _check_part(part.filename, parts.read(part))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as damage:
        raise NotAccepted("DAMAGED") from damage
    except Exception as damage:
        if isinstance(damage, NotAccepted):
            raise
        raise NotAccepted("DAMAGED") from damage  # zlib.error and what other packings raise


def _check_part(name: str, inside: bytes) -> None:
    if name.endswith((".xml", ".rels", ".vml")) and any(mark in inside for mark in DOCTYPES):
        raise NotAccepted("DTD", name)
    if name == "[Content_Types].xml" and b"macroEnabled" in inside:
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
