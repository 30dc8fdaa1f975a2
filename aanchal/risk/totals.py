"""The running totals behind counts of blocks, districts and states (sql/totals.sql): folded by a job, checked and begun anew by command."""

from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True)
class Checked:
    """How many figures of how many places differ from a recount of the families, and how many changes wait to be folded in."""

    figures: int
    places: int
    waiting: int


def fold(most: int) -> int:
    """Put up to `most` waiting changes into the totals; says how many there were. No figure that anyone reads is another after it."""
    return _told("SELECT risk_totals_fold(%s)", most)[0]


def recount() -> None:
    """Begin the totals anew from the families. New assessments wait until it is done."""
    _told("SELECT risk_totals_recount()::text")


def checked() -> Checked:
    return Checked(*_told("SELECT figures, places, waiting FROM risk_totals_faults()"))


def _told(statement: str, *values: int) -> tuple:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()
