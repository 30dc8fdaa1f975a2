"""Two phones change one family over and over while web processes and database are killed: each acknowledged change is there once."""

import json
import random
import threading
import time
from collections import Counter
from copy import deepcopy
from uuid import uuid4

import psycopg
import pytest

from bench.phones import DOMAINS, Family, Letter, Phone, a_guardian, filled, survey
from tests.config.live import until
from tests.field.phone import today
from tests.trust.pilot_home import pilot_home, send, served
from tests.trust.test_nothing_acknowledged_is_lost import LOST_ANSWERS, RETRY, kill_the_database, kill_the_web

pytestmark = pytest.mark.live
KILLS = 4
VILLAGES = 2


class Worker(threading.Thread):
    """Visits the family of her village from the first survey on, without ever getting the list again."""

    def __init__(self, port: int, token: str, family: Family):
        super().__init__(daemon=True)
        self.port, self.rng = port, random.Random(uuid4().int)
        self.phone = Phone(token, None, None, skew=self.rng.choice((0, -3, 5)), surveys=0.0)
        self.phone.rows[family.pk] = deepcopy(family)
        self.letters: list[Letter] = []
        self.odd: list[int] = []
        self.stopping = threading.Event()

    def run(self):
        while not self.stopping.is_set():
            letter = self.phone.visit(self.rng, today())
            while not self.acknowledged(letter.xml):
                time.sleep(0.1)
            self.letters.append(letter)

    def acknowledged(self, xml: bytes) -> bool:
        try:
            answer = send(self.port, self.phone.token, xml, hear=self.rng.random() > LOST_ANSWERS)
        except RETRY:
            return False
        if answer is not None and answer.status not in (201, 202, 503):
            self.odd.append(answer.status)
        return answer is not None and answer.status in (201, 202)


@pytest.fixture(scope="module")
def home():
    with pilot_home() as (home, tokens):
        yield home, tokens


@pytest.fixture(scope="module")
def site(home):
    with served(home[0]) as (process, port):
        yield process, port


def surveyed(port: int, code: int, token: str) -> Family:
    values = {name: domain[0] for name, domain in DOMAINS.items()}
    family = Family(uuid4(), code, uuid4(), uuid4(), a_guardian(), values)
    assert send(port, token, filled("household_survey", survey(family), f"uuid:{uuid4()}", today())).status == 201
    return family


@pytest.mark.parametrize("strike", [kill_the_web, kill_the_database], ids=["web", "database"])
def test_each_acknowledged_change_is_there_once(home, site, strike):
    (home, tokens), (process, port) = home, site
    families = [(token, surveyed(port, code, token)) for code, token in list(tokens.items())[:VILLAGES]]
    workers = [Worker(port, token, family) for token, family in families for _phone in range(2)]
    for one in workers:
        one.start()
    for _ in range(KILLS):
        time.sleep(random.uniform(0.6, 1.2))
        strike(home, process)
    until(lambda: sum(len(one.letters) for one in workers) > 2 * len(workers), "enough visits are acknowledged to try anything")
    for one in workers:
        one.stopping.set()
    for one in workers:
        one.join(60)
        assert not one.is_alive(), "a visit was never acknowledged"
        assert one.odd == []
    letters = [letter for one in workers for letter in one.letters]
    with psycopg.connect(home.server.conninfo("aanchal")) as database:
        assert wrong_with(database, letters) == []
        assert_it_would_notice(database, letters)
    home.run("trail", "verify")


MENTIONS = """
    SELECT s.instance_id, c.field, c.after::text FROM people_fieldchange c
    JOIN inbox_submission s ON s.id = c.submission_id OR s.id = ANY(c.told_again) WHERE s.instance_id = ANY(%s)
"""
WAITING = "SELECT count(*) FROM inbox_submission WHERE instance_id = ANY(%s) AND status <> 'APPLIED'"
UNRECORDED = """
    SELECT count(*) FROM people_fieldchange c LEFT JOIN people_conflict f ON f.other_id = c.id
    WHERE c.household_id = ANY(%s) AND (c.state = 'IN_CONFLICT') <> (f.id IS NOT NULL)
"""
ONE = "SELECT id FROM people_fieldchange WHERE household_id = ANY(%s) AND state = 'APPLIED' AND submission_id IS NOT NULL LIMIT 1"
VERSIONS = """
    SELECT count(*) FROM people_household h WHERE h.id = ANY(%s)
    AND h.version <> (SELECT count(*) FROM risk_survey s WHERE s.household_id = h.id)
"""


def wrong_with(database, letters: list[Letter]) -> list[str]:
    instances, families = [one.instance for one in letters], list({one.family for one in letters})
    wanted = Counter((one.instance, each.field, json.dumps(each.told)) for one in letters for each in one.changes)
    found = Counter(database.execute(MENTIONS, [instances]).fetchall())
    wrong = [f"{found[key]} times: {key[1:]}" for key in wanted.keys() | found.keys() if wanted[key] != found[key]]
    for what, question, about in (
        ("waits", WAITING, instances), ("a conflict unrecorded", UNRECORDED, families), ("a version", VERSIONS, families),
    ):  # fmt: skip
        if database.execute(question, [about]).fetchone() != (0,):
            wrong.append(what)
    return wrong


def assert_it_would_notice(database, letters: list[Letter]) -> None:
    """Planted faults: a change that went missing, one that stands twice, a survey lost, a conflict forgotten."""
    change = database.execute(ONE, [[one.family for one in letters]]).fetchone()
    for fault in (
        "UPDATE people_fieldchange SET submission_id = NULL, told_again = '{}' WHERE id = %s",
        "INSERT INTO people_fieldchange SELECT (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid()))).*"
        " FROM people_fieldchange c WHERE id = %s",
        "UPDATE people_household SET version = version + 1 WHERE id = (SELECT household_id FROM people_fieldchange WHERE id = %s)",
        "UPDATE people_fieldchange SET state = 'IN_CONFLICT' WHERE id = %s",
    ):
        assert database.execute(fault, change).rowcount == 1
        is_noticed = wrong_with(database, letters) != []
        database.rollback()
        assert is_noticed, fault

