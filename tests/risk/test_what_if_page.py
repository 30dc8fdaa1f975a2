"""What-if on its page: exact for who may know the reasons, rounded for who may only count, and nothing for anybody else."""

import re
from urllib.parse import urlencode

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from aanchal.access.acting import SYSTEM, acting
from aanchal.core.models import Trail
from aanchal.risk import columns, counts, supposed
from aanchal.risk.models import Assessment
from aanchal.risk.what_if import Scenario
from tests.factories import DAY
from tests.risk.builders import HOUSEHOLD
from tests.risk.world import AT_RISK, SEVERE, UNANSWERED, VULNERABLE, family, said_by

ONE_LESS = {"from.AT_RISK": "16"}


@pytest.fixture
def block(village, india):
    """Two villages of 24 and 16 families."""
    for place, at_risk, others in ((india["east village 1"], 12, 12), (india["east village 2"], 2, 14)):
        for n in range(at_risk):
            family(place, SEVERE if n % 3 else AT_RISK, social_category="SC" if n % 2 else "ST")
        for n in range(others):
            family(place, (VULNERABLE, {"ration_card": False}, UNANSWERED)[n % 3], social_category="OBC" if n else "PVTG")
    return india["east block"]


@pytest.fixture
def expert(posted):
    return posted("state_expert", "state")


def page(client, place, **asked):
    return client.get(reverse("what-if"), {"place": place.pk, **asked})


def asked(user, place, scenario=None, target="ANY_OVERRIDE"):
    with acting(user):
        return supposed.of(user, place, scenario or Scenario(), target, DAY)


def test_it_says_the_measures_as_they_stand_when_nothing_is_supposed(block, officer):
    told = asked(officer, block)
    with acting(officer):
        now = counts.measures(block, DAY)
    for change, figure in ((told.headcount, now.headcount), (told.intensity, now.intensity), (told.m0, now.m0), (told.listed, now.poor)):
        assert change.before == change.after == figure


def test_it_moves_the_list_and_says_by_village(block, india, officer):
    told = asked(officer, block, Scenario(points={"B1": 0}))
    assert told.left > 0
    assert sum(part.left for part in told.places) == told.left
    assert {part.place for part in told.places} == {india["east village 1"], india["east village 2"]}


def test_it_writes_nothing(block, officer, signed_in):
    with acting(SYSTEM):
        before = (Assessment.objects.count(), Trail.objects.count())
    assert page(signed_in(officer), block, **{"points.B1": "0", "reach.ration_card": "80"}).status_code == 200
    with acting(SYSTEM):
        assert (Assessment.objects.count(), Trail.objects.count()) == before


def test_it_reads_the_answers_that_help_changes(block, officer):
    told = asked(officer, block, Scenario(reached={"ration_card": 100}), "L2")
    assert told.m0.after <= told.m0.before
    assert told.aim_after.target == told.aim_before.target > 0


def test_it_is_one_question_for_the_families(block, officer, django_assert_max_num_queries):
    with acting(officer), django_assert_max_num_queries(2):  # the parts of the block in other districts, and its families
        columns.of(block, HOUSEHOLD, with_answers=True)


@pytest.mark.parametrize(
    "wrong", [{"points.B1": "-1"}, {"from.AT_RISK": "70"}, {"from.AT_RISK": "40"}, {"reach.ration_card": "x"}, {"target": "caste"}]
)
def test_it_says_what_cannot_be_computed(block, officer, signed_in, wrong):
    answer = page(signed_in(officer), block, **wrong)
    assert answer.status_code == 422
    assert "cannot be computed" in said_by(answer)


def test_it_shows_which_families_by_hand_and_notes_it(block, officer, signed_in):
    client = signed_in(officer)
    address = f"{reverse('what-if-families')}?{urlencode({'place': block.pk, 'from.AT_RISK': '40', 'from.SEVERE': '50'})}"
    assert client.get(address).status_code == 302
    text = said_by(client.post(address))
    told = asked(officer, block, Scenario(starts={"AT_RISK": 40, "SEVERE": 50}))
    assert len(re.findall('class="code"', text)) == told.left + told.entered > 0
    with acting(SYSTEM):
        line = Trail.objects.get(verb="risk.what_if.opened")
    assert (line.actor, line.detail) == (officer.pk, {"families": told.left + told.entered})


def test_it_rounds_for_who_may_only_count(block, expert):
    told = asked(expert, block, Scenario(starts={"AT_RISK": 16}))
    assert not told.is_exact
    assert [n % 10 for n in (told.families, told.listed.before, told.listed.after)] == [0, 0, 0]
    assert {(share * 100).denominator for share in (told.headcount.after, told.m0.after, told.intensity.after)} == {1}
    assert [part.groups for part in told.places] == [2]  # two at risk in the second village: both are one row


def test_it_names_no_family_and_no_village_level_for_who_may_only_count(block, india, expert, signed_in):
    client = signed_in(expert)
    assert page(client, india["east village 1"]).status_code == 404
    text = said_by(page(client, block, **ONE_LESS))
    assert "what-if/families" not in text
    assert client.post(f"{reverse('what-if-families')}?place={block.pk}&from.AT_RISK=16").status_code == 404


def test_small_categories_are_one_row(block, officer):
    labels = [part.label for part in asked(officer, block).categories]
    assert "PVTG" not in " ".join(labels)
    hidden = [part for part in asked(officer, block, target="L2").categories if part.missed is None]
    shown = [part.missed for part in asked(officer, block, target="L2").categories if part.missed is not None]
    assert not [n for n in shown if 0 < n < 11]
    assert hidden or shown


@pytest.mark.parametrize("role", ["gender_crp", "vo_leader", "national_analyst"])
def test_it_is_absent_for_who_may_not_ask(block, posted, signed_in, role):
    client = signed_in(posted(role, "east village 1" if role != "national_analyst" else "nation"))
    assert page(client, block).status_code == 404


@pytest.mark.parametrize("where", ["west block", "far block"])
def test_it_is_absent_next_door(block, posted, signed_in, where):
    client = signed_in(posted("block_officer", where))
    assert page(client, block).status_code == 404
    assert client.post(f"{reverse('what-if-families')}?place={block.pk}&from.AT_RISK=16").status_code == 404


@pytest.mark.parametrize("role", ["block_officer", "gender_crp", "national_analyst"])
def test_the_database_gives_strangers_no_column(block, posted, role):
    user = posted(role, {"block_officer": "west block", "gender_crp": "east village 1", "national_analyst": "nation"}[role])
    with acting(user), connection.cursor() as cursor, pytest.raises(DatabaseError, match="not yours"), transaction.atomic():
        cursor.execute("SELECT * FROM risk_columns(%s, %s, 'household-2026-1', '{}', 10)", [block.place_no, block.last_no])


def test_the_database_gives_no_family_to_who_may_not_know_the_reasons(block, posted, expert, officer):
    for user, is_told in ((expert, False), (posted("district_manager", "east"), False), (officer, True)):
        with acting(user):
            assert bool(columns.of(block, HOUSEHOLD, with_answers=False).families) is is_told


def test_the_database_gives_scores_only_inside_the_scope(block, stranger):
    with acting(stranger), connection.cursor() as cursor, pytest.raises(DatabaseError, match="not yours"), transaction.atomic():
        cursor.execute("SELECT * FROM risk_scores(%s, %s, 'household-2026-1')", [block.place_no, block.last_no])


def test_too_many_families_are_refused_kindly(block, officer, signed_in, monkeypatch):
    monkeypatch.setattr(columns, "MOST_FAMILIES", 30)
    assert "Too many families" in said_by(page(signed_in(officer), block))


def test_measures_say_how_sure_they_are(block, officer, expert, signed_in):
    text = said_by(signed_in(officer).get(reverse("measures"), {"place": block.pk}))
    assert "keep their band" in text
    assert "near a line" in text


def test_a_family_near_the_line_is_marked_on_list_and_card(village, officer, signed_in):
    near = family(village, {"breadwinner_lost": True, "livelihood_lost": True, "substance_harm": True, "parent_absent": True})
    far = family(village)
    client = signed_in(officer)
    listed = said_by(client.get(reverse("families"), {"place": village.pk}))
    assert listed.count('pill info">Near the line') == 1
    assert "Near the line" in said_by(client.get(reverse("family", args=[near.household_id])))
    assert "Near the line" not in said_by(client.get(reverse("family", args=[far.household_id])))
