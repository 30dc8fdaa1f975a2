"""How a fund may be lent: the nation's norms, and a state's own from a day on."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from aanchal.access.acting import SYSTEM, acting
from aanchal.benefits import editing, norms
from aanchal.benefits.models import FundNorm
from aanchal.benefits.rules import Refused
from tests.benefits.builders import asked, family, make_fund, now, today

pytestmark = pytest.mark.django_db
KIND = "RISK_MITIGATION"
TOLD = {
    "kept_by": ["VO"], "largest_paise": 2_000_000, "months": 20, "interest_bp": 25, "may_grant": False, "per_member_paise": 0,
    "source": "State order 7/2026", "is_unverified": False,
}  # fmt: skip
FORM = {
    "kept_by": ["VO"], "largest_paise": "20000", "months": "20", "interest_bp": "0.25", "per_member_paise": "0",
    "source": "State order 7/2026",
}  # fmt: skip


@pytest.fixture
def expert(posted):
    return posted("state_expert", "state")


def written(expert, state, *, on=None, **more) -> FundNorm:
    with acting(expert):
        return editing.write_norm(kind=KIND, state=state, told=TOLD | more, effective_from=on or today(), at=now(), by=expert)


def held(place, on=None):
    with acting(SYSTEM):
        return norms.in_force(KIND, on or today(), place)


def test_a_states_own_norms_hold_there_from_their_day_on_and_nowhere_else(india, village, expert):
    state = india["state"]
    written(expert, state, on=today() + timedelta(days=3))
    assert held(village).row is None
    assert held(village, today() + timedelta(days=3)).largest_paise == 2_000_000
    assert held(india["far village 1"], today() + timedelta(days=3)).row is None


def test_a_request_keeps_to_the_norms_of_its_state(india, village, expert):
    fund, household = make_fund(village), family(village)
    with pytest.raises(Refused, match="more_than_the_norm"):
        asked(fund, household, 15_000, on=today())
    row = written(expert, india["state"])
    loan = asked(fund, household, 15_000, months=20, on=today())
    assert (loan.norms, loan.interest_bp) == (row.version, 25)
    with pytest.raises(Refused, match="not_given_as_grant"):
        asked(fund, household, 100, is_grant=True, on=today())


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ({"on": today() - timedelta(days=1)}, "in_the_past"),
        ({"largest_paise": 0}, "out_of_range"),
        ({"source": " "}, "source: length"),
    ],
)
def test_what_cannot_be_a_norm_is_refused(india, expert, told, fault):
    with pytest.raises(Refused, match=fault):
        written(expert, india["state"], **told)


def test_two_versions_do_not_begin_on_one_day(india, expert):
    written(expert, india["state"])
    with pytest.raises(Refused, match="taken"):
        written(expert, india["state"])


def test_the_page_says_who_wrote_what_from_when_and_where_it_stands(village, expert, signed_in, crp):
    client, address = signed_in(expert), reverse("norm", args=[KIND])
    assert "The nation" in client.get(reverse("norms")).content.decode()
    wrong = client.post(address, FORM | {"effective_from": today() - timedelta(days=2)})
    assert wrong.status_code == 422
    assert client.post(address, FORM | {"effective_from": today()}).status_code == 302
    page = signed_in(crp).get(address).content.decode()
    assert "State order 7/2026" in page
    assert expert.name in page
    assert "₹20,000" in page
    assert "0.25%" in page
    assert signed_in(crp).get(reverse("norm", args=["GOLD"])).status_code == 404


def test_only_who_edits_the_schemes_of_the_state_writes(village, crp, signed_in):
    client, address = signed_in(crp), reverse("norm", args=[KIND])
    assert "Write this version" not in client.get(address).content.decode()
    assert client.post(address, FORM | {"effective_from": today()}).status_code == 404


def test_the_database_itself_refuses_another_state_and_any_change(india, expert):
    row = written(expert, india["state"])
    copied = """
        INSERT INTO benefits_fundnorm (kind, place_id, place_no, effective_from, kept_by, largest_paise, months, interest_bp, may_grant,
            per_member_paise, source, is_unverified, set_at)
        SELECT kind, %s, %s, effective_from + 1, kept_by, 1, months, interest_bp, may_grant, per_member_paise, source, is_unverified, set_at
        FROM benefits_fundnorm WHERE id = %s"""
    far, state = india["far state"], india["state"]
    with acting(expert), connection.cursor() as cursor:
        for place, number in ((far.pk, far.place_no), (far.pk, state.place_no)):
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                cursor.execute(copied, [place, number, row.pk])
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            cursor.execute("UPDATE benefits_fundnorm SET largest_paise = 1")
        cursor.execute(copied, [state.pk, state.place_no, row.pk])
