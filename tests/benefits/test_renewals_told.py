"""Who can renew what runs out is told once for each end of it, by a notice that says neither which nor whose."""

from datetime import timedelta

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.benefits import insurance, reminding, tasks
from aanchal.benefits.insurance import Settlement
from aanchal.benefits.models import Entitlement
from aanchal.config import flow
from aanchal.core import facts
from aanchal.notices.models import Notice
from tests.benefits.builders import ago, applied, family, moved, now, persons, today
from tests.factories import member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _flow():
    facts.connect(flow.FLOW)


def insured(village, *, came) -> Entitlement:
    """A year's accident insurance of a grown woman."""
    household = family(village, members=(member(name="Maya", years=30),))
    one = applied(household, "PMSBY", person=persons(household)[0], on=ago(came + 5))
    return moved(one, "DELIVERED", on=ago(came))


def reminded(*, in_days=0) -> None:
    with acting(SYSTEM):
        reminding.remind_of_renewals(at=now() + timedelta(days=in_days), by=SYSTEM)


def told() -> list:
    with acting(SYSTEM):
        return list(Notice.objects.filter(topic="RENEW").order_by("at").values_list("user__username", "about"))


def test_the_worker_of_the_village_is_told_once_however_often_the_clock_starts_it(village, crp, officer):
    insured(village, came=340)
    insured(village, came=350)
    for day in (0, 0, 1, 2):
        reminded(in_days=day)
    assert told() == [(crp.username, None)]


def test_nobody_is_told_before_the_days_of_renewal(village, crp):
    insured(village, came=365 - 31)
    reminded()
    assert told() == []
    reminded(in_days=1)
    assert told() == [(crp.username, None)]


def test_another_end_is_told_again(village, crp):
    one = insured(village, came=360)
    reminded()
    with acting(SYSTEM):
        later = today() + timedelta(days=360)
        insurance.pay_premium(entitlement=one, amount_paise=2_000, on=today(), holds_until=later, at=now(), by=SYSTEM)
    reminded(in_days=200)
    assert len(told()) == 1
    reminded(in_days=340)
    assert len(told()) == 2


def test_what_ran_out_while_no_clock_ran_is_told_too(village, crp):
    insured(village, came=400)
    reminded()
    assert told() == [(crp.username, None)]


def test_what_was_paid_out_at_a_death_is_not_renewed(village, crp):
    one = insured(village, came=350)
    with acting(SYSTEM):
        died = {"cause": "DEATH", "happened_on": ago(20), "claimed_on": ago(10), "asked_paise": None}
        claim = insurance.claim(entitlement=one, **died, at=now(), by=SYSTEM)
        insurance.move_claim(claim=claim, told=Settlement(to="SETTLED", on=ago(1), settled_paise=20_000_000), at=now(), by=SYSTEM)
    reminded()
    assert told() == []


def test_without_a_worker_of_the_village_the_officer_of_the_block_is_told(village, officer):
    insured(village, came=350)
    reminded()
    assert told() == [(officer.username, None)]


def test_where_nobody_is_posted_it_waits_for_who_will_be(village, posted):
    insured(village, came=350)
    reminded()
    assert told() == []
    worker = posted("gender_crp", "east village 1")
    reminded()
    assert told() == [(worker.username, None)]


def test_the_worker_next_door_is_not_told(village, crp, stranger):
    insured(village, came=350)
    reminded()
    assert stranger.username not in {name for name, _about in told()}


def test_many_villages_are_gone_through_batch_after_batch(village, crp, monkeypatch):
    insured(village, came=350)
    later = []
    monkeypatch.setattr(reminding, "A_BATCH", 1)
    monkeypatch.setattr(tasks.remind_of_renewals, "defer", lambda **on: later.append(on))
    with acting(SYSTEM):
        tasks.remind_of_renewals.func()
        tasks.remind_of_renewals.func(**later[0])
    assert later == [{"after": village.place_no}]
    assert len(told()) == 1
