"""Funds in double entry: whatever happens in whatever order, every booking and every fund adds up to zero."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aanchal.access.acting import SYSTEM, acting
from aanchal.benefits import funding, queries
from aanchal.benefits.funding import Meeting
from aanchal.benefits.models import Fund, Line, Loan, Voucher
from aanchal.benefits.rules import NotPossible, Refused
from tests.benefits.builders import ago, asked, family, lent, make_cbo, make_fund, now, today

pytestmark = pytest.mark.django_db
MEETING = Meeting(met_on=ago(299), present=12, minutes="All agreed.")


def refused(code):
    return pytest.raises(Refused, match=code)


def balances(fund) -> dict[str, int]:
    with acting(SYSTEM):
        return queries.balances(fund)


def repay(loan, paise, *, on=None, by=SYSTEM):
    with acting(by):
        return funding.repay(loan=loan, amount_paise=paise, on=on or today(), at=now(), by=by)


def turn(voucher, *, by=SYSTEM, note="Wrong amount"):
    with acting(by):
        return funding.reverse(voucher=voucher, note=note, on=today(), at=now(), by=by)


def owed(loan, on=None):
    with acting(SYSTEM):
        return queries.owed(Loan.objects.get(pk=loan.pk), on or today())


def test_a_loan_goes_from_the_request_to_its_last_repayment(village, leader):
    fund, household = make_fund(village), family(village)
    with acting(leader):
        told = {"at": now(), "by": leader}
        loan = funding.request(
            fund=fund, household=household, amount_paise=500_000, months=10, purpose="Goats", is_grant=False, on=ago(300), **told
        )
        loan = funding.decide(loan=loan, to="SANCTIONED", meeting=MEETING, amount_paise=400_000, **told)
        funding.release(loan=loan, on=ago(298), **told)
        loan = Loan.objects.select_related("fund").get(pk=loan.pk)
    assert balances(fund) == {"BANK": 9_600_000, "LOANS": 400_000, "CAPITAL": -10_000_000, "INTEREST": 0, "GRANTS": 0}
    still = owed(loan)
    repay(loan, still.total, by=leader)
    after = balances(fund)
    assert (after["LOANS"], after["INTEREST"]) == (0, -still.interest)
    assert sum(after.values()) == 0
    with acting(SYSTEM):
        assert Loan.objects.get(pk=loan.pk).state == "REPAID"


def test_it_refuses_more_than_is_owed_by_a_single_paisa(village):
    loan = lent(make_fund(village), family(village))
    still = owed(loan)
    with refused("more_than_owed"):
        repay(loan, still.total + 1)
    repay(loan, still.total)
    with pytest.raises(NotPossible):
        repay(loan, 1)


def test_what_is_late_is_known_with_its_first_day(village):
    loan = lent(make_fund(village), family(village), 5_000, on=ago(100))
    assert owed(loan).late > 0
    assert owed(loan).late_since is not None
    repay(loan, owed(loan).late)
    assert owed(loan).late == 0


def test_it_releases_no_more_than_is_in_the_bank(village):
    fund = make_fund(village, rupees=4_000)
    with refused("bank_too_low"):
        lent(fund, family(village), 5_000)


def test_a_grant_is_given_and_not_owed(village):
    fund = make_fund(village, "VULNERABILITY_REDUCTION")
    loan = lent(fund, family(village), 2_000, is_grant=True)
    assert balances(fund)["GRANTS"] == 200_000
    assert owed(loan).total == 0
    with refused("more_than_owed"):
        repay(loan, 100)


@pytest.mark.parametrize(
    ("rupees", "told", "fault"),
    [
        (10_001, {}, "more_than_the_norm"),
        (0, {}, "amount_paise: out_of_range"),
        (100, {"months": 13}, "months: out_of_range"),
        (100, {"on": ago(500)}, "before_the_last_step"),
        (100, {"on": today() + timedelta(days=1)}, "in_the_future"),
    ],
)
def test_a_request_keeps_to_the_norms_of_its_fund(village, rupees, told, fault):
    with refused(fault):
        asked(make_fund(village), family(village), rupees, **told)


def test_it_lends_to_no_family_of_a_village_it_is_not_kept_for(village, india):
    fund = make_fund(village)
    with refused("not_of_its_villages"):
        asked(fund, family(india["east village 2"]))
    with acting(SYSTEM):
        assert not Loan.objects.exists()


def test_what_was_reversed_is_refused_for_that_alone(village):
    fund = make_fund(village, rupees=4_000)
    with acting(SYSTEM):
        came = Voucher.objects.get(fund=fund)
    turn(came)
    with refused("^: already_reversed$"):
        turn(came)


def test_very_much_at_once_is_booked_only_by_who_says_that_it_is_right(village):
    fund = make_fund(village)
    told = {"fund": fund, "amount_paise": funding.ASK_AGAIN_ABOVE + 1, "on": today(), "at": now(), "by": SYSTEM}
    with acting(SYSTEM):
        with refused("very_much"):
            funding.receive(**told)
        funding.receive(**told, is_sure=True)
        funding.receive(**told | {"amount_paise": funding.ASK_AGAIN_ABOVE})
    assert balances(fund)["BANK"] == 10_000_000 + 2 * funding.ASK_AGAIN_ABOVE + 1


def test_a_fund_that_is_lent_is_not_given(village):
    with refused("not_given_as_grant"):
        asked(make_fund(village, "REVOLVING"), family(village), is_grant=True)


@pytest.mark.parametrize(
    ("meeting", "paise", "fault"),
    [
        (Meeting(ago(299), 0, "All agreed."), 100, "present"),
        (Meeting(ago(299), 9, " "), 100, "minutes: length"),
        (Meeting(ago(299), 9, "Her phone is 9812345678"), 100, "personal_number"),
        (Meeting(ago(301), 9, "All agreed."), 100, "before_the_last_step"),
        (Meeting(ago(299), 9, "All agreed."), 500_001, "more_than_asked"),
        (Meeting(ago(299), 9, "All agreed."), None, "amount_paise: out_of_range"),
    ],
)
def test_a_meeting_sanctions_what_was_asked_or_less(village, meeting, paise, fault):
    loan = asked(make_fund(village), family(village))
    with refused(fault), acting(SYSTEM):
        funding.decide(loan=loan, to="SANCTIONED", meeting=meeting, amount_paise=paise, at=now(), by=SYSTEM)


def test_nothing_is_released_that_no_meeting_sanctioned(village):
    loan = asked(make_fund(village), family(village))
    with pytest.raises(NotPossible), acting(SYSTEM):
        funding.release(loan=loan, on=today(), at=now(), by=SYSTEM)


def test_a_mistake_is_turned_round_and_both_bookings_stay(village):
    fund = make_fund(village)
    loan = lent(fund, family(village))
    before = balances(fund)
    wrong = repay(loan, 50_000)
    turn(wrong)
    assert balances(fund) == before
    with acting(SYSTEM):
        assert Voucher.objects.filter(loan=loan).count() == 3
    with refused("already_reversed"):
        turn(wrong)


def test_a_reversal_is_not_reversed_and_the_last_booking_goes_first(village):
    fund = make_fund(village)
    loan = lent(fund, family(village))
    with acting(SYSTEM):
        release = Voucher.objects.get(loan=loan)
    wrong = repay(loan, 50_000)
    with refused("not_the_last"):
        turn(release)
    reversal = turn(wrong)
    with refused("already_reversed"):
        turn(reversal)
    turn(release)
    with acting(SYSTEM):
        assert Loan.objects.get(pk=loan.pk).state == "SANCTIONED"
    assert balances(fund)["LOANS"] == 0


def test_the_reversal_of_the_last_repayment_opens_the_loan_again(village):
    loan = lent(make_fund(village), family(village))
    last = repay(loan, owed(loan).total)
    turn(last)
    with acting(SYSTEM):
        assert Loan.objects.get(pk=loan.pk).state == "RELEASED"


def test_an_organisation_keeps_only_its_own_funds_and_each_once(village):
    with acting(SYSTEM), refused("not_kept_by_these"):
        funding.open_fund(cbo=make_cbo(village, "SHG", "Sita SHG"), kind="COMMUNITY_INVESTMENT", on=today(), at=now(), by=SYSTEM)
    fund = make_fund(village)
    with acting(SYSTEM), refused("opened_already"):
        funding.open_fund(cbo=fund.cbo, kind=fund.kind, on=today(), at=now(), by=SYSTEM)


# Whatever the order


class Refusal(Exception):
    pass


STEPS = st.lists(
    st.tuples(st.sampled_from(["receive", "lend", "repay", "reverse"]), st.integers(1, 600_000), st.integers(0, 9)), min_size=1, max_size=12
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_no_order_of_events_makes_or_loses_a_paisa(village, steps):
    with transaction.atomic():
        fund, household = make_fund(village, rupees=3_000), family(village)
        for what, paise, which in steps:
            try:
                with transaction.atomic():
                    happen(fund, household, what, paise, which)
            except (Refused, NotPossible, Refusal):
                pass
            told = balances(fund)
            assert sum(told.values()) == 0
            assert told["BANK"] >= 0
            assert told["LOANS"] >= 0
        with acting(SYSTEM), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM (SELECT 1 FROM benefits_line GROUP BY voucher_id HAVING sum(amount_paise) <> 0) x")
            assert cursor.fetchone() == (0,)
        transaction.set_rollback(True)


def happen(fund, household, what, paise, which):
    with acting(SYSTEM):
        loans = list(Loan.objects.filter(fund=fund, state="RELEASED").select_related("fund").order_by("pk"))
        vouchers = list(Voucher.objects.filter(fund=fund).select_related("fund", "loan").order_by("pk"))
    match what:
        case "receive":
            with acting(SYSTEM):
                funding.receive(fund=fund, amount_paise=paise, on=today(), at=now(), by=SYSTEM)
        case "lend":
            lent(fund, household, paise // 100, on=today())
        case "repay" if loans:
            repay(loans[which % len(loans)], paise)
        case "reverse":
            turn(vouchers[which % len(vouchers)])
        case _:
            raise Refusal


# What the database itself holds


def book(fund, lines, *, reverses=None):
    with acting(SYSTEM), transaction.atomic():
        kind = "REVERSAL" if reverses else "RECEIPT"
        voucher = Voucher(fund=fund, place_no=fund.place_no, kind=kind, on=today(), reverses=reverses, at=now())
        voucher.save(force_insert=True)
        Line.objects.bulk_create(
            [Line(voucher=voucher, fund=fund, place_no=fund.place_no, account=one, amount_paise=paise) for one, paise in lines.items()]
        )
        return voucher


@pytest.mark.parametrize("lines", [{"BANK": 100, "CAPITAL": -99}, {"BANK": 100}, {"BANK": 5, "LOANS": 5, "CAPITAL": -11}])
def test_the_database_takes_no_booking_that_does_not_add_up(village, lines):
    fund = make_fund(village)
    with pytest.raises(Exception, match="voucher_adds_up_to_zero|add up to zero"):
        book(fund, lines)


def test_the_database_takes_nothing_from_an_empty_bank(village):
    fund = make_fund(village, rupees=0)
    with pytest.raises(Exception, match="more than is in the bank"):
        book(fund, {"BANK": -1, "GRANTS": 1})


def test_the_database_takes_no_reversal_that_is_another_amount(village):
    fund = make_fund(village)
    with acting(SYSTEM):
        first = Voucher.objects.get(fund=fund)
    with pytest.raises(Exception, match="turns every line"):
        book(fund, {"BANK": -1, "CAPITAL": 1}, reverses=first)


@pytest.mark.parametrize(
    "change", ["UPDATE benefits_line SET amount_paise = 1", "DELETE FROM benefits_line", "DELETE FROM benefits_voucher"]
)
def test_nobody_changes_what_was_booked(village, change):
    make_fund(village)
    with acting(SYSTEM), pytest.raises(Exception, match="permission denied|never changed"), transaction.atomic():
        connection.cursor().execute(change)


# The stranger


def test_next_door_sees_no_fund_and_books_nothing(village, posted):
    fund = make_fund(village)
    loan = lent(fund, family(village))
    next_door = posted("vo_leader", "east village 2")
    with acting(next_door):
        assert not Fund.objects.exists()
        assert not Loan.objects.exists()
        for table in ("fund", "loan", "voucher", "line", "cbo"):
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM benefits_{table}")
                assert cursor.fetchone() == (0,), table
    with pytest.raises(NotPossible):
        repay(loan, 100, by=next_door)


def test_a_worker_sees_the_ledger_and_books_nothing(village, crp):
    loan = lent(make_fund(village), family(village))
    with acting(crp):
        assert Voucher.objects.count() == 2
    with pytest.raises(NotPossible):
        repay(loan, 100, by=crp)
