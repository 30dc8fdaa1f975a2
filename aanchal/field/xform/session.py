"""What an expression may ask for besides answers: the day, the moment, the language, the root."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from .frames import Frame
from .values import day_number

# What evaluating an expression over odd answers may raise: the bind is then reported, not the submission lost.
EVALUATION_ERRORS = (ArithmeticError, ValueError, TypeError, LookupError, AttributeError, RecursionError, re.error)


@dataclass(slots=True)
class Session:
    root: Frame
    today: str
    today_number: float
    now: str
    now_number: float
    language: str
    version: str


def open_session(root: Frame, languages: Iterable[str], version: str, today: date, now: datetime) -> Session:
    moment, day = now.isoformat(timespec="milliseconds"), today.isoformat()
    at = now.astimezone(UTC).isoformat() if now.tzinfo else moment
    return Session(root, day, day_number(day), moment, day_number(at), next(iter(languages)), version)
