"""A budget from the plan to its approval, and budget that moves between heads."""

import pytest
from django.db import connection, transaction
from django.db.utils import Error

from aanchal.access.acting import SYSTEM, acting
from aanchal.core.models import Trail
from aanchal.money import actions, booking, queries
from aanchal.money.models import Budget, BudgetLine, CostHead
from aanchal.money.rules import Refused, Slot
from tests.factories import make_posting
from tests.money.builders import APRIL, DAY, MEETINGS, NOW, PRINTING, TRAINING, WHY, commit, make_budget


def refused(code):
    return pytest.raises(Refused, match=code)


@pytest.fixture
def draft(india, cast):
    with acting(cast["finance"]):
        return actions.draft_budget(place=india["state"], title="Pilot", starts_on=APRIL, at=NOW, by=cast["finance"])


def plan(budget, by, *, slot=MEETINGS, quantity=2, unit=10_000, why=WHY, quarter=1):
    with acting(by):
        return actions.plan(budget=budget, line=actions.Planned(slot, quarter, quantity, unit, why), by=by)


def test_the_twelve_heads_stand_in_the_order_of_the_framework_in_three_languages(cast):
    heads = list(queries.heads(APRIL).values())
    assert [head.number for head in heads] == list(range(1, 13))
    assert all(set(head.texts[part]) == {"en", "hi", "te"} for head in heads for part in ("title", "covers", "unit"))
    assert all(head.norm_paise is None for head in heads)


def test_without_a_norm_a_line_says_why_it_costs_so_much(draft, cast):
    with refused("justification_wanted"):
        plan(draft, cast["finance"], why=" ")


def test_within_a_norm_of_the_state_no_reason_is_asked_and_above_it_one_is(draft, cast, india):
    with acting(cast["director"]):
        told = {"norm_paise": 10_000, "source": "Circular 3", "effective_from": APRIL, "by": cast["director"]}
        actions.set_norm(place=india["state"], key="MEETINGS", **told)
        with refused("taken"):
            actions.set_norm(place=india["state"], key="MEETINGS", **told)
    assert plan(draft, cast["finance"], why="").norm_paise == 10_000
    with refused("justification_wanted"):
        plan(draft, cast["finance"], unit=10_001, why="")
    assert queries.heads(APRIL, india["far state"])["MEETINGS"].norm_paise is None


def test_a_line_said_again_is_replaced(draft, cast):
    plan(draft, cast["finance"])
    plan(draft, cast["finance"], quantity=7)
    with acting(cast["finance"]):
        assert queries.allotted(draft) == {MEETINGS: 70_000}


def test_it_refuses_a_district_of_another_state_and_an_empty_plan(draft, cast, india):
    with refused("not_of_the_state"):
        plan(draft, cast["finance"], slot=Slot("MEETINGS", india["far"].pk))
    with acting(cast["finance"]), refused("nothing_planned"):
        actions.submit(budget=draft, at=NOW, by=cast["finance"])


def test_who_made_it_does_not_approve_it(draft, cast, india):
    plan(draft, cast["finance"])
    with acting(SYSTEM):
        make_posting("mission_director", india["state"], user=cast["finance"])
    with acting(cast["finance"]):
        actions.submit(budget=draft, at=NOW, by=cast["finance"])
        with refused("own_work"):
            actions.decide(budget=draft, to="IN_FORCE", at=NOW, by=cast["finance"])
        with pytest.raises(Error), transaction.atomic():
            Budget.objects.filter(pk=draft.pk).update(standing="IN_FORCE", decided_by=cast["finance"])


def test_returned_it_is_a_draft_again_and_submitted_it_stands(draft, cast):
    plan(draft, cast["finance"])
    with acting(cast["finance"]):
        actions.submit(budget=draft, at=NOW, by=cast["finance"])
        with refused("not_a_draft"):
            actions.plan(budget=draft, line=actions.Planned(PRINTING, 1, 1, 1, WHY), by=cast["finance"])
        with pytest.raises(Error), transaction.atomic():
            BudgetLine.objects.filter(budget=draft).update(quantity=3, amount_paise=30_000)
    with acting(cast["director"]):
        with refused("length"):
            actions.decide(budget=draft, to="RETURNED", at=NOW, by=cast["director"])
        actions.decide(budget=draft, to="RETURNED", note="Less", at=NOW, by=cast["director"])
    assert plan(draft, cast["finance"], quantity=1).amount_paise == 10_000


def test_in_force_its_heads_hold_what_was_planned(budget, cast, india):
    with acting(cast["finance"]):
        assert queries.balances(budget)["AVAILABLE"] == 300_000
        assert queries.available(budget, Slot("TRAINING", india["east"].pk)) == 50_000
        rows = {row.head.key: row for row in queries.by_head(budget)}
        assert len(rows) == 12
        assert rows["TRAINING"].quarters == ((50_000, 0), (50_000, 0), (0, 0), (0, 0))
        assert [row.budget for row in queries.by_head(budget, india["east"].pk) if row.budget] == [50_000]


def test_two_budgets_of_a_year_are_not_in_force(budget, india, cast):
    with refused("in_force_already"):
        make_budget(india, cast)


def ask(budget, cast, paise, giver=PRINTING, taker=MEETINGS):
    with acting(cast["finance"]):
        told = {"giver": giver, "taker": taker, "amount_paise": paise, "reason": "More meetings", "at": NOW, "by": cast["finance"]}
        return actions.propose_move(budget=budget, **told)


def test_beyond_a_head_nothing_is_committed_before_another_approves_a_re_appropriation(budget, cast):
    with refused("beyond_the_head"):
        commit(budget, cast["finance"], 100_001)
    move = ask(budget, cast, 1)
    with refused("beyond_the_head"):
        commit(budget, cast["finance"], 100_001)
    with acting(cast["director"]):
        actions.decide_move(move=move, to="APPROVED", at=NOW, by=cast["director"])
        with refused("not_from_here"):
            actions.decide_move(move=move, to="REFUSED", at=NOW, by=cast["director"])
    assert commit(budget, cast["finance"], 100_001).amount_paise == 100_001
    with acting(cast["finance"]):
        assert queries.available(budget, PRINTING) == 99_999


def test_a_re_appropriation_gives_no_more_than_is_free_then_and_when_it_is_approved(budget, cast):
    for giver, taker, paise, code in ((PRINTING, MEETINGS, 100_001, "not_free"), (PRINTING, PRINTING, 1, "same_head")):
        with refused(code):
            ask(budget, cast, paise, giver, taker)
    move = ask(budget, cast, 60_000)
    commit(budget, cast["finance"], 50_000, PRINTING)
    with acting(cast["director"]), refused("not_free"):
        actions.decide_move(move=move, to="APPROVED", at=NOW, by=cast["director"])


def test_who_records_cannot_book_what_only_a_decision_books(budget, cast):
    with acting(cast["finance"]), pytest.raises(Error), transaction.atomic():
        booking.book(budget, "MOVE", [], on=DAY, at=NOW, by=cast["finance"])
    with acting(cast["finance"]), pytest.raises(Error), transaction.atomic():
        booking.book(budget, "APPROVAL", [], on=DAY, at=NOW, by=cast["finance"])
    with acting(cast["director"]), pytest.raises(Error), transaction.atomic():
        booking.book(budget, "RELEASE", [], number="x", on=DAY, at=NOW, by=cast["director"])


def test_every_step_is_on_the_trail_without_words(budget, cast):
    with acting(SYSTEM):
        verbs = list(Trail.objects.filter(verb__startswith="money.").values_list("verb", "detail"))
    assert {"money.budget.drafted", "money.budget.in_force", "money.voucher.release"} <= {verb for verb, _ in verbs}
    assert WHY not in str(verbs)


def test_a_stranger_sees_and_does_nothing(budget, cast, india):
    with acting(cast["stranger"]), connection.cursor() as cursor:
        for table in ("budget", "budgetline", "voucher", "line"):
            cursor.execute(f"SELECT count(*) FROM money_{table}")
            assert cursor.fetchone() == (0,)
        with refused("not_there"):
            booking.release(budget=budget, amount_paise=1, number="x", on=DAY, at=NOW, by=cast["stranger"])
    with acting(cast["far_director"]), pytest.raises(Error), transaction.atomic():
        CostHead.objects.create(
            key="IEC", number=6, place=india["state"], place_no=india["state"].place_no, texts={}, norm_paise=1, effective_from=APRIL
        )
    with acting(cast["finance"]):
        assert queries.available(budget, TRAINING) == 50_000
