"""Files of secondary data made for a test, and the real ones when they are at hand."""

import io
from pathlib import Path

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.config import indicator_import
from aanchal.places import actions
from aanchal.places.mapping import read
from tests.factories import NOON

REAL = Path(__file__).resolve().parents[2].parent / "shared" / "data"
FILES = {
    "census_2011_pca": "census/pca2011_state_district.csv",
    "nfhs_5_districts": "nfhs/nfhs5_district_selected.csv",
    "aspirational_districts_112": "lgd/aspirational_districts_112.csv",
    "ncrb_missing_persons": "ncrb/missing_persons_2021_2022_district.csv",
    "census_2011_subdistricts": "census/a1_2011_population_state_district_subdistrict_total.csv",
}


def words(text: str) -> dict[str, str]:
    return {"en": text, "hi": text, "te": text}


def series(key: str = "child_marriage", value: str = "share", **more) -> dict:
    return {
        "key": key, "kind": "CONTEXT", "year": 2021, "edition": "first", "unit": "PERCENT", "more_is_worse": True, "value": value,
        "bounds": [0, 100], "title": words(key), "definition": words(f"what {key} is"), **more,
    }  # fmt: skip


def plain(*rows: dict, **more) -> dict:
    """A mapping of a file `code,name,share` of districts by LGD code."""
    place = {"level": "DISTRICT", "code": "lgd", "column": "code", "name": "name"} | more.pop("place", {})
    return {"publisher": "A test", "place": place, "series": list(rows or (series(),)), **more}


def csv_file(*lines: str, encoding: str = "utf-8") -> io.BytesIO:
    return io.BytesIO("".join(f"{line}\n" for line in lines).encode(encoding))


def load(source, mapping: dict | None = None, **more) -> actions.IndicatorReport:
    with acting(SYSTEM):
        return actions.import_indicators(
            source=source, file_name="a.csv", mapping=read(mapping or plain(**more)), mapping_name="a.yaml", at=NOON, by=SYSTEM
        )


def load_real(name: str) -> actions.IndicatorReport:
    path = REAL / FILES[name]
    if not path.exists():
        pytest.skip(f"THE REAL DATA ARE NOT HERE: {path}")
    return indicator_import.load(path, name)
