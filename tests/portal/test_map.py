"""The safety map as one person may see it."""

import re

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.people import actions as people
from aanchal.people.models import Consent
from tests.factories import NOON
from tests.portal import builders
from tests.portal.builders import AT_RISK, MISSING, NAME, PRIVATE, RETURNED, family

HERE = (85.0, 25.0)


def page(client, village, query=""):
    return client.get(f"/places/{village.pk}/map/{query}")


def test_it_draws_houses_and_names_each_in_the_list_beside(village, signed_in, crp):
    told = [family(village, AT_RISK, position=HERE), family(village, {}, position=(85.001, 25.0))]
    answer = page(signed_in(crp), village).content.decode()
    for one in told:
        assert f'href="#h-{one.household.shown_code}"' in answer
        assert f'id="h-{one.household.shown_code}"' in answer


def test_a_family_that_took_its_consent_back_is_neither_drawn_nor_listed(village, signed_in, crp):
    gone, stays = family(village, AT_RISK, position=HERE), family(village, AT_RISK, position=(85.001, 25.0))
    with acting(SYSTEM):
        consent = Consent.objects.get(household=gone.household)
        people.withdraw_consent(consent=consent, on=consent.given_on, at=NOON, by=SYSTEM)
    for query in ("", "?band=RISK"):
        answer = page(signed_in(crp), village, query)
        text = answer.content.decode()
        assert gone.household.shown_code not in text
        assert stays.household.shown_code in text
        assert "1 family took its consent back" in text
        assert [chip.count for chip in answer.context["safety"].chips][0] == 1


def test_it_marks_places_of_help_and_of_danger_with_an_anchor_each(village, signed_in, crp):
    danger = builders.point(village)
    answer = page(signed_in(crp), village).content.decode()
    assert f'href="#p-{danger.pk}"' in answer
    assert f'id="p-{danger.pk}"' in answer


def test_it_says_that_houses_were_moved(village, signed_in, crp):
    family(village, AT_RISK, position=HERE)
    assert "Houses are moved a little on the map" in page(signed_in(crp), village).content.decode()


@pytest.mark.parametrize("private", [PRIVATE, RETURNED], ids=["private", "survivor"])
def test_it_draws_a_house_by_its_band_alone_whatever_was_told_in_private(village, signed_in, crp, private):
    family(village, private, position=HERE)
    family(village, {}, position=(85.001, 25.0))
    answer = page(signed_in(crp), village)
    shown = answer.context["safety"]
    assert [house.is_urgent for house in shown.picture.houses] == [False, False]
    assert shown.picture.urgent_count == 0
    assert "private" not in answer.content.decode()
    assert not shown.first


def test_it_puts_a_ring_around_what_is_openly_urgent(village, signed_in, crp):
    family(village, MISSING, position=HERE)
    assert page(signed_in(crp), village).context["safety"].picture.urgent_count == 1


def test_it_narrows_to_a_band_by_its_address(village, signed_in, crp):
    at_risk, calm = family(village, AT_RISK, position=HERE), family(village, {}, position=(85.001, 25.0))
    client = signed_in(crp)
    for chip in page(client, village).context["safety"].chips:
        shown = page(client, village, chip.url).context["safety"]
        assert chip.count == len(shown.first) + len(shown.others) == len(shown.picture.houses)
    answer = page(client, village, "?band=AT_RISK").content.decode()
    assert at_risk.household.shown_code in answer
    assert calm.household.shown_code not in answer


def test_it_counts_houses_without_a_position(village, signed_in, crp):
    family(village, AT_RISK)
    assert page(signed_in(crp), village).context["safety"].picture.without_position == 1


def test_it_gives_a_leader_needs_and_no_reasons(village, signed_in, posted):
    family(village, AT_RISK, position=HERE)
    answer = page(signed_in(posted("vo_leader", "east village 1")), village).content.decode()
    assert "Shock and debt" in answer
    assert "has died, left home" not in answer


def test_it_shows_who_may_not_see_families_the_places_alone(village, signed_in, posted):
    told = family(village, AT_RISK, position=HERE)
    builders.point(village)
    answer = page(signed_in(posted("state_expert", "state")), village).content.decode()
    assert "Dark path by the pond" in answer
    assert told.household.shown_code not in answer
    assert not re.search(r'class="house', answer)
    assert "families at risk" not in answer


@pytest.mark.parametrize("role", ["national_analyst", "administrator"])
def test_it_is_not_there_for_who_reads_no_village(village, signed_in, posted, role):
    assert page(signed_in(posted(role, "state")), village).status_code == 404


def test_it_holds_no_name(village, signed_in, crp):
    family(village, AT_RISK, position=HERE)
    assert NAME not in page(signed_in(crp), village).content.decode()


def test_it_says_what_to_do_where_nothing_is_drawn(village, signed_in, crp):
    assert "Nothing is on this map yet" in page(signed_in(crp), village).content.decode()
