"""A small household form with what the real ones use: consent, members, away, choices that depend on choices."""

import copy

import pytest

from .xform_source import form_of

EN, HI = "English(en)", "हिन्दी (hi)"


def _question(kind, name, english="", hindi="", **columns):
    labels = {f"label::{EN}": english, f"label::{HI}": hindi} if english else {}
    return {"type": kind, "name": name} | labels | columns


def _message(kind, english, hindi=""):
    return {f"{kind}_message::{EN}": english} | ({f"{kind}_message::{HI}": hindi} if hindi else {})


def _choice(list_name, name, english, hindi, **columns):
    return {"list_name": list_name, "name": name, f"label::{EN}": english, f"label::{HI}": hindi} | columns


SURVEY = [
    _question(
        "date", "day", "Day", "दिन", required="yes", constraint=". <= today()",
        **_message("constraint", "Not in the future", "भविष्य की नहीं"), **_message("required", "Tell the day"),
    ),
    _question("select_one district", "district", "District", "ज़िला", appearance="minimal", **{f"hint::{EN}": "Where it is"}),
    _question("select_one block", "block", "Block", "प्रखंड", choice_filter="district=${district}"),
    _question("select_one yes_no", "consent", "Consent", "सहमति", required="yes"),
    _question("begin_group", "hh", "Household", "परिवार", relevant="${consent} = 'yes'"),
    _question(
        "text", "head", "Head", "मुखिया", required="yes", constraint="string-length(.) >= 2",
        **_message("constraint", "Two letters or more", "दो अक्षर"),
    ),
    _question(
        "select_multiple card", "cards", "Cards", "कार्ड",
        constraint="not(selected(., 'none') and count-selected(.) > 1)", **_message("constraint", "None is alone", "केवल एक"),
    ),
    _question("decimal", "land", "Land", "ज़मीन", constraint=". >= 0"),
    _question("geopoint", "place", "Place", "जगह"),
    _question("integer", "count", "Members", "सदस्य", required="yes", constraint=". >= 1 and . <= 25"),
    _question("begin_repeat", "member", "Member", "सदस्य", repeat_count="${count}"),
    _question("calculate", "number", calculation="position(..)"),
    _question("text", "name", "Name", "नाम", required="yes"),
    _question("integer", "age", "Age", "आयु", required="yes", constraint=". >= 0 and . <= 115"),
    _question("select_one yes_no", "school", "School", "स्कूल", required="yes", relevant="${age} >= 6 and ${age} < 18"),
    _question("calculate", "risk", calculation="if(${school} = 'no', 2, 0)"),
    {"type": "end_repeat"},
    _question("calculate", "children", calculation="count(${member}[age < 18])"),
    _question("calculate", "total", calculation="sum(${risk})"),
    {"type": "end_group"},
    _question("image", "photo", "Photo", "फोटो"),
]  # fmt: skip
CHOICES = [
    _choice("yes_no", "yes", "Yes", "हाँ"),
    _choice("yes_no", "no", "No", "नहीं"),
    _choice("card", "aay", "Antyodaya", "अंत्योदय"),
    _choice("card", "phh", "Priority", "प्राथमिकता"),
    _choice("card", "none", "None", "कोई नहीं"),
    _choice("district", "d1", "First", "पहला"),
    _choice("district", "d2", "Second", "दूसरा"),
    _choice("block", "b1", "Block one", "प्रखंड एक", district="d1"),
    _choice("block", "b2", "Block two", "प्रखंड दो", district="d2"),
]
SETTINGS = [{"form_title": "Household", "form_id": "data", "version": "1", "default_language": EN}]

VALID = {
    "day": "2026-06-30",
    "district": "d1",
    "block": "b1",
    "consent": "yes",
    "hh": {
        "head": "Asha Devi",
        "cards": "aay phh",
        "land": "0.5",
        "place": "17.1 82.2 0 5",
        "count": "2",
        "member": [
            {"number": "1", "name": "Asha Devi", "age": "35", "risk": "0"},
            {"number": "2", "name": "Mina", "age": "12", "school": "no", "risk": "2"},
        ],
        "children": "1",
        "total": "2",
    },
    "photo": None,
    "meta": {"instanceID": "uuid:7c0e6f9e-0c8f-4b8e-9a53-8d9c0f0f2d11"},
}


@pytest.fixture(scope="session")
def household():
    return form_of({"survey": SURVEY, "choices": CHOICES, "settings": SETTINGS})


@pytest.fixture
def answers():
    return copy.deepcopy(VALID)
