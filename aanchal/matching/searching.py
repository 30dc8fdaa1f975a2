"""The engine over the database: rebuilt from it, kept up with it, asked when someone is reported or found. Names stay in memory.

It lives in a process of its own (`aanchal engine`) that acts under the posting `matching_engine`; `by` is that account.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.core.cache import cache
from django.db.models import Q, QuerySet
from django.utils import timezone

from aanchal.access.acting import acting
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.matching import actions, marks, queries
from aanchal.matching.engine import model as models
from aanchal.matching.engine.few import Someone
from aanchal.matching.engine.living import Engine, Fit
from aanchal.matching.engine.model import Model
from aanchal.matching.models import FoundPerson
from aanchal.people.queries import Names, names_of
from aanchal.places.models import Place
from aanchal.places.terms import Level
from aanchal.registers.models import Entry

READING_SECONDS = 120
Recorded = TypeVar("Recorded", Entry, FoundPerson)
A_PART = 2_000  # rows of each side in one transaction
A_PART_AGAIN = 100  # pairs
SEXES = {"MALE": 0, "FEMALE": 1}
SPOKEN = {
    "hindi": "hi", "bengali": "bn", "bangla": "bn", "telugu": "te", "marathi": "mr", "tamil": "ta", "urdu": "ur", "gujarati": "gu",
    "kannada": "kn", "odia": "or", "malayalam": "ml", "punjabi": "pa", "assamese": "as", "maithili": "mai", "santali": "sat",
    "bhojpuri": "bho", "gondi": "gon", "kurukh": "kru", "mundari": "mun", "ho": "ho", "nepali": "ne", "english": "en",
    "हिंदी": "hi", "हिन्दी": "hi", "तेलुगु": "te", "संथाली": "sat", "गोंडी": "gon", "తెలుగు": "te", "హిందీ": "hi",
}  # fmt: skip


@dataclass
class Kept:
    """The engine of this process, and up to where it has read."""

    engine: Engine
    version: str
    until: dict[str, tuple[datetime, UUID]] = field(default_factory=dict)


_kept: list[Kept] = []


def model() -> Model:
    """The one that a person approved, or the one this program ships."""
    learnt = queries.model_in_force()
    return models.of(learnt.told) if learnt else models.load()


def engine(*, by) -> Engine:
    """This process's engine with all that the database holds by now."""
    kept = _newest()
    while catch_up(kept=kept, by=by):
        pass
    return kept.engine


def rebuild(*, by) -> Iterator[tuple[int, int]]:
    """Reads the registers anew, part by part, each in a transaction of its own: how many are read, of how many."""
    forget()
    read = 0
    while True:
        with acting(by):
            of = queries.open_reports().count() + queries.open_found().count()
            part = catch_up(kept=_newest(), by=by)
        if not part:
            break
        read += part
        cache.set(queries.READING, [read, max(read, of)], READING_SECONDS)
        yield read, max(read, of)
    cache.delete(queries.READING)



def _newest() -> Kept:
    made = model()
    if not _kept or _kept[0].version != made.version:
        _kept[:] = [Kept(Engine(made), made.version)]
    return _kept[0]


def forget() -> None:
    _kept.clear()


@action
def catch_up(*, kept: Kept, by) -> int:
    """Reads some of those who came since, 0 when there are no more; that names were read, and of how many, is on the trail."""
    reports = _since(queries.open_reports(), kept.until.get("missing"))
    kept.engine.missing.add(someone for someone, _ in missing_people(reports))
    found = _since(queries.open_found(), kept.until.get("found"))
    kept.engine.found.add(found_person(one, one.told()) for one in found)
    for side, rows in (("missing", reports), ("found", found)):
        if rows:
            kept.until[side] = rows[-1].recorded_at, rows[-1].pk
    if read := len(reports) + len(found):
        trail.write("matching.register.held", about=Place.objects.get(level=Level.NATION), read=read)
    return read


def _since(rows: QuerySet[Recorded], until: tuple[datetime, UUID] | None) -> list[Recorded]:
    if until:
        at, pk = until
        rows = rows.filter(Q(recorded_at__gt=at) | Q(recorded_at=at, pk__gt=pk))
    return list(rows[:A_PART])


def search_report(entry: Entry, *, by) -> int:
    """A missing report among those found; new pairs come into the queue.

    She is held from now on, even where a report that was recorded later was read before hers was there to be read.
    """
    held = engine(by=by)
    [(someone, told)] = missing_people([entry])
    held.missing.add([someone])
    best = held.best(someone, is_found=False, also=queries.found_thought_of(entry.person_id))
    found = {one.pk: one for one in queries.open_found().filter(pk__in=[fit.id for fit in best])}
    return _keep([(entry, found[fit.id], fit, told, found[fit.id].told()) for fit in best if fit.id in found], by=by)


def search_found(found: FoundPerson, *, by) -> int:
    """Someone found among those missing."""
    held = engine(by=by)
    told = found.told()
    someone = found_person(found, told)
    held.found.add([someone])
    best = held.best(someone, is_found=True, also=queries.people_thought_of(found.pk))
    reports = {entry.person_id: entry for entry in queries.open_reports().filter(person__in=[fit.id for fit in best])}
    texts = {someone.id: texts for someone, texts in missing_people(list(reports.values()))}
    return _keep([(reports[fit.id], found, fit, texts[fit.id], told) for fit in best if fit.id in reports], by=by)


def weigh_again(*, after: str, by) -> str:
    """Waiting pairs that another model weighed, some of them, behind the pair `after`; the last of these, "" behind the last of all."""
    waiting = queries.weighed_by_others(model().version)
    part = list(waiting.filter(pk__gt=after)[:A_PART_AGAIN] if after else waiting[:A_PART_AGAIN])
    reports = {entry.person_id: entry for entry in queries.open_reports().filter(person__in={one.person_id for one in part})}
    for entry in reports.values():
        search_report(entry, by=by)
    return str(part[-1].pk) if len(part) == A_PART_AGAIN else ""


def missing_people(entries: list[Entry]) -> Iterator[tuple[Someone, dict[str, str]]]:
    """Each as the engine asks for her, and the words a reviewer may open."""
    names = names_of(entry.person_id for entry in entries)
    for entry in entries:
        texts, known = entry.texts(), names.get(entry.person_id)
        yield _missing(entry, texts, known), _words(entry, texts, known)


def _missing(entry: Entry, texts: dict[str, str], known: Names | None) -> Someone:
    place, age = entry.place, entry.person.age.on(entry.happened_on)
    return Someone(
        id=entry.person_id, name=known.name if known else "", father=known.guardian_name if known else "",
        sex=SEXES.get(entry.person.sex, 2), age=age, day=entry.happened_on, state=place.state_id or 0, district=place.district_id or 0,
        block=place.block_id or 0, village=place.name, languages=spoken(texts.get("languages_spoken", "")),
        marks=marks.codes(texts.get("physical_marks", "")), height=int(entry.details.get("height_cm") or 0),
    )  # fmt: skip


def _words(entry: Entry, texts: dict[str, str], known: Names | None) -> dict[str, str]:
    told = {"name": known.name, "father": known.guardian_name} if known else {}
    told |= {"marks": texts.get("physical_marks", ""), "village": entry.place.local_name, "remarks": texts.get("clothes", "")}
    return {key: text for key, text in told.items() if text}


def found_person(found: FoundPerson, told: dict[str, str]) -> Someone:
    home = _codes(found.home) if found.home else {}
    return Someone(
        id=found.pk, name=told.get("name", ""), alias=told.get("alias", ""), father=told.get("father", ""), mother=told.get("mother", ""),
        sex=SEXES.get(found.sex, 2), age=found.years, day=found.found_on, village=told.get("village", ""),
        languages="|".join(found.languages), marks=marks.codes(told.get("marks", "")), height=found.height_cm or 0,
        at_state=_codes(found.place)["state"], at_district=_codes(found.place)["district"], **home,
    )  # fmt: skip


def _codes(place: Place) -> dict[str, int]:
    """The state, district and block of a place, itself included."""
    level = place.level.lower()
    return {name: (place.pk if level == name else getattr(place, f"{name}_id")) or 0 for name in ("state", "district", "block")}


def spoken(text: str) -> str:
    """Languages as people write them, in codes."""
    words = text.casefold().replace(",", " ").replace("|", " ").split()
    return "|".join(sorted({SPOKEN[word] for word in words if word in SPOKEN} | {word for word in words if word in SPOKEN.values()}))


def facts_of(entry: Entry, found: FoundPerson) -> dict[str, dict[str, Any]]:
    """What both sides may be shown without a name."""
    return {
        "missing": {
            "sex": entry.person.sex, "age": entry.person.age.on(entry.happened_on), "on": entry.happened_on.isoformat(),
            "height": entry.details.get("height_cm"), "circumstance": entry.details.get("missing_circumstance", ""),
        },
        "found": {
            "kind": found.kind, "sex": found.sex, "age": found.years, "on": found.found_on.isoformat(), "height": found.height_cm,
            "languages": list(found.languages), "home": found.home_id,
        },
    }  # fmt: skip


def _keep(scored: list[tuple[Entry, FoundPerson, Fit, dict[str, str], dict[str, str]]], *, by) -> int:
    fits = [
        actions.Fits(entry, found, fit.probability, fit.bits, fit.levels, facts_of(entry, found), {"missing": here, "found": there})
        for entry, found, fit, here, there in scored
    ]
    return actions.keep_candidates(fits=fits, version=_kept[0].version, at=timezone.now(), by=by) if fits else 0
