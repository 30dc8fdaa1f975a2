"""The fund of a federation, seen from a village whose organisation belongs to it."""

import pytest
from django.db import connection
from django.urls import reverse

from aanchal.access.acting import SYSTEM, acting
from aanchal.benefits import funding
from aanchal.benefits.models import Cbo, Fund, Line, Loan, Voucher
from aanchal.core.rows import insert
from tests.benefits.builders import ago, family, lent, make_cbo, now, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def federation(india, village) -> Fund:
    """A CLF of the panchayat with the VO of the first village, and its community investment fund."""
    clf = make_cbo(india["east panchayat"], "CLF", "Sangam CLF")
    with acting(SYSTEM):
        insert(Cbo(kind="VO", name="Ujala VO", place=village, place_no=village.place_no, parent=clf))
        fund = funding.open_fund(cbo=clf, kind="COMMUNITY_INVESTMENT", on=ago(400), at=now(), by=SYSTEM)
        funding.receive(fund=fund, amount_paise=10_000_000, on=ago(400), at=now(), by=SYSTEM)
    return fund


@pytest.fixture
def hers(federation, village) -> Loan:
    return lent(federation, family(village), 5_000)


@pytest.fixture
def theirs(federation, india, village) -> Loan:
    return lent(federation, family(india["east village 2"]), 7_000)


def seen(user) -> tuple[int, ...]:
    """Funds, loans, vouchers and lines that raw SQL finds."""
    with acting(user), connection.cursor() as cursor:
        found = []
        for table in ("fund", "loan", "voucher", "line"):
            cursor.execute(f"SELECT count(*) FROM benefits_{table}")
            found.append(cursor.fetchone()[0])
    return tuple(found)


def test_her_worker_sees_the_fund_and_only_the_bookings_of_her_own_families(crp, hers, theirs):
    assert seen(crp) == (1, 1, 1, 2)


def test_the_village_that_belongs_to_none_of_it_sees_its_family_and_no_fund(stranger, hers, theirs):
    with acting(stranger):
        assert not Fund.objects.exists()
        assert list(Loan.objects.values_list("pk", flat=True)) == [theirs.pk]


def test_another_block_sees_nothing_of_it(posted, hers, theirs):
    assert seen(posted("gender_crp", "west village 1")) == (0, 0, 0, 0)


def test_its_own_leader_reads_the_whole_ledger(posted, hers, theirs, signed_in):
    leader = posted("clf_leader", "east panchayat")
    with acting(leader):
        assert (Voucher.objects.count(), Line.objects.filter(account="BANK").count()) == (3, 3)
    page = signed_in(leader).get(reverse("fund", args=[hers.fund_id])).content.decode()
    assert "Together these are zero" in page


def test_the_page_shows_her_the_fund_without_its_ledger_and_takes_a_request(crp, hers, theirs, signed_in, village):
    client = signed_in(crp)
    listed = client.get(reverse("funds"), {"place": village.pk}).content.decode()
    assert "Sangam CLF" in listed
    page = client.get(reverse("fund", args=[hers.fund_id])).content.decode()
    assert "Its ledger stays there" in page
    assert "Together these are zero" not in page
    assert str(hers.pk) in page
    assert str(theirs.pk) not in page
    household = family(village)
    told = {"what": "request", "code": household.shown_code, "amount_paise": "5000", "months": 10, "purpose": "Goats", "on": today()}
    answer = client.post(reverse("fund", args=[hers.fund_id]), told)
    assert answer.status_code == 302, answer.content.decode()
    assert "Asked for" in client.get(answer.url).content.decode()
    booked = {"what": "receive", "amount_paise": "5", "on": today()}
    assert client.post(reverse("fund", args=[hers.fund_id]), booked).status_code == 404


def test_what_she_reads_of_her_loan_is_what_is_owed(crp, hers, signed_in):
    from aanchal.benefits import queries

    with acting(SYSTEM):
        owed = queries.owed(hers, today())
    with acting(crp):
        assert queries.owed(Loan.objects.get(), today()) == owed


def test_next_door_and_another_block_find_no_page(hers, stranger, posted, signed_in):
    for user in (stranger, posted("gender_crp", "west village 1")):
        assert signed_in(user).get(reverse("fund", args=[hers.fund_id])).status_code == 404
