"""What each answer of the household survey says of a family, and that no answer says nothing."""

import pytest

from aanchal.risk.rules import assess, facts_of_survey
from tests.risk.builders import HOUSEHOLD

UNANSWERED = [None, "", "dont_know", "refused", "REFUSED", "UNKNOWN"]
CHOICES = {
    ("breadwinner", "breadwinner_lost"): {"DIED": True, "DESERTED": True, "INCAPACITATED": True, "NO": False},
    ("land_class", "landless"): {
        "LANDLESS": True, "MARGINAL": False, "SMALL": False, "SEMI_MEDIUM": False, "LARGER": False},
    ("main_livelihood", "casual_labour_main"): {
        "CASUAL_LABOUR": True, "OWN_FARM": False, "SHARE_FARM": False, "OWN_WORK": False, "SALARY": False,
        "REMITTANCE": False, "FOREST": False, "OTHER": False},
    ("ration_card", "ration_card"): {"NONE": False, "AAY": True, "PHH": True, "APH": True},
    ("headed_by", "single_headed"): {
        "SINGLE_WOMAN": True, "WIDOW": True, "CHILD": True, "AGED": True, "COUPLE": False, "SINGLE_MAN": False},
}
YES_NO = {
    "livelihood_loss": "livelihood_lost", "wage_advance": "wage_advance", "shg_member": "shg_member",
    "substance_harm": "substance_harm", "parent_absent": "parent_absent", "agent_approach": "agent_approach",
    "distress_migration": "distress_migration", "survivor_returned": "survivor_returned", "threatened": "threatened",
    "member_missing": "member_missing", "contact_lost": "contact_lost",
}
COUNTS = ["debt_months", "food_short_months", "mgnregs_days"]
ASKED = {"asked_privately": "yes"}
GIRL = {"sex": "FEMALE", "age": "14", "school_status": "DROPPED_OUT"}


def facts(members=(), **answers):
    return facts_of_survey(answers, members)


def test_it_gives_every_fact_of_the_index_and_no_other():
    assert facts().keys() == {fact.key for fact in HOUSEHOLD.facts}


def test_it_knows_nothing_of_a_family_that_answered_nothing():
    assert set(facts().values()) == {None}
    assert assess(HOUSEHOLD, facts()).band == "UNKNOWN"


@pytest.mark.parametrize(("question", "fact", "choice", "value"), [
    (question, fact, choice, value) for (question, fact), meant in CHOICES.items() for choice, value in meant.items()])
def test_it_reads_each_choice(question, fact, choice, value):
    assert facts(**{question: choice})[fact] is value


@pytest.mark.parametrize(("question", "fact"), YES_NO.items())
def test_it_reads_yes_and_no(question, fact):
    assert [facts(**{question: answer})[fact] for answer in ("yes", "no", True, False)] == [True, False, True, False]


@pytest.mark.parametrize("answer", UNANSWERED)
@pytest.mark.parametrize(("question", "fact"), [*YES_NO.items(), *CHOICES, *zip(COUNTS, COUNTS, strict=True)])
def test_it_takes_no_answer_for_not_known(question, fact, answer):
    assert facts(**{question: answer})[fact] is None


@pytest.mark.parametrize(("answer", "value"), [
    ("7", 7), (7, 7), (" 0 ", 0), ("3.0", 3), ("-1", None), ("nan", None), (True, None)])
@pytest.mark.parametrize("question", COUNTS)
def test_it_reads_whole_numbers(question, answer, value):
    assert facts(**{question: answer})[question] == value


@pytest.mark.parametrize(("answers", "value"), [
    (ASKED | {"violence": "yes"}, True), (ASKED | {"violence": "no"}, False), (ASKED | {"violence": "refused"}, None),
    ({"asked_privately": "no", "violence": "yes"}, None), ({"violence": "yes"}, None),
])
def test_it_hears_of_violence_only_where_it_was_asked_in_private(answers, value):
    assert facts(**answers)["violence_disclosed"] is value


@pytest.mark.parametrize(("answers", "married", "imminent"), [
    (ASKED | {"child_marriage": "NONE"}, False, False),
    (ASKED | {"child_marriage": "DONE"}, True, False),
    (ASKED | {"child_marriage": "PLANNED", "marriage_imminent": "yes"}, True, True),
    (ASKED | {"child_marriage": "PLANNED", "marriage_imminent": "no"}, True, False),
    (ASKED | {"child_marriage": "PLANNED"}, True, None),
    (ASKED | {"child_marriage": "REFUSED"}, None, None),
    ({"asked_privately": "no", "child_marriage": "PLANNED", "marriage_imminent": "yes"}, None, None),
])
def test_it_hears_of_child_marriage_only_where_it_was_asked_in_private(answers, married, imminent):
    found = facts(**answers)
    assert (found["child_marriage"], found["marriage_imminent"]) == (married, imminent)


@pytest.mark.parametrize(("age", "status", "value"), [
    (17, "MARRIED", True), (17, "WIDOWED", True), (18, "MARRIED", None), (17, "SINGLE", None), (None, "MARRIED", None)])
def test_it_sees_a_married_child_on_the_list_of_members(age, status, value):
    assert facts([{"age": age, "marital_status": status}])["child_marriage"] is value


@pytest.mark.parametrize(("change", "value"), [
    ({}, True), ({"school_status": "NEVER_ENROLLED"}, True), ({"age": 10}, True), ({"age": 18}, True),
    ({"age": 9}, False), ({"age": 19}, False), ({"sex": "MALE"}, False), ({"sex": "TRANSGENDER"}, True),
    ({"sex": "UNKNOWN"}, None), ({"age": None}, None), ({"school_status": None}, None),
    *(({"school_status": status}, False) for status in (
        "ENROLLED", "IRREGULAR", "COMPLETED", "BRIDGE_COURSE", "KGBV_HOSTEL", "ASHRAM_SCHOOL")),
])
def test_it_finds_a_girl_of_ten_to_eighteen_out_of_school(change, value):
    assert facts([GIRL | change])["girl_out_of_school"] is value


@pytest.mark.parametrize(("age", "working", "value"), [
    (5, "yes", True), (17, "yes", True), (18, "yes", False), (4, "yes", False), (12, "no", False), (12, None, None),
    (None, "yes", None), (40, None, False)])
def test_it_finds_a_child_at_work(age, working, value):
    assert facts([{"age": age, "working": working}])["child_working"] is value


@pytest.mark.parametrize(("away", "verified", "value"), [
    ("yes", "no", True), ("yes", "yes", False), ("yes", "dont_know", None), ("yes", None, None), ("no", None, False),
    (None, "no", None), (None, "yes", False)])
def test_it_finds_a_migrant_whose_employer_nobody_verified(away, verified, value):
    assert facts([{"away": away, "employer_verified": verified}])["unverified_migrant"] is value


def test_it_needs_one_member_to_hold_and_every_member_to_clear():
    at_school, unasked = GIRL | {"school_status": "ENROLLED"}, GIRL | {"school_status": None}
    assert facts([at_school, unasked, GIRL])["girl_out_of_school"] is True
    assert facts([at_school, unasked])["girl_out_of_school"] is None
    assert facts([at_school, at_school])["girl_out_of_school"] is False
