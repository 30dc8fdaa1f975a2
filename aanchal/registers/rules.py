"""What a register line may say, when it is open, and what it tells of a family. Plain Python."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from aanchal.registers.columns import Column, Kind, keyed
from aanchal.registers.terms import ContactWhen, MigrationType, MissingStatus, Register, YesNo

CLOSING = {MissingStatus.TRACED, MissingStatus.RESTORED, MissingStatus.TRACED_DECEASED, MissingStatus.CLOSED_FALSE}
SILENT = {ContactWhen.OLDER, ContactWhen.NEVER}


class NotSaid(ValueError):
    """The register has no such column, or the column takes no such answer; the message names the column, never the answer."""


@dataclass(frozen=True)
class Line:
    """What the rules need of one standing line."""

    register: str
    is_open: bool
    details: Mapping[str, object]


def split(register: str, answers: Mapping[str, object]) -> tuple[dict[str, object], dict[str, str]]:
    """From a form's answers by question name: (details, texts) of this register; other answers belong elsewhere."""
    columns = keyed(register)
    given = {key: value for key, value in answers.items() if key in columns and value not in (None, "", [], ())}
    details = {key: value for key, value in given.items() if not columns[key].is_sealed}
    return details, {key: str(value) for key, value in given.items() if columns[key].is_sealed}


def checked(register: str, details: Mapping[str, object]) -> dict[str, object]:
    """Details as they are kept: codes known, dates ISO, whole numbers within bounds. Raises NotSaid."""
    columns = keyed(register)
    unknown = [key for key in details if key not in columns or columns[key].is_sealed]
    if unknown:
        raise NotSaid(", ".join(sorted(unknown)))
    return {key: _kept(columns[key], value) for key, value in details.items() if value not in (None, "", [], ())}


def checked_texts(register: str, texts: Mapping[str, str]) -> dict[str, str]:
    columns = keyed(register)
    unknown = [key for key in texts if key not in columns or not columns[key].is_sealed]
    if unknown:
        raise NotSaid(", ".join(sorted(unknown)))
    return {key: str(text).strip() for key, text in texts.items() if str(text).strip()}


def is_open(register: str, details: Mapping[str, object]) -> bool:
    """Someone has still to be found, to come home or to be heard of."""
    match register:
        case Register.MIGRATION:
            return details.get("migration_type") != MigrationType.DAILY_COMMUTE and "returned_on" not in details
        case Register.MISSING:
            return details.get("missing_status") not in CLOSING and "traced_on" not in details
        case Register.MARRIAGE:
            return details.get("last_contact") == ContactWhen.NEVER
        case _:
            return "returned_on" not in details


def may_be_struck(line: Line) -> bool:
    """A report of someone missing that was followed to its end tells what became of a person: it is corrected, never struck."""
    return line.register != Register.MISSING or line.is_open


def in_future(register: str, *, happened_on: date, details: Mapping[str, object], today: date) -> bool:
    columns = keyed(register)
    told = (date.fromisoformat(str(details[key])) for key in details if columns[key].kind is Kind.DATE and not columns[key].may_be_future)
    return happened_on > today or any(day > today for day in told)


def flags(lines: Iterable[Line]) -> dict[str, bool]:
    """What a family's open lines tell (risk overrides of domain.md 3.3; the warning of the departure form)."""
    still = [line for line in lines if line.is_open]
    return {
        "member_missing": any(line.register == Register.MISSING for line in still),
        "contact_lost": any(_is_silent(line) for line in still),
    }


def _is_silent(line: Line) -> bool:
    last = line.details.get("last_contact")
    if line.register == Register.LEFT:
        return line.details.get("contact_known") == YesNo.NO and last in SILENT
    return line.register == Register.MARRIAGE and last == ContactWhen.NEVER


def _kept(column: Column, value: object) -> object:
    try:
        match column.kind:
            case Kind.CODE:
                return _code(column, str(value))
            case Kind.CODES:
                return sorted({_code(column, one) for one in _several(value)})
            case Kind.DATE:
                return date.fromisoformat(str(value)[:10]).isoformat()
            case _:
                return _number(column, float(str(value)))
    except (TypeError, ValueError, OverflowError):
        raise NotSaid(column.key) from None


def _several(value: object) -> list[str]:
    """Choices as a form sends them, with spaces between, or as a list."""
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    return str(value).split()


def _code(column: Column, value: str) -> str:
    if column.codes is None or value not in column.codes.values:
        raise ValueError
    return value


def _number(column: Column, value: float) -> int:
    if value != int(value) or not (column.least or 0) <= value <= (column.most or value):
        raise ValueError
    return int(value)
