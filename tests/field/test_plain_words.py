"""Conditions of a form in plain words."""

import pytest

from aanchal.field.plain_words import Vocabulary, said

WORDS = Vocabulary(
    labels={"/data/card": "Has a ration card?", "/data/age": "Age", "/data/m/age": "Age of the member", "/data/why": "Why?"},
    choices={"/data/card": {"yes": "Yes", "no": "No"}, "/data/why": {"debt": "Debt"}},
)


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        (" /data/card  = 'yes'", "“Has a ration card?” is “Yes”"),
        (" /data/card  != 'no'", "“Has a ration card?” is not “No”"),
        ("../card = 'maybe'", "“Has a ration card?” is “maybe”"),
        (" /data/age  >= 18 and  /data/age  < 60", "“Age” is at least 18 and “Age” is less than 60"),
        ("/data/age < 5 or /data/age > 60 and /data/why = ''", "“Age” is less than 5 or (“Age” is more than 60 and “Why?” is not answered)"),  # noqa: E501
        (". >= 0", "the answer is at least 0"),
        (". > -1.5", "the answer is more than -1.5"),
        ("/data/why != ''", "“Why?” is answered"),
        ("/data/why = ''", "“Why?” is not answered"),
        ("selected( /data/why , 'debt')", "“Why?” has the answer “Debt”"),
        ("not(selected(/data/why, 'debt'))", "not: “Why?” has the answer “Debt”"),
        (". <= today()", "the answer is at most today"),
        ("count-selected(/data/why) > 1", "the number of answers to “Why?” is more than 1"),
        ("current()/../age = 3", "“Age” is 3"),
        ("true()", "always"),
        ("/data/unlabelled = 1", "“unlabelled” is 1"),
    ],
)
def test_it_says_a_condition(expression, words):
    assert said(expression, "/data/here", WORDS) == words


BEYOND = ["count(/data/m[age < 18]) > 0", "regex(., '[0-9]+')", "if(", "/data/m[1]/age > 3", "//age = 3", "a | b"]


@pytest.mark.parametrize("expression", BEYOND)
def test_what_is_beyond_plain_words_stays_as_it_was_written(expression):
    assert said(f" {expression} ", "/data/here", WORDS) == expression
