"""A list as a file: its columns are told once, and it is written as CSV or XLSX."""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import FileResponse

from aanchal.core import sheets


@dataclass(frozen=True)
class Listed:
    """A title, and columns as (heading, value of a row). Titles and headings may be lazy translations."""

    title: Any
    columns: tuple[tuple[Any, Callable[[Any], sheets.Value]], ...]


def of_cells(title: Any, columns: Iterable[str]) -> Listed:
    """Of rows that are their cells already, under the codes by which a file of the list is read again."""
    return Listed(title, tuple((name, lambda cells, nth=nth: cells[nth]) for nth, name in enumerate(columns)))


def as_file(told: Listed, rows: Iterable, *, kind: str, name: str, on: date) -> FileResponse:
    """`kind` csv, or else xlsx."""
    out = io.BytesIO()
    cells = ([value(row) for _heading, value in told.columns] for row in rows)
    headings = [str(heading) for heading, _value in told.columns]
    if kind == "csv":
        sheets.write_csv(out, headings, cells)
    else:
        kind = "xlsx"
        sheets.write_xlsx(out, headings, cells, title=str(told.title))
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"{name}-{on.isoformat()}.{kind}")


def rupees(paise: int | None) -> Decimal | None:
    return None if paise is None else Decimal(paise) / 100
