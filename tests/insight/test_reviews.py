"""A review for a meeting: prepared step by step, the same twice, in two languages, with pictures and without a small number."""

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
from aanchal.insight import actions, reviewing, tasks
from aanchal.insight.models import Review, ReviewFile
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


def prepared(place, by) -> Review:
    with acts(by):
        review = reviewing.ask(place=place, month=MARCH, at=AT, by=by)
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


def test_the_workbook_has_pictures_and_speaks_both_languages(india, manager):
    made = files(prepared(india["east"], manager))
    for language, title in (("en", "Migrants whose employer was checked"), ("hi", "जिनके मालिक की जाँच हुई वे प्रवासी")):
        content = made["xlsx", language]
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            assert {"xl/media/image1.png", "xl/media/image2.png"} <= set(parts.namelist())
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        [row] = [row for row in book.worksheets[1].values if row[0] == "TRK02"]
        assert row[1:5] == (title, "60.0 %", 60, 100)


@pytest.mark.skipif(not paper.are_here(), reason="script/setup could not fetch the fonts of PDF files")
def test_the_pdf_has_pictures_and_is_there_in_both_languages(india, manager):
    made = files(prepared(india["east"], manager))
    for language in ("en", "hi"):
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
