"""The law's clocks hold in every state: changed for the whole nation, from a day on, or not at all."""

from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.policy import day_in_india
from aanchal.core.models import Trail
from aanchal.tracking import queries, rules, statutory
from aanchal.tracking.models import Deadline, StatutoryClock
from tests.factories import make_posting

KEY = "ahtu-4-months"
COPY = """
INSERT INTO tracking_statutoryclock (key, effective_from, starts, stops, hours, child_only, adult_only, texts, law, source, mark)
SELECT key, %s, starts, stops, 1, child_only, adult_only, texts, law, source, mark FROM tracking_statutoryclock WHERE key = %s LIMIT 1
"""


def today() -> date:
    return day_in_india(timezone.now())


def told(**more) -> dict:
    return {"hours": 2900, "law": "As the order says", "source": "MHA SOP", "mark": "READ", "effective_from": today().isoformat()} | more


@pytest.fixture
def analyst(india, village):
    with acting(SYSTEM):
        return make_posting("national_analyst", india["nation"])


@pytest.fixture
def expert(india, village):
    with acting(SYSTEM):
        return make_posting("state_expert", india["state"])


@pytest.fixture
def half(india, village):
    """Holds the permission in one state only."""
    with acting(SYSTEM):
        return make_posting("national_analyst", india["state"])


def test_who_keeps_them_for_the_nation_changes_one(signed_in, analyst):
    client = signed_in(analyst)
    assert f"/touch/clocks/{KEY}/" in client.get("/touch/clocks/").content.decode()
    assert client.get(f"/touch/clocks/{KEY}/").status_code == 200
    assert client.post(f"/touch/clocks/{KEY}/", told()).status_code == 302
    assert "MHA SOP" in client.get("/touch/clocks/").content.decode()
    with acting(SYSTEM):
        changed = queries.clock_versions(KEY)[0]
        assert (changed.hours, changed.set_by) == (2900, analyst)
        assert Trail.objects.get(verb="tracking.clock.changed").actor == analyst.pk


def test_a_hindi_reader_reads_in_hindi_what_ships_with_the_title_as_it_is_quoted(signed_in, analyst):
    client = signed_in(analyst)
    client.cookies["django_language"] = "hi"
    client.post(f"/touch/clocks/{KEY}/", told())
    page = client.get("/touch/clocks/").content.decode()
    assert "हर लापता बच्चे की FIR तुरंत होती है" in page
    assert "सुप्रीम कोर्ट, Bachpan Bachao Andolan v. Union of India" in page
    assert "As the order says. MHA SOP" in page
    assert "Every missing child" not in page


@pytest.mark.parametrize("who", ["expert", "half"])
def test_nobody_of_one_state_does(signed_in, who, request):
    user = request.getfixturevalue(who)
    client = signed_in(user)
    assert f"/touch/clocks/{KEY}/" not in client.get("/touch/clocks/").content.decode()
    assert client.get(f"/touch/clocks/{KEY}/").status_code == 404
    assert client.post(f"/touch/clocks/{KEY}/", told()).status_code == 404
    with acting(user):
        clock = queries.clock_versions(KEY)[0]
        with pytest.raises(rules.NotPossible, match="nation"):
            statutory.change(clock=clock, by=user, **told(effective_from=today()))


@pytest.mark.parametrize(("who", "may"), [("analyst", True), ("expert", False), ("half", False)])
def test_the_database_itself_refuses_who_does_not_hold_the_nation(who, may, request):
    with acting(request.getfixturevalue(who)), connection.cursor() as cursor:
        if may:
            cursor.execute(COPY, [today(), KEY])
        else:
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                cursor.execute(COPY, [today(), KEY])
        assert StatutoryClock.objects.filter(key=KEY).count() == 1 + may


def test_it_holds_from_a_day_after_the_newest_version_only(signed_in, analyst):
    client = signed_in(analyst)
    assert client.post(f"/touch/clocks/{KEY}/", told()).status_code == 302
    again = client.post(f"/touch/clocks/{KEY}/", told(hours=5))
    assert again.status_code == 422
    assert "Choose a day after it." in again.content.decode()
    later = (today() + timedelta(days=30)).isoformat()
    assert client.post(f"/touch/clocks/{KEY}/", told(hours=5, effective_from=later)).status_code == 302
    with acting(SYSTEM):
        assert {one.key: one.hours for one in queries.clocks(today())}[KEY] == 2900


def test_a_clock_that_runs_keeps_the_time_it_began_with(signed_in, analyst, child_missing):
    with acting(SYSTEM):
        before = dict(Deadline.objects.values_list("key", "due_at"))
    assert signed_in(analyst).post("/touch/clocks/fir-month/", told(hours=3)).status_code == 302
    with acting(SYSTEM):
        assert dict(Deadline.objects.values_list("key", "due_at")) == before
