"""Schemes are data: what can be used is loaded, what cannot is refused, naming each fault."""

import copy

import pytest

from aanchal.benefits.questions import questions
from aanchal.benefits.scheme import KINDS, PER, UNVERIFIED, SchemeError, load, shipped_schemes
from aanchal.benefits.terms import Document, Kind, Office, Per, Unverified
from aanchal.risk.answers import facts_of_survey

SHIPPED = {code: content for code, (_since, content) in shipped_schemes().items()}
OF_THE_ISSUE = {"HOUSING", "RATION", "PENSION", "SCHOOL", "STIPEND", "WATER", "LAND", "WORK", "INSURANCE"}
NEVER_ASKED = ("caste", "religion", "category", "community", "tribe", "minority")


def changed(code="NFSA_PHH", **changes):
    return copy.deepcopy(SHIPPED[code]) | changes


@pytest.mark.parametrize("code", SHIPPED)
def test_each_shipped_scheme_can_be_used(code):
    scheme = load(code, SHIPPED[code])
    assert set(scheme.title) == {"en", "hi", "te"}
    assert scheme.office in Office.values
    assert set(scheme.documents) <= set(Document.values)


def test_they_cover_what_the_framework_lists():
    assert {content["kind"] for content in SHIPPED.values()} >= OF_THE_ISSUE
    assert {"PMAYG", "NFSA_AAY", "IGNOAPS", "IGNWPS", "IGNDPS", "KGBV", "JJM", "MGNREGS"} <= SHIPPED.keys()


def test_the_days_of_every_scheme_stay_marked_unverified():
    """No source in hand names them (shared domain/schemes.csv)."""
    assert all("days" in content["unverified"] for content in SHIPPED.values())


def test_the_words_of_the_data_are_those_of_the_pages():
    assert (set(KINDS), set(PER), set(UNVERIFIED)) == (set(Kind.values), set(Per.values), set(Unverified.values))


def test_what_a_survey_answers_is_what_the_index_reads():
    """A question said to come from the survey is a fact of the survey, of the same kind."""
    known = facts_of_survey({}, [])
    for key, one in questions().items():
        if one.source == "survey":
            assert key in known


def test_no_rule_asks_for_caste_or_religion():
    assert [key for key in questions() for word in NEVER_ASKED if word in key] == []


def test_a_rule_over_an_unknown_question_is_refused_by_name():
    with pytest.raises(SchemeError, match=r"eligible: unknown fact 'owns_tractor'"):
        load("X", changed(eligible={"all": [{"fact": "landless"}, {"fact": "owns_tractor"}]}))


def test_what_it_gives_must_be_a_question_too():
    with pytest.raises(SchemeError, match=r"gives: unknown fact 'tractor'"):
        load("X", changed(gives={"tractor": True}))


def test_a_scheme_of_the_family_asks_nothing_of_one_person():
    with pytest.raises(SchemeError, match=r"cannot ask 'age' of one person"):
        load("X", changed(eligible={"fact": "age", "at_least": 60}))


def test_a_rule_over_a_private_answer_must_be_private():
    with pytest.raises(SchemeError, match=r"'violence_disclosed'.*must be private"):
        load("X", changed(eligible={"fact": "violence_disclosed"}))
    assert load("X", changed(eligible={"fact": "violence_disclosed"}, private=True)).is_private


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"days": 0}, "days: must be a whole number from 1 to 730"),
        ({"days": "30"}, "days: must be a whole number"),
        ({"amount": {"rupees": -1, "per": "ONCE"}}, "amount: must be a whole number from 0"),
        ({"amount": {"rupees": 10, "per": "DAY"}}, "amount: must be one of"),
        ({"title": {"en": "A card"}}, "title: no translation in hi, te"),
        ({"kind": "GOLD"}, "kind: must be one of"),
        ({"unit": "village"}, "unit: must be one of"),
        ({"documents": "a paper"}, "documents: must be a list"),
        ({"office": " "}, "office: is missing"),
        ({"source": None}, "source: is missing"),
        ({"unverified": ["all"]}, "unverified: must be one of"),
        ({"colour": "red"}, "unexpected 'colour'"),
        ({"eligible": None}, "eligible: a condition must be a mapping"),
        ({"eligible": {"fact": "food_short_months", "over": 12}}, "never changes"),
    ],
)
def test_each_fault_is_said_with_its_place(change, fault):
    with pytest.raises(SchemeError) as refused:
        load("X", changed(**change))
    assert any(fault in problem for problem in refused.value.problems), refused.value.problems


def test_every_fault_is_said_at_once():
    with pytest.raises(SchemeError) as refused:
        load("X", changed(days=0, kind="GOLD", eligible={"fact": "nothing"}))
    assert len(refused.value.problems) == 3
