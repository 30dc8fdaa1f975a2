"""When a notice may go out, over every combination of what can be known; each rule has its sentence and its source."""

from datetime import date, timedelta
from itertools import product

import pytest

from aanchal.people.rules import HONORIFICS
from aanchal.posters import rules, terms, words
from aanchal.posters.rules import Consent, Known, Refused
from aanchal.registers.terms import MissingCircumstance

ON, MISSED = date(2026, 4, 1), date(2026, 3, 1)
AGES = (None, 0, 17, 18, 70)
ANSWERS = ("YES", "NO", "UNKNOWN")
CHECKS = terms.Check.values
SAID_NO = dict.fromkeys(CHECKS, "NO")
CONSENTS = (
    None,
    *(Consent(giver, True, MISSED) for giver in terms.Giver.values),
    Consent("PARENT", False, MISSED),
    Consent("PARENT", True, MISSED, is_withdrawn=True),
    Consent("PARENT", True, MISSED - timedelta(days=1)),
    Consent("PARENT", True, ON + timedelta(days=1)),
)
MARKS = ("is_looked_for", "has_fir", "is_protected", "is_married", "is_own_wish", "may_be_found")


def known(**told) -> Known:
    plain = {
        "on": ON, "is_looked_for": True, "age": 15, "missing_on": MISSED, "circumstance": "LOST", "has_fir": True, "is_protected": False,
        "is_married": False, "is_own_wish": False, "may_be_found": False, "checks": SAID_NO, "consent": Consent("PARENT", True, MISSED),
    }  # fmt: skip
    return Known(**plain | told)


def keys(one: Known) -> list[str]:
    return [rule.key for rule in rules.refusals(one)]


def is_safe(age, circumstance, looked_for, fir, protected, married, own_wish, found) -> bool:
    """Said once more, in other words than the table: what has to be so, not what must not be."""
    if not looked_for or found or protected or age is None:
        return False
    if age < 18:
        return fir and not married and circumstance in {"LOST", "LEFT_ON_OWN", "ABDUCTED", "DISASTER", "UNKNOWN"}
    return not own_wish and circumstance in {"LOST", "ABDUCTED", "DISASTER", "UNKNOWN"}


def test_of_all_that_a_record_can_say_only_the_safe_goes_out():
    circumstances = ("", *MissingCircumstance.values)
    tried = 0
    for age, circumstance, *marks in product(AGES, circumstances, *[(True, False)] * len(MARKS)):
        one = known(age=age, circumstance=circumstance, **dict(zip(MARKS, marks, strict=True)))
        assert (keys(one) == []) == is_safe(age, circumstance, *marks), one
        tried += 1
    assert tried == 5 * 8 * 64


def test_of_all_that_can_be_answered_only_no_goes_out():
    for age, *said in product((15, 30), *[ANSWERS] * 4):
        checks = dict(zip(CHECKS, said, strict=True))
        asked = checks if age >= 18 else {key: one for key, one in checks.items() if key != "OWN_WILL"}
        assert (keys(known(age=age, checks=checks)) == []) == (set(asked.values()) == {"NO"})


@pytest.mark.parametrize("left_out", CHECKS)
def test_what_was_never_asked_is_refused(left_out):
    checks = {key: said for key, said in SAID_NO.items() if key != left_out}
    assert keys(known(age=30, checks=checks)) == [f"{left_out.lower()}_unknown"]
    assert keys(known(age=30, checks=SAID_NO | {left_out: "PERHAPS"})) == [f"{left_out.lower()}_unknown"]


def test_what_other_records_say_and_could_not_be_read_is_refused():
    assert keys(known(is_protected=None)) == ["protected"]


def test_of_all_consents_only_a_written_one_of_the_right_person_in_time_counts():
    for age, consent in product((15, 30), CONSENTS):
        givers = {"PARENT", "GUARDIAN"} if age < 18 else {"PARENT", "SPOUSE", "ADULT_CHILD", "SIBLING"}
        right = consent is not None and consent.is_written and not consent.is_withdrawn and consent.giver in givers
        assert (keys(known(age=age, consent=consent)) == []) == (right and MISSED <= consent.on <= ON), (age, consent)


def test_every_rule_has_a_sentence_and_a_source():
    assert {rule.key for rule in rules.RULES} <= words.REFUSALS.keys()
    assert all(rule.source for rule in rules.RULES)
    assert len({rule.key for rule in rules.RULES}) == len(rules.RULES)


def test_every_rule_is_met_by_something():
    met = [
        known(is_looked_for=False, may_be_found=True, age=None, is_protected=True, circumstance="", has_fir=False, checks={}, consent=None),
        known(circumstance="TRAFFICKED_SUSPECTED", checks=dict.fromkeys(CHECKS, "YES"), age=30),
        known(age=30, consent=Consent("GUARDIAN", True, ON, is_withdrawn=True)),
        known(consent=Consent("PARENT", True, ON + timedelta(days=1))),
    ]  # fmt: skip
    assert {key for one in met for key in keys(one)} == {rule.key for rule in rules.RULES}


@pytest.mark.parametrize(
    ("age", "band"),
    [(0, "UNDER_6"), (5, "UNDER_6"), (6, "FROM_6"), (11, "FROM_6"), (12, "FROM_12"), (16, "FROM_16"), (17, "FROM_16"), (18, "FROM_18"),
     (25, "FROM_18"), (26, "FROM_26"), (41, "FROM_41"), (60, "FROM_60"), (115, "FROM_60")],
)  # fmt: skip
def test_an_age_falls_into_one_band(age, band):
    assert rules.band(age) == band


def test_it_ends_ninety_days_after_the_family_was_asked():
    assert rules.last_day(date(2026, 1, 1)) == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("name", "shown"), [("Km. Sunita Devi", "Sunita"), ("Shri Ram", "Ram"), ("अपर्णा माहातो", "अपर्णा"), ("Smt", ""), ("", "")]
)
def test_of_a_name_the_first_word_is_shown_and_no_title(name, shown):
    assert rules.first_name(name, HONORIFICS) == shown


@pytest.mark.parametrize(
    ("text", "fault"),
    [("call 98765 43210", "clothes_number"), ("९८७६५४३२१०", "clothes_number"), ("a@b.in", "clothes_number"),
     ("www.see.in", "clothes_number"), ("x" * 121, "clothes_long")],
)  # fmt: skip
def test_clothes_are_no_way_to_tell_a_number_or_an_address(text, fault):
    with pytest.raises(Refused) as refused:
        rules.check_clothes(text)
    assert refused.value.faults == [("clothes", fault)]


def test_clothes_are_words():
    assert rules.check_clothes("  blue  school dress ") == "blue school dress"
