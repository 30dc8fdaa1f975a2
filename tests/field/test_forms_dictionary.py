"""The codes of the registers are those of the data dictionary, in capitals."""

from pathlib import Path

import pytest
import yaml

from aanchal.field import xlsforms

DICTIONARY = Path(__file__).parents[3] / "shared/domain/enums.yaml"
SAME = [
    ("migration_entry", "migration_type", "migration_type"),
    ("migration_entry", "migration_reason", "migration_reason"),
    ("migration_entry", "migration_mode", "migration_mode"),
    ("missing_entry", "missing_circumstance", "missing_circumstance"),
    ("departure_entry", "departure_kind", "departure_kind"),
    ("household_survey", "away_reason", "migration_reason"),
    ("household_survey", "relation", "relation_to_head"),
    ("household_survey", "marital_status", "marital_status"),
    ("household_survey", "school_status", "school_status"),
    ("household_survey", "social_category", "social_category"),
    ("household_survey", "house_type", "house_type"),
    ("household_survey", "sex", "sex"),
]

pytestmark = pytest.mark.skipif(not DICTIONARY.exists(), reason="the data dictionary is not on this machine")


def _dictionary(name):
    return {str(code).upper() for code in yaml.safe_load(DICTIONARY.read_text(encoding="utf-8"))[name]}


def _codes(form_id, name):
    return next(set(q.choices) for q in xlsforms.questions(form_id) if q.name == name)


@pytest.mark.parametrize(("form_id", "question", "entry"), SAME)
def test_it_uses_the_codes_of_the_dictionary(form_id, question, entry):
    assert _codes(form_id, question) == _dictionary(entry)


def test_it_adds_only_none_to_the_flags_of_a_marriage():
    assert _codes("marriage_entry", "marriage_risk_flag") == _dictionary("marriage_risk_flag") | {"NONE"}


def test_it_calculates_only_statuses_of_the_dictionary():
    calculated = next(q.calculation for q in xlsforms.questions("missing_entry") if q.name == "missing_status")
    assert {word for word in calculated.split("'")[1::2] if word} <= _dictionary("missing_status")
