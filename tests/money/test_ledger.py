"""Bookings: committed before spent, never below zero, reversed and never changed; balanced in any order."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection, connections, transaction
from django.db.utils import Error
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aanchal.access.acting import SYSTEM, acting
from aanchal.money import actions, booking, queries, rules
from aanchal.money.models import Advance, Commitment, Line, Voucher
from aanchal.money.rules import Refused, Slot
from tests.money.builders import DAY, MEETINGS, NOW, PRINTING, TRAINING, certify, commit, make_budget, spend
from tests.money.world import committed_world

paise = st.integers(1, 10**12)


def refused(code):
    return pytest.raises(Refused, match=code)


@given(paise, st.dictionaries(st.sampled_from([MEETINGS, TRAINING, Slot("IEC", 7)]), paise, min_size=1))
def test_every_booking_adds_up_to_zero_in_both_books(amount, allotted):
    for entries in (
        rules.approved(allotted), rules.moved(amount, MEETINGS, PRINTING), rules.released(amount), rules.committed(amount, MEETINGS),
        rules.spent(amount, MEETINGS), rules.spent(amount, MEETINGS, source="ADVANCES"), rules.advanced(amount),
    ):  # fmt: skip
        assert rules.balances(entries)
        assert rules.balances(rules.turned(entries))


@pytest.mark.parametrize(
    ("on", "told"),
    [
        (date(2026, 3, 31), 0), (date(2026, 4, 1), 60), (date(2026, 9, 30), -40), (date(2026, 12, 31), 0), (date(2027, 3, 31), 5),
        (date(2028, 1, 1), 5),
    ],
)  # fmt: skip
def test_the_variance_is_of_the_quarters_that_have_begun(on, told):
    assert rules.variance(((100, 40), (100, 200), (40, 0), (5, 0)), date(2026, 4, 1), on) == told


@pytest.mark.parametrize(("month", "quarter"), [(4, 1), (6, 1), (7, 2), (9, 2), (10, 3), (12, 3), (1, 4), (3, 4)])
def test_a_quarter_is_of_the_financial_year(month, quarter):
    assert rules.quarter(date(2026, month, 1)) == quarter


def test_a_bill_is_paid_against_a_commitment_and_no_further(budget, cast):
    one = commit(budget, cast["finance"], 50_000)
    spend(one, cast["finance"], 30_000)
    with refused("beyond_the_commitment"):
        spend(one, cast["finance"], 20_001, "V 2")
    with refused("taken_number"):
        spend(one, cast["finance"], 1, "V 1")
    with acting(cast["finance"]):
        told = queries.balances(budget)
        assert (told["SPENT"], told["PAID"], told["BANK"], told["COMMITTED"]) == (30_000, 30_000, 270_000, 20_000)
        assert sum(told.values()) == 0
        booking.cancel(commitment=one, on=DAY, at=NOW, by=cast["finance"])
        assert queries.available(budget, MEETINGS) == 70_000


def test_no_more_is_paid_than_is_in_the_bank(india, cast):
    one = commit(make_budget(india, cast, released=10_000), cast["finance"])
    with refused("bank_too_low"):
        spend(one, cast["finance"], 10_001)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"on": date(2027, 4, 1)}, "in_the_future"), ({"on": date(2026, 3, 31)}, "not_in_the_year"), ({"amount_paise": 0}, "out_of_range"),
        ({"number": " "}, "length"), ({"purpose": " "}, "length"),
    ],
)  # fmt: skip
def test_it_refuses_what_cannot_be(budget, cast, told, code):
    with refused(code):
        commit(budget, cast["finance"], **{"paise" if key == "amount_paise" else key: value for key, value in told.items()})


def test_an_advance_is_spent_only_when_it_is_settled(budget, cast):
    by, one = cast["finance"], commit(budget, cast["finance"], 50_000)
    with acting(by):
        told = {"on": DAY, "at": NOW, "by": by}
        advance = booking.advance(commitment=one, given_to="District office", amount_paise=40_000, **told)
        assert queries.balances(budget)["SPENT"] == 0
        with refused("beyond_the_commitment"):
            booking.spend(commitment=one, amount_paise=10_001, number="V 9", **told)
        with refused("advance_out"):
            booking.cancel(commitment=one, **told)
        booking.settle(advance=advance, amount_paise=25_000, number="V 2", **told)
        with refused("beyond_the_advance"):
            booking.give_back(advance=advance, amount_paise=15_001, **told)
        booking.give_back(advance=advance, amount_paise=15_000, **told)
        balances = queries.balances(budget)
        assert (balances["ADVANCES"], balances["SPENT"], balances["BANK"]) == (0, 25_000, 275_000)


def test_a_wrong_booking_is_reversed_once_and_nothing_that_rests_on_another(budget, cast):
    by, one = cast["finance"], commit(budget, cast["finance"])
    wrong = spend(one, by)
    with acting(by):
        with refused("something_rests_on_it"):
            booking.reverse(voucher=one.vouchers.get(kind="COMMITMENT"), note="Wrong", at=NOW, by=by)
        booking.reverse(voucher=wrong, note="Wrong amount", at=NOW, by=by)
        with refused("not_reversible"):
            booking.reverse(voucher=wrong, note="Again", at=NOW, by=by)
        assert queries.balances(budget)["SPENT"] == 0
        with refused("not_reversible"):
            booking.reverse(voucher=budget.vouchers.get(kind="APPROVAL"), note="No", at=NOW, by=by)


@pytest.mark.parametrize(
    "statement", ["UPDATE money_line SET amount_paise = 1", "DELETE FROM money_line", "UPDATE money_voucher SET note = 'x'"]
)
def test_nobody_changes_what_was_booked(budget, cast, statement):
    for user in (cast["finance"], SYSTEM):
        with acting(user), pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.parametrize(
    "entries",
    [
        [rules.Entry("BANK", 5)],
        [rules.Entry("BANK", 5), rules.Entry("AVAILABLE", -5, "MEETINGS")],
        [rules.Entry("BANK", -300_001), rules.Entry("PAID", 300_001)],
        [rules.Entry("COMMITTED", 5, "MEETINGS"), rules.Entry("AVAILABLE", -5, "MEETINGS")],
    ],
)
def test_the_database_refuses_lines_that_do_not_add_up_or_leave_less_than_nothing(budget, cast, entries):
    with acting(cast["finance"]), pytest.raises(Error), transaction.atomic():
        booking.book(budget, "RELEASE", entries, number="x", on=DAY, at=NOW, by=cast["finance"])


def test_a_certificate_says_no_more_than_was_spent_nor_than_was_released(budget, cast):
    spend(commit(budget, cast["finance"]), cast["finance"], 20_000)
    with refused("above_what_was_spent"):
        certify(budget, cast["finance"], 20_001)
    with refused("above_the_release"):
        certify(budget, cast["finance"], 300_001)
    with refused("not_in_the_year"):
        certify(budget, cast["finance"], 1, from_on=date(2026, 3, 1))
    with refused("in_the_future"):
        certify(budget, cast["finance"], 1, until_on=date(2026, 12, 1))
    one = certify(budget, cast["finance"], 20_000)
    assert one.told == {"released": 300_000, "certified": 0, "spent": 20_000, "heads": {"MEETINGS": 20_000}}
    with refused("certified_already"):
        certify(budget, cast["finance"], 1, number="UC 2", from_on=date(2026, 6, 30))


def test_signed_by_another_its_period_is_locked(budget, cast):
    commitment = commit(budget, cast["finance"])
    spend(commitment, cast["finance"])
    one = certify(budget, cast["finance"], 20_000)
    with acting(cast["director"]):
        actions.sign_certificate(certificate=one, to="SIGNED", at=NOW, by=cast["director"])
    with refused("period_locked"):
        spend(commitment, cast["finance"], 1, "V 2")
    with acting(cast["finance"]), pytest.raises(Error), transaction.atomic():
        booking.book(budget, "RELEASE", rules.released(5), number="x", on=DAY, at=NOW, by=cast["finance"])
    spend(commitment, cast["finance"], 1, "V 2", on=date(2026, 7, 1))
    one.standing = "REFUSED"
    with acting(SYSTEM), pytest.raises(Error), transaction.atomic():
        one.save()


def test_what_was_booked_since_makes_a_certificate_stale_and_refused_it_counts_no_more(budget, cast):
    commitment = commit(budget, cast["finance"])
    spend(commitment, cast["finance"])
    one = certify(budget, cast["finance"], 20_000)
    spend(commitment, cast["finance"], 5_000, "V 2")
    with acting(cast["director"]):
        with refused("stale"):
            actions.sign_certificate(certificate=one, to="SIGNED", at=NOW, by=cast["director"])
        actions.sign_certificate(certificate=one, to="REFUSED", at=NOW, by=cast["director"])
    assert certify(budget, cast["finance"], 25_000, number="UC 2").amount_paise == 25_000


STEPS = st.lists(st.tuples(st.sampled_from(["release", "commit", "spend", "advance", "settle", "back", "cancel", "reverse", "move"]),
                           st.integers(1, 120_000), st.integers(0, 5)), min_size=1, max_size=14)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_ledger_balances_after_any_actions_in_any_order(budget, cast, steps):
    by = cast["finance"]
    with transaction.atomic():
        for n, (verb, amount, which) in enumerate(steps):
            try:
                with acting(cast["director"] if verb == "move" else by):
                    _do(verb, amount, which, n, budget, by, cast["director"])
            except Refused:
                continue
            with acting(by):
                told = queries.balances(budget)
                assert sum(told.values()) == 0
                assert sum(told[name] for name in rules.BUDGET_BOOK) == 0
                assert told["SPENT"] == told["PAID"]
                assert min(told[name] for name in ("AVAILABLE", "COMMITTED", "SPENT", "BANK", "ADVANCES")) >= 0
                assert all(queries.available(budget, slot) >= 0 for slot in (MEETINGS, PRINTING, TRAINING))
        transaction.set_rollback(True)


def _do(verb, amount, which, n, budget, by, director):
    told = {"on": DAY + timedelta(days=n), "at": NOW, "by": by}
    slot = (MEETINGS, PRINTING, TRAINING)[which % 3]
    of_commitments = dict.fromkeys(("spend", "advance", "cancel"), Commitment)
    pick = (of_commitments | {"settle": Advance, "back": Advance, "reverse": Voucher}).get(verb)
    found = pick.objects.filter(budget=budget).order_by("pk")[which : which + 1] if pick else [None]
    for one in found:
        match verb:
            case "release":
                booking.release(budget=budget, amount_paise=amount, number="G.O.", **told)
            case "commit":
                booking.commit(budget=budget, slot=slot, number="O", purpose="x", amount_paise=amount, **told)
            case "spend":
                booking.spend(commitment=one, amount_paise=amount, number=f"V{n}", **told)
            case "advance":
                booking.advance(commitment=one, given_to="x", amount_paise=amount, **told)
            case "cancel":
                booking.cancel(commitment=one, **told)
            case "settle":
                booking.settle(advance=one, amount_paise=amount, number=f"V{n}", **told)
            case "back":
                booking.give_back(advance=one, amount_paise=amount, **told)
            case "reverse":
                booking.reverse(voucher=one, note="x", at=NOW, by=by)
            case "move":
                with acting(by):
                    taker = (MEETINGS, PRINTING, TRAINING)[(which + 1) % 3]
                    move = actions.propose_move(budget=budget, giver=slot, taker=taker, amount_paise=amount, reason="x", at=NOW, by=by)
                actions.decide_move(move=move, to="APPROVED", at=NOW, by=director)


def test_two_who_commit_at_the_same_time_do_not_commit_the_same_money(own_database):
    cast, budget = committed_world()
    begun, answers = threading.Barrier(2), []

    def try_it():
        begun.wait()
        try:
            commit(budget, cast["finance"], 70_000)
            answers.append("committed")
        except Refused as no:
            answers.append(str(no))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=try_it) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["amount_paise: beyond_the_head", "committed"]
    with acting(SYSTEM):
        assert queries.available(budget, MEETINGS) == 30_000
        assert Line.objects.filter(account="COMMITTED").count() == 1
