from datetime import timedelta

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from aanchal.access.acting import SYSTEM, acting
from aanchal.core import facts
from aanchal.registers import actions, queries
from aanchal.registers.actions import Changes
from aanchal.registers.facts import EntryCorrected
from aanchal.registers.models import Entry
from aanchal.registers.terms import Register
from tests.factories import DAY, NOON
from tests.registers.builders import TEXTS, make_entry, make_family


@pytest.fixture
def entry(india):
    return make_entry(india["east village 1"], Register.MISSING)


def correct(entry, by, reason="The day was wrong.", **changes):
    with acting(by):
        return actions.correct_entry(entry=entry, changes=Changes(**changes), reason=reason, at=NOON, by=by)


def as_kept(entry):
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(e) - 'stands' FROM registers_entry e WHERE id = %s", [entry.pk])
        return cursor.fetchone()


def test_it_writes_a_new_line_and_leaves_the_old_one_as_it_was(entry, crp):
    before = as_kept(entry)
    line = correct(entry, crp, happened_on=DAY - timedelta(days=2), details={"height_cm": 150}, texts={"clothes": "a red sari"})
    assert as_kept(entry) == before
    assert line.pk != entry.pk
    assert line.corrects == entry
    assert line.happened_on == DAY - timedelta(days=2)
    assert line.details == entry.details | {"height_cm": 150}
    assert line.texts() == TEXTS[Register.MISSING] | {"clothes": "a red sari", "reason": "The day was wrong."}


def test_it_leaves_one_line_standing(entry, crp):
    line = correct(correct(entry, crp), crp, reason="Again.")
    with acting(crp):
        assert [found.pk for found in queries.standing(Register.MISSING)] == [line.pk]
        assert [version.stands for version in queries.history(entry)] == [False, False, True]
        assert queries.history(entry) == queries.history(line)


def test_it_keeps_each_reason_with_its_own_line(entry, crp):
    first = correct(entry, crp, reason="One")
    second = correct(first, crp, reason="Two")
    assert [version.texts().get("reason") for version in (entry, first, second)] == [None, "One", "Two"]


def test_it_takes_an_answer_away(entry, crp):
    line = correct(entry, crp, details={"gd_on": None}, texts={"physical_marks": ""})
    assert "gd_on" not in line.details
    assert "physical_marks" not in line.texts()


def test_it_closes_a_line(entry, crp):
    assert entry.is_open
    line = correct(entry, crp, details={"missing_status": "TRACED", "traced_on": DAY})
    assert not line.is_open


def test_it_moves_a_line_to_the_right_person(entry, crp, india):
    household, person = make_family(india["east village 1"])
    line = correct(entry, crp, person=person, household=household)
    assert (line.person, line.household) == (person, household)


def test_it_refuses_to_correct_a_line_that_stands_no_longer(entry, crp):
    correct(entry, crp)
    with acting(SYSTEM):
        entry = queries.entry(entry.pk)
    with pytest.raises(actions.AlreadyCorrected):
        correct(entry, crp)


def test_it_leaves_the_old_line_standing_when_the_new_one_is_refused(entry, crp):
    with pytest.raises(actions.InTheFuture):
        correct(entry, crp, happened_on=DAY + timedelta(days=1))
    with acting(crp):
        assert list(queries.standing(Register.MISSING)) == [entry]


@pytest.mark.parametrize(
    "change", ["details = '{}'", "happened_on = '2020-01-01'", "sealed = NULL", "is_open = false", "corrects_id = NULL"]
)
def test_it_cannot_be_overwritten_even_by_sql(entry, crp, change):
    with pytest.raises(ProgrammingError, match="permission denied"), acting(crp), connection.cursor() as cursor:
        cursor.execute(f"UPDATE registers_entry SET {change} WHERE id = %s", [entry.pk])


def test_it_cannot_be_deleted_even_by_sql(entry, crp):
    with pytest.raises(ProgrammingError, match="permission denied"), acting(crp), connection.cursor() as cursor:
        cursor.execute("DELETE FROM registers_entry WHERE id = %s", [entry.pk])


def test_it_announces_the_new_line(entry, crp, monkeypatch):
    told = []
    monkeypatch.setattr(facts, "announce", told.append)
    line = correct(entry, crp)
    assert told == [EntryCorrected(entry=line, by=crp)]
    assert told[0].entry.corrects == entry


def test_it_is_refused_to_a_stranger(entry, stranger):
    with pytest.raises(actions.AlreadyCorrected):
        correct(entry, stranger)
    with acting(SYSTEM):
        assert list(Entry.objects.values_list("stands", flat=True)) == [True]
