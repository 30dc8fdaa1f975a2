"""One changed answer at a million assessed households: the revisit, and the new figures of the family's village, block, district and state.

The families beside those revisited have a survey, an assessment and its grounds; their members are left out.
"""

import json
import os
import statistics
import tempfile
import time
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from uuid import uuid4

import psycopg

from aanchal.risk.batch import NOT_KNOWN, Batch, result
from aanchal.risk.definition import Definition

HOUSEHOLDS = 1_000_000
ALIKE = 20_000
TREE = (("STATE", 1), ("DISTRICT", 8), ("BLOCK", 5), ("PANCHAYAT", 10), ("VILLAGE", 10))  # children of each place above
REPEATS = 100
NOBODYS_STATE = 200  # an ordinal no state has
ROOT = Path(__file__).parents[1]


def figures(definition: Definition, households) -> dict:
    """Milliseconds of server time: the 95th of a hundred, the middle one, and the middle of its parts."""
    with tempfile.TemporaryDirectory(prefix="aanchal-bench-") as folder:
        os.environ |= {"AANCHAL_HOME": folder, "DJANGO_SETTINGS_MODULE": "aanchal.config.settings"}
        os.chmod(folder, 0o711)
        return _measured(definition, households)


def _measured(definition: Definition, households) -> dict:
    from aanchal.config import cli

    server = cli.ready()
    try:
        worker, reader, villages = _places_and_people()
        with psycopg.connect(server.conninfo("aanchal"), autocommit=True, cursor_factory=psycopg.ClientCursor) as superuser:
            _fill(superuser, definition, households, villages)
        families = _families(worker, villages)
        written, read = zip(*(_changed(worker, reader, one) for one in families), strict=True)
        _assert_exact()
    finally:
        server.stop()
    both = sorted((one + other) * 1000 for one, other in zip(written, read, strict=True))
    return {
        "update_ms": round(both[int(len(both) * 0.95)], 1),
        "update_median_ms": round(statistics.median(both), 1),
        "update_write_ms": round(statistics.median(written) * 1000, 1),
        "update_read_ms": round(statistics.median(read) * 1000, 1),
    }


def _places_and_people() -> tuple:
    from django.utils import timezone

    from aanchal.access import actions
    from aanchal.access.acting import SYSTEM, acting
    from aanchal.places.queries import nation

    people = []
    with acting(SYSTEM):
        state, villages = _tree(nation())
        for username, role in (("worker", "gender_crp"), ("reader", "state_expert")):
            user = actions.create_user(username=username, name=username, password=None, at=timezone.now(), by=SYSTEM)
            actions.post(user=user, role=role, place=state, since=timezone.now().date() - timedelta(days=1), by=SYSTEM)
            people.append(user)
    return *people, villages


def _tree(nation) -> tuple:
    """A state with its districts, blocks, panchayats and villages; the state and its villages."""
    from aanchal.places.models import Place
    from aanchal.places.rules import child
    from aanchal.places.terms import COLUMN, Level

    above, first, state = [nation], NOBODYS_STATE, None
    for level, in_each in TREE:
        below = []
        for parent in above:
            lineage = {column: getattr(parent, f"{column}_id") for column in COLUMN.values()} | {COLUMN[Level(parent.level)]: parent.pk}
            for ordinal in range(first, first + in_each):
                interval = child(parent.interval, level, ordinal)
                told = {f"{column}_id": pk for column, pk in lineage.items()}
                below.append(Place(level=level, name=f"{level} {ordinal}", place_no=interval.first, last_no=interval.last, **told))
        above, first = Place.objects.bulk_create(below), 1
        state = state or above[0]
    return state, above


def _fill(superuser, definition: Definition, households, villages) -> None:
    superuser.execute(
        "CREATE TEMP TABLE pool (n int, facts jsonb, points int, observed int, band text, is_complete boolean, is_urgent boolean,"
        " deprived text[], unknown text[], overrides text[])"
    )
    with superuser.cursor() as cursor, cursor.copy("COPY pool FROM STDIN") as copy:
        for row in _pool(definition, households(ALIKE)):
            copy.write_row(row)
    told = {"wanted": HOUSEHOLDS, "pool": ALIKE, "version": f"'{definition.version}'"}
    told |= {"low": villages[0].place_no, "high": villages[-1].place_no}
    statement = (ROOT / "bench" / "fill_assessed.sql").read_text()
    for name, value in told.items():
        statement = statement.replace(f":{name}", str(value))
    superuser.execute(statement)
    superuser.execute("VACUUM ANALYZE")
    superuser.execute("CHECKPOINT")


def _pool(definition: Definition, nation):
    """Families as the index reads them, to be copied from."""
    scores = Batch(definition).score(nation.columns)
    is_number = {fact.key: fact.is_number for fact in definition.facts}
    for n in range(ALIKE):
        told = result(definition, scores, n)
        answers = {key: int(column[n]) for key, column in nation.columns.items() if column[n] != NOT_KNOWN}
        facts = {key: answer if is_number[key] else bool(answer) for key, answer in answers.items()}
        lists = (list(told.deprived), list(told.unknown), list(told.overrides))
        yield (n, json.dumps(facts), told.points, told.observed_points, told.band, told.is_complete, bool(told.overrides), *lists)


def _families(worker, villages) -> list:
    """Families surveyed once by the real action, to be visited again: (details, facts, village)."""
    from django.utils import timezone

    from aanchal.access.acting import acting
    from aanchal.people.actions import HouseholdDetails, PersonDetails
    from aanchal.people.rules import Age
    from aanchal.risk import actions

    rng, made = Random(7), []
    today = timezone.now().date()
    for nth in range(REPEATS):
        village = rng.choice(villages)
        age = Age(basis="STATED", years=30, told_on=today)
        relations = ("SELF", "SPOUSE", "PARENT", "PARENT_IN_LAW", "GRANDCHILD")
        members = tuple(PersonDetails(id=uuid4(), name=f"Synthetic {nth}", sex="FEMALE", age=age, relation=one) for one in relations)
        details = HouseholdDetails(id=uuid4(), members=members, social_category="OBC")
        told = {"landless": True, "debt_months": nth % 12, "ration_card": nth % 2 == 0, "livelihood_lost": True}
        with acting(worker, gather=True):
            actions.record_survey(details=details, told=told, place=village, visited_on=today, at=timezone.now(), by=worker)
        made.append((details, told, village))
    return made


def _changed(worker, reader, family) -> tuple[float, float]:
    """Seconds to write and to read: the same family, one answer another."""
    from django.utils import timezone

    from aanchal.access.acting import acting
    from aanchal.places.models import Place
    from aanchal.risk import actions

    details, told, village = family
    at = timezone.now()
    ids = (village.pk, village.block_id, village.district_id, village.state_id)
    places = sorted(Place.objects.filter(pk__in=ids).prefetch_related("parts"), key=lambda place: ids.index(place.pk))
    before = _figures_of(reader, places, at)
    began = time.perf_counter()
    with acting(worker, gather=True):
        changed = told | {"breadwinner_lost": True}
        actions.record_survey(details=details, told=changed, place=village, visited_on=at.date(), at=at, by=worker)
    wrote = time.perf_counter()
    after = _figures_of(reader, places, at)
    read = time.perf_counter()
    assert [one.raw.get("B1", 0) + 1 for one in before] == [one.raw.get("B1", 0) for one in after]
    assert [one.households for one in before] == [one.households for one in after]
    return wrote - began, read - wrote


def _figures_of(reader, places, at) -> list:
    """As a page asks: the counts through the gate, then H, A, M0 and the bands."""
    from aanchal.access.acting import acting
    from aanchal.risk import counts, queries
    from aanchal.risk.measures import measure
    from aanchal.risk.terms import Subject

    with acting(reader):
        index = queries.definition_in_force(Subject.HOUSEHOLD, at.date(), places[0])
        found = list(counts.tallies(places, at.date(), index).values())
        measured = [measure(index, one) for one in found]
        assert all(lower.households <= upper.households for lower, upper in pairwise(measured))
    return found


def _assert_exact() -> None:
    from aanchal.access.acting import SYSTEM, acting
    from aanchal.risk import totals

    with acting(SYSTEM):
        assert totals.checked().figures == 0
