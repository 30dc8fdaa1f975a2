"""A year of money through its pages; nothing of it for the other state."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aanchal.access.acting import acting
from aanchal.core import paper
from aanchal.money.models import Budget, Certificate, Commitment, Reappropriation, Voucher
from aanchal.money.words import rupees
from tests.money.builders import DAY, NOW, certify, commit, spend
from tests.paper_reading import text_of


def addresses(budget, commitment, certificate):
    below = [f"/money/{budget.pk}/{end}" for end in ("", "ledger/", "commitments/", "moves/", "certificates/", "outcomes/")]
    return [*below, f"/money/commitments/{commitment.pk}/", f"/money/certificates/{certificate.pk}/"]


def test_every_page_opens_for_the_state_and_for_no_other(budget, cast, signed_in):
    commitment = commit(budget, cast["finance"])
    voucher = spend(commitment, cast["finance"])
    every = addresses(budget, commitment, certify(budget, cast["finance"], 20_000))
    for who in ("finance", "director", "programme"):
        client = signed_in(cast[who])
        for address in (*every, "/money/", "/money/heads/"):
            assert client.get(address).status_code == 200, (who, address)
    client = signed_in(cast["stranger"])
    for address in (*every, f"/money/vouchers/{voucher.pk}/reverse/"):
        assert client.get(address).status_code == 404, address
    assert "Pilot" not in client.get("/money/").content.decode().partition("<main")[2]
    assert signed_in(cast["programme"]).post(f"/money/commitments/{commitment.pk}/", {"what": "spend"}).status_code == 404


@pytest.mark.skipif(not paper.are_here(), reason="the fonts are not here: script/setup")
def test_a_utilisation_certificate_is_a_file_too(budget, cast, signed_in):
    spend(commit(budget, cast["finance"]), cast["finance"])
    one = certify(budget, cast["finance"], 20_000)
    file = signed_in(cast["finance"]).get(f"/money/certificates/{one.pk}/?as=pdf")
    assert file["Content-Type"] == "application/pdf"
    assert rupees(one.amount_paise) in text_of(file.content)
    assert signed_in(cast["stranger"]).get(f"/money/certificates/{one.pk}/?as=pdf").status_code == 404


def test_from_the_budget_to_the_utilisation_certificate(india, cast, signed_in):
    client = signed_in(cast["finance"])
    page = client.post("/money/", {"title": "A year", "year": 2026}).headers["Location"]
    line = {"head": "TRAINING", "district": india["east"].pk, "quarter": 2, "quantity": 10, "unit_paise": "250.50", "justification": ""}
    assert client.post(f"{page}plan/", line).status_code == 422
    assert client.post(f"{page}plan/", line | {"justification": "Quotation"}).status_code == 302
    assert client.post(f"{page}submit/").status_code == 302
    assert "Put it in force" not in client.get(page).content.decode()
    director = signed_in(cast["director"])
    assert "Put it in force" in director.get(page).content.decode()
    assert director.post(f"{page}decide/", {"to": "IN_FORCE"}).status_code == 302
    client = signed_in(cast["finance"])
    assert client.post(f"{page}ledger/", {"amount_paise": "2000", "number": "G.O. 1", "on": "2026-07-01"}).status_code == 302
    told = {"head": "TRAINING", "district": india["east"].pk, "purpose": "A day", "number": "O 1", "on": "2026-07-02"}
    told["amount_paise"] = "2505.01"
    refused = client.post(f"{page}commitments/", told)
    assert refused.status_code == 422
    assert "Propose a re-appropriation" in refused.content.decode()
    commitment = client.post(f"{page}commitments/", told | {"amount_paise": "1500"}).headers["Location"]
    voucher = {"what": "spend", "spend-amount_paise": "1200", "spend-number": "V 1", "spend-on": "2026-07-03", "spend-note": "Hall"}
    assert client.post(commitment, voucher).status_code == 302
    assert "(5. Capacity building and training, " in client.get(f"{page}ledger/").content.decode()
    assert client.get(page).content.decode().count('data-label="Variance until now"') == 2, "of the head, and together"
    papers = {"number": "UC 1", "from_on": "2026-04-01", "until_on": "2026-09-30", "amount_paise": "2000.01"}
    refused = client.post(f"{page}certificates/", papers).content.decode()
    assert "above what was released" in refused
    paper = client.post(f"{page}certificates/", papers | {"amount_paise": "1200"}).headers["Location"]
    assert client.post(f"{paper}sign/", {"to": "SIGNED"}).status_code == 404
    assert signed_in(cast["director"]).post(f"{paper}sign/", {"to": "SIGNED"}).status_code == 302
    with acting(cast["director"]):
        assert Certificate.objects.get().standing == "SIGNED"
    assert "Signed by" in client.get(paper).content.decode()


def test_a_re_appropriation_an_advance_and_a_reversal_through_the_pages(budget, cast, signed_in):
    client, commitment = signed_in(cast["finance"]), commit(budget, cast["finance"])
    ask = {"from_head": "PRINTING", "from_district": "", "to_head": "MEETINGS", "to_district": "", "amount_paise": "10", "reason": "More"}
    assert client.post(f"/money/{budget.pk}/moves/", ask).status_code == 302
    give = {"what": "advance", "advance-given_to": "District", "advance-amount_paise": "200", "advance-on": DAY}
    assert client.post(f"/money/commitments/{commitment.pk}/", give).status_code == 302
    with acting(cast["finance"]):
        advance, move = Commitment.objects.get().advances.get(), Reappropriation.objects.get()
    settle = {"what": "settle", "settle-amount_paise": "150", "settle-number": "V 3", "settle-on": DAY}
    assert client.post(f"/money/advances/{advance.pk}/", settle).status_code == 302
    assert client.post(f"/money/advances/{advance.pk}/", {"what": "back", "back-amount_paise": "50", "back-on": DAY}).status_code == 302
    with acting(cast["finance"]):
        refund = Voucher.objects.get(kind="REFUND")
    assert client.post(f"/money/vouchers/{refund.pk}/reverse/", {"note": ""}).status_code == 422
    assert client.post(f"/money/vouchers/{refund.pk}/reverse/", {"note": "Wrong"}).status_code == 302
    assert client.post(f"/money/moves/{move.pk}/decide/", {"to": "APPROVED"}).status_code == 404
    assert signed_in(cast["director"]).post(f"/money/moves/{move.pk}/decide/", {"to": "APPROVED"}).status_code == 302
    with acting(cast["director"]):
        assert Reappropriation.objects.get().standing == "APPROVED"
        assert Budget.objects.get().vouchers.filter(kind="MOVE").count() == 1


def test_a_norm_is_set_by_the_director_and_shown(cast, signed_in):
    told = {"norm_paise": "500", "effective_from": "2026-04-01", "source": "Circular 3"}
    assert signed_in(cast["finance"]).post("/money/heads/meetings/", told).status_code == 404
    client = signed_in(cast["director"])
    assert client.post("/money/heads/meetings/", told).status_code == 302
    assert "₹500" in client.get("/money/heads/").content.decode()
    assert client.get("/money/heads/nothing/").status_code == 404


def test_the_ledger_asks_the_database_no_more_for_more_bookings(budget, cast, signed_in):
    client, counted = signed_in(cast["finance"]), []
    for n in range(2):
        for m in range(4):
            spend(commit(budget, cast["finance"], 1_000, number=f"O {n}{m}"), cast["finance"], 500, f"V {n}{m}")
        asked = []
        for end in ("", "ledger/", "commitments/"):
            with CaptureQueriesContext(connection) as queries:
                client.get(f"/money/{budget.pk}/{end}")
            asked.append(len(queries))
        counted.append(asked)
    assert counted[0] == counted[1]
    assert NOW.year == budget.starts_on.year
