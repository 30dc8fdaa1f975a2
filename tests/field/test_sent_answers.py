"""What was sent with a state's own form, as a table and as a file: for the staff of its places, with a line on the trail."""

import csv
import io
import time

import openpyxl
import pytest
from django.test import Client

from aanchal.access.acting import SYSTEM
from aanchal.core.models import Trail
from tests.factories import make_posting
from tests.field import phone, workbooks
from tests.field.browser import sign_in, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(mis_desk):
    return mis_desk


@pytest.fixture
def sent(in_use, form_id, token, enrol, acting, india, village):
    """Two forms from two blocks of the state."""
    in_use()
    with acting(SYSTEM):
        west = enrol(make_posting("gender_crp", india["west village 1"]))
    assert phone.post(Client(), token, workbooks.filled(form_id, "1", village, keeper="=Sita")).status_code == 201
    assert phone.post(Client(), west, workbooks.filled(form_id, "1", india["west village 1"], keeper="Radha")).status_code == 201
    return f"/forms/sent/{form_id}/"


def lines(answer) -> list[dict]:
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def test_the_page_shows_answers_only_when_they_are_asked_for(sent, desk, kept):
    page = text(desk.get(sent))
    assert "2 forms were sent" in page
    assert "Radha" not in page
    assert kept(Trail.objects.filter(verb="field.answers.opened")) == []
    page = text(desk.post(sent))
    assert "Radha" in page
    assert "Who keeps them?" in page
    assert "Cow" in page
    [read] = kept(Trail.objects.filter(verb="field.answers.opened"))
    assert read.detail["rows"] == 2


def test_the_file_goes_out_only_to_who_said_the_password_a_moment_ago(sent, desk, kept):
    desk.get(sent)
    session = desk.session
    session["began_at"] = int(time.time()) - 3600
    session.save()
    assert desk.post(f"{sent}file/").headers["Location"].startswith("/accounts/confirm/?next=%2Fforms%2Fsent%2F")
    assert kept(Trail.objects.filter(verb="field.answers.exported")) == []


def test_the_file_holds_what_was_sent_under_the_names_of_the_questions(sent, desk, village, kept):
    rows = lines(desk.post(f"{sent}file/", {"format": "csv"}))
    assert {row["keeper"] for row in rows} == {"'=Sita", "Radha"}
    assert {row["kind"] for row in rows} == {"cow"}
    assert str(village.lgd_code) in {row["village_code"] for row in rows}
    [taken] = kept(Trail.objects.filter(verb="field.answers.exported"))
    assert (taken.detail["rows"], taken.detail["kind"]) == (2, "csv")


def test_each_repeat_is_a_table_of_its_own(sent, desk):
    rows = lines(desk.post(f"{sent}file/", {"part": "animal"}))
    assert [row["age"] for row in rows] == ["3", "4", "3", "4"]
    assert len({row["submission"] for row in rows}) == 2
    assert desk.get(f"{sent}?part=nothing").status_code == 404


def test_the_workbook_opens(sent, desk):
    answer = desk.post(f"{sent}file/", {"format": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert sheet.max_row == 3


def test_a_block_reads_its_own_and_no_more(sent, officer):
    client = sign_in(Client(), officer)
    assert "1 form was sent" in text(client.get(sent))
    assert "Radha" not in text(client.post(sent))
    assert {row["keeper"] for row in lines(client.post(f"{sent}file/"))} == {"'=Sita"}
    assert sent in text(client.get("/forms/"))


@pytest.mark.parametrize("role", ["gender_crp", "vo_leader", "district_manager", "state_expert", "administrator"])
def test_who_may_not_read_them_finds_nothing(sent, acting, india, role):
    with acting(SYSTEM):
        client = sign_in(Client(), make_posting(role, india["east"]))
    for path in (sent, f"{sent}file/"):
        assert client.post(path).status_code == 404
    assert client.get(sent).status_code == 404


def test_another_state_finds_nothing(sent, elsewhere):
    client = sign_in(Client(), elsewhere)
    assert [client.get(sent).status_code, client.post(sent).status_code, client.post(f"{sent}file/").status_code] == [404] * 3


def test_the_forms_of_the_nation_have_no_such_page(desk, india):
    assert desk.get("/forms/sent/household_survey/").status_code == 404


def test_a_question_that_a_newer_version_no_longer_asks_keeps_its_column(sent, draft, desk):
    form = draft("2", {"type": "text", "name": "remarks", **workbooks.said("Remarks")})
    desk.post(f"/forms/own/{form.pk}/use/")
    [first, *_others] = lines(desk.post(f"{sent}file/"))
    assert "keeper" in first
    assert "remarks" in first
