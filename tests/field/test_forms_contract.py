"""The questions that the registers, the risk index and the demo count on, with their codes."""

import pytest

from aanchal.field import xlsforms

YES_NO = "yes no"
DONT_KNOW = "yes no dont_know"
REFUSED = "yes no refused"
BASIS = "DOCUMENTED STATED ESTIMATED"
SEX = "FEMALE MALE TRANSGENDER UNKNOWN"
CONTACT = "WEEK MONTH OLDER NEVER"
REASONS = (
    "DISTRESS_NO_WORK DEBT_REPAYMENT CALAMITY CROP_FAILURE BETTER_WAGE MARRIAGE EDUCATION_TRAINING "
    "DOMESTIC_VIOLENCE CASTE_CONFLICT LURED_PROMISE WITH_FAMILY OTHER"
)
RELATIONS = (
    "SELF SPOUSE SON DAUGHTER DAUGHTER_IN_LAW SON_IN_LAW PARENT PARENT_IN_LAW SIBLING GRANDCHILD NIECE_NEPHEW OTHER_RELATIVE NON_RELATIVE"
)
SCHOOL = "ENROLLED IRREGULAR DROPPED_OUT NEVER_ENROLLED COMPLETED BRIDGE_COURSE KGBV_HOSTEL ASHRAM_SCHOOL"
PRACTICES = "BRIDE_PURCHASE BRIDE_BROKER DEVADASI_JOGINI WITCH_BRANDING DOWRY_DISTRESS TRADITIONAL_PROSTITUTION OTHER"
# path -> codes of a choice question, or the type of any other
PERSON = {
    "place/village": "select_one_from_file",
    "household_code": "text",
    "person/person_id": "calculate",
    "person/name": "text",
    "person/guardian_name": "text",
    "person/sex": SEX,
    "person/age_basis": BASIS,
    "person/born_on": "date",
    "person/age_years": "integer",
    "person/age": "calculate",
    "person/phone": "text",
    "happened_on": "date",
    "remarks": "text",
}
CONTRACT = {
    "household_survey": {
        "place/village": "select_one_from_file",
        "place/hamlet": "text",
        "place/location": "geopoint",
        "consent/consent_given": YES_NO,
        "consent/consent_giver": "self_adult parent_guardian",
        "hh/household_id": "calculate",
        "hh/head_name": "text",
        "hh/guardian_name": "text",
        "hh/phone": "text",
        "hh/social_category": "SC ST PVTG OBC MINORITY GENERAL UNKNOWN",
        "hh/house_type": "PUCCA SEMI_PUCCA KUTCHA HOUSELESS",
        "hh/land_class": "LANDLESS MARGINAL SMALL SEMI_MEDIUM LARGER",
        "hh/main_livelihood": "CASUAL_LABOUR OWN_FARM SHARE_FARM OWN_WORK SALARY REMITTANCE FOREST OTHER",
        "hh/ration_card": "NONE AAY PHH APH",
        "hh/food_short_months": "integer",
        "hh/shg_member": YES_NO,
        "hh/mgnregs_days": "integer",
        "hh/breadwinner": "NO DIED DESERTED INCAPACITATED",
        "hh/livelihood_loss": DONT_KNOW,
        "hh/debt_months": "integer",
        "hh/wage_advance": DONT_KNOW,
        "hh/headed_by": "COUPLE SINGLE_WOMAN WIDOW CHILD AGED SINGLE_MAN",
        "hh/parent_absent": YES_NO,
        "hh/substance_harm": "yes no dont_know refused",
        "hh/agent_approach": DONT_KNOW,
        "hh/distress_migration": DONT_KNOW,
        "hh/survivor_returned": REFUSED,
        "hh/threatened": REFUSED,
        "hh/member_missing": YES_NO,
        "hh/contact_lost": YES_NO,
        "private/asked_privately": YES_NO,
        "private/violence": REFUSED,
        "private/child_marriage": "NONE PLANNED DONE REFUSED",
        "private/marriage_imminent": YES_NO,
        "member_count": "integer",
        "member/person_id": "calculate",
        "member/name": "text",
        "member/relation": RELATIONS,
        "member/sex": SEX,
        "member/age_basis": BASIS,
        "member/born_on": "date",
        "member/age_years": "integer",
        "member/age": "calculate",
        "member/marital_status": "SINGLE MARRIED WIDOWED DIVORCED SEPARATED DESERTED",
        "member/school_status": SCHOOL,
        "member/working": YES_NO,
        "member/away": YES_NO,
        "member/away_reason": REASONS,
        "member/destination": "text",
        "member/employer_verified": DONT_KNOW,
        "member/last_contact": CONTACT,
        "photo": "image",
        "remarks": "text",
    },
    "village_situation": {
        "place/village": "select_one_from_file",
        "households_total": "integer",
        "migrant_households_pct": "integer",
        "agents_recruiting": YES_NO,
        "no_contact_pct": "integer",
        "calamity_years": "integer",
        "calamity_kinds": "FLOOD DROUGHT CYCLONE EROSION OTHER",
        "casual_labour_pct": "integer",
        "mgnregs_days_per_card": "integer",
        "girls_0_6": "integer",
        "boys_0_6": "integer",
        "child_sex_ratio": "calculate",
        "child_marriages_12m": "integer",
        "harmful_practice": YES_NO,
        "harmful_practice_kinds": PRACTICES,
        "female_literacy_pct": "integer",
        "secondary_school_km": "decimal",
        "safe_transport": YES_NO,
        "police_km": "decimal",
        "road_km": "decimal",
        "health_km": "decimal",
    },
    "safety_point": {
        "place/village": "select_one_from_file",
        "kind": "HELP DANGER CALAMITY",
        "name": "text",
        "location": "geopoint",
        "note": "text",
    },
    "check_in": {
        "place/village": "select_one_from_file",
        "in_list": YES_NO,
        "journey": "select_one_from_file",
        "household_code": "text",
        "heard_on": "date",
        "way": "CALL VISIT MESSAGE",
        "answer": "WELL TROUBLE NO_ANSWER",
        "note": "text",
    },
    "migration_entry": PERSON
    | {
        "minor": "calculate",
        "migration_type": "select_one",
        "migration_reason": REASONS,
        "migration_mode": "select_one",
        "companion": "ALONE FAMILY_MEMBER VILLAGER AGENT UNKNOWN",
        "agent_name": "text",
        "agent_licence": "text",
        "employer_name": "text",
        "employer_licence": "text",
        "employer_verified": DONT_KNOW,
        "destination_country": "text",
        "destination_state": "text",
        "destination_district": "text",
        "destination_address": "text",
        "companion_name": "text",
        "phone_2": "text",
        "expected_return_on": "date",
        "check_in_interval_days": "integer",
    },
    "marriage_entry": PERSON
    | {
        "groom/groom_name": "text",
        "groom/groom_age_basis": BASIS,
        "groom/groom_born_on": "date",
        "groom/groom_age_years": "integer",
        "groom/groom_age": "calculate",
        "groom/groom_state": "text",
        "groom/groom_address_verified": DONT_KNOW,
        "age_at_marriage": "calculate",
        "groom_age_at_marriage": "calculate",
        "under_age": "calculate",
        "marriage_risk_flag": "select_multiple",
        "registration_no": "text",
        "broker_name": "text",
    },
    "missing_entry": PERSON
    | {
        "last_seen_place": "text",
        "missing_circumstance": "select_one",
        "description/height_cm": "integer",
        "description/physical_marks": "text",
        "description/languages_spoken": "text",
        "photo_consent": YES_NO,
        "photo": "image",
        "police_informed": YES_NO,
        "police/gd_number": "text",
        "police/gd_on": "date",
        "police/fir_number": "text",
        "police/fir_on": "date",
        "missing_status": "calculate",
    },
    "departure_entry": PERSON
    | {
        "departure_kind": "select_one",
        "with_whom": "ALONE FAMILY HUSBAND RELATIVE FRIEND VILLAGER AGENT STRANGER UNKNOWN",
        "contact_known": YES_NO,
        "last_contact": CONTACT,
    },
}
REGISTERS = ["departure_entry", "marriage_entry", "migration_entry", "missing_entry"]


def _asked(form_id):
    return {"/".join(question.path): question for question in xlsforms.questions(form_id)}


@pytest.mark.parametrize(
    ("form_id", "path", "expected"),
    [(form_id, path, expected) for form_id, asked in CONTRACT.items() for path, expected in asked.items()],
)
def test_it_asks_what_the_contract_names(form_id, path, expected):
    question = _asked(form_id)[path]
    assert expected in (question.type, " ".join(question.choices))


@pytest.mark.parametrize("form_id", REGISTERS)
def test_it_requires_village_name_and_date_in_every_register(form_id):
    asked = _asked(form_id)
    assert all(asked[path].required for path in ("place/village", "person/name", "happened_on"))
    assert ". <= today()" in asked["happened_on"].constraint


@pytest.mark.parametrize("form_id", xlsforms.sources())
def test_it_takes_no_past_date_from_the_future(form_id):
    dates = [q for q in xlsforms.questions(form_id) if q.type == "date" and q.name != "expected_return_on"]
    assert all(". <= today()" in question.constraint for question in dates)


@pytest.mark.parametrize("form_id", xlsforms.sources())
def test_it_keeps_leaf_names_unique_so_that_answers_can_be_found_by_name(form_id):
    names = [question.name for question in xlsforms.questions(form_id)]
    assert len(names) == len(set(names))


def test_it_offers_only_the_places_of_the_kind_that_was_chosen():
    place = _asked("safety_point")["type"]
    assert place.choice_filter == "kind = ${kind}"
    assert {choice["kind"] for choice in place.choices.values()} == set(_asked("safety_point")["kind"].choices)


def test_it_repeats_only_the_member_of_the_family():
    repeated = {q.repeat for form_id in xlsforms.sources() for q in xlsforms.questions(form_id)}
    assert repeated == {None, "member"}
    assert all(q.repeat == "member" for q in xlsforms.questions("household_survey") if q.path[0] == "member")
