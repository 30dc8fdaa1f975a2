"""The forms protect the person who answers: consent first, private questions private, helplines at hand."""

import re

import pytest

from aanchal.field import xlsforms

HELPLINES = {"1098", "181", "112", "15100"}
DELICATE = ["substance_harm", "survivor_returned", "threatened", "violence", "child_marriage", "marriage_imminent"]
WITH_PERSONS = ["departure_entry", "household_survey", "marriage_entry", "migration_entry", "missing_entry"]
DISCLOSURES = [
    ("household_survey", "threatened"),
    ("household_survey", "member_missing"),
    ("household_survey", "contact_lost"),
    ("household_survey", "survivor_returned"),
    ("household_survey", "violence"),
    ("household_survey", "child_marriage"),
    ("village_situation", "harmful_practice"),
    ("migration_entry", "minor"),
    ("marriage_entry", "under_age"),
    ("departure_entry", "last_contact"),
]


def _by_name(form_id):
    return {question.name: question for question in xlsforms.questions(form_id)}


@pytest.mark.parametrize("form_id", WITH_PERSONS)
def test_it_reads_out_what_the_answers_are_for_before_it_asks_a_name(form_id):
    order = [question.name for question in xlsforms.questions(form_id)]
    first_name = min(order.index(name) for name in ("head_name", "name") if name in order)
    read_out = [q for q in xlsforms.questions(form_id)[:first_name] if "Read aloud" in q.label.get("en", "")]
    assert read_out


@pytest.mark.parametrize("form_id", ["departure_entry", "marriage_entry", "migration_entry"])
def test_it_writes_no_register_entry_without_consent(form_id):
    consent = _by_name(form_id)["consent_given"]
    assert (consent.required, consent.constraint) == (True, ". = 'yes'")


@pytest.mark.parametrize("name", DELICATE)
def test_it_lets_every_delicate_question_be_left_out(name):
    assert not _by_name("household_survey")[name].required


@pytest.mark.parametrize("name", ["violence", "child_marriage", "marriage_imminent", "private_helplines"])
def test_it_shows_private_questions_only_when_asked_alone(name):
    question = _by_name("household_survey")[name]
    assert question.path[0] == "private"
    assert "${asked_privately} = 'yes'" in question.relevant
    assert "Do not ask if anyone else can hear" in _by_name("household_survey")["private_note"].label["en"]


@pytest.mark.parametrize(("form_id", "name"), DISCLOSURES)
def test_it_shows_the_helplines_where_harm_is_told(form_id, name):
    notes = [q for q in xlsforms.questions(form_id) if q.type == "note" and f"${{{name}}}" in q.relevant]
    assert any(set(re.findall(r"\d{3,}", q.label["en"])) >= HELPLINES for q in notes)


def test_it_shows_the_helplines_to_everyone_who_reports_a_missing_person():
    note = _by_name("missing_entry")["help_note"]
    assert note.relevant == ""
    assert set(re.findall(r"\d{3,}", note.label["en"])) >= HELPLINES


@pytest.mark.parametrize("form_id", xlsforms.sources())
def test_it_names_a_record_without_naming_a_person(form_id):
    instance_name = xlsforms.workbook(form_id)["settings"][0]["instance_name"]
    assert re.findall(r"\$\{(\w+)\}", instance_name) == ["today"]


@pytest.mark.parametrize("form_id", xlsforms.sources())
def test_it_never_asks_for_an_aadhaar_number(form_id):
    asked = [q.name for q in xlsforms.questions(form_id) if "aadhaar" in q.name or "Aadhaar" in q.label.get("en", "")]
    assert asked == []


@pytest.mark.parametrize("form_id", xlsforms.sources())
def test_it_says_survivor_and_never_victim(form_id):
    words = str(xlsforms.workbook(form_id)).lower()
    assert "victim" not in words
    assert "पीड़ित" not in words
    assert "బాధితు" not in words
