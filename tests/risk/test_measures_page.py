"""The measures of a place on their page: exact, adding up, and small groups put together for who may only count."""

import re
from fractions import Fraction

import pytest
from django.urls import reverse

from aanchal.access.acting import acting
from aanchal.people.terms import SocialCategory
from aanchal.risk import measured
from tests.factories import DAY
from tests.risk.builders import HOUSEHOLD
from tests.risk.world import AT_RISK, PRIVATE, PRIVATE_WORDS, SEVERE, UNANSWERED, VULNERABLE, family, said_by


def page(client, place):
    return client.get(reverse("measures"), {"place": place.pk})


def told(user, place):
    with acting(user):
        return measured.of(user, place, DAY)


@pytest.fixture
def block(village, india):
    """Two villages: twelve at risk and twelve not in the one, two and fourteen in the other."""
    for place, at_risk, others in ((india["east village 1"], 12, 12), (india["east village 2"], 2, 14)):
        for n in range(at_risk):
            family(place, SEVERE if n % 3 else AT_RISK, social_category="SC" if n % 2 else "ST")
        for n in range(others):
            family(place, (VULNERABLE, {}, UNANSWERED)[n % 3], social_category="OBC" if n else "PVTG")
    return india["east block"]


@pytest.fixture
def analyst(posted):
    return posted("national_analyst", "nation")


def test_it_says_h_a_and_m0(block, officer, signed_in):
    found = told(officer, block).whole
    assert (found.households, found.poor, found.headcount) == (40, 14, Fraction(14, 40))
    assert found.m0 == found.headcount * found.intensity
    text = said_by(page(signed_in(officer), block))
    assert not [word for word in ("35.0%", f"{float(found.intensity) * 100:.1f}%", f"{float(found.m0) * 100:.2f}%") if word not in text]


def test_it_adds_up_exactly_over_places(block, officer):
    found = told(officer, block)
    assert len(found.places.shares) == 2
    assert found.places.adds_up_to == sum(share.part for share in found.places.shares) == found.whole.m0
    assert sum(share.measures.households for share in found.places.shares) == found.whole.households


def test_it_adds_up_exactly_over_social_categories(block, officer):
    found = told(officer, block)
    assert found.categories.adds_up_to == found.whole.m0
    assert sum(share.measures.households for share in found.categories.shares) == found.whole.households


def test_it_adds_up_exactly_for_who_may_only_count(block, analyst):
    found = told(analyst, block)
    assert found.places.adds_up_to == found.categories.adds_up_to == found.whole.m0


def test_it_adds_up_over_dimensions(block, officer):
    assert sum(line.contribution for line in told(officer, block).dimensions) == 1
    assert sum(line.contribution for line in told(officer, block).indicators) == 1


def test_it_counts_raw_and_censored_headcounts(block, officer):
    by_key = {line.key: line for line in told(officer, block).indicators}
    assert (by_key["B1"].raw, by_key["B1"].censored) == (Fraction(14 + 4 + 5, 40), Fraction(14, 40))


def test_it_says_what_lies_in_none_of_the_places_below(block, india, officer):
    family(india["east panchayat"], SEVERE)
    found = told(officer, block)
    assert found.whole.households == 41
    assert [share.measures.households for share in found.places.shares if share.place is None] == [1]
    assert found.places.adds_up_to == found.whole.m0


def test_it_puts_small_categories_together_for_everyone(block, officer):
    shares = told(officer, block).categories.shares
    assert not [share for share in shares if share.label and (0 < share.measures.poor < 11 or 0 < share.measures.households < 11)]
    assert str(SocialCategory.PVTG.label) not in {share.label for share in shares}


def test_it_puts_small_villages_together_for_who_may_only_count(block, analyst, signed_in):
    shares = told(analyst, block).places.shares
    assert [(share.place, share.groups, share.measures.households) for share in shares] == [(None, 2, 40)]
    assert "2 small ones together" in said_by(page(signed_in(analyst), block))


def test_it_is_not_told_of_a_village_that_was_put_together_above(block, india, analyst, signed_in):
    for name in ("east village 1", "east village 2"):
        assert told(analyst, india[name]) is None
        text = said_by(page(signed_in(analyst), india[name]))
        assert "Too few families to tell" in text
        assert "12" not in re.sub(r"place=\d+|\d{4,}", "", text.split("<main")[1].split("</main>")[0])


def test_it_is_not_told_where_the_whole_is_small(village, india, analyst):
    family(village, SEVERE)
    assert told(analyst, india["nation"]) is None


def test_it_tells_a_leader_of_a_village_no_indicator_and_no_category(block, india, leader, signed_in):
    found = told(leader, india["east village 1"])
    assert (found.indicators, found.categories) == ((), None)
    text = said_by(page(signed_in(leader), india["east village 1"]))
    assert not [word for word in PRIVATE_WORDS if word in text]
    assert "By social category" not in text


def test_it_tells_a_leader_no_dimension_of_a_few(village, india, leader, crp):
    for _ in range(3):
        family(village, SEVERE | PRIVATE)
    assert told(leader, village).dimensions == ()
    assert told(crp, village).dimensions


def test_it_hides_indicators_of_a_few_from_who_may_not_know_why(block, analyst, officer):
    family(block, SEVERE | PRIVATE)
    by_key = {line.key: line for line in told(analyst, block).indicators}
    assert by_key["F2"].raw is None
    assert {line.key: line for line in told(officer, block).indicators}["F2"].raw == Fraction(1, 41)
    care = [by_key[one.key].contribution for one in HOUSEHOLD.indicators if one.dimension == "care"]
    assert care.count(None) > 1


def test_it_opens_the_families_it_counts(block, officer, signed_in):
    text = said_by(page(signed_in(officer), block))
    link = re.search(r'<a class="card count" href="([^"]+)">.*?big-number">(\d+)', text)
    listed = said_by(signed_in(officer).get(link[1]))
    assert f"· {link[2]} families</p>" in listed


def test_it_gives_an_analyst_no_link_to_a_family(block, analyst, signed_in):
    text = said_by(page(signed_in(analyst), block))
    assert reverse("families") + "?" not in text
    assert signed_in(analyst).get(reverse("families"), {"place": block.pk}).status_code == 404


def test_it_names_the_next_step_when_nobody_is_recorded(village, crp, signed_in):
    assert "No family is recorded yet" in said_by(page(signed_in(crp), village))


@pytest.mark.parametrize("name", ["east village 2", "east block", "west village 1", "nation"])
def test_it_is_absent_for_a_stranger(village, india, crp, signed_in, name):
    assert page(signed_in(crp), india[name]).status_code == 404


def test_it_is_absent_for_who_may_not_count(village, india, posted, signed_in):
    assert page(signed_in(posted("administrator", "nation")), india["nation"]).status_code == 404


def test_it_has_no_page_of_a_panchayat_for_who_may_only_count(block, india, analyst, officer, signed_in):
    assert page(signed_in(analyst), india["east panchayat"]).status_code == 404
    assert page(signed_in(officer), india["east panchayat"]).status_code == 200


def test_it_opens_at_the_readers_own_place(block, officer, signed_in):
    assert "east block" in said_by(signed_in(officer).get(reverse("measures")))


def test_a_state_expert_finds_it_and_what_if_from_the_indices(india, posted, signed_in):
    client = signed_in(posted("state_expert", "state"))
    address = f"{reverse('measures')}?place={india['state'].pk}"
    assert address in client.get(reverse("indices")).content.decode()
    assert reverse("what-if") in client.get(address).content.decode()
