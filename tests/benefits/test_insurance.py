"""An insurance after it came: premiums renew it, claims end with what was paid."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from aanchal.access.acting import SYSTEM, acting
from aanchal.benefits import insurance, queries
from aanchal.benefits.insurance import Settlement
from aanchal.benefits.models import Claim, Entitlement, Premium, SchemeVersion, Service
from aanchal.benefits.rules import NotPossible, Refused
from aanchal.config import flow
from aanchal.core import facts
from tests.benefits.builders import ago, applied, family, moved, now, persons, today
from tests.factories import member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _flow():
    facts.connect(flow.FLOW)


def insured(village, *, came=100, by=SYSTEM) -> Entitlement:
    """A grown woman with the accident insurance, which runs for a year."""
    household = family(village, members=(member(name="Maya", years=30),))
    [maya] = persons(household)
    return moved(applied(household, "PMSBY", person=maya, on=ago(came + 5), by=by), "DELIVERED", on=ago(came), by=by)


def paid(one, *, on=None, until=None, rupees=20, by=SYSTEM) -> Premium:
    with acting(by):
        told = {"amount_paise": rupees * 100, "on": on or today(), "holds_until": until or today() + timedelta(days=365)}
        return insurance.pay_premium(entitlement=one, **told, at=now(), by=by)


def claimed(one, *, happened=10, on=None, by=SYSTEM, **more) -> Claim:
    with acting(by):
        told = {"cause": "ACCIDENT", "happened_on": ago(happened), "claimed_on": on or ago(5), "asked_paise": 10_000_000} | more
        return insurance.claim(entitlement=one, **told, at=now(), by=by)


def settled(claim, to="SETTLED", *, on=None, by=SYSTEM, **said) -> Claim:
    needs = {"SETTLED": {"settled_paise": 10_000_000}, "REFUSED": {"reason": "NO_DOCUMENT"}}.get(to, {})
    with acting(by):
        return insurance.move_claim(claim=claim, told=Settlement(to=to, on=on or today(), **(needs | said)), at=now(), by=by)


def lapsed(one) -> bool:
    """Whether the plan proposes it again, as what ran out."""
    with acting(SYSTEM):
        return (one.code, one.person_id) in queries.family(one.household, today()).lapsed


def test_it_holds_from_the_day_it_came_for_as_long_as_its_scheme_says(village):
    one = insured(village, came=100)
    assert one.holds_until == ago(100) + timedelta(days=365)
    assert not lapsed(one)
    assert lapsed(insured(village, came=400))


def test_a_premium_makes_it_hold_on_without_a_new_application(village, crp):
    one = insured(village, came=360, by=crp)
    paid(one, by=crp)
    with acting(SYSTEM):
        one.refresh_from_db()
        assert one.holds_until == today() + timedelta(days=365)
        assert Premium.objects.get().recorded_by == crp
    assert not lapsed(one)


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ({"on": today() + timedelta(days=1), "until": today() + timedelta(days=400)}, "on: in_the_future"),
        ({"on": ago(200)}, "before_the_last_step"),
        ({"until": today()}, "not_longer"),
        ({"until": today() + timedelta(days=3_000)}, "not_longer"),
        ({"rupees": -1}, "amount_paise: out_of_range"),
    ],
)
def test_a_premium_that_cannot_be_is_refused(village, told, fault):
    with pytest.raises(Refused, match=fault):
        paid(insured(village), **told)


def test_paid_late_without_days_of_grace_it_is_applied_for_again(village):
    with pytest.raises(Refused, match="on: grace_over"):
        paid(insured(village, came=385))


def test_paid_in_the_days_of_grace_it_holds_again_and_not_for_the_days_between(village):
    with acting(SYSTEM):
        nation = SchemeVersion.objects.get(code="PMSBY")
        told = {"version": "PMSBY-grace", "code": "PMSBY", "effective_from": ago(500), "content": nation.content | {"grace": 30}}
        SchemeVersion.objects.create(place=village.state, place_no=village.state.place_no, **told)
    queries.forget()
    one = insured(village, came=385)
    paid(one)
    assert not lapsed(one)
    with pytest.raises(Refused, match="not_covered"):
        claimed(one, happened=10)
    claimed(one, happened=30)


def test_a_premium_paid_in_time_and_told_late_leaves_no_day_out(village):
    one = insured(village, came=385)
    paid(one, on=ago(25))
    claimed(one, happened=10)


def test_what_is_no_insurance_takes_no_premium(village):
    one = moved(applied(family(village)), "DELIVERED")
    with pytest.raises(NotPossible):
        paid(one)


def test_a_claim_that_is_paid_is_a_line_of_the_ledger_and_leaves_the_insurance_as_it_is(village, crp):
    one = insured(village, by=crp)
    settled(claimed(one, by=crp), by=crp)
    with acting(SYSTEM):
        line = Service.objects.get(source="CLAIM")
        assert (line.value_paise, line.code, line.person_id) == (10_000_000, "PMSBY", one.person_id)
        assert Entitlement.objects.get(pk=one.pk).state == "DELIVERED"


def test_a_claim_that_was_paid_does_not_make_what_ran_out_hold(village):
    one = insured(village, came=400)
    settled(claimed(one, happened=100))
    assert lapsed(one)


@pytest.mark.parametrize(
    ("came", "told", "fault"),
    [
        (100, {"happened": 150}, "not_covered"),
        (400, {"happened": 20}, "not_covered"),
        (100, {"happened": 3, "on": ago(5)}, "before_it_happened"),
        (100, {"on": today() + timedelta(days=1)}, "claimed_on: in_the_future"),
        (100, {"asked_paise": 0}, "asked_paise: out_of_range"),
    ],
)
def test_a_claim_that_cannot_be_is_refused(village, came, told, fault):
    with pytest.raises(Refused, match=fault):
        claimed(insured(village, came=came), **told)


def test_after_a_death_for_which_it_paid_nobody_asks_for_a_premium(village, crp, signed_in):
    one = insured(village, came=350, by=crp)
    settled(claimed(one, cause="DEATH", by=crp), by=crp)
    page = signed_in(crp).get(reverse("entitlement", args=[one.pk])).content.decode()
    assert "It ended with the death for which it paid." in page
    assert "Note the premium" not in page
    assert str(one.pk) not in signed_in(crp).get(reverse("entitlements"), {"place": village.pk, "show": "RENEW"}).content.decode()
    with pytest.raises(NotPossible):
        paid(one)


def test_one_claim_is_open_at_a_time(village):
    one = insured(village)
    first = claimed(one)
    with pytest.raises(Refused, match="claimed_already"):
        claimed(one)
    settled(first, "REFUSED")
    settled(first, "CLAIMED")
    settled(first)
    with pytest.raises(NotPossible):
        settled(first, "REFUSED")


@pytest.mark.parametrize(
    ("to", "said", "fault"),
    [
        ("SETTLED", {"settled_paise": None}, "settled_paise: out_of_range"),
        ("REFUSED", {"reason": ""}, "reason_wanted"),
        ("WITHDRAWN", {"on": ago(50)}, "before_the_last_step"),
        ("WITHDRAWN", {"on": today() + timedelta(days=1)}, "in_the_future"),
    ],
)
def test_what_became_of_a_claim_is_said_whole(village, to, said, fault):
    with pytest.raises(Refused, match=fault):
        settled(claimed(insured(village)), to, **said)


def test_the_worker_keeps_it_on_the_page_of_the_application(village, crp, signed_in):
    one, client = insured(village, came=350, by=crp), signed_in(crp)
    address = reverse("entitlement", args=[one.pk])
    page = client.get(address).content.decode()
    assert "Renewal due" in page
    board = client.get(reverse("entitlements"), {"place": village.pk, "show": "RENEW"}).content.decode()
    assert str(one.pk) in board
    assert "Insurance to be renewed" in client.get("/").content.decode()
    until = (today() + timedelta(days=380)).isoformat()
    wrong = client.post(reverse("premium", args=[one.pk]), {"amount_paise": "20", "on": today(), "holds_until": today()})
    assert wrong.status_code == 422
    assert "It holds so long already" in wrong.content.decode()
    assert client.post(reverse("premium", args=[one.pk]), {"amount_paise": "20", "on": today(), "holds_until": until}).status_code == 302
    assert "Renewal due" not in client.get(address).content.decode()
    told = {"cause": "ACCIDENT", "happened_on": ago(9), "claimed_on": ago(8), "asked_paise": "100000"}
    assert client.post(reverse("claim", args=[one.pk]), told).status_code == 302
    with acting(SYSTEM):
        made = Claim.objects.get()
    assert client.post(reverse("claim-settle", args=[made.pk]), {"to": "SETTLED", "on": ago(1)}).status_code == 422
    answer = client.post(reverse("claim-settle", args=[made.pk]), {"to": "SETTLED", "on": ago(1), "settled_paise": "100000"})
    assert answer.status_code == 302
    assert "₹1,00,000" in client.get(reverse("plan", args=[one.household_id])).content.decode()


def test_run_out_its_page_says_what_to_do(village, crp, signed_in):
    one = insured(village, came=385, by=crp)
    page = signed_in(crp).get(reverse("entitlement", args=[one.pk])).content.decode()
    assert "It has to be applied for again. A premium that was paid by" in " ".join(page.split())
    told = {"amount_paise": "20", "on": today(), "holds_until": today() + timedelta(days=365)}
    wrong = signed_in(crp).post(reverse("premium", args=[one.pk]), told)
    assert (wrong.status_code, "the days of grace were over" in wrong.content.decode()) == (422, True)


def test_next_door_finds_none_of_it(village, stranger, crp, signed_in):
    one = insured(village, by=crp)
    made = claimed(one, by=crp)
    paid(one, by=crp)
    client = signed_in(stranger)
    for name, pk in (("premium", one.pk), ("claim", one.pk), ("claim-settle", made.pk)):
        assert client.post(reverse(name, args=[pk]), {"to": "WITHDRAWN", "on": today()}).status_code == 404
    with acting(stranger), connection.cursor() as cursor:
        for table in ("benefits_premium", "benefits_claim"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,)
        cursor.execute("UPDATE benefits_claim SET state = 'WITHDRAWN'")
        assert cursor.rowcount == 0


def test_a_leader_sees_it_and_changes_nothing(village, leader, crp, signed_in):
    one = insured(village, by=crp)
    client = signed_in(leader)
    page = client.get(reverse("entitlement", args=[one.pk])).content.decode()
    assert "Holds until" in page
    assert "Note the premium" not in page
    assert client.post(reverse("premium", args=[one.pk]), {}).status_code == 404
