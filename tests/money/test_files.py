"""A plan and norms from a file, lists as files, money by district, and how services are procured."""

import io
from contextlib import suppress

import pytest
from django.db import connection, transaction
from django.db.utils import Error
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from aanchal.access.acting import acting
from aanchal.core.models import Trail
from aanchal.core.sheet_reading import MOST_BYTES, NotATable, read
from aanchal.money import actions, importing, queries
from aanchal.money.models import CostHead, Procurement
from aanchal.money.rules import Refused
from tests.money.builders import APRIL, NOW, Slot, commit, spend
from tests.signing_in import sign_in

LINES = "head,district_code,quarter,quantity,unit_rupees,justification\n"
PRACTICE = {"scope": "IEC", "practice": "Three quotations", "source": "Order 4", "effective_from": APRIL}


def draft(india, by):
    with acting(by):
        return actions.draft_budget(place=india["state"], title="Next", starts_on=APRIL, at=NOW, by=by)


def take(budget, by, text, *, is_trial=False):
    content = text if isinstance(text, bytes) else (LINES + text).encode()
    with acting(by):
        return importing.plan(budget=budget, content=content, is_trial=is_trial, by=by)


def test_a_plan_comes_from_a_file_with_rupees_as_people_write_them(india, cast):
    budget = draft(india, cast["finance"])
    told = take(budget, cast["finance"], f'MEETINGS,,1,10,"1,20,000.50",Why\ntraining,{india["east"].lgd_code},2,5,650,Why\n')
    assert (told.lines, told.faults) == (2, [])
    with acting(cast["finance"]):
        assert queries.allotted(budget) == {Slot("MEETINGS"): 120_000_500, Slot("TRAINING", india["east"].pk): 325_000}


def test_a_workbook_is_read_as_its_values(india, cast):
    book, out = Workbook(), io.BytesIO()
    for line in (("Head", "district_code", "quarter", "quantity", "unit_rupees", "justification"), ("IEC", None, 1, 3, 4500.0, "Why")):
        book.active.append(line)
    book.save(out)
    assert take(draft(india, cast["finance"]), cast["finance"], out.getvalue()).lines == 1


@pytest.mark.parametrize(
    ("line", "column", "code"),
    [
        ("CHAI,,1,1,10,Why", "head", "not_a_head"), ("IEC,999999,1,1,10,Why", "district_code", "not_of_the_state"),
        ("IEC,,5,1,10,Why", "quarter", "out_of_range"), ("IEC,,1,-1,10,Why", "quantity", "out_of_range"),
        ("IEC,,1,1,ten,Why", "unit_rupees", "out_of_range"), ("IEC,,1,1,0.001,Why", "unit_rupees", "out_of_range"),
        ("IEC,,1,1,NaN,Why", "unit_rupees", "out_of_range"), ("IEC,,1,1,10,", "justification", "justification_wanted"),
        ("IEC,,1,1000000,99999999999,Why", "quantity", "out_of_range"),
    ],
)  # fmt: skip
def test_a_wrong_line_is_told_with_its_number_and_nothing_of_the_file_is_written_or_noted(india, cast, line, column, code):
    budget = draft(india, cast["finance"])
    before = Trail.objects.filter(verb="money.budget.planned").count()
    told = take(budget, cast["finance"], f"MEETINGS,,1,1,10,Why\n{line}\n")
    assert (told.lines, told.faults) == (1, [(3, column, code)])
    with acting(cast["finance"]):
        assert queries.allotted(budget) == {}
        assert Trail.objects.filter(verb="money.budget.planned").count() == before


def test_a_trial_writes_nothing(india, cast):
    budget = draft(india, cast["finance"])
    assert take(budget, cast["finance"], "MEETINGS,,1,1,10,Why\n", is_trial=True).lines == 1
    with acting(cast["finance"]):
        assert queries.allotted(budget) == {}


def test_norms_come_from_a_file_by_who_approves(india, cast):
    with acting(cast["director"]):
        text = "head,norm_rupees,effective_from,source\nIEC,4500,2026-04-01,Circular 3\nTRAINING,0,2026-04-01,x\nSTAFF,5,soon,x\n"
        told = importing.norms(place=india["state"], content=text.encode(), is_trial=False, by=cast["director"])
        assert told.faults == [(3, "norm_rupees", "out_of_range"), (4, "effective_from", "not_a_day")]
        good = "".join(text.splitlines(keepends=True)[:2])
        assert importing.norms(place=india["state"], content=good.encode(), is_trial=False, by=cast["director"]).lines == 1
        assert queries.heads(APRIL, india["state"])["IEC"].norm_paise == 450_000


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"a,b\n1,2\n", "missing"), (b"PK\x03\x04 no zip", "not_a_table"), (b"\xff\xfe\x00", "not_a_table"),
        (b"x" * (MOST_BYTES + 1), "too_large"), (b"head\n" + b"x\n" * 5_001, "too_long"), (b"", "missing"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused(content, code):
    with pytest.raises(NotATable) as refused:
        read(content, ["head"])
    assert refused.value.code == code


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(content):
    for start in (b"", b"PK\x03\x04", b"head\n"):
        with suppress(NotATable):
            assert all(set(row.cells) == {"head"} for row in read(start + content, ["head"]))


def test_money_by_district_adds_up_to_the_budget(budget, cast, india):
    spend(commit(budget, cast["finance"], 20_000, Slot("TRAINING", india["east"].pk)), cast["finance"], 5_000)
    with acting(cast["finance"]):
        rows = queries.by_district(budget)
        assert sum(row.budget for row in rows) == sum(row.budget for row in queries.by_head(budget))
        east = next(row for row in rows if row.district == india["east"])
        assert (east.committed, east.spent, east.left) == (15_000, 5_000, 30_000)


def test_a_practice_is_recorded_once_for_a_day_and_stays(india, cast):
    with acting(cast["finance"]):
        told = {"place": india["state"], "at": NOW, "by": cast["finance"]}
        actions.record_procurement(**told, **PRACTICE)
        with pytest.raises(Refused, match="taken_day"):
            actions.record_procurement(**told, **PRACTICE)
        with pytest.raises(Error), transaction.atomic():
            Procurement.objects.update(practice="Other")


def test_the_pages_take_a_file_give_lists_and_record_a_practice(india, cast, budget, client):
    new = draft(india, cast["finance"])
    page = sign_in(client, cast["finance"])
    address = f"/money/{new.pk}/plan/import/"
    for text, status in ((LINES + "CHAI,,1,1,1,x\n", 422), (LINES + "IEC,,1,1,10,Why\n", 302), ("no table", 422)):
        file = io.BytesIO(text.encode())
        file.name = "plan.csv"
        assert page.post(address, {"file": file}).status_code == status
    sheets = [f"{budget.pk}/export/{sheet}" for sheet in ("plan", "commitments", "ledger", "moves", "certificates")]
    for sheet in (*sheets, *(f"lists/{listed}/export" for listed in ("budgets", "norms", "procurement"))):
        for kind in ("csv", "xlsx"):
            assert page.get(f"/money/{sheet}/?kind={kind}").status_code == 200, sheet
    assert page.get("/money/lists/names/export/").status_code == 404
    plan = io.BytesIO(b"".join(page.get(f"/money/{new.pk}/export/plan/?kind=csv").streaming_content))
    plan.name = "plan.csv"
    assert page.post(address, {"file": plan}).status_code == 302, "a plan comes back as it went out"
    ledger = b"".join(page.get(f"/money/{budget.pk}/export/ledger/").streaming_content)
    assert load_workbook(io.BytesIO(ledger)).active.max_row > 3
    assert page.get(f"/money/{budget.pk}/districts/").status_code == 200
    assert page.post("/money/procurement/", PRACTICE | {"effective_from": "2026-04-01"}).status_code == 302
    assert "Three quotations" in page.get("/money/procurement/").content.decode()


def test_a_stranger_gets_no_list_no_file_and_no_practice(india, cast, budget, client):
    with acting(cast["finance"]):
        actions.record_procurement(place=india["state"], at=NOW, by=cast["finance"], **PRACTICE)
    page = sign_in(client, cast["stranger"])
    for end in ("export/ledger/", "districts/", "plan/import/"):
        assert page.get(f"/money/{budget.pk}/{end}").status_code == 404
    assert "Three quotations" not in page.get("/money/procurement/").content.decode()
    for listed in ("budgets", "procurement"):
        assert b"".join(page.get(f"/money/lists/{listed}/export/?kind=csv").streaming_content).count(b"\n") == 1
    with acting(cast["stranger"]), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM money_procurement")
        assert cursor.fetchone() == (0,)
    with acting(cast["stranger"]), pytest.raises(Error), transaction.atomic():
        actions.record_procurement(place=india["state"], at=NOW, by=cast["stranger"], **PRACTICE)


def test_the_list_of_norms_comes_back_and_changes_nothing(india, cast, client):
    with acting(cast["director"]):
        text = b"head,norm_rupees,effective_from,source\nIEC,4500,2026-04-01,Circular 3\nSTAFF,20000,2026-04-01,Circular 4\n"
        importing.norms(place=india["state"], content=text, is_trial=False, by=cast["director"])
        before = CostHead.objects.count()
    file = sign_in(client, cast["director"]).get("/money/lists/norms/export/?kind=csv")
    sent = b"".join(file.streaming_content) if file.streaming else file.content
    with acting(cast["director"]):
        assert importing.norms(place=india["state"], content=sent, is_trial=False, by=cast["director"]) == importing.Told(lines=0)
        assert CostHead.objects.count() == before
        told = importing.norms(place=india["state"], content=text.replace(b"4500", b"4600"), is_trial=False, by=cast["director"])
        assert told.faults == [(2, "effective_from", "taken")]


def test_two_lines_of_one_place_in_the_plan_and_words_too_long_are_refused_and_nothing_is_cut(india, cast):
    budget = draft(india, cast["finance"])
    told = take(budget, cast["finance"], f"IEC,,1,1,10,Why\nIEC,,2,1,10,Why\nIEC,,1,5,10,Why\nSTAFF,,1,1,10,{'y' * 501}\n")
    assert (told.lines, told.faults) == (2, [(4, "head", "line_twice"), (5, "justification", "length")])


def test_a_norm_before_there_were_heads_is_refused_on_the_page(cast, client):
    told = {"norm_paise": "100", "effective_from": "2000-01-01", "source": "Circular"}
    answer = sign_in(client, cast["director"]).post("/money/heads/iec/", told)
    assert answer.status_code == 422
    assert "There were no cost heads on this day." in answer.content.decode()
