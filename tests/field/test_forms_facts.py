"""Every fact of the family risk index can be answered yes and no from the household survey."""

import pytest

from aanchal.field import xlsforms

# fact -> question -> (an answer that makes the fact true, an answer that makes it false)
ANSWERS = {
    "breadwinner_lost": {"breadwinner": ("DIED", "NO")},
    "livelihood_lost": {"livelihood_loss": ("yes", "no")},
    "debt_months": {"debt_months": ("7", "0")},
    "wage_advance": {"wage_advance": ("yes", "no")},
    "landless": {"land_class": ("LANDLESS", "SMALL")},
    "casual_labour_main": {"main_livelihood": ("CASUAL_LABOUR", "OWN_FARM")},
    "food_short_months": {"food_short_months": ("12", "0")},
    "ration_card": {"ration_card": ("PHH", "NONE")},
    "shg_member": {"shg_member": ("yes", "no")},
    "mgnregs_days": {"mgnregs_days": ("100", "0")},
    "substance_harm": {"substance_harm": ("yes", "no")},
    "violence_disclosed": {"violence": ("yes", "no")},
    "single_headed": {"headed_by": ("WIDOW", "COUPLE")},
    "parent_absent": {"parent_absent": ("yes", "no")},
    "girl_out_of_school": {"sex": ("FEMALE", "MALE"), "school_status": ("DROPPED_OUT", "ENROLLED")},
    "child_marriage": {"child_marriage": ("DONE", "NONE")},
    "child_working": {"working": ("yes", "no")},
    "unverified_migrant": {"away": ("yes", "no"), "employer_verified": ("no", "yes")},
    "distress_migration": {"distress_migration": ("yes", "no")},
    "survivor_returned": {"survivor_returned": ("yes", "no")},
    "agent_approach": {"agent_approach": ("yes", "no")},
    "member_missing": {"member_missing": ("yes", "no")},
    "contact_lost": {"contact_lost": ("yes", "no")},
    "marriage_imminent": {"marriage_imminent": ("yes", "no")},
    "threatened": {"threatened": ("yes", "no")},
}


@pytest.mark.parametrize(("name", "answers"), [(name, answers) for asked in ANSWERS.values() for name, answers in asked.items()])
def test_it_offers_the_answers_a_fact_is_read_from(name, answers):
    question = next(q for q in xlsforms.questions("household_survey") if q.name == name)
    if question.choices:
        assert set(answers) <= set(question.choices)
    else:
        assert question.type == "integer"
        assert ". >= 0" in question.constraint


def test_it_asks_school_of_every_girl_from_ten_to_eighteen():
    question = next(q for q in xlsforms.questions("household_survey") if q.name == "school_status")
    assert question.required
    assert question.relevant == "${age} >= 6 and ${age} <= 18"


def test_it_can_leave_any_family_fact_unanswered():
    """Not known is a fact of its own (domain 3.2): only the member questions are required."""
    asked = {q.name: q for q in xlsforms.questions("household_survey") if q.repeat is None}
    names = {name for fact in ANSWERS.values() for name in fact if name in asked}
    assert not [name for name in names if asked[name].required]
