"""What pyxform converts without a word although it will not do what the author meant (shared field.md)."""

import re
from collections.abc import Iterable, Iterator, Mapping

EXPRESSIONS = ("relevan", "constraint", "calculat", "required", "repeat_count", "choice_filter", "default", "trigger", "bind", "read")
BEGIN, END = re.compile(r"begin[ _]repeat", re.IGNORECASE), re.compile(r"end[ _]repeat", re.IGNORECASE)
PREDICATE = re.compile(r"\[([^\[\]]*)\]")
REFERENCE = re.compile(r"\$\{\s*([^\s}]+)\s*\}")


def traps(survey: Iterable[Mapping[str, str]]) -> list[dict]:
    """References inside [ ] to a question of a repeat, written outside of it: pyxform makes them absolute, and they mean the first one."""
    rows = list(survey)
    around = dict(_repeats_around(rows))
    found = []
    for number, row, here in _placed(rows):
        for column, text in _expressions(row):
            named = [name for predicate in PREDICATE.findall(text) for name in REFERENCE.findall(predicate)]
            found += [
                {"row": number, "name": row.get("name") or "", "column": column, "reference": name}
                for name in dict.fromkeys(named)
                if around.get(name, ()) != here[: len(around.get(name, ()))]
            ]
    return found


def _placed(rows: list[Mapping[str, str]]) -> Iterator[tuple[int, Mapping[str, str], tuple[str, ...]]]:
    """Each row with its number in the sheet and the repeats it stands in."""
    inside: tuple[str, ...] = ()
    for number, row in enumerate(rows, start=2):
        kind = str(row.get("type") or "")
        if END.match(kind):
            inside = inside[:-1]
        yield number, row, inside
        if BEGIN.match(kind):
            inside = (*inside, str(row.get("name") or ""))


def _repeats_around(rows: list[Mapping[str, str]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for _number, row, inside in _placed(rows):
        if row.get("name"):
            yield str(row["name"]), inside


def _expressions(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for column, text in row.items():
        if isinstance(text, str) and str(column).lower().startswith(EXPRESSIONS):
            yield str(column), text
