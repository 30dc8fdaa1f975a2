import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from aanchal.access.acting import SYSTEM, acting
from aanchal.core.models import Trail
from aanchal.rescue import informing, queries, rules, staffing
from aanchal.rescue.models import Lead, LeadSource
from aanchal.tracking import alerting
from aanchal.tracking.models import Alert
from tests.factories import DAY, NOON
from tests.registers.builders import DETAILS, make_entry, someone
from tests.rescue.builders import NAME, TOLD_BY, make_lead


def refused(word):
    return pytest.raises(rules.NotPossible, match=f"^{word}$")


def sources():
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM rescue_leadsource")
        return cursor.fetchall()


def test_it_shows_who_told_it_to_the_writer_and_the_head_alone(lead, people):
    for user in (people.officer, people.head):
        with acting(user):
            assert informing.open_source(lead=lead, by=user)["name"] == TOLD_BY
            assert len(sources()) == 1
    for user in (people.colleague, people.stranger):
        with acting(user):
            assert informing.open_source(lead=lead, by=user) is None
            assert sources() == []
            assert not LeadSource.objects.exists()


def test_it_puts_each_reading_and_each_refusal_on_the_trail(lead, people):
    for user, verb in ((people.head, "rescue.source.read"), (people.colleague, "rescue.source.refused")):
        with acting(user):
            informing.open_source(lead=lead, by=user)
        with acting(SYSTEM):
            assert Trail.objects.filter(verb=verb, actor=user.pk, about_id=str(lead.pk)).exists()


def test_who_was_head_reads_no_more(lead, unit, people):
    with acting(people.head):
        staffing.join(unit=unit, user=people.colleague, capacity="HEAD", on=DAY, by=people.head)
        assert sources() == []
    with acting(people.colleague):
        assert len(sources()) == 1


def test_nobody_makes_himself_head(unit, people):
    with acting(people.officer), refused("own_head"):
        staffing.join(unit=unit, user=people.officer, capacity="HEAD", on=DAY, by=people.officer)
    with acting(people.officer), refused("head"):
        staffing.join(unit=unit, user=people.colleague, capacity="HEAD", on=DAY, by=people.officer)


def test_nobody_makes_himself_head_by_raw_sql(unit, people):
    row = "INSERT INTO rescue_member (id, unit_id, place_no, user_id, capacity, since) VALUES (gen_random_uuid(), %s, %s, %s, 'HEAD', %s)"
    told = [unit.pk, unit.place_no, people.colleague.pk, DAY]
    with acting(SYSTEM):
        staffing.leave(member=queries.head_of(unit), on=DAY, by=SYSTEM)
    with acting(people.colleague), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        connection.cursor().execute(row, told)


def test_it_seals_what_was_told(lead, people):
    with acting(people.officer):
        assert NAME in informing.open_lead(lead=lead, by=people.officer)["words"]
        assert NAME.encode() not in bytes(Lead.objects.get().sealed)


def test_it_says_what_became_of_it_with_the_reason(lead, people):
    with acting(people.officer):
        with refused("reason"):
            informing.move(lead=lead, state="CHECKED", why=" ", at=NOON, by=people.officer)
        with refused("lead"):
            informing.move(lead=lead, state="IN_OPERATION", why="so", at=NOON, by=people.officer)
        moved = informing.move(lead=lead, state="NOT_SO", why="An empty house", at=NOON, by=people.officer)
        assert moved.told()["found"] == "An empty house"
        assert NAME in moved.told()["words"]
        with refused("lead"):
            informing.move(lead=moved, state="HANDED_ON", why="so", at=NOON, by=people.officer)


@pytest.fixture
def alert(unit, india):
    """A girl of 15 is missing; every step up to the AHTU was told."""
    details = DETAILS["MISSING"] | {"missing_status": "REPORTED_VILLAGE"}
    details.pop("gd_on")
    make_entry(india["east village 1"], "MISSING", who=someone(years=15), details=details)
    with acting(SYSTEM):
        alert = Alert.objects.get()
        for _step in ("VO", "BLOCK", "AHTU"):
            alert = alerting.hand_up(alert=alert, reason="DANGER", at=NOON, by=SYSTEM)
    return alert


def test_an_alert_that_was_handed_up_becomes_one_lead(alert, unit, people):
    with acting(people.officer):
        assert list(queries.handed_up(people.officer)) == [alert]
        lead = make_lead(unit, by=people.officer, matter="MISSING_CHILD", alert=alert)
        assert not queries.handed_up(people.officer).exists()
        with refused("lead_of_alert"):
            make_lead(unit, by=people.officer, alert=alert)
        assert Lead.objects.get(alert=alert) == lead
    with acting(people.stranger):
        assert not queries.handed_up(people.stranger).exists()


def test_its_page_is_reached_from_the_alert_which_the_officer_sees(alert, people, signed_in):
    client = signed_in(people.officer)
    assert client.get(f"/touch/alerts/{alert.pk}/").status_code == 200
    told = {"matter": "MISSING_CHILD", "channel": "ALERT", "words": "The village says more"}
    assert client.post(f"/rescue/leads/from-alert/{alert.pk}/", told).status_code == 302
    with acting(SYSTEM):
        assert Lead.objects.get().alert == alert
    assert signed_in(people.stranger).get(f"/rescue/leads/from-alert/{alert.pk}/").status_code == 404
