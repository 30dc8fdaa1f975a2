"""Cost for each outcome: what was spent over what was counted, for who may read both."""

from datetime import date

import pytest
from django.db import connection

from aanchal.access.acting import SYSTEM, acting
from aanchal.activities import actions, training
from aanchal.benefits import funding
from aanchal.benefits.models import Cbo, Loan
from aanchal.core.rows import insert, new
from aanchal.money.actions import load_heads
from aanchal.portal.counts import helped
from tests.factories import make_household, make_posting
from tests.money.builders import NOW, Slot, commit, make_budget, spend
from tests.signing_in import sign_in


def test_it_divides_what_was_spent_by_what_was_counted(india, client):
    with acting(SYSTEM):
        load_heads(by=SYSTEM)
        training.load_modules(by=SYSTEM)
        roles = {"finance": "finance_officer", "director": "mission_director", "programme": "programme_officer"}
        cast = {name: make_posting(role, india["state"]) for name, role in roles.items()}
    budget = make_budget(india, cast)
    spend(commit(budget, cast["finance"], 50_000, Slot("MEETINGS")), cast["finance"], 30_000)
    notice = actions.Notice("STAKEHOLDER", "With NGOs", date(2026, 5, 2), NOW.time(), "Hall", "Posters")
    by = cast["programme"]
    with acting(by):
        for _ in range(3):
            meeting = actions.call(place=india["east"], notice=notice, at=NOW, by=by)
            actions.hold(meeting=meeting, present=[("NGO", "NGO", True)], at=NOW, by=by)
    page = sign_in(client, by).get(f"/money/{budget.pk}/outcomes/").content.decode()
    assert "₹100<" in page
    assert "₹300<" in page
    assert page.count("–</td>") == 5  # of nothing nothing is divided; no family and no survivor yet


def loans(village, n):
    """So many families of a village to whom a fund released a loan in May."""
    with acting(SYSTEM):
        cbo = new(Cbo, kind="VO", name="A VO", place=village, place_no=village.place_no)
        insert(cbo)
        fund = funding.open_fund(cbo=cbo, kind="RISK_MITIGATION", on=date(2026, 5, 1), at=NOW, by=SYSTEM)
        for _ in range(n):
            household = make_household(village)
            told = {"months": 5, "norms": "x", "recorded_at": NOW, "asked_on": date(2026, 5, 2), "purpose": "Goats"}
            given = {"sanctioned_paise": 1, "met_on": date(2026, 5, 3), "present": 9, "released_on": date(2026, 5, 4)}
            insert(new(Loan, fund=fund, household=household, place_no=village.place_no, asked_paise=1, state="RELEASED", **told, **given))


@pytest.mark.parametrize(("n", "shown"), [(0, 0), (1, None), (10, None), (11, 10), (17, 20)])
def test_families_are_counted_in_tens_and_few_are_hidden(india, n, shown):
    loans(india["east village 1"], n)
    with acting(SYSTEM):
        director = make_posting("mission_director", india["state"])
    with acting(director):
        assert helped(india["state"], date(2026, 4, 1)) == (shown, 0)
        assert helped(india["state"], date(2026, 4, 2)) == (None, None)
        assert helped(india["east"], date(2026, 4, 1)) == (None, None)
        assert helped(india["far state"], date(2026, 4, 1)) == (None, None)


def test_who_reads_no_money_of_the_state_is_told_nothing(india, crp):
    loans(india["east village 1"], 20)
    with acting(crp), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM portal_outcomes(%s, %s)", [india["state"].pk, date(2026, 4, 1)])
        assert cursor.fetchall() == []
