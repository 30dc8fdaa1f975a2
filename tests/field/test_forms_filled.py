"""Filled forms against the server's own engine: what a phone may send, and what it works out itself."""

from datetime import UTC, date, datetime
from functools import cache
from xml.sax.saxutils import escape

import pytest

from aanchal.field import xlsforms
from aanchal.field.xform import FaultKind, Form, parse

TODAY = date(2026, 11, 22)
VILLAGES = b"name,label\n900101,Amtola\n"
FAMILIES = b"name,label,__version,village\n0e6f,K7M-2QX,1,900101\n"
PERSONS = b"name,label,__version,household\n"
AWAY = b"name,label,__version,village,household,left_on,back_by\n7a1b,K7M-2QX,1,900101,0e6f,2026-10-01,\n"
SITA = {"person_id": "", "name": "Sita Devi", "sex": "FEMALE", "age_basis": "STATED", "age_years": "30", "age": "30"}
PLACE = {"place": {"village": "900101"}}
REGISTER = PLACE | {"consent": {"consent_given": "yes"}, "person": SITA, "happened_on": "2026-10-01"}
HOUSEHOLD = PLACE | {
    "consent": {"consent_given": "yes", "consent_giver": "self_adult"},
    "hh": {"head_name": "Sita Devi"},
    "private": {"asked_privately": "no"},
    "member_count": "1",
    "member": SITA | {"relation": "SELF", "marital_status": "WIDOWED", "away": "no"},
}
GROOM = {
    "groom_name": "Ramu",
    "groom_age_basis": "STATED",
    "groom_age_years": "24",
    "groom_age": "24",
    "groom_state": "Odisha",
    "groom_address_verified": "yes",
}
MARRIED = {
    "groom": GROOM,
    "years_since": "0",
    "age_at_marriage": "30",
    "groom_age_at_marriage": "24",
    "under_age": "no",
    "marriage_risk_flag": "NONE",
}
MIGRATED = {
    "minor": "no",
    "migration_type": "SEASONAL",
    "migration_reason": "BETTER_WAGE",
    "migration_mode": "UNKNOWN_AGENT",
    "agent_name": "Labour office",
    "employer_verified": "no",
    "check_in_interval_days": "7",
}
MISSING = PLACE | {
    "person": SITA,
    "happened_on": "2026-11-20",
    "missing_circumstance": "UNKNOWN",
    "photo_consent": "no",
    "police_informed": "yes",
    "police": {"gd_number": "12/2026", "gd_on": "2026-11-21"},
    "missing_status": "GD_ENTRY",
}
VILLAGE = PLACE | {"households_total": "210", "girls_0_6": "46", "boys_0_6": "50", "child_sex_ratio": "920"}
POINT = {"kind": "DANGER", "type": "DARK_PATH", "name": "Old ghat", "location": "12.5 85.2 0 0"}
FILLED = {
    "household_survey": HOUSEHOLD,
    "village_situation": VILLAGE,
    "safety_point": PLACE | POINT,
    "follow_up": PLACE | {"household": "0e6f", "met": "no"},
    "check_in": PLACE | {"in_list": "yes", "journey": "7a1b", "heard_on": "2026-11-20", "way": "CALL", "answer": "WELL"},
    "migration_entry": REGISTER | MIGRATED,
    "marriage_entry": REGISTER | MARRIED,
    "missing_entry": MISSING,
    "departure_entry": REGISTER | {"departure_kind": "WORK", "with_whom": "FAMILY", "contact_known": "yes", "last_contact": "WEEK"},
}

ENTITIES = {"follow_up": '<entity dataset="households" id="0e6f" update="false" baseVersion="1" trunkVersion="" branchId=""/>'}


@cache
def _form(form_id):
    lists = {"villages.csv": VILLAGES, "households.csv": FAMILIES, "persons.csv": PERSONS, "journeys.csv": AWAY}
    return Form.from_xml(xlsforms.to_xform(form_id), lists)


def _xml(answers):
    return "".join(f"<{name}>{_xml(answer) if isinstance(answer, dict) else escape(answer)}</{name}>" for name, answer in answers.items())


def _verdict(form_id, answers):
    titled = xlsforms.workbook(form_id)["settings"][0]["instance_name"].split("'")[1]
    meta = {"instanceID": "uuid:1", "instanceName": f"{titled}{TODAY}"}
    body = _xml({"today": TODAY.isoformat()} | answers | {"meta": meta}).replace("</meta>", ENTITIES.get(form_id, "") + "</meta>")
    instance = parse(f'<data id="{form_id}" version="{xlsforms.version(form_id)}">{body}</data>'.encode())
    return _form(form_id).validate(instance, today=TODAY, now=datetime(2026, 11, 22, 12, tzinfo=UTC))


def _faults(form_id, answers):
    return {(fault.kind, fault.field) for fault in _verdict(form_id, answers).faults}


@pytest.mark.parametrize("form_id", xlsforms.sources())
def test_it_leaves_the_server_no_expression_it_cannot_check(form_id):
    assert _form(form_id).unsupported == ()


@pytest.mark.parametrize("form_id", xlsforms.sources())
def test_it_accepts_a_well_filled_form(form_id):
    assert _faults(form_id, FILLED[form_id]) == set()


@pytest.mark.parametrize("form_id", xlsforms.sources())
def test_it_wants_a_village(form_id):
    assert (FaultKind.REQUIRED, "/data/place/village") in _faults(form_id, FILLED[form_id] | {"place": {"village": ""}})


def test_it_needs_only_place_and_the_no_of_a_family_that_refuses():
    assert _faults("household_survey", PLACE | {"consent": {"consent_given": "no"}}) == set()


def test_it_takes_no_answer_about_a_family_that_refuses():
    refused = HOUSEHOLD | {"consent": {"consent_given": "no"}}
    assert (FaultKind.IRRELEVANT_VALUE, "/data/hh/head_name") in _faults("household_survey", refused)


def test_it_takes_no_private_answer_that_was_not_asked_alone():
    overheard = HOUSEHOLD | {"private": {"asked_privately": "no", "violence": "yes"}}
    assert _faults("household_survey", overheard) == {(FaultKind.IRRELEVANT_VALUE, "/data/private/violence")}


@pytest.mark.parametrize(
    ("born_on", "age"),
    [("2008-11-22", "18"), ("2008-11-23", "17"), ("2008-02-29", "18"), ("2026-11-22", "0"), ("1926-11-23", "99")],
)
def test_it_counts_a_birthday_to_the_day(born_on, age):
    documented = {"name": "Gita", "sex": "FEMALE", "age_basis": "DOCUMENTED", "born_on": born_on}
    wrong = str(int(age) + 1)
    for sent, found in ((age, set()), (wrong, {(FaultKind.CALCULATION, "/data/person/age")})):
        person = documented | {"age": sent}
        assert _faults("missing_entry", MISSING | {"person": person}) == found


@pytest.mark.parametrize("field", ["happened_on", "born_on"])
def test_it_refuses_a_date_after_today(field):
    tomorrow = {"name": "Gita", "sex": "FEMALE", "age_basis": "DOCUMENTED", "born_on": "2026-11-23", "age": "0"}
    answers = MISSING | ({"happened_on": "2026-11-23"} if field == "happened_on" else {"person": tomorrow})
    kinds = {(kind, path.rsplit("/", 1)[1]) for kind, path in _faults("missing_entry", answers)}
    assert (FaultKind.CONSTRAINT, field) in kinds


@pytest.mark.parametrize("name", ["S", "S" * 81, "Sita 9876543210"])
def test_it_refuses_a_name_that_is_no_name(name):
    answers = MISSING | {"person": SITA | {"name": name}}
    assert _faults("missing_entry", answers) == {(FaultKind.CONSTRAINT, "/data/person/name")}


@pytest.mark.parametrize("name", ["सीता देवी", "సీత", "D'Souza", "K. Lakshmi"])
def test_it_takes_names_in_any_script(name):
    assert _faults("missing_entry", MISSING | {"person": SITA | {"name": name}}) == set()


def test_it_judges_a_marriage_by_the_ages_on_the_wedding_day():
    """She is 18 today and was 17 a year ago; the groom is 21 today and was 20."""
    bride = {"name": "Gita", "sex": "FEMALE", "age_basis": "DOCUMENTED", "born_on": "2007-12-25", "age": "18"}
    groom = GROOM | {"groom_age_years": "21", "groom_age": "21"}
    ages = {"years_since": "1", "age_at_marriage": "17", "groom_age_at_marriage": "20", "under_age": "yes"}
    wedding = REGISTER | {"person": bride, "happened_on": "2025-11-22"} | MARRIED | {"groom": groom} | ages
    assert _faults("marriage_entry", wedding) == set()


def test_it_refuses_no_flag_together_with_a_flag():
    both = REGISTER | MARRIED | {"marriage_risk_flag": "NONE DOWRY_DEMAND"}
    assert _faults("marriage_entry", both) == {(FaultKind.CONSTRAINT, "/data/marriage_risk_flag")}


def test_it_refuses_a_return_before_the_departure():
    early = REGISTER | MIGRATED | {"expected_return_on": "2026-09-30"}
    assert _faults("migration_entry", early) == {(FaultKind.CONSTRAINT, "/data/expected_return_on")}


def test_it_refuses_a_place_of_another_kind():
    mixed = PLACE | POINT | {"kind": "HELP"}
    assert _faults("safety_point", mixed) == {(FaultKind.CHOICE, "/data/type")}


@pytest.mark.parametrize("form_id", ["departure_entry", "marriage_entry", "migration_entry"])
def test_it_refuses_a_register_entry_without_consent(form_id):
    answers = FILLED[form_id] | {"consent": {"consent_given": "no"}}
    assert _faults(form_id, answers) == {(FaultKind.CONSTRAINT, "/data/consent/consent_given")}


def test_it_wants_the_person_of_the_list_or_the_code_of_the_family():
    told = {"heard_on": "2026-11-20", "way": "CALL", "answer": "NO_ANSWER"}
    assert _faults("check_in", PLACE | told | {"in_list": "yes"}) == {(FaultKind.REQUIRED, "/data/journey")}
    assert _faults("check_in", PLACE | told | {"in_list": "no"}) == {(FaultKind.REQUIRED, "/data/household_code")}
    assert _faults("check_in", PLACE | told | {"in_list": "no", "household_code": "K7M-2QX"}) == set()
