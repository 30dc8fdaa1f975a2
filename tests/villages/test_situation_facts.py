"""What a village tells, read from a form: each fact of its own type, nothing invented, nothing out of range let in."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from aanchal.villages import rules
from aanchal.villages.terms import CalamityKind, PracticeKind
from tests.villages.build import TOLD

FORM = yaml.safe_load(Path("aanchal/field/forms/village_situation.yaml").read_text())
ASKED = {question["name"]: question for question in FORM["questions"] if "name" in question}
NUMBERS = [question for question in rules.QUESTIONS if question.kind in ("number", "percent", "kilometres")]
YES_NO = [question.key for question in rules.QUESTIONS if question.kind == "yes_no"]


def refused(answers):
    with pytest.raises(rules.Refused) as refusal:
        rules.situation(answers)
    return refusal.value.faults


def test_it_reads_each_answer_as_its_own_type():
    facts = rules.situation(TOLD)
    assert facts["migrant_households_pct"] == 30
    assert facts["agents_recruiting"] is True
    assert facts["safe_transport"] is False
    assert facts["calamity_kinds"] == ["FLOOD", "DROUGHT"]
    assert (facts["secondary_school_km"], facts["road_km"], facts["health_km"]) == (5.5, 0, 8.25)


def test_it_reads_its_own_facts_again_without_change():
    facts = rules.situation(TOLD)
    assert rules.situation(facts) == facts


def test_it_knows_nothing_of_what_nobody_answered():
    unknown = {key: fact for key, fact in rules.situation({}).items() if fact not in ([], None)}
    assert unknown == {}


@pytest.mark.parametrize("empty", [None, "", "  "])
@pytest.mark.parametrize("question", rules.QUESTIONS, ids=lambda question: question.key)
def test_it_takes_an_empty_answer_for_no_answer(question, empty):
    assert rules.situation({question.key: empty})[question.key] in (None, [])


@pytest.mark.parametrize("question", NUMBERS, ids=lambda question: question.key)
def test_it_keeps_the_ends_of_a_range_and_refuses_what_lies_beyond(question):
    assert rules.situation({question.key: "0"})[question.key] == 0
    assert rules.situation({question.key: str(question.most)})[question.key] == question.most
    for beyond in ("-1", str(question.most + 1), "NaN", "Infinity", "many", "1e9", True):
        assert refused({question.key: beyond}) == ((question.key, "out_of_range"),)


@pytest.mark.parametrize("question", [q for q in NUMBERS if q.kind != "kilometres"], ids=lambda question: question.key)
def test_it_counts_in_whole_numbers(question):
    assert refused({question.key: "1.5"}) == ((question.key, "out_of_range"),)


@pytest.mark.parametrize("key", YES_NO)
def test_it_takes_only_yes_and_no_for_yes_and_no(key):
    said = {"yes": True, "no": False, True: True, False: False, "dont_know": None}
    assert {answer: rules.situation({key: answer})[key] for answer in said} == said
    for other in ("maybe", "YES", 1, 0):
        assert refused({key: other}) == ((key, "out_of_range"),)


def test_it_names_every_answer_that_cannot_be_and_never_what_was_typed():
    with pytest.raises(rules.Refused) as refusal:
        rules.situation(TOLD | {"no_contact_pct": "9876543210", "calamity_kinds": "SECRET"})
    assert refusal.value.faults == (("no_contact_pct", "out_of_range"), ("calamity_kinds", "out_of_range"))
    assert "9876543210" not in str(refusal.value)
    assert "SECRET" not in str(refusal.value)


def test_it_drops_kinds_where_there_was_no_calamity_and_no_practice():
    facts = rules.situation({"calamity_years": "0", "calamity_kinds": "FLOOD", "harmful_practice": "no", "harmful_practice_kinds": "OTHER"})
    assert (facts["calamity_kinds"], facts["harmful_practice_kinds"]) == ([], [])


@pytest.mark.parametrize(
    ("girls", "boys", "ratio"),
    [(40, 44, 909), (1, 2, 500), (41, 40, 1025), (1, 16, 63), (0, 5, 0), (5, 0, None), (None, 4, None), (4, None, None)],
)
def test_it_counts_girls_for_a_thousand_boys_rounding_half_up_as_the_form_does(girls, boys, ratio):
    assert rules.child_sex_ratio({"girls_0_6": girls, "boys_0_6": boys}) == ratio


@given(st.lists(st.sampled_from([1, 2, None]), min_size=1, max_size=8))
def test_it_dates_an_answer_from_the_first_meeting_of_the_unbroken_run(answers):
    days = [date(2026, 1, 20 - index) for index in range(len(answers))]
    found = rules.since(list(zip(days, answers, strict=True)))
    run = days.index(found) + 1
    assert set(answers[:run]) == {answers[0]}
    assert run == len(answers) or answers[run] != answers[0]


@pytest.mark.parametrize("question", rules.QUESTIONS, ids=lambda question: question.key)
def test_it_asks_what_the_form_asks_within_the_same_bounds(question):
    asked = ASKED[question.key]
    kinds = {"number": "integer", "percent": "integer", "kilometres": "decimal", "yes_no": "select_one", "several": "select_multiple"}
    assert asked["type"] == kinds[question.kind]
    bound = {"percent": "percent", "kilometres": "kilometres"}.get(question.kind)
    if bound:
        checks = yaml.safe_load(Path("aanchal/field/forms/shared/checks.yaml").read_text())
        assert asked["check"] == bound
        assert checks[bound]["constraint"].endswith(f"<= {question.most}")
    elif question.kind == "number":
        assert asked["constraint"].endswith(f"<= {question.most}")


def test_it_asks_everything_the_form_asks():
    told = {name for name, asked in ASKED.items() if asked["type"] not in ("note", "calculate")}
    assert told == {question.key for question in rules.QUESTIONS}


def test_it_knows_the_kinds_the_form_offers():
    assert rules.CALAMITIES == tuple(FORM["choices"]["calamity_kinds"]) == tuple(CalamityKind)
    assert rules.PRACTICES == tuple(FORM["choices"]["harmful_practice_kinds"]) == tuple(PracticeKind)
