"""A small table for aanchal/table.html: wide on a desk, cards on a phone, and the figures behind every picture."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    label: str
    key: str
    is_number: bool = False


@dataclass(frozen=True)
class Cell:
    label: str
    value: object
    is_number: bool = False
    url: str = ""


@dataclass(frozen=True)
class Table:
    """The first column names its row; a row's `url` opens it."""

    caption: str
    columns: Sequence[Column]
    rows: Iterable[Mapping[str, object]]

    def __iter__(self) -> Iterator[list[Cell]]:
        for row in self.rows:
            cells = [Cell(c.label, row[c.key], c.is_number) for c in self.columns]
            head = cells[0]
            yield [Cell(head.label, head.value, head.is_number, str(row.get("url", ""))), *cells[1:]]
