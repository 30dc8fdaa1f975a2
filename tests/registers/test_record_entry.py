from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from aanchal.access.acting import SYSTEM, acting
from aanchal.core import facts
from aanchal.core.models import Trail
from aanchal.registers import actions, queries, rules
from aanchal.registers.facts import EntryRecorded
from aanchal.registers.models import Entry
from aanchal.registers.terms import Register
from tests.factories import DAY, NOON
from tests.registers.builders import DETAILS, TEXTS, make_entry, make_family, someone


def record(village, by, *, register=Register.MISSING, person=None, household=None, on=DAY, **more):
    if person is None:
        household, person = make_family(village, someone())
    given = {"details": DETAILS[register], "texts": TEXTS[register]} | more
    with acting(by):
        return actions.record_entry(
            register=register, person=person, household=household, place=village, happened_on=on, at=NOON, by=by, **given
        )


@pytest.mark.parametrize("register", Register)
def test_it_writes_a_line_of_each_register(village, crp, register):
    submission = uuid4()
    entry = record(village, crp, register=register, submission_id=submission)
    with acting(crp):
        kept = queries.entry(entry.pk)
        assert kept.register == register
        assert kept.submission_id == submission
        assert kept.recorded_by == crp
        assert kept.stands
        assert kept.texts() == TEXTS[register]


def test_it_keeps_no_text_about_a_person_in_the_clear(village, crp):
    for register in Register:
        record(village, crp, register=register)
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT e::text FROM registers_entry e")
        rows = " ".join(row for (row,) in cursor.fetchall())
    texts = [text for texts in TEXTS.values() for text in texts.values()]
    assert texts
    assert not [text for text in texts if text in rows or text.encode().hex() in rows]


def test_it_knows_the_state_that_was_written(village, crp, india):
    entry = record(village, crp, register=Register.MIGRATION, texts={"destination_state": " Far State "})
    assert entry.details["destination_state_code"] == india["far state"].lgd_code


def test_it_leaves_out_a_state_nobody_knows(village, crp):
    entry = record(village, crp, register=Register.MARRIAGE, texts={"groom_state": "not known"})
    assert "groom_state_code" not in entry.details


def test_it_refuses_the_same_person_while_the_earlier_line_is_open(village, crp):
    entry = record(village, crp, register=Register.MIGRATION)
    with pytest.raises(actions.AlreadyRecorded) as refusal:
        record(village, crp, register=Register.MIGRATION, person=entry.person, on=DAY - timedelta(days=90))
    assert refusal.value.entry == entry


def test_it_refuses_the_same_person_twice_on_a_day(village, crp):
    entry = record(village, crp, register=Register.LEFT, details=DETAILS[Register.LEFT] | {"returned_on": DAY})
    with pytest.raises(actions.AlreadyRecorded):
        record(village, crp, register=Register.LEFT, person=entry.person)


def test_it_takes_a_new_line_when_the_earlier_one_is_closed(village, crp):
    entry = record(village, crp, register=Register.LEFT, details=DETAILS[Register.LEFT] | {"returned_on": DAY}, on=DAY - timedelta(days=9))
    assert record(village, crp, register=Register.LEFT, person=entry.person).is_open


def test_it_takes_the_same_person_in_another_register(village, crp):
    entry = record(village, crp, register=Register.LEFT)
    assert record(village, crp, register=Register.MISSING, person=entry.person).stands


def test_it_is_held_to_one_line_a_day_by_the_database_too(village, crp, monkeypatch):
    entry = record(village, crp)
    monkeypatch.setattr(queries, "standing_of", lambda *_: None)
    with pytest.raises(actions.AlreadyRecorded):
        record(village, crp, person=entry.person)


@pytest.mark.parametrize(
    ("register", "on", "details"),
    [
        (Register.MISSING, DAY + timedelta(days=1), DETAILS[Register.MISSING]),
        (Register.MISSING, DAY, DETAILS[Register.MISSING] | {"fir_on": DAY + timedelta(days=1)}),
        (Register.MIGRATION, DAY, DETAILS[Register.MIGRATION] | {"returned_on": DAY + timedelta(days=1)}),
    ],
)
def test_it_refuses_what_has_not_happened_yet(village, crp, register, on, details):
    with pytest.raises(actions.InTheFuture):
        record(village, crp, register=register, on=on, details=details)
    with acting(SYSTEM):
        assert not Entry.objects.exists()


def test_it_lets_a_return_be_expected_in_the_future(village, crp):
    entry = record(
        village, crp, register=Register.MIGRATION, details=DETAILS[Register.MIGRATION] | {"expected_return_on": date(2027, 1, 1)}
    )
    assert entry.details["expected_return_on"] == "2027-01-01"


@pytest.mark.parametrize(
    ("details", "texts", "column"),
    [
        ({"missing_status": "GONE"}, {}, "missing_status"),
        ({"height_cm": 400}, {}, "height_cm"),
        ({"height_cm": "tall"}, {}, "height_cm"),
        ({"fir_on": "yesterday"}, {}, "fir_on"),
        ({"physical_marks": "a scar"}, {}, "physical_marks"),
        ({"shoe_size": 5}, {}, "shoe_size"),
        ({}, {"missing_status": "TRACED"}, "missing_status"),
    ],
)
def test_it_refuses_what_the_register_does_not_ask(village, crp, details, texts, column):
    with pytest.raises(rules.NotSaid, match=f"^{column}$"):
        record(village, crp, details=details, texts=texts)


def test_it_announces_the_line(village, crp, monkeypatch):
    told = []
    monkeypatch.setattr(facts, "announce", told.append)
    entry = record(village, crp)
    assert told == [EntryRecorded(entry=entry, by=crp)]


def test_it_is_on_the_trail_without_a_word_of_what_was_written(village, crp):
    entry = record(village, crp)
    with acting(SYSTEM):
        line = Trail.objects.get(about_id=str(entry.pk))
        assert (line.verb, line.actor, line.place_no) == ("registers.entry.recorded", crp.pk, village.place_no)
        assert line.detail == {"register": "MISSING"}


def test_it_is_refused_to_a_stranger_by_the_database(village, crp, stranger):
    household, person = make_family(village, someone())
    with pytest.raises(Exception, match="row-level security"):
        record(village, stranger, person=person, household=household)


def test_it_is_nothing_to_a_stranger_who_writes_sql(village, stranger):
    make_entry(village)
    with acting(stranger), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM registers_entry")
        assert cursor.fetchone() == (0,)
        cursor.execute("UPDATE registers_entry SET stands = false")
        assert cursor.rowcount == 0
