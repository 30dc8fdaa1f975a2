"""NCRB's tables as they lie in a folder: read, checked, kept with what does not add up in them."""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.db import transaction

from aanchal.core import trail
from aanchal.core.action import action
from aanchal.nodal import rules
from aanchal.nodal.models import Edition, Head, Published
from aanchal.places.models import Place
from aanchal.places.queries import nation
from aanchal.places.terms import Level

NATION = "IN"
JOINED = {25: 38, 26: 38}
"""Daman & Diu and Dadra & Nagar Haveli were two codes until 2020, and are one Union Territory since."""
NAMED = {
    "a n islands": 35, "d n haveli": 38, "daman diu": 38, "delhi ut": 7, "jammu kashmir": 1,
}  # fmt: skip
"""What the prints call places that the directory calls otherwise."""
PURPOSES = {
    "Forced labour": "labour", "Sexual exploitation for prostitution": "sexual", "Domestic servitude": "servitude",
    "Forced marriage": "marriage", "Petty crimes": "petty_crime", "Child pornography": "pornography", "Begging": "begging",
    "Removal of organs": "organs", "Other reasons": "other",
}  # fmt: skip
PERSONS = {
    "Persons Arrested": "persons_arrested", "Persons Chargesheeted": "persons_chargesheeted", "Persons Convicted": "persons_convicted",
    "Persons Acquitted/ discharged by the Court": "persons_acquitted",
}  # fmt: skip
BANDS = ("below_12_years", "12_years_to_16_years", "16_years_to_18_years")
MISSING = {"male": ("missing_boys", "missing_men"), "female": ("missing_girls", "missing_women"), "transgender": ("missing_other", "")}


@dataclass(frozen=True)
class Row:
    """A figure of a print. `place` is the LGD code of a State or district, the name of a State as it was printed, or the nation."""

    edition: str
    head: str
    level: str
    place: int | str
    label: str
    year: int
    value: int
    file: str
    line: int
    doubt: str = ""
    told: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Problem:
    """What is wrong in a file: where, and what the print says against what it should."""

    file: str
    line: int
    label: str
    words: str
    doubt: str
    heads: tuple[str, ...] = ()
    """The figures that are in doubt."""


class CannotRead(Exception):
    """A file is missing a column, or a cell that is no number; the message names them."""


@dataclass(frozen=True)
class Found:
    rows: Sequence[Row]
    problems: Sequence[Problem]
    files: Sequence[str]


def read(folder: Path) -> Found:
    """Every table of the folder that is known. Raises CannotRead."""
    rows, problems, files = [], [], []
    for name, reader in READERS.items():
        path = folder / name
        if path.is_file():
            found, wrong = reader(path)
            rows += found
            problems += wrong
            files.append(name)
    problems += _against_nation(rows)
    problems += _more_than(rows)
    doubtful = {(one.file, one.label, head): one for one in problems for head in one.heads}
    return Found([_doubted(row, doubtful.get((row.file, row.label, row.head))) for row in rows], problems, files)


def _doubted(row: Row, problem: Problem | None) -> Row:
    return replace(row, doubt=problem.doubt, told={"words": problem.words, "line": problem.line}) if problem else row


@action
def load(*, found: Found, by) -> tuple[int, list[str]]:
    """Keeps the rows in place of what these files told before; how many, and the labels that are no place here."""
    heads = {(head.edition.key, head.key): head for head in Head.objects.select_related("edition").filter(edition__kind="PUBLISHED")}
    places = _places(found.rows)
    unknown = sorted({row.label for row in found.rows if (row.level, row.place) not in places})
    Published.objects.filter(file_name__in=found.files).delete()
    Published.objects.bulk_create(
        [
            Published(
                head=heads[row.edition, row.head], place=(place := places[row.level, row.place]), place_no=place.place_no, label=row.label,
                year=row.year, value=row.value, doubt=row.doubt, doubt_told=row.told, file_name=row.file, line=row.line,
            )
            for row in found.rows if (row.level, row.place) in places
        ],
        batch_size=2_000,
    )  # fmt: skip
    known = sum((row.level, row.place) in places for row in found.rows)
    trail.write("nodal.published.loaded", about=Edition.objects.order_by("pk").first(), rows=known, files=len(found.files))
    return known, unknown


def rehearse(*, found: Found, by) -> tuple[int, list[str]]:
    """What `load` would say; nothing is kept."""
    with transaction.atomic():
        said = load(found=found, by=by)
        transaction.set_rollback(True)
    return said


def _places(rows: Iterable[Row]) -> dict[tuple[str, int | str], Place]:
    found: dict[tuple[str, int | str], Place] = {(Level.NATION, NATION): nation()}
    for level in (Level.STATE, Level.DISTRICT):
        codes = {row.place for row in rows if row.level == level and isinstance(row.place, int)}
        found |= {(level, place.lgd_code or 0): place for place in Place.objects.filter(level=level, lgd_code__in=codes)}
    states = {place.lgd_code: place for place in Place.objects.filter(level=Level.STATE)}
    by_name = {_plain(place.name): place for place in states.values()}
    by_name |= {name: states[code] for name, code in NAMED.items() if code in states}
    names = {row.place for row in rows if isinstance(row.place, str) and row.level == Level.STATE}
    return found | {(Level.STATE, name): by_name[_plain(name)] for name in names if _plain(name) in by_name}


def _plain(name: str) -> str:
    """A name without signs, and without "and", which some write as "&"."""
    letters = "".join(letter if letter.isalnum() else " " for letter in name.lower())
    return " ".join(word for word in letters.split() if word != "and")


def _cases_2018(path: Path) -> tuple[list[Row], list[Problem]]:
    return [_state(path, line, one["State/UT"], "cases_total", one["Cases Reported"]) for line, one in _lines(path, "Cases Reported")], []


def _disposal_2018(path: Path) -> tuple[list[Row], list[Problem]]:
    rows = [
        _state(path, line, one["State/UT"], head, one[column]) for line, one in _lines(path, *PERSONS) for column, head in PERSONS.items()
    ]
    return rows, []


def _purpose_2018(path: Path) -> tuple[list[Row], list[Problem]]:
    rows, problems = [], []
    for line, one in _lines(path, "Total Persons", "State/UT"):
        told = {PURPOSES[column.capitalize()]: column for column in one if column and column.capitalize() in PURPOSES}
        rows += [_state(path, line, one["State/UT"], f"purpose_{key}", one[column]) for key, column in told.items()]
        added, total = sum(_number(path, line, one[column]) for column in told.values()), _number(path, line, one["Total Persons"])
        if added != total:
            heads = tuple(f"purpose_{key}" for key in told)
            problems.append(_sum(path, line, one["State/UT"], f"purposes add up to {added}", total, heads))
    return rows, problems


def _victims_2018(kind: str, total: str) -> Callable[[Path], tuple[list[Row], list[Problem]]]:
    def read(path: Path) -> tuple[list[Row], list[Problem]]:
        rows, problems, sums = [], [], defaultdict(int)
        where = {}
        for line, one in _lines(path, "Male", "Female", total, "Age Group"):
            ages = ("boys", "girls") if one["Age Group"].startswith("Below") else ("men", "women")
            male, female, told = (_number(path, line, one[column]) for column in ("Male", "Female", total))
            name = one["State/UT"]
            rows += [_state(path, line, name, f"{kind}_{age}", n) for age, n in zip(ages, (male, female), strict=True)]
            sums[name] += told
            where[name] = line
            if male + female != told:
                heads = (f"{kind}_{ages[0]}", f"{kind}_{ages[1]}", f"{kind}_total")
                said = f"{one['Age Group'].lower()}: male {male} and female {female} add up to {male + female}"
                problems.append(_sum(path, line, name, said, told, heads))
        rows += [_state(path, where[name], name, f"{kind}_total", n) for name, n in sums.items()]
        return rows, problems

    return read


def _victims_2016(path: Path) -> tuple[list[Row], list[Problem]]:
    heads = {("Below 18 years", "Male"): "boys", ("Below 18 years", "Female"): "girls", ("Above 18 years", "Male"): "men"}
    heads |= {("Above 18 years", "Female"): "women"}
    rows, sums = [], defaultdict(int)
    for line, one in _lines(path, "state_c11", "traffickedage", "gender", "total"):
        row = _coded(path, line, one["state_c11"], one["state"], f"victims_{heads[one['traffickedage'], one['gender']]}", one["total"])
        rows.append(row)
        sums[one["state_c11"], one["state"]] += row.value
    return rows + [_coded(path, 1, code, name, "victims_total", n) for (code, name), n in sums.items()], []


def _motives_2016(path: Path) -> tuple[list[Row], list[Problem]]:
    lines = _lines(path, "state_c11", "traffickingmotives", "total")
    return [_coded(path, line, one["state_c11"], one["state"], f"purpose_{PURPOSES[one['traffickingmotives']]}", one["total"])
            for line, one in lines], []  # fmt: skip


def _kidnapping_2016(path: Path) -> tuple[list[Row], list[Problem]]:
    lines = _lines(path, "geo_code", "kidnapgender", "total")
    return [_coded(path, line, one["geo_code"], one["state"], f"kidnapped_{one['kidnapgender'].lower()}", one["total"])
            for line, one in lines], []  # fmt: skip


def _missing(path: Path) -> tuple[list[Row], list[Problem]]:
    rows, problems = [], []
    for line, one in _lines(path, "year", "district_lgd", "registration_circles", "female_children"):
        year, code, children = _number(path, line, one["year"]), _number(path, line, one["district_lgd"]), 0
        label = f"{one['state_name']}: {one['registration_circles']}"
        base = Row(f"NCRB_MISSING_{year}", "", Level.DISTRICT, code, label, year, 0, path.name, line)
        for sex, (minors, adults) in MISSING.items():
            told, added = _number(path, line, one[f"{sex}_children"]), sum(_number(path, line, one[f"{sex}_{band}"]) for band in BANDS)
            if told != added:
                problems.append(_sum(path, line, label, f"{sex}: the age bands add up to {added}", told, (minors,)))
            children += told
            rows.append(replace(base, head=minors, value=told))
            if adults:
                rows.append(replace(base, head=adults, value=_number(path, line, one[f"{sex}_18_years_and_above"])))
        rows.append(replace(base, head="missing_total", value=children))
    return rows, problems


READERS: dict[str, Callable[[Path], tuple[list[Row], list[Problem]]]] = {
    "2018_cases_state.csv": _cases_2018,
    "2018_disposal_persons_state.csv": _disposal_2018,
    "2018_purpose_state.csv": _purpose_2018,
    "2018_victims_trafficked_state.csv": _victims_2018("victims", "Total_victims_trafficked"),
    "2018_victims_rescued_state.csv": _victims_2018("rescued", "Total_victims_rescued"),
    "trafficking_victims_2016_state.csv": _victims_2016,
    "trafficking_motives_2016_state.csv": _motives_2016,
    "kidnapping_2016_state.csv": _kidnapping_2016,
    "missing_persons_2021_2022_district.csv": _missing,
}


def _lines(path: Path, *columns: str) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        table = csv.DictReader(file)
        wanting = [column for column in columns if column not in (table.fieldnames or ())]
        if wanting:
            raise CannotRead(f"{path.name}: no column {', '.join(wanting)}")
        yield from enumerate(table, start=2)


def _state(path: Path, line: int, name: str, head: str, value: str | int) -> Row:
    return Row("NCRB_2018", head, Level.STATE, name, name, 2018, _number(path, line, value), path.name, line)


def _coded(path: Path, line: int, code: str, name: str, head: str, value: str | int) -> Row:
    """By the code of the census, which is that of the directory but for two territories that were joined."""
    is_nation = code == NATION
    place = NATION if is_nation else JOINED.get(int(code), int(code))
    level = Level.NATION if is_nation else Level.STATE
    return Row("NCRB_2016", head, level, place, name, 2016, _number(path, line, value), path.name, line)


def _number(path: Path, line: int, told: str | int | None) -> int:
    """Transgender columns are written as 5.0, and empty where the police told none."""
    text = str(told or "0").strip().removesuffix(".0")
    if not text.isdecimal():
        raise CannotRead(f"{path.name}, line {line}: “{text[:20]}” is no count")
    return int(text)


def _sum(path: Path, line: int, label: str, added: str, total: int, heads: tuple[str, ...]) -> Problem:
    return Problem(path.name, line, label, f"{added}, the print says {total}", "SUM", heads)


def _against_nation(rows: Sequence[Row]) -> list[Problem]:
    """Where the print has a row of the nation, the States add up to it."""
    states: dict[tuple[str, str, int], int] = defaultdict(int)
    whole: dict[tuple[str, str, int], Row] = {}
    for row in rows:
        key = row.edition, row.head, row.year
        if row.level == Level.NATION:
            whole[key] = row
        elif row.level == Level.STATE:
            states[key] += row.value
    said = "{}: the States add up to {}, the print says {}"
    return [
        Problem(row.file, row.line, row.label, said.format(row.head, states[key], row.value), "NATION", (row.head,))
        for key, row in whole.items() if states[key] != row.value
    ]  # fmt: skip


def _more_than(rows: Sequence[Row]) -> list[Problem]:
    """Persons charge-sheeted are at most those arrested, unless arrests of earlier years explain it: asked, not wrong."""
    told = {(row.label, row.head): row for row in rows if row.edition == "NCRB_2018"}
    pairs = rules.checks({"at_most": [["persons_chargesheeted", "persons_arrested"]]}).at_most
    said = "{} {} is more than {} {}: earlier years?"
    return [
        Problem(row.file, row.line, label, said.format(part, row.value, whole, told[label, whole].value), "PART", (part,))
        for part, whole in pairs
        for (label, head), row in told.items() if head == part and (label, whole) in told and row.value > told[label, whole].value
    ]  # fmt: skip
