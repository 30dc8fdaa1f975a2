"""Officers trained, by State: each once, where they work; a State that told of no training is silent, not zero."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aanchal.access.acting import SYSTEM, acting
from aanchal.activities import training
from aanchal.activities.models import Participant
from aanchal.nodal import learning
from tests.activities.builders import DAY, NOW, known, master, trained
from tests.factories import make_posting


@pytest.fixture
def officer(india):
    with acting(SYSTEM):
        training.load_modules(by=SYSTEM)
        return make_posting("programme_officer", india["state"])


@pytest.fixture
def taught(india, officer):
    """Two police officers, one of them a trainer who came twice, a prosecutor, a judge, and someone of the mission."""
    state = india["state"]
    teacher = master(state, officer)
    police = [known(state, officer, f"Officer {n}", audience="POLICE", rank="INSPECTOR") for n in (1, 2)]
    others = [known(state, officer, name, audience=name) for name in ("PROSECUTOR", "JUDGE", "STAFF")]
    trained(state, officer, teacher, police[:1], is_of_trainers=True)
    trained(india["east"], officer, teacher, [*police, *others])
    with acting(officer):
        training.set_target(place=state, module_key="basics", people=40, by_on=DAY.replace(year=2099), of_officers=True, at=NOW, by=officer)
    return police


def lines(user) -> dict:
    with acting(user):
        told = learning.progress(user)
    return {line.place.pk: line for line in told.lines} | {"": told}


def test_each_is_counted_once_and_a_silent_state_is_not_zero(taught, cast, india):
    found = lines(cast["cell"])
    mine, far, told = found[india["state"].pk], found[india["far state"].pk], found[""]
    assert (mine.police, mine.trainers, mine.prosecutors, mine.judges, mine.target, mine.percent) == (2, 1, 1, 1, 40, 10)
    assert far.is_silent
    assert not mine.is_silent
    assert (told.whole.police, told.target, told.percent, told.silent) == (2, 10_000, 0, len(told.lines) - 1)
    assert dict(told.by_sex) == {"Women": 4}
    assert dict(told.by_rank) == {"Inspector": 2, "": 2}


def test_a_state_that_trained_nobody_of_the_law_shows_zero(officer, cast, india):
    trained(india["state"], officer, master(india["state"], officer), [known(india["state"], officer, "Asha")])
    line = lines(cast["cell"])[india["state"].pk]
    assert (line.is_silent, line.police) == (False, 0)


def test_another_state_and_who_reads_no_returns_count_nothing_of_it(taught, cast, india):
    assert set(lines(cast["stranger"])) == {india["far state"].pk, ""}
    with acting(cast["crp"]), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM activities_trained_officers()")
        assert cursor.fetchall() == []
    with acting(cast["cell"]):
        assert not Participant.objects.exists()


def test_the_page_tells_it_and_opens_the_trainings_only_for_who_may(taught, cast, signed_in, india):
    client = signed_in(cast["cell"])
    page = client.get("/nodal/training/").content.decode()
    assert "Told of no training" in page
    assert "/activities/trainings/?place=" not in page
    assert "Police trained" in client.get("/nodal/units/").content.decode()
    assert "Police trained" in client.get("/").content.decode()
    with acting(SYSTEM):
        make_posting("programme_officer", india["state"], user=cast["mis"])
    assert f"/activities/trainings/?place={india['state'].pk}" in signed_in(cast["mis"]).get("/nodal/training/").content.decode()
    assert signed_in(cast["crp"]).get("/nodal/training/").status_code == 404


def test_it_asks_three_questions_however_many_states_there_are(taught, cast):
    with acting(cast["cell"]):
        learning.progress(cast["cell"])
        with CaptureQueriesContext(connection) as asked:
            learning.progress(cast["cell"])
    assert len(asked) == 3
