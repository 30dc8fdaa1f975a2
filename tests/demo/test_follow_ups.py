"""Families of the demo visited again: forms without a fault, and one visit that follows another which never comes."""

from datetime import date, datetime, timedelta, timezone

import pytest

from aanchal.config.demo import follow_ups, own_form
from aanchal.config.demo.submissions import SEED, submissions
from aanchal.field import checks, order, xlsforms
from aanchal.field.uploads.conversion import convert
from aanchal.field.xform import Form, parse

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 20, tzinfo=timezone(timedelta(hours=5, minutes=30)))


@pytest.fixture(scope="module")
def post():
    return follow_ups.visits(SEED, TODAY)


def test_it_sends_the_same_bytes_for_the_same_day(post):
    assert post == follow_ups.visits(SEED, TODAY)
    assert len(post) == follow_ups.FAMILIES


def test_they_fit_the_form(post):
    form = Form.from_xml(xlsforms.to_xform("follow_up"))
    assert [fault for one in post for fault in form.validate(parse(one.xml), today=TODAY, now=NOW).faults] == []


def test_each_comes_after_the_survey_of_its_family(post):
    surveyed = {one.xml.split(b"<household_id>")[1][:36]: one.at for one in submissions(SEED, TODAY) if b"<household_id>" in one.xml}
    for one in post:
        assert one.at > surveyed[one.xml.split(b"<household>")[1][:36]]


def test_one_is_of_a_run_with_a_gap(post):
    steps = [step for step in (order.step_of(one.xml) for one in post) if step]
    assert [(step.trunk, step.base, step.is_first) for step in steps] == [(1, 2, False)]
    assert [one.expectation.reason for one in post if one.expectation.flagged] == ["OUT_OF_ORDER"]


def test_the_form_of_the_fictional_state_has_no_problem_and_speaks_every_language():
    found = convert(own_form.workbook("1", own_form.SURVEY), "vo.xlsx")
    assert (checks.problems(found), checks.remarks(found)) == ([], [])
    form = Form.from_xml(found.xform)
    for one in own_form._sent(TODAY):
        assert form.validate(parse(one.xml), today=TODAY, now=NOW).faults == ()
