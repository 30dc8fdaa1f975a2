"""A review for a meeting: the same twice, in three languages, of a month, a quarter or a year, with pictures and no small number."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aanchal.access.acting import SYSTEM
from aanchal.access.acting import acting as acts
from aanchal.core import paper
from aanchal.core.models import Trail
from aanchal.insight import actions, queries, reviewing, tasks
from aanchal.insight.models import Figure, Review, ReviewFile
from aanchal.insight.review.reading import Read
from tests.insight.builders import AT, told

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)
FIGURES = {"TRK02": (60, 100), "PRV09": (40, 200), "TRK05": (3, 30), "REH01": (25, None)}
"""TRK05 is small; REH01 is a number."""


@pytest.fixture
def manager(india, posted):
    told(india["east"], FIGURES, MARCH, months=3)
    told(india["west"], {"TRK02": (80, 100)}, MARCH)
    with acts(SYSTEM):
        actions.set_target(place=india["east"], code="TRK02", month=MARCH, value=80, at=AT, by=SYSTEM)
    return posted("district_manager", "east")


def prepared(place, by, span="MONTH") -> Review:
    with acts(by):
        review = reviewing.ask(place=place, month=MARCH, span=span, at=AT, by=by)
    with acts(SYSTEM):
        while not review.is_ready:
            reviewing.take_step(review=review, at=AT, by=SYSTEM)
    return review


def files(review) -> dict[tuple[str, str], bytes]:
    with acts(SYSTEM):
        return {(one.kind, one.language): bytes(one.content) for one in ReviewFile.objects.filter(review=review)}


def test_the_same_figures_give_the_same_review_to_the_byte(india, manager):
    first, second = prepared(india["east"], manager), prepared(india["east"], manager)
    assert first.pk != second.pk
    assert first.sha256 == second.sha256
    assert files(first) == files(second)
    told(india["east"], {"AHT03": (12, None)}, MARCH)
    assert prepared(india["east"], manager).sha256 != first.sha256


def test_it_keeps_the_versions_of_the_definitions(india, manager):
    [row] = [one for one in prepared(india["east"], manager).content["figures"] if one["code"] == "TRK02"]
    assert row["version"] == 1
    assert len(row["sha256"]) == 64
    assert (row["n"], row["of"], row["target"], row["peers"], len(row["past"])) == (60, 100, 80, 70, 3)


def test_it_holds_no_small_number_whoever_asked_for_it(india, manager):
    [row] = [one for one in prepared(india["east"], manager).content["figures"] if one["code"] == "TRK05"]
    assert (row["n"], row["of"], row["past"]) == (None, None, [])


def row_of(review, code) -> dict:
    [row] = [one for one in review.content["figures"] if one["code"] == code]
    return row


def test_a_quarter_adds_up_what_happened_and_keeps_what_stood_at_its_end(india, manager):
    """Sixty of a hundred in each of three months; of the families assessed, which are counted as they stand, only the last."""
    told(india["east"], {"TRK02": (30, 100)}, date(2025, 12, 1))
    quarter = prepared(india["east"], manager, "QUARTER")
    assert (row_of(quarter, "TRK02")["n"], row_of(quarter, "TRK02")["of"], row_of(quarter, "TRK02")["before"]) == (180, 300, 30)
    assert (row_of(quarter, "PRV09")["n"], row_of(quarter, "PRV09")["of"]) == (40, 200)
    assert (row_of(quarter, "REH01")["n"], row_of(quarter, "TRK02")["peers"]) == (75, 65)
    assert quarter.content["months"] == ["2026-01", "2026-02", "2026-03"]
    assert Read(quarter).title == "Review: east, January to March 2026"


def test_one_small_month_hides_the_sum_of_a_quarter(india, manager):
    """Else the three months' reviews and the quarter's would tell it."""
    assert row_of(prepared(india["east"], manager, "QUARTER"), "TRK05")["n"] is None
    told(india["west"], {"TRK02": (20, 40)}, date(2026, 2, 1))
    told(india["west"], {"TRK02": (38, 40)}, date(2026, 1, 1))
    assert row_of(prepared(india["west"], manager_of(india["west"]), "QUARTER"), "TRK02")["n"] is None


def test_a_year_says_of_how_many_months_it_is_made(india, manager, signed_in):
    year = prepared(india["east"], manager, "YEAR")
    assert (year.month, dict(Read(year).summary())["Months that were counted"]) == (date(2025, 4, 1), "3 / 12")
    page = signed_in(manager).get(f"/insight/reviews/{year.pk}/").content.decode()
    assert "Change in a year" in page
    assert "Year 2025-26" in page


def manager_of(place):
    from tests.factories import make_posting

    with acts(SYSTEM):
        return make_posting("district_manager", place)


def test_the_workbook_has_pictures_and_speaks_three_languages(india, manager):
    made = files(prepared(india["east"], manager))
    for language, title in (
        ("en", "Migrants whose employer was checked"), ("hi", "जिनके मालिक की जाँच हुई वे प्रवासी"),
        ("te", "యజమానిని సరిచూసిన వలసదారులు"),
    ):  # fmt: skip
        content = made["xlsx", language]
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            assert {"xl/media/image1.png", "xl/media/image2.png"} <= set(parts.namelist())
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        [row] = [row for row in book.worksheets[1].values if row[0] == "TRK02"]
        assert row[1:5] == (title, "60.0 %", 60, 100)


@pytest.mark.skipif(not paper.are_here(), reason="script/setup could not fetch the fonts of PDF files")
def test_the_pdf_has_pictures_and_is_there_in_three_languages(india, manager):
    made = files(prepared(india["east"], manager))
    for language in ("en", "hi", "te"):
        assert made["pdf", language].startswith(b"%PDF-")
        assert made["pdf", language].count(b"/Subtype /Image") + made["pdf", language].count(b"/Subtype/Image") >= 2


def test_who_waits_sees_how_far_it_is_and_then_the_review(india, manager, signed_in, monkeypatch):
    begun = []
    monkeypatch.setattr(tasks.prepare_review, "defer", lambda pk: begun.append(pk))
    client, path = signed_in(manager), f"/insight/{india['east'].pk}/reviews/"
    address = client.post(path, {"period": "MONTH 2026-03-01"})["Location"]
    assert client.post(path, {"period": "MONTH 2026-03-01"})["Location"] == address
    assert len(set(begun)) == 1
    assert "0 of 9 steps are done" in client.get(address).content.decode()
    for _ in range(reviewing.STEPS):
        tasks.prepare_review.func(begun[0])
    page = client.get(address).content.decode()
    assert "60.0 %" in page
    assert "not reached" in page
    assert "as=xlsx&amp;in=hi" in page
    assert address in client.get(path).content.decode()


def test_a_file_is_taken_and_the_taking_is_on_the_trail(india, manager, signed_in):
    review, client = prepared(india["east"], manager), signed_in(manager)
    taken = client.get(f"/insight/reviews/{review.pk}/file/?as=xlsx&in=hi")
    assert b"".join(taken.streaming_content) == files(review)["xlsx", "hi"]
    with acts(SYSTEM):
        assert Trail.objects.filter(verb="insight.review.taken", about_id=str(review.pk)).count() == 1
    assert client.get(f"/insight/reviews/{review.pk}/file/?as=exe").status_code == 302


def test_a_month_that_was_not_computed_has_no_review(india, manager, signed_in):
    assert signed_in(manager).post(f"/insight/{india['east'].pk}/reviews/", {"period": "MONTH 2020-01-01"}).status_code == 422
    with acts(manager), pytest.raises(actions.Refused, match="month_not_computed"):
        reviewing.ask(place=india["east"], month=date(2020, 1, 1), at=AT, by=manager)


def test_a_stranger_finds_no_review_and_only_the_program_prepares_one(acting, india, manager, posted, signed_in):
    review, stranger = prepared(india["east"], manager), posted("district_manager", "west")
    client = signed_in(stranger)
    for path in (f"{india['east'].pk}/reviews/", f"reviews/{review.pk}/", f"reviews/{review.pk}/file/"):
        assert client.get(f"/insight/{path}").status_code == 404
    with acting(stranger), connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM insight_review), (SELECT count(*) FROM insight_reviewfile)")
        assert cursor.fetchone() == (0, 0)
    with acting(manager):
        assert Review.objects.filter(pk=review.pk).update(content={}) == 0


def test_the_page_asks_as_much_of_a_long_review_as_of_a_short_one(india, manager, signed_in):
    review, client = prepared(india["east"], manager), signed_in(manager)
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/insight/reviews/{review.pk}/")
    assert len(asked) < 25


def test_what_may_be_told_to_all_is_said_twice_and_the_same(india, manager):
    """Once for the database, once for a figure in hand."""
    pairs = [(0, 20), (3, 20), (11, 20), (20, 20), (11, 22), (5, None), (11, None), (0, None)]
    codes = ("PRV01", "PRV03", "PRV06", "PRV07", "PRV08", "PRV10", "PRV15", "TRK01")
    told(india["west"], dict(zip(codes, pairs, strict=True)), date(2026, 1, 1))
    with acts(SYSTEM):
        found = Figure.objects.filter(place=india["west"], month=date(2026, 1, 1))
        known = set(found.filter(queries.TOLD_TO_ALL).values_list("pk", flat=True))
        assert {one.pk for one in found if one.is_told_to_all} == known
        assert len(known) == 5
