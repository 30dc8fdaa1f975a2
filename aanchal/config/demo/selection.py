"""Why the pilot is where it is: more districts of the fictional state, synthetic figures, an approved ranking and a draft."""

import csv
import io
from datetime import datetime, timedelta
from random import Random

from aanchal.access.acting import acting
from aanchal.access.models import User
from aanchal.config.demo import state
from aanchal.config.indicator_import import SHIPPED, read_yaml
from aanchal.places import actions as places
from aanchal.places.mapping import read
from aanchal.places.models import IndicatorSeries, Place
from aanchal.places.terms import Level
from aanchal.selection import actions
from aanchal.selection.actions import Chosen
from aanchal.selection.terms import Standing

SEED = 20_250_401
DISTRICTS = (  # beside the two of `state`; nobody is surveyed there
    ("Kavitapur", "कवितापुर", "కవితాపూర్"),
    ("Chitragarh", "चित्रगढ़", "చిత్రగఢ్"),
    ("Rangnagar", "रंगनगर", "రంగనగర్"),
    ("Geetpur", "गीतपुर", "గీత్‌పూర్"),
    ("Jadupur", "जादूपुर", "జాదూపూర్"),
    ("Chandalok", "चंदालोक", "చందాలోక్"),
    ("Titligarh", "तितलीगढ़", "తిత్లీగఢ్"),
    ("Jugnupur", "जुगनूपुर", "జుగ్నూపూర్"),
    ("Patangpur", "पतंगपुर", "పతంగ్‌పూర్"),
    ("Kathputligarh", "कठपुतलीगढ़", "కఠ్‌పుత్లీగఢ్"),
)
SIDES = (("{} East", "{} पूर्व", "{} తూర్పు"), ("{} West", "{} पश्चिम", "{} పడమర"))
FIGURES = {  # lowest and highest; a place's need from 0 to 1 lies between
    "child_sex_ratio_rural": (985, 860),
    "female_literacy_rural": (78, 38),
    "agricultural_labour_rural": (18, 62),
    "marginal_work_rural": (14, 48),
    "child_marriage": (12, 54),
    "missing_women_girls": (9, 31),
}
PILOT_NEED = {"Kahanipur": 0.93, "Sapnapar": 0.95}
SYNTHETIC = {"edition": "Synthetic", "kind": "CONTEXT", "bounds": [0, 3000]}


def load(*, at: datetime, by) -> None:
    """After the places and the accounts of the pilot."""
    _load_places(by)
    for level in (Level.DISTRICT, Level.BLOCK):
        _load_figures(level, at, by)
    expert, analyst = (User.objects.get(username=username) for username in ("state_expert", "analyst"))
    _approved(expert, analyst, at - timedelta(days=200))
    _draft(expert, at - timedelta(days=2))


def _load_places(by) -> None:
    head = state.PLACES[0]
    codes = [state.FIRST_CODE + 50 + n for n in range(len(DISTRICTS))]
    rows = [{"state_lgd": head.code, "lgd_code": code, **_names(names)} for code, names in zip(codes, DISTRICTS, strict=True)]
    places.import_places(source=_csv(rows), level=Level.DISTRICT, by=by)
    rows = [
        {"state_lgd": head.code, "district_lgd": code, "lgd_code": state.FIRST_CODE + 300 + 2 * n + side,
         **_names(tuple(form.format(name) for form, name in zip(forms, names, strict=True)))}
        for n, (code, names) in enumerate(zip(codes, DISTRICTS, strict=True))
        for side, forms in enumerate(SIDES)
    ]  # fmt: skip
    places.import_places(source=_csv(rows), level=Level.BLOCK, by=by)


def _load_figures(level: Level, at: datetime, by) -> None:
    here = Place.objects.filter(level=level, lgd_code__gte=state.FIRST_CODE).order_by("lgd_code")
    rows = [{"lgd_code": place.lgd_code, "name": place.name, **_figures(place)} for place in here]
    places.import_indicators(
        source=_csv(rows), file_name=f"synthetic_{level.lower()}s.csv", mapping=read(_mapping(level)), mapping_name="demo", at=at, by=by
    )


def _figures(place: Place) -> dict[str, str]:
    """Figures that mostly agree about a place, as real ones do; what is reported follows nothing."""
    rng = Random(SEED + place.lgd_code)
    need = PILOT_NEED.get(place.name, rng.uniform(0.05, 0.85))
    told = {}
    for key, (low, high) in FIGURES.items():
        at = rng.random() if key == "missing_women_girls" else min(max(need + rng.gauss(0, 0.18), 0), 1)
        told[key] = f"{low + (high - low) * at:.1f}"
    return told


def _mapping(level: Level) -> dict:
    """The words of the real mappings over made-up columns."""
    known = {one["key"]: one for path in sorted(SHIPPED.glob("*.yaml")) for one in read_yaml(path)["series"]}
    series = [
        {**known[key], **SYNTHETIC, "kind": known[key]["kind"], "year": known[key]["year"], "value": key, "where": {}, "per": None}
        for key in FIGURES
    ]
    place = {"level": str(level), "code": "lgd", "column": "lgd_code", "name": "name"}
    return {"publisher": "Synthetic figures of the demonstration", "place": place, "series": series}


def _approved(expert: User, analyst: User, at: datetime) -> None:
    """The districts, chosen and approved before the pilot began."""
    run = _ranked(expert, Level.DISTRICT, "Districts for the pilot, 2025-26", at)
    first = sorted((row for row in run.results["places"] if row["rank"]), key=lambda row: row["rank"])[:2]
    with acting(expert):
        for row in first:
            place = Place.objects.get(pk=row["id"])
            _record(expert, place, Standing.INTENSIVE_DISTRICT, "List of intensive districts of the State mission", at)
        why = "First in nearly every draw of weights; federations are strong."
        actions.choose(run=run, chosen=[(row["id"], why) for row in first], by=expert)
        actions.submit(run=run, note="Discussed in the State task force.", at=at + timedelta(days=3), by=expert)
    with acting(analyst):
        actions.decide(run=run, approved=True, note="In keeping with the framework.", at=at + timedelta(days=10), by=analyst)


def _draft(expert: User, at: datetime) -> None:
    """The blocks, still being weighed: what is recorded of one is enough, of the other not."""
    run = _ranked(expert, Level.BLOCK, "Blocks for the second year", at)
    pilot = Place.objects.get(level=Level.BLOCK, lgd_code=state.DEMO_BLOCK.code)
    other = Place.objects.filter(level=Level.BLOCK, district=pilot.district).exclude(pk=pilot.pk).first()
    with acting(expert):
        _record(expert, pilot, Standing.RESOURCE_BLOCK, "Block plan of the State mission", at)
        _record(expert, pilot, Standing.ADEQUATE_CBOS, "Grading of federations, March", at)
        actions.choose(run=run, chosen=[(pilot.pk, "The pilot goes on here."), (other.pk, "")], by=expert)


def _ranked(expert: User, level: Level, title: str, at: datetime):
    whole = Place.objects.get(level=Level.STATE, lgd_code=state.FIRST_CODE)
    series = IndicatorSeries.objects.filter(level=level, edition=SYNTHETIC["edition"], kind="CONTEXT").order_by("key")
    with acting(expert):
        indicators = [Chosen(one, one.more_is_worse) for one in series]
        return actions.rank_places(place=whole, level=level, title=title, indicators=indicators, seed=SEED, at=at, by=expert)


def _record(expert: User, place: Place, standing: Standing, source: str, at: datetime) -> None:
    actions.record_standing(place=place, standing=standing, holds=True, source=source, at=at, by=expert)


def _names(names: tuple[str, ...]) -> dict[str, str]:
    return dict(zip(("name", "name_hi", "name_te"), names, strict=True))


def _csv(rows: list[dict]) -> io.BytesIO:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return io.BytesIO(text.getvalue().encode())
