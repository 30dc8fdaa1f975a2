"""A fault names nobody: it carries known choices, numbers and dates, never a text that somebody typed."""

import copy

from hypothesis import given, settings
from hypothesis import strategies as st

from .conftest import VALID
from .xform_source import verdict_of


def values(verdict, kind):
    return [fault.value for fault in verdict.faults if fault.kind == kind]


def test_it_shows_a_number_and_a_date(household, answers):
    answers["day"] = "2026-12-31"
    answers["hh"]["member"][0]["age"] = "116"
    assert values(verdict_of(household, answers), "CONSTRAINT") == ["2026-12-31", "116"]


def test_it_shows_a_known_choice_that_is_not_offered_here(household, answers):
    answers["block"] = "b2"
    assert values(verdict_of(household, answers), "CHOICE") == ["b2"]


def test_it_hides_a_choice_it_does_not_know(household, answers):
    answers["block"] = "Sunita"
    answers["hh"]["cards"] = "aay Sunita"
    assert values(verdict_of(household, answers), "CHOICE") == [None, None]


def test_it_hides_texts(household, answers):
    answers["hh"]["head"] = "S"
    answers["hh"]["member"][0]["age"] = "Sunita"
    answers["hh"]["member"][0]["school"] = "Sunita"
    answers["hh"]["total"] = "Sunita"
    answers["photo"] = "Sunita/Devi.jpg"
    assert "Sunita" not in str(verdict_of(household, answers).faults)


def test_it_gives_the_forms_own_message(household, answers):
    answers["hh"]["head"] = "S"
    answers["day"] = None
    faults = verdict_of(household, answers).faults
    assert {str(fault.kind): fault.message["English(en)"] for fault in faults} == {
        "REQUIRED": "Tell the day",
        "CONSTRAINT": "Two letters or more",
    }
    assert faults[1].field == "/data/hh/head"


@given(st.sampled_from([(p, k) for p in ("top", "hh", "m0", "m1") for k in ("day", "block", "head", "land", "age", "risk", "x", "name")]))
@settings(max_examples=40, deadline=None)
def test_it_never_repeats_a_word_that_was_sent(household, where):
    place, name = where
    answers = copy.deepcopy(VALID)
    spot = {"top": answers, "hh": answers["hh"], "m0": answers["hh"]["member"][0], "m1": answers["hh"]["member"][1]}[place]
    spot[name] = "Zarina"
    assert "Zarina" not in repr(verdict_of(household, answers).faults)
