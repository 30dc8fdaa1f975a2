"""A form that was sent twice books once, and a decision without an answer decides nothing."""

import pytest

from aanchal.access.acting import acting
from aanchal.money import actions, booking, queries
from aanchal.money.models import Advance, Budget, Commitment, Reappropriation, Voucher
from aanchal.money.rules import Refused
from aanchal.money.terms import Account, Standing
from tests.money.builders import DAY, MEETINGS, NOW, PRINTING, certify, commit, spend

ALREADY = "This is booked already: the same number, day and amount. Look at what stands."
NOTHING = "Nothing was decided. Press one of the two answers."


@pytest.fixture
def finance(cast, signed_in):
    return signed_in(cast["finance"])


def again_refused(client, address, told, said=ALREADY):
    assert client.post(address, told).status_code == 302
    answer = client.post(address, told)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_release_is_booked_once_and_another_part_of_the_same_order_too(budget, finance):
    ledger, told = f"/money/{budget.pk}/ledger/", {"amount_paise": "500", "number": "G.O. 8", "on": "2026-06-01"}
    again_refused(finance, ledger, told)
    assert finance.post(ledger, told | {"on": "2026-06-02"}).status_code == 302
    assert finance.post(ledger, told | {"amount_paise": "501"}).status_code == 302
    with acting(budget.made_by):
        assert [one.lines.get(account=Account.BANK).amount_paise for one in Voucher.objects.filter(number="G.O. 8").order_by("pk")] == [
            50_000, 50_000, 50_100,
        ]  # fmt: skip


def test_a_commitment_is_made_once_and_anew_after_it_was_cancelled(budget, cast, finance):
    told = {"head": "MEETINGS", "district": "", "purpose": "Hall", "number": "O 1", "amount_paise": "100", "on": "2026-06-01"}
    again_refused(finance, f"/money/{budget.pk}/commitments/", told)
    with acting(cast["finance"]):
        booking.cancel(commitment=Commitment.objects.get(number="O 1"), on=DAY.replace(month=7), at=NOW, by=cast["finance"])
    assert finance.post(f"/money/{budget.pk}/commitments/", told).status_code == 302


def test_an_advance_is_given_once_and_comes_back_once(budget, cast, finance):
    one = commit(budget, cast["finance"])
    told = {"what": "advance", "advance-given_to": "Block office", "advance-amount_paise": "100", "advance-on": "2026-06-01"}
    again_refused(finance, f"/money/commitments/{one.pk}/", told)
    with acting(cast["finance"]):
        advance = Advance.objects.get()
    back = {"what": "back", "back-amount_paise": "40", "back-on": "2026-06-02"}
    again_refused(finance, f"/money/advances/{advance.pk}/", back)
    with acting(cast["finance"]):
        assert queries.left_of_advance(advance) == 6_000


def test_what_was_reversed_is_booked_anew(budget, cast):
    told = {"budget": budget, "amount_paise": 100, "number": "G.O. 9", "on": DAY, "at": NOW, "by": cast["finance"]}
    with acting(cast["finance"]):
        booking.reverse(voucher=booking.release(**told), note="The wrong account", at=NOW, by=cast["finance"])
        booking.release(**told)
        with pytest.raises(Refused, match="booked_already"):
            booking.release(**told)


def test_a_draft_and_a_re_appropriation_are_made_once(budget, finance):
    same_title = "A budget of this year has this title. Open that one, or choose another title."
    again_refused(finance, "/money/", {"title": "Next", "year": "2026"}, same_title)
    told = {"from_head": "MEETINGS", "to_head": "PRINTING", "from_district": "", "to_district": "", "amount_paise": "10", "reason": "Why"}
    again_refused(finance, f"/money/{budget.pk}/moves/", told, "The same is proposed already and waits for a decision.")


@pytest.mark.parametrize("answer", [{}, {"to": ""}, {"to": "IN_FORCE "}, {"to": "YES"}, {"to": "DRAFT"}])
def test_a_decision_without_an_answer_decides_nothing(answer, budget, cast, signed_in):
    spend(commit(budget, cast["finance"]), cast["finance"])
    certificate = certify(budget, cast["finance"], 20_000)
    with acting(cast["finance"]):
        told = {"giver": MEETINGS, "taker": PRINTING, "amount_paise": 100, "reason": "Why", "at": NOW, "by": cast["finance"]}
        move = actions.propose_move(budget=budget, **told)
        waiting = actions.draft_budget(place=budget.place, title="Next", starts_on=budget.starts_on, at=NOW, by=cast["finance"])
        actions.plan(budget=waiting, line=actions.Planned(MEETINGS, 1, 1, 100, "Why"), by=cast["finance"])
        actions.submit(budget=waiting, at=NOW, by=cast["finance"])
    director = signed_in(cast["director"])
    for address in (f"{waiting.pk}/decide/", f"moves/{move.pk}/decide/", f"certificates/{certificate.pk}/sign/"):
        assert NOTHING in director.post(f"/money/{address}", answer | {"note": "Why"}, follow=True).content.decode()
    with acting(cast["director"]):
        assert Budget.objects.get(pk=waiting.pk).standing == Standing.SUBMITTED
        assert Reappropriation.objects.get().standing == Standing.SUBMITTED
        certificate.refresh_from_db()
        assert certificate.standing == Standing.SUBMITTED
