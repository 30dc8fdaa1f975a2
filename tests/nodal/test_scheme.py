"""The scheme of units: orders, certificates never above a release and decided by another, units that work or say why not."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from aanchal.access.acting import SYSTEM, acting
from aanchal.activities import queries as activities
from aanchal.config.demo import units
from aanchal.network.models import Stakeholder
from aanchal.nodal import functioning, reminding, scheme, standings
from aanchal.nodal.models import Release, Reminded, Sanction, Unit, Use
from aanchal.nodal.rules import Refused
from aanchal.nodal.scheme import Certified, Known, Order
from aanchal.notices.models import Notice
from tests.nodal.builders import DUE, NOW, act

DAY = date(2026, 9, 1)
CRORE = 10**9
GOOD = Known("DISTRICT", "SCHEME", "G.O. 7", DAY, "Inspector", DAY, "040 2345678", 1, DAY)


def refused(code):
    return pytest.raises(Refused, match=f": {code}$")


def order(**told):
    return Order(**{"year": 2026, "stream": "SCHEME", "units": 4, "order_no": "15011/1", "on": DAY} | told)


def certify(release, by, paise, number="UC 1", at=NOW):
    with acting(by):
        return scheme.submit(one=release, told=Certified(number, paise, DAY), at=at, by=by)


def decide(use, by, to="ACCEPTED", reason=""):
    with acting(by):
        return scheme.decide(use=use, to=to, reason=reason, at=NOW, by=by)


def run(user, sql, *values):
    """As the application's role."""
    with acting(user), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else cursor.rowcount


@pytest.fixture
def release(india, cast):
    with acting(cast["cell"]):
        scheme.sanction(place=india["state"], order=order(), tier="DISTRICT", at=NOW, by=cast["cell"])
        return scheme.release(place=india["state"], order=order(order_no="15011/2"), amount_paise=3 * CRORE, at=NOW, by=cast["cell"])


@pytest.fixture
def unit(india, cast):
    with acting(cast["mis"]):
        told = {"state": india["state"], "place": india["east"], "name": "AHTU East", "known": GOOD}
        return scheme.enter(at=NOW, by=cast["mis"], **told)


@pytest.mark.parametrize(
    ("changed", "why", "standing"),
    [
        ({}, (), "FUNCTIONAL"),
        ({"notified_on": None}, ("not_notified",), "PLANNED"),
        ({"notified_on": DAY + timedelta(days=1)}, ("not_notified",), "PLANNED"),
        ({"head_post": ""}, ("no_head",), "NOTIFIED"),
        ({"phone": "", "vehicles": 0}, ("no_phone", "no_vehicle"), "NOTIFIED"),
        ({"reported_on": None}, ("no_return",), "NOTIFIED"),
        ({"reported_on": DAY - timedelta(days=62)}, (), "FUNCTIONAL"),
        ({"reported_on": DAY - timedelta(days=63)}, ("old_return",), "NOTIFIED"),
    ],
)
def test_a_unit_says_why_it_does_not_work(changed, why, standing):
    told = {"notified_on": DAY, "head_post": "Inspector", "phone": "1", "vehicles": 1, "reported_on": DAY} | changed
    found = functioning.why_not(functioning.Unit(**told), DAY, 62)
    assert found == why
    assert functioning.standing(found) == standing


def test_the_history_is_what_the_page_says():
    told = [(past.financial_year, past.units, past.amount_paise) for past in standings.history()]
    assert told == [("", 330, None), ("2010-11", 115, 872 * 10**7), ("", 85, None), ("2011-12", 110, None)]


def test_the_table_adds_up_for_the_nation_and_a_state_sees_itself(release, unit, india, cast):
    use = certify(release, cast["mis"], CRORE)
    decide(use, cast["cell"])
    with acting(cast["cell"]):
        lines = standings.table(cast["cell"], NOW.date())
        total = standings.whole(lines)
    assert {line.place.pk for line in lines} >= {india["state"].pk, india["far state"].pk}
    told = (total.sanctioned, total.notified, total.functional, total.released, total.certified, total.unspent)
    assert told == (4, 1, 1, 3 * CRORE, CRORE, 2 * CRORE)
    with acting(cast["stranger"]):
        [line] = standings.table(cast["stranger"], NOW.date())
    assert (line.place, line.sanctioned, line.notified, line.released) == (india["far state"], 0, 0, 0)


def test_a_certificate_is_never_above_its_release_whatever_waits(release, cast):
    certify(release, cast["mis"], 2 * CRORE)
    with pytest.raises(Refused) as told:
        certify(release, cast["officer"], CRORE + 1, "UC 2")
    assert told.value.told == {"released": "₹3,00,00,000", "left": "₹1,00,00,000"}
    with refused("number_twice"):
        certify(release, cast["mis"], CRORE)
    with refused("not_while_it_was_there"), acting(cast["mis"]):
        scheme.submit(one=release, told=Certified("UC 3", CRORE, DAY - timedelta(days=1)), at=NOW, by=cast["mis"])
    insert = (
        "INSERT INTO nodal_use (id, release_id, place_no, standing, number, amount_paise, until_on, words, reason, submitted_by_id,"
        " submitted_at)"
        " VALUES (gen_random_uuid(), %s, %s, 'SUBMITTED', 'UC 9', %s, %s, '', '', %s, now())"
    )
    with pytest.raises(DatabaseError, match="more than was released"):
        run(cast["mis"], insert, release.pk, release.place_no, CRORE + 1, DAY, cast["mis"].pk)
    assert run(cast["mis"], insert, release.pk, release.place_no, CRORE, DAY, cast["mis"].pk) == 1


def test_it_is_asked_for_submitted_returned_and_accepted_by_another(release, cast, india):
    with acting(cast["cell"]):
        asked = scheme.ask(one=release, due_on=NOW.date(), at=NOW, by=cast["cell"])
        with refused("asked_already"):
            scheme.ask(one=release, due_on=NOW.date(), at=NOW, by=cast["cell"])
    assert {one.user_id for one in Notice.objects.filter(topic="UC", about=asked.pk)} == {cast["mis"].pk, cast["officer"].pk}
    use = certify(release, cast["mis"], 3 * CRORE)
    assert use.pk == asked.pk
    with refused("length"):
        decide(use, cast["cell"], "RETURNED")
    decide(use, cast["cell"], "RETURNED", "The bill of the vehicle is missing")
    use = certify(release, cast["mis"], 3 * CRORE)
    decide(use, cast["cell"])
    with refused("decided_already"):
        decide(use, cast["cell"])
    with acting(cast["cell"]), refused("all_certified"):
        scheme.ask(one=release, due_on=NOW.date(), at=NOW, by=cast["cell"])


def test_the_state_does_not_accept_its_own_and_nobody_decides_what_they_submitted(release, cast, india):
    use = certify(release, cast["mis"], CRORE)
    accept = "UPDATE nodal_use SET standing = 'ACCEPTED', decided_by_id = %s WHERE id = %s"
    with pytest.raises(DatabaseError):
        run(cast["officer"], accept, cast["officer"].pk, use.pk)
    with refused("own_work"), acting(cast["mis"]):
        scheme.decide(use=use, to="ACCEPTED", at=NOW, by=cast["mis"])
    with pytest.raises(DatabaseError), transaction.atomic(), acting(SYSTEM):
        Use.objects.filter(pk=use.pk).update(standing="ACCEPTED", decided_by=cast["mis"])


def test_a_unit_stands_in_the_directory_once(unit, india, cast):
    with acting(SYSTEM):
        row = Stakeholder.objects.get(pk=unit.organisation_id)
        assert (row.kind, row.name, row.place_id) == ("AHTU", "AHTU East", india["east"].pk)
    with acting(cast["mis"]):
        assert [one.pk for one in standings.listed(india["state"])] == [unit.organisation_id]
        with refused("unit_twice"):
            scheme.enter(state=india["state"], listed=str(unit.organisation_id), known=GOOD, at=NOW, by=cast["mis"])
        with refused("in_the_future"):
            scheme.tell(unit=unit, known=Known("DISTRICT", "SCHEME", reported_on=date(2026, 12, 1)), at=NOW, by=cast["mis"])
        told = scheme.tell(unit=unit, known=Known("DISTRICT", "NIRBHAYA", "G.O. 7", DAY), at=NOW, by=cast["mis"])
    assert standings.why_not(told, DAY) == ("no_head", "no_phone", "no_vehicle", "no_return")
    with acting(cast["stranger"]):
        assert standings.listed(india["state"]) == []


def test_another_state_reads_and_writes_nothing_of_it(release, unit, cast, india, signed_in):
    use = certify(release, cast["mis"], CRORE)
    client = signed_in(cast["stranger"])
    for address in (f"units/{india['state'].pk}/", f"units/{unit.pk}/", f"units/releases/{release.pk}/"):
        assert client.get(f"/nodal/{address}").status_code == 404
        assert client.post(f"/nodal/{address}", {"what": "use"}).status_code == 404
    for table in ("nodal_sanction", "nodal_release", "nodal_use", "nodal_unit"):
        assert run(cast["stranger"], f"SELECT id FROM {table}") == []
    assert run(cast["stranger"], "UPDATE nodal_use SET words = 'x' WHERE id = %s", use.pk) == 0
    assert run(cast["stranger"], "UPDATE nodal_unit SET phone = '' WHERE id = %s", unit.pk) == 0
    for model, told in ((Sanction, {"tier": "DISTRICT"}), (Release, {"amount_paise": 1})):
        told |= {"place": india["state"], "place_no": india["state"].place_no, "by": cast["mis"], "at": NOW}
        with pytest.raises(DatabaseError), acting(cast["mis"]), transaction.atomic():
            model(**vars(order(order_no="own")), **told).save(force_insert=True)
    with pytest.raises(DatabaseError):
        run(cast["mis"], "UPDATE nodal_unit SET place_no = %s WHERE id = %s", india["state"].place_no, unit.pk)
    assert run(cast["mis"], "SELECT about FROM nodal_reminded") == []


def test_from_the_order_to_the_certificate_through_the_pages(india, cast, signed_in):
    page = f"/nodal/units/{india['state'].pk}/"
    told = {"year": "2023", "stream": "SCHEME", "units": "4", "order_no": "15011/1", "on": "2024-01-01"}
    client = signed_in(cast["cell"])
    assert client.post(page, told | {"what": "sanction", "tier": "DISTRICT", "units": "four"}).status_code == 422
    assert client.post(page, told | {"what": "sanction", "tier": "DISTRICT"}).status_code == 302
    assert client.post(page, told | {"what": "release", "amount_paise": "3000"}).status_code == 302
    assert client.post(page, {"what": "unit"}).status_code == 404
    with acting(SYSTEM):
        release = Release.objects.get()
    client = signed_in(cast["mis"])
    assert client.post(page, told | {"what": "release", "amount_paise": "3000"}).status_code == 404
    known = {"tier": "DISTRICT", "stream": "SCHEME", "vehicles": "0", "place": india["east"].pk, "name": "AHTU East"}
    assert client.post(page, known | {"what": "unit"}).status_code == 302
    shown = client.get(page).content.decode()
    assert "Why not: not notified" in shown
    with acting(SYSTEM):
        unit = Unit.objects.get()
    assert client.post(f"/nodal/units/{unit.pk}/", known | {"order_no": "7", "notified_on": "2024-01-01"}).status_code == 302
    at = f"/nodal/units/releases/{release.pk}/"
    answer = client.post(at, {"what": "use", "number": "UC 1", "amount_paise": "3000.01", "until_on": "2024-01-02"})
    assert answer.status_code == 422
    assert "More than is left: ₹3,000 were released, and only ₹3,000 are not certified yet." in answer.content.decode()
    assert client.post(at, {"what": "use", "number": "UC 1", "amount_paise": "2000", "until_on": "2024-01-02"}).status_code == 302
    assert "another person decides" in client.get(at).content.decode()
    assert client.post(at, {"what": "decide", "to": "ACCEPTED"}).status_code == 404
    client = signed_in(cast["cell"])
    assert "UC 1" in client.get("/nodal/units/").content.decode()
    assert client.post(at, {"what": "decide", "to": "ACCEPTED"}).status_code == 302
    file = client.get("/nodal/units/file/").content.decode("utf-8-sig")
    assert f'"{india["state"].name}","{india["state"].lgd_code}","4","1","0","3000","2000","1000"' in file
    assert client.get("/nodal/units/file/?format=xlsx").content.startswith(b"PK")
    assert client.get("/nodal/units/file/?format=exe").status_code == 404
    assert signed_in(cast["crp"]).get("/nodal/units/").status_code == 404


def test_the_table_asks_as_little_for_many_units_as_for_one(unit, release, cast, india, signed_in):
    client = signed_in(cast["cell"])
    client.get("/nodal/units/")
    with CaptureQueriesContext(connection) as few:
        client.get("/nodal/units/")
    with acting(cast["mis"]):
        for n in range(4):
            scheme.enter(state=india["state"], place=india["west"], name=f"AHTU {n}", known=GOOD, at=NOW, by=cast["mis"])
    with CaptureQueriesContext(connection) as many:
        client.get("/nodal/units/")
    assert len(many) == len(few)


@pytest.mark.parametrize(("days", "step"), [(-8, None), (-7, -7), (-1, -7), (0, 0), (6, 0), (7, 7), (29, 7), (30, 30), (400, 30)])
def test_each_day_has_its_step(days, step):
    assert functioning.due_step(DUE, DUE + timedelta(days=days), [-7, 0, 7, 30]) == step


def clock(days):
    with acting(SYSTEM):
        return reminding.remind_of_returns(at=datetime(DUE.year, DUE.month, DUE.day, 6, tzinfo=UTC) + timedelta(days=days), by=SYSTEM)


def test_the_clock_reminds_who_has_not_reported_once_at_each_step(draft, call, india, cast):
    assert [clock(days) for days in (-9, -7, -7, -6, 0, 3, 3)] == [0, 1, 0, 0, 1, 0, 0]
    told = Notice.objects.filter(topic="RETURN", about=call.pk)
    assert told.filter(user=cast["mis"]).count() == 2
    act("submit", draft, cast["mis"])
    assert clock(40) == 1
    assert clock(50) == 0
    assert told.filter(user=cast["mis"]).count() == 2
    assert told.filter(user=cast["stranger"]).count() == 3
    with acting(SYSTEM):
        assert sorted(Reminded.objects.filter(about=call.pk).values_list("step", flat=True)) == [-7, 0, 30]


def test_the_clock_reminds_of_a_certificate_until_it_is_submitted(release, cast):
    with acting(cast["cell"]):
        asked = scheme.ask(one=release, due_on=NOW.date(), at=NOW, by=cast["cell"])
    later = NOW + timedelta(days=30)
    with acting(SYSTEM):
        assert [reminding.remind_of_certificates(at=later, by=SYSTEM) for _each in range(2)] == [1, 0]
    assert Notice.objects.filter(topic="UC", about=asked.pk, user=cast["mis"]).count() == 2
    certify(release, cast["mis"], CRORE)
    with acting(SYSTEM):
        assert reminding.remind_of_certificates(at=later + timedelta(days=30), by=SYSTEM) == 0


def test_the_demo_shows_a_unit_at_every_step_and_a_certificate_that_is_owed(cast, india):
    units.load(state=india["state"], users={"analyst": cast["cell"], "state_mis": cast["mis"]}, at=NOW)
    with acting(cast["mis"]):
        told = [one.standing.value for one in standings.units(cast["mis"], india["state"], NOW.date())]
        assert told == ["PLANNED", "NOTIFIED", "FUNCTIONAL"]
        assert sorted(Use.objects.values_list("standing", flat=True)) == ["ACCEPTED", "ASKED"]
    with acting(cast["officer"]):
        [point] = activities.points_of_states(cast["officer"])
        assert (point.state, point.is_answered) == ("OPEN", False)
