"""A review as a workbook with pictures. The same review gives the same bytes: nothing in it is of the moment it is written."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from aanchal.core.sheets import safe
from aanchal.insight.review import drawing
from aanchal.insight.review.reading import Read, Row

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
SMALL = {"x_scale": 0.7, "y_scale": 0.7}


def workbook(read: Read) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        book.set_properties({"title": read.title, "created": datetime.combine(read.review.month, datetime.min.time())})
        bold = book.add_format({"bold": True})
        _first(book, bold, read)
        _table(book, bold, _("Indicators"), *_indicators(read))
        concerns = [(one.place, one.above, "; ".join(one.reasons)) for one in read.concerns()]
        _table(book, bold, _("Attention"), (_("Place"), pgettext("place", "In"), _("Why")), concerns)
        if read.content["compared"]:
            _table(book, bold, _("What changed"), (_("Indicator"), _("What can be said"), _("In words")), read.compared())
        _table(
            book,
            bold,
            _("Stories"),
            (_("Place"), _("Title"), _("Lesson")),
            ((one["where"], one["title"], one["lesson"]) for one in read.stories()),
        )
        versions = ((one.code, one.definition.version, one.definition.sha256) for one in read.rows)
        _table(book, bold, _("Definitions"), (_("Code"), _("Version"), "SHA-256"), versions)
    return out.getvalue()


def _first(book: xlsxwriter.Workbook, bold, read: Read) -> None:
    sheet = book.add_worksheet(_named(_("Summary")))
    sheet.set_column(0, 0, 42)
    sheet.write_string(0, 0, safe(read.title), bold)
    row = 2
    for label, told in read.summary():
        sheet.write_string(row, 0, safe(label))
        sheet.write_string(row, 1, told)
        row += 1
    sheet.write_string(row, 0, _("Made from the figures with this digest"))
    sheet.write_string(row, 1, read.content["digest"])
    shares, past = drawing.with_value(read.rows), drawing.with_past(read.rows)
    row = _picture(
        sheet, row + 2, bold, _("Of every hundred: the bar is the place, the line its target, the ring its peers"), drawing.bars, shares
    )
    _picture(sheet, row, bold, _("The last twelve months, each on its own scale"), drawing.lines, past)


def _picture(sheet, row: int, bold, heading: str, draw, rows: Sequence[Row]) -> int:
    """The row below the picture; nothing is drawn of nothing."""
    if not rows:
        return row
    sheet.write_string(row, 0, heading, bold)
    png, name = draw(rows), f"{draw.__name__}.png"
    sheet.insert_image(row + 1, 0, name, {"image_data": io.BytesIO(png), "description": drawing.described(rows), **SMALL})
    height = int.from_bytes(png[20:24], "big") * SMALL["y_scale"]
    return row + 3 + int(height / 20)


def _indicators(read: Read) -> tuple[Sequence[str], list[Sequence]]:
    headings = (
        _("Code"), _("Indicator"), _("Value"), _("Counted"), pgettext("share", "Of"), read.change_heading, _("Target"),
        _("Peers together"),
    )  # fmt: skip
    cells = [
        (one.code, one.definition.title, one.told, one.n, one.of, one.changed, _plain(one.target), _plain(one.peers)) for one in read.rows
    ]  # fmt: skip
    return headings, cells


def _plain(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _table(book: xlsxwriter.Workbook, bold, title: str, headings: Sequence[str], rows: Iterable[Sequence]) -> None:
    sheet = book.add_worksheet(_named(title))
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, safe(str(heading)), bold)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(headings) - 1, 22)
    for n, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, int | float):
                sheet.write_number(n, column, value)
            elif value is not None:
                sheet.write_string(n, column, safe(str(value)))


def _named(title: str) -> str:
    return title[:31]
