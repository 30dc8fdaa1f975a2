"""Whether bytes are a workbook that may be opened: what kind by their content, how large when unpacked, with no program inside."""

import re
import zipfile
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from itertools import islice

MAX_BYTES = 2_000_000
MAX_UNPACKED = 40_000_000
MAX_PARTS = 200
MAX_COLUMNS = 500
MAX_CELLS = 200_000
MAX_ROWS = 5_000
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DOCTYPES = tuple("<!DOCTYPE".encode(coding) for coding in ("ascii", "utf-16-le", "utf-16-be"))
MAX_MARKS = 1_000_000
"""Of markup in one part: each costs its reader time, whatever it is called."""
MAX_MARKS_OF_ROW, MAX_MARKS_OF_PART, PIECE = 70_000, 30_000_000, 1_000_000
"""The widest row of Excel has 16,384 cells; a reader holds a row whole."""
PREFIX = rb"(?:[^\s:<>/]+:)?"
"""Any name space may be bound to any prefix."""
CELL = re.compile(b"<" + PREFIX + rb"c[\s/>]")
END_OF_ROW = re.compile(b"</" + PREFIX + rb"row[\s>]")
FORMULA = re.compile(b"<" + PREFIX + rb"f[\s/>]")
END_OF_CELL = re.compile(b"</" + PREFIX + rb"c[\s>]")
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
            inside, ended = parts.read(name), 0
            for end in END_OF_CELL.finditer(inside):
                for last in deque(CELL.finditer(inside, ended, end.start()), maxlen=1):
                    if FORMULA.search(inside, last.end(), end.start()):
                        found.append(f"{sheet} {_address(inside[last.start() : end.start()])}")
                ended = end.end()
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


def check_rows(content: bytes) -> None:
    """Of a workbook too large to be held: no row and no part is more than a reader can take, read in pieces. Raises NotAccepted."""
    with unless_damaged(), zipfile.ZipFile(BytesIO(content)) as parts:
        for part in parts.infolist():
            with parts.open(part) as opened:
                _check_pieces(part.filename, iter(partial(opened.read, PIECE), b""))


def _check_pieces(name: str, pieces: Iterator[bytes]) -> None:
    is_sheet, in_row, in_part, rest = False, 0, 0, b""
    for piece in pieces:
        whole, mark, rest = (rest + piece).rpartition(b"<")
        rest = mark + rest
        is_sheet = is_sheet or b"sheetData" in whole
        marks = [row.count(b"<") for row in END_OF_ROW.split(whole)]
        in_part += sum(marks)
        in_row = marks[0] + in_row * is_sheet
        if in_part > MAX_MARKS_OF_PART or is_sheet and max(in_row, *marks) > MAX_MARKS_OF_ROW:
            raise NotAccepted("TOO_MANY_CELLS", name.rpartition("/")[2])
        in_row = in_row if len(marks) == 1 else marks[-1]


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
    check_cells(name, inside)


def check_cells(name: str, inside: bytes) -> None:
    """Asked of every part: a workbook may call its sheets by any name. In time that grows with the part and no faster."""
    part = name.rpartition("/")[2]
    if inside.count(b"<") > MAX_MARKS:
        raise NotAccepted("TOO_MANY_CELLS", part)
    first = END_OF_ROW.search(inside)
    if first and _more_than(MAX_COLUMNS, inside[: first.start()]):
        raise NotAccepted("TOO_WIDE", part)
    if _more_than(MAX_CELLS, inside):
        raise NotAccepted("TOO_MANY_CELLS", part)


def _more_than(most: int, inside: bytes) -> bool:
    return next(islice(CELL.finditer(inside), most, None), None) is not None


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
