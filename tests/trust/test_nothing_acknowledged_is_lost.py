"""Web processes and database are killed in mid-batch, answers are lost, phones send again: each form once, whole (shared trust.md, 8)."""

import http.client
import random
import string
import threading
import time
from dataclasses import dataclass, field
from uuid import uuid4

import psycopg
import pytest

from tests.config.live import kill, until
from tests.field import phone
from tests.trust.pilot_home import pilot_home, send, served, village

pytestmark = pytest.mark.live
PHONES = 4
KILLS = 5
RETRY = (http.client.HTTPException, OSError)
LOST_ANSWERS = 0.15


@dataclass
class Form:
    household: str
    members: tuple[str, str]
    instance: str
    xml: bytes = field(repr=False)
    answers: list[int] = field(default_factory=list)


def family(code: int) -> Form:
    """A family like no other: nobody is taken for a double."""
    name = "".join(random.choices(string.ascii_lowercase, k=12)).title()
    head, girl = phone.head(f"{name} Devi"), phone.daughter(f"Gita {name}")
    household, instance = str(uuid4()), f"uuid:{uuid4()}"
    told = phone.survey(village(code), head, girl, hh={"household_id": household, "guardian_name": f"Ram {name}"})
    xml = phone.filled("household_survey", told, instance_id=instance)
    return Form(household, (head["person_id"], girl["person_id"]), instance, xml)


class Phone(threading.Thread):
    """Sends families of its village until told to stop; each again until it is acknowledged."""

    def __init__(self, port: int, code: int, token: str):
        super().__init__(daemon=True)
        self.port, self.code, self.token = port, code, token
        self.sent: list[Form] = []
        self.odd: list[tuple[int, bytes]] = []
        self.stopping = threading.Event()

    def run(self):
        while not self.stopping.is_set():
            form = family(self.code)
            self.sent.append(form)
            while not self.acknowledged(form):
                time.sleep(0.1)

    def acknowledged(self, form: Form) -> bool:
        try:
            answer = send(self.port, self.token, form.xml, hear=random.random() > LOST_ANSWERS)
        except RETRY:
            return False
        if answer is None:
            return False
        form.answers.append(answer.status)
        if answer.status not in (201, 202, 503):
            self.odd.append((answer.status, answer.body))
        return answer.status in (201, 202)


@pytest.fixture(scope="module")
def home():
    with pilot_home() as (home, tokens):
        yield home, tokens


@pytest.fixture(scope="module")
def site(home):
    with served(home[0]) as (process, port):
        yield process, port


def children(pid: int) -> list[int]:
    with open(f"/proc/{pid}/task/{pid}/children") as found:
        return [int(child) for child in found.read().split()]


def kill_the_web(home, process) -> None:
    [master] = children(process.pid)
    for web in children(master):
        kill(web)
    until(lambda: len(children(master)) == 2, "other web processes run")


def kill_the_database(home, process) -> None:
    kill(home.postmaster())
    time.sleep(0.3)
    home.server._begin()


def tried(phones) -> bool:
    forms = [form for one in phones for form in list(one.sent)]
    return len(forms) > 2 * PHONES and any(202 in form.answers for form in forms)


@pytest.mark.parametrize("strike", [kill_the_web, kill_the_database], ids=["web", "database"])
def test_nothing_is_lost_doubled_or_partial(home, site, strike):
    (home, tokens), (process, port) = home, site
    phones = [Phone(port, code, token) for code, token in list(tokens.items())[:PHONES]]
    for one in phones:
        one.start()
    for _ in range(KILLS):
        time.sleep(random.uniform(0.6, 1.2))
        strike(home, process)
    until(lambda: tried(phones), "enough forms are acknowledged, some of them after a lost answer")
    for one in phones:
        one.stopping.set()
    for one in phones:
        one.join(60)
        assert not one.is_alive(), "a form was never acknowledged"
        assert one.odd == []
    forms = [form for one in phones for form in one.sent]
    again = [send(port, one.token, form.xml).status for one in phones for form in one.sent]
    assert set(again) == {202}
    with psycopg.connect(home.server.conninfo("aanchal")) as database:
        assert_whole(database, forms)
        assert_it_would_notice(database, forms)
    home.run("trail", "verify")


COUNTS = {
    "kept once": ("SELECT count(*) FROM inbox_submission WHERE instance_id = ANY(%(instances)s)", 1),
    "applied": ("SELECT count(*) FROM inbox_submission WHERE instance_id = ANY(%(instances)s) AND status = 'APPLIED'", 1),
    "one household": ("SELECT count(*) FROM people_household WHERE id = ANY(%(households)s)", 1),
    "its members": ("SELECT count(*) FROM people_membership WHERE household_id = ANY(%(households)s) AND until IS NULL", 2),
    "their persons": ("SELECT count(*) FROM people_person WHERE id = ANY(%(members)s)", 2),
    "their names": ("SELECT count(*) FROM people_identity WHERE person_id = ANY(%(members)s)", 2),
    "its consent": ("SELECT count(*) FROM people_consent WHERE household_id = ANY(%(households)s)", 1),
    "its survey": ("SELECT count(*) FROM risk_survey WHERE household_id = ANY(%(households)s)", 1),
    "one assessment": ("SELECT count(*) FROM risk_assessment WHERE household_id = ANY(%(households)s) AND is_current", 1),
    "its grounds": (
        "SELECT count(*) FROM risk_grounds JOIN risk_assessment a ON a.id = assessment_id WHERE household_id = ANY(%(households)s)",
        1,
    ),
    "its line on the trail": (
        "SELECT count(*) FROM core_trail WHERE verb = 'people.household.recorded' AND about_id = ANY(%(households)s::text[])",
        1,
    ),
}  # fmt: skip


def assert_whole(database, forms: list[Form]) -> None:
    told = {
        "instances": [form.instance for form in forms],
        "households": [form.household for form in forms],
        "members": [member for form in forms for member in form.members],
    }
    casts = {"households": "%(households)s::uuid[]", "members": "%(members)s::uuid[]"}
    for what, (query, each) in COUNTS.items():
        for name, cast in casts.items():
            query = query if f"%({name})s::" in query else query.replace(f"%({name})s", cast)
        assert database.execute(query, told).fetchone() == (each * len(forms),), what
    strays = "SELECT count(*) FROM people_household h WHERE NOT EXISTS (SELECT 1 FROM risk_survey s WHERE s.household_id = h.id)"
    assert database.execute(strays).fetchone() == (0,)


def assert_it_would_notice(database, forms: list[Form]) -> None:
    """Planted faults: a member that went missing, a form that was kept and not applied, a family twice assessed."""
    for fault in (
        "DELETE FROM people_membership WHERE person_id = %s",
        "UPDATE inbox_submission SET status = 'FLAGGED' WHERE instance_id = %s",
        "UPDATE risk_assessment SET is_current = false WHERE household_id = %s",
    ):
        one = {"person_id": forms[-1].members[0], "instance_id": forms[-1].instance, "household_id": forms[-1].household}
        [about] = [key for key in one if f"{key} = %s" in fault]
        assert database.execute(fault, [one[about]]).rowcount > 0
        with pytest.raises(AssertionError):
            assert_whole(database, forms)
        database.rollback()


def test_without_its_database_it_says_try_later_and_recovers_by_itself(home, site):
    (home, tokens), (_, port) = home, site
    code, token = next(iter(tokens.items()))
    form = family(code)
    kill(home.postmaster())
    answer = until(lambda: _answer(port, token, form), "the phone is answered")
    assert (answer.status, answer.headers["Retry-After"]) == (503, "30")
    assert b"try again" in answer.body
    page = _page(port)
    assert page.status == 500
    assert b"Traceback" not in page.body
    assert b"<h1" in page.body
    home.server._begin()
    assert until(lambda: (said := _answer(port, token, form)) and said.status == 201, "it recovers")


FULL = """
    CREATE FUNCTION disk_is_full() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
    CREATE TRIGGER disk_is_full BEFORE INSERT ON {table} FOR EACH STATEMENT EXECUTE FUNCTION disk_is_full()
"""


@pytest.mark.parametrize("table", ["inbox_submission", "people_membership", "core_trail"])
def test_on_a_full_disk_it_says_try_later_and_keeps_nothing_half(home, site, table):
    """The database's own error for a full disk, raised at the first, a middle and the last write."""
    (home, tokens), (_, port) = home, site
    code, token = next(iter(tokens.items()))
    form = family(code)
    with psycopg.connect(home.server.conninfo("aanchal"), autocommit=True) as database:
        database.execute(FULL.format(table=table))
        try:
            answer = send(port, token, form.xml)
        finally:
            database.execute("DROP FUNCTION disk_is_full CASCADE")
        assert (answer.status, answer.headers["Retry-After"]) == (503, "30")
        assert database.execute("SELECT count(*) FROM inbox_submission WHERE instance_id = %s", [form.instance]).fetchone() == (0,)
        assert database.execute("SELECT count(*) FROM people_household WHERE id = %s", [form.household]).fetchone() == (0,)
        assert send(port, token, form.xml).status == 201
        assert_whole(database, [form])


def _answer(port, token, form):
    try:
        return send(port, token, form.xml)
    except RETRY:
        return None


def _page(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", "/accounts/login/")
    answer = connection.getresponse()
    answer.body = answer.read()
    connection.close()
    return answer
