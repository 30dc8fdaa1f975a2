"""The answers of a verdict: what is relevant, with the calculations made again."""

from aanchal.field.xform import parse

from .xform_source import NOW, TODAY, evaluate, form_of, submission, verdict_of


def test_it_corrects_a_calculation_and_what_depends_on_it(household, answers):
    answers["hh"]["member"][1]["risk"] = "0"
    answers["hh"]["total"] = "0"
    found = verdict_of(household, answers).answers
    assert found["hh"]["member"][1]["risk"] == "2"
    assert found["hh"]["total"] == "2"


def test_it_leaves_out_what_is_not_relevant(household, answers):
    answers["hh"]["member"][0]["school"] = "yes"
    found = verdict_of(household, answers).answers
    assert "school" not in found["hh"]["member"][0]
    assert found["hh"]["member"][1]["school"] == "no"


def test_it_leaves_out_a_group_that_is_not_relevant(household, answers):
    answers["consent"] = "no"
    assert "hh" not in verdict_of(household, answers).answers


def test_it_keeps_blank_questions_as_none(household, answers):
    assert verdict_of(household, answers).answers["photo"] is None


def test_it_gives_a_repeat_as_a_list_even_of_one(household, answers):
    answers["hh"]["member"].pop()
    answers["hh"]["count"] = "1"
    assert len(verdict_of(household, answers).answers["hh"]["member"]) == 1


def test_it_does_not_change_the_submission(household, answers):
    answers["hh"]["total"] = "9"
    instance = parse(submission(answers))
    before = instance.values(household.repeats)
    household.validate(instance, today=TODAY, now=NOW)
    assert instance.values(household.repeats) == before


def test_it_settles_in_the_order_of_dependence_not_of_the_form():
    form = form_of("""
    | survey | | | | |
    | | type      | name | label | calculation |
    | | calculate | a | | ${b} + 1 |
    | | calculate | b | | ${c} + 1 |
    | | integer   | c | C | |
    """)
    found = verdict_of(form, {"c": "1", "a": "9", "b": "9"})
    assert found.answers["a"] == "3"
    assert found.answers["b"] == "2"


def test_it_lets_relevance_follow_a_calculation():
    form = form_of("""
    | survey | | | | | |
    | | type      | name | label | calculation | relevant |
    | | integer   | age | Age | | |
    | | calculate | minor | | if(${age} < 18, 'yes', 'no') | |
    | | text      | school | School | | ${minor} = 'yes' |
    """)
    tampered = verdict_of(form, {"age": "30", "minor": "yes", "school": "x"})
    assert {str(fault.kind) for fault in tampered.faults} == {"CALCULATION", "IRRELEVANT_VALUE"}


def test_it_takes_an_equal_number_written_differently():
    form = form_of("""
    | survey | | | | |
    | | type      | name | label | calculation |
    | | decimal   | a | A | |
    | | calculate | b | | ${a} div 3 |
    """)
    assert verdict_of(form, {"a": "1.0", "b": "0.33333333333"}).ok
    assert not verdict_of(form, {"a": "1.0", "b": "0.34"}).ok


def test_it_lets_what_cannot_be_known_stand():
    form = form_of("""
    | survey | | | | |
    | | type      | name | label | calculation |
    | | calculate | id | | once(uuid()) |
    | | calculate | at | | now() |
    | | calculate | chance | | random() |
    | | calculate | after | | concat(${id}, '!') |
    """)
    found = verdict_of(form, {"id": "abc", "at": "2020-01-01T00:00:00Z", "chance": "0.7", "after": "abc!"})
    assert found.ok
    assert found.answers["after"] == "abc!"


def test_it_lets_a_person_type_over_a_calculated_answer():
    form = form_of("""
    | survey | | | | |
    | | type    | name | label | calculation |
    | | integer | a | A | |
    | | integer | b | B | ${a} + 1 |
    """)
    assert verdict_of(form, {"a": "1", "b": "7"}).ok
    assert verdict_of(form, {"a": "1", "b": "7"}).answers["b"] == "7"


def test_it_takes_today_from_the_caller():
    assert evaluate("today()") == "2026-07-01"
    assert evaluate("int((today() - /data/born) div 365.25)", {"born": "1996-06-30"}, born="date") == "30"
