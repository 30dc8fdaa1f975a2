"""The registers know what the forms ask: codes, words and questions agree."""

import pytest

from aanchal.field import xlsforms
from aanchal.registers import columns, rules
from aanchal.registers.columns import Kind
from aanchal.registers.terms import Register

FORMS = {
    Register.MIGRATION: "migration_entry",
    Register.MARRIAGE: "marriage_entry",
    Register.MISSING: "missing_entry",
    Register.LEFT: "departure_entry",
}
OF_THE_PERSON = {
    "village", "household_code", "person_id", "name", "guardian_name", "sex", "age_basis", "born_on", "age_years", "age", "phone",
    "consent_given", "happened_on", "photo", "start", "end", "today", "deviceid",
}  # fmt: skip
ONLY_HELP_THE_FORM = {"minor", "under_age", "groom_age_years", "groom_age", "years_since", "age_at_marriage"}
WRITTEN_LATER = {"returned_on", "traced_on", "destination_state_code", "groom_state_code"}


def asked(register):
    return {q.name: q for q in xlsforms.questions(FORMS[register]) if q.type != "note"}


@pytest.mark.parametrize("register", Register)
def test_it_has_a_column_for_every_question_and_no_other(register):
    questions = asked(register).keys() - OF_THE_PERSON - ONLY_HELP_THE_FORM
    assert columns.keyed(register).keys() - WRITTEN_LATER == questions


@pytest.mark.parametrize("register", Register)
def test_it_uses_the_codes_and_words_of_the_form(register):
    for column in columns.of(register):
        if column.codes and column.key != "missing_status":
            choices = asked(register)[column.key].choices
            assert {code: str(label) for code, label in column.codes.choices} == {code: words["en"] for code, words in choices.items()}


@pytest.mark.parametrize("register", Register)
def test_it_seals_all_text_that_a_worker_writes(register):
    told = asked(register)
    for column in columns.of(register):
        if column.key in told and told[column.key].type == "text":
            assert column.is_sealed, column.key
        assert not (column.is_listed and column.is_sealed)


@pytest.mark.parametrize("register", Register)
def test_it_splits_answers_into_codes_and_words(register):
    answers = {key: "x" for key in asked(register)} | {"remarks": ""}
    details, texts = rules.split(register, answers)
    kinds = {column.key: column.kind for column in columns.of(register)}
    assert {kinds[key] for key in texts} == {Kind.TEXT}
    assert Kind.TEXT not in {kinds[key] for key in details}
    assert "remarks" not in texts
    assert not OF_THE_PERSON & (details.keys() | texts.keys())
