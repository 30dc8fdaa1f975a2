"""What was typed wrongly in the scheme: a new line, another person, and the old line kept."""

import pytest
from django.db import DatabaseError

from aanchal.access.acting import SYSTEM, acting
from aanchal.nodal import correcting, functioning, scheme, standings
from aanchal.nodal.models import Release, Sanction, Use
from aanchal.nodal.scheme import Certified
from tests.factories import make_posting
from tests.nodal.builders import NOW
from tests.nodal.test_scheme import CRORE, DAY, certify, decide, order, refused, run


@pytest.fixture
def second(cast, india):
    with acting(SYSTEM):
        return make_posting("national_analyst", india["nation"])


@pytest.fixture
def sanction(cast, india):
    with acting(cast["cell"]):
        return scheme.sanction(place=india["state"], order=order(units=40), tier="DISTRICT", at=NOW, by=cast["cell"])


@pytest.fixture
def release(cast, india):
    with acting(cast["cell"]):
        return scheme.release(place=india["state"], order=order(order_no="15011/2"), amount_paise=3 * CRORE, at=NOW, by=cast["cell"])


def correct(line, by, *, why="A zero too many", **told):
    with acting(by):
        if isinstance(line, Release):
            paise = told.pop("amount_paise", line.amount_paise)
            told = order(order_no=line.order_no) if not told else order(**{"order_no": line.order_no} | told)
            return correcting.correct_release(line=line, order=told, amount_paise=paise, why=why, at=NOW, by=by)
        return correcting.correct_sanction(line=line, order=order(**told), tier=line.tier, why=why, at=NOW, by=by)


def settle(line, by, *, stands=True):
    with acting(by):
        return correcting.decide(line=line, stands=stands, at=NOW, by=by)


def test_while_a_correction_waits_the_greater_claim_counts():
    assert functioning.claimed([("a", 5), ("a", 8), ("b", 2)]) == 10
    assert functioning.claimed([]) == 0


def test_a_sanction_is_corrected_by_a_second_person_and_the_old_line_stays(sanction, cast, second, india):
    with refused("same_line"):
        correct(sanction, cast["cell"], units=40)
    with refused("length"):
        correct(sanction, cast["cell"], units=4, why=" ")
    line = correct(sanction, cast["cell"], units=4)
    with refused("correction_waits"):
        correct(sanction, second, units=5)
    with refused("own_work"):
        settle(line, cast["cell"])
    with acting(second):
        assert standings.lines_of([india["state"]], DAY)[0].sanctioned == 40
        assert [one.pk for one in standings.corrections_waiting(second)] == [line.pk]
    settle(line, second)
    with refused("decided_already"):
        settle(line, second)
    with acting(second):
        assert standings.lines_of([india["state"]], DAY)[0].sanctioned == 4
        assert [(one.units, one.line) for one in standings.lines_before(sanction)] == [(4, "STANDS"), (40, "CORRECTED")]
        again = Sanction.objects.get(line="STANDS")
    sanction.line = "CORRECTED"
    with refused("not_the_last_line"):
        correct(sanction, second, units=9)
    refusal = settle(correct(again, cast["cell"], units=9), second, stands=False)
    assert (refusal.line, refusal.corrects_id) == ("REFUSED", sanction.pk)
    with acting(second):
        assert Sanction.objects.get(line="STANDS") == again


def test_a_release_is_never_corrected_below_what_is_certified(release, cast, second):
    decide(certify(release, cast["mis"], 2 * CRORE), cast["cell"])
    with refused("below_certified"):
        correct(release, cast["cell"], amount_paise=2 * CRORE - 1)
    line = correct(release, cast["cell"], amount_paise=2 * CRORE)
    certify(release, cast["mis"], CRORE, "UC 2")
    with refused("below_certified"):
        settle(line, second)
    with pytest.raises(DatabaseError, match="less than is certified"):
        run(second, "UPDATE nodal_release SET line = 'STANDS', decided_by_id = %s WHERE id = %s", second.pk, line.pk)
    settle(line, second, stands=False)
    settle(correct(release, cast["cell"], amount_paise=4 * CRORE, order_no="15011/9"), second)
    certify(release, cast["mis"], CRORE, "UC 3")
    with refused("above_release"):
        certify(release, cast["mis"], 1, "UC 4")
    with acting(cast["cell"]):
        assert standings.whole(standings.table(cast["cell"], DAY)).released == 4 * CRORE


def test_an_accepted_certificate_is_submitted_anew_and_ends_when_the_new_one_is_accepted(release, cast, india):
    use = decide(certify(release, cast["mis"], CRORE), cast["cell"])

    def anew(use, paise, number="UC 1", why="The bill of the vehicle"):
        with acting(cast["mis"]):
            return correcting.correct_use(use=use, told=Certified(number, paise, DAY), why=why, at=NOW, by=cast["mis"])

    with refused("same_line"):
        anew(use, CRORE)
    with refused("above_release"):
        anew(use, 3 * CRORE + 1)
    first = anew(use, 2 * CRORE)
    with refused("correction_waits"):
        anew(use, 3 * CRORE)
    with refused("above_release"):
        certify(release, cast["mis"], CRORE + 1, "UC 2")
    decide(first, cast["cell"], "RETURNED", "Which bill?")
    certify(release, cast["mis"], CRORE, "UC 2")
    decide(anew(use, 2 * CRORE), cast["cell"])
    with acting(cast["cell"]):
        standing = dict(Use.objects.values_list("pk", "standing"))
        assert standing[use.pk] == "CORRECTED"
        assert standings.lines_of([india["state"]], DAY)[0].certified == 2 * CRORE
        assert standings.claimed(release.pk) == 3 * CRORE
    with refused("not_accepted"):
        anew(first, CRORE)
    with pytest.raises(DatabaseError):
        run(cast["mis"], "UPDATE nodal_use SET standing = 'CORRECTED' WHERE number = 'UC 2'")


def test_the_database_lets_nobody_correct_alone_or_rewrite_a_line(sanction, release, cast, second):
    line = correct(sanction, cast["cell"], units=4)
    for by, sql in (
        (cast["cell"], "UPDATE nodal_sanction SET line = 'STANDS', decided_by_id = by_id WHERE id = %s"),
        (second, "UPDATE nodal_sanction SET units = 1 WHERE id = %s"),
        (second, "UPDATE nodal_sanction SET line = 'CORRECTED' WHERE id = %s"),
    ):
        with pytest.raises(DatabaseError):
            run(by, sql, line.pk)
    with pytest.raises(DatabaseError):
        run(second, "UPDATE nodal_sanction SET line = 'CORRECTED' WHERE id = %s", sanction.pk)
    assert run(cast["officer"], "UPDATE nodal_sanction SET line = 'REFUSED' WHERE id = %s", line.pk) == 0
    assert run(cast["stranger"], "SELECT id FROM nodal_sanction") == []


def test_through_the_pages(sanction, release, cast, second, signed_in, india):
    page = f"/nodal/units/sanctions/{sanction.pk}/"
    told = {"year": "2023", "stream": "SCHEME", "units": "4", "order_no": "15011/1", "on": "2024-01-01", "tier": "DISTRICT"}
    client = signed_in(cast["cell"])
    assert client.post(page, told | {"what": "correct"}).status_code == 422
    assert client.post(page, told | {"what": "correct", "why": "A zero too many"}).status_code == 302
    assert client.post(page, {"what": "decide-line", "to": "STANDS"}).status_code == 404
    at = f"/nodal/units/releases/{release.pk}/"
    assert client.post(at, told | {"what": "correct", "why": "A zero", "order_no": "15011/2", "amount_paise": "400"}).status_code == 302
    client = signed_in(second)
    assert "Corrections that wait for your decision" in client.get("/nodal/units/").content.decode()
    for address in (page, at):
        assert client.post(address, {"what": "decide-line", "to": "STANDS"}).status_code == 302
    assert "Corrected by a later line" in client.get(page).content.decode()
    assert "₹400" in client.get(at).content.decode()
    client = signed_in(cast["mis"])
    assert client.get(page).status_code == 200
    assert client.post(page, told | {"what": "correct", "why": "x"}).status_code == 404
    use = decide(certify(release, cast["mis"], 20_000, at=NOW), cast["cell"])
    anew = {"what": "correct-use", "use": str(use.pk), "number": "UC 1", "amount_paise": "300", "until_on": "2024-01-02"}
    assert client.post(at, anew).status_code == 422
    assert client.post(at, anew | {"why": "The bill of the vehicle"}).status_code == 302
    assert "corrects the certificate before it" in client.get(at).content.decode()
    for lists in ("?money=1&sanctions=1", "?money=9&page=x"):
        assert client.get(f"/nodal/units/{india['state'].pk}/{lists}").status_code == 200
    assert signed_in(cast["stranger"]).get(page).status_code == 404
