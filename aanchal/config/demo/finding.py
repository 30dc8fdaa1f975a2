"""Some who are missing in the pilot are found elsewhere, written in another script and a little wrong; the search does the rest."""

from datetime import datetime, timedelta
from random import Random

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.jobs import program
from aanchal.access.models import User
from aanchal.access.policy import day_in_india
from aanchal.config.demo import names, state
from aanchal.matching import actions, deciding, queries, searching
from aanchal.matching.actions import FoundDetails
from aanchal.matching.models import Candidate
from aanchal.matching.tasks import ENGINE
from aanchal.people import actions as people
from aanchal.places.models import Place
from aanchal.places.terms import Level
from aanchal.registers.models import Entry

SEED = 20_260_401
FOUND = 6
KINDS = ("RESCUED", "FOUND", "SIGHTED")


def load(*, at: datetime, officer: User) -> None:
    """After the reports came in: an officer of the AHTU records who was found, and says of the likeliest that it is she."""
    with acting(SYSTEM):
        reports = list(queries.open_reports().filter(place__block__lgd_code=state.DEMO_BLOCK.code)[:FOUND])
        known = people.open_names(people=[entry.person for entry in reports], reason="DEMO", by=SYSTEM)
        where = Place.objects.get(level=Level.BLOCK, lgd_code=state.DEMO_BLOCK.code).district
    rng, engine = Random(SEED), program(ENGINE)
    for number, entry in enumerate(reports):
        details = _found(rng, number, entry, known[entry.person_id], day_in_india(at))
        with acting(officer):
            found = actions.record_found(details=details, place=where, at=at, by=officer)
        with acting(engine):
            searching.search_found(found, by=engine)
    _say(officer, at)


def _say(officer: User, at: datetime) -> None:
    with acting(officer):
        likeliest = queries.queue(officer).first()
        if likeliest:
            told = {"answer": "SAME", "reasons": ["NAME", "PARENTS"], "note": ""}
            deciding.decide(candidate=Candidate.objects.get(pk=likeliest.pk), at=at, by=officer, **told)


def _found(rng: Random, number: int, entry: Entry, known, today) -> FoundDetails:
    age = entry.person.age.on(entry.happened_on)
    script = ("en", "hi", "te")[number % 3]
    on = min(today, entry.happened_on + timedelta(days=rng.randint(5, 120)))
    texts = {"name": written(known.name, script)}
    if number % 2 == 0:
        texts["father"] = written(known.guardian_name.split()[0] if known.guardian_name else "", script)
    years = None if age is None else max(1, age + rng.choice((-1, 0, 1, 2)))
    return FoundDetails(
        kind=KINDS[number % len(KINDS)], found_on=on, sex=entry.person.sex, years=years,
        home=entry.place.district, languages=("hi",), texts=texts,
    )  # fmt: skip


def written(name: str, script: str) -> str:
    """The same name in another script of the demo's lists; a word that they do not hold stays as it is."""
    column = names.SCRIPTS.index(script)
    return " ".join(_word(word, column) for word in name.split())


def _word(word: str, column: int) -> str:
    return next((row[column] for row in names.every_word() if word in row), word)
