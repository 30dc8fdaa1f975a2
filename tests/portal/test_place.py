"""A place in figures: each number opens the list it counts; who may only count gets no small number."""

import re
from datetime import date

import pytest

from aanchal.access.roles import ROLES
from aanchal.core import paper
from aanchal.registers.terms import Register
from tests.paper_reading import text_of
from tests.portal import builders
from tests.portal.builders import AT_RISK, MISSING, NAME, PRIVATE, RETURNED, SEVERE, family, waiting
from tests.registers.builders import make_entry

READERS = {
    "gender_crp": "east village 1",
    "vo_leader": "east village 1",
    "clf_leader": "east block",
    "block_officer": "east block",
    "district_manager": "east",
}
COUNTERS = {"state_expert": "state", "national_analyst": "nation"}


@pytest.fixture
def told(village, officer):
    builders.meeting(village)
    builders.roadmap(village, on=date(2025, 1, 1))
    families = [family(village, facts) for facts in (SEVERE, SEVERE, AT_RISK, MISSING, PRIVATE)]
    families += builders.families(village, {}, 9)
    waiting(village, officer)
    return families


@pytest.fixture
def lines(village):
    return [make_entry(village, register) for register in Register]


def figures(context) -> dict:
    return {one.key: one for part in ("families", "at_risk", "work", "registers") for one in context[part]}


@pytest.mark.parametrize(("role", "place"), READERS.items())
@pytest.mark.parametrize("register", [register.lower() for register in Register])
def test_it_counts_the_lines_of_the_register_it_opens(lines, posted, signed_in, village, role, place, register):
    client = signed_in(posted(role, place))
    figure = figures(client.get(f"/places/{village.pk}/").context)[register]
    assert figure.value == client.get(figure.url).context["page"].paginator.count == 1
    assert figure.still_open == client.get(figure.open_url).context["page"].paginator.count


@pytest.mark.parametrize(("role", "urgent"), [("gender_crp", 2), ("vo_leader", 1), ("block_officer", 2), ("district_manager", 1)])
def test_it_counts_the_families_it_opens(told, posted, signed_in, village, role, urgent):
    client = signed_in(posted(role, READERS[role]))
    found = figures(client.get(f"/places/{village.pk}/").context)
    expected = {"households": 14, "surveyed": 14, "at_risk": 4, "severe": 2, "urgent": urgent}
    assert {key: found[key].value for key in expected} == expected
    assert {key: client.get(found[key].url).context["page"].paginator.count for key in expected} == expected


def test_it_counts_the_submissions_that_wait(told, signed_in, village, officer):
    client = signed_in(officer)
    figure = figures(client.get(f"/places/{village.pk}/").context)["flagged"]
    assert figure.value == client.get(figure.url).context["page"].paginator.count == 1


def test_it_counts_the_roadmap_actions_that_are_late(told, signed_in, village, crp):
    client = signed_in(crp)
    figure = figures(client.get(f"/places/{village.pk}/").context)["overdue"]
    shown = client.get(figure.url).context["groups"]
    assert figure.value == sum(len(lines) for _who, lines in shown) > 0


def test_it_shows_how_many_how_deep_and_the_village_apart(told, signed_in, village, crp):
    page = signed_in(crp).get(f"/places/{village.pk}/")
    depth = page.context["depth"]
    assert depth.headcount == 3 / 14
    assert page.context["context"].points > 0
    assert "never mixed" in page.content.decode()
    assert [bar.value for bar in depth.drivers] == sorted((bar.value for bar in depth.drivers), reverse=True)


def test_it_does_not_tell_a_leader_what_drives_a_handful_of_families(told, posted, signed_in, village):
    assert signed_in(posted("vo_leader", "east village 1")).get(f"/places/{village.pk}/").context["depth"].drivers == []


def test_it_adds_up_over_the_villages_of_a_block(told, signed_in, officer, india):
    family(india["east village 2"], SEVERE)
    context = signed_in(officer).get(f"/places/{india['east block'].pk}/").context
    for at, figure in enumerate(context["table"].whole.figures):
        assert figure.value == sum(row.figures[at].value for row in context["table"].rows), figure.key


@pytest.mark.parametrize(("role", "place"), COUNTERS.items())
def test_it_hides_small_numbers_from_who_may_only_count(told, posted, signed_in, village, role, place):
    page = signed_in(posted(role, place)).get(f"/places/{village.pk}/")
    found = figures(page.context)
    assert {key for key, one in found.items() if one.value is None} >= {"at_risk", "severe", "urgent"}
    assert all(one.value is None or one.value == 0 or one.value > 10 for one in found.values())
    assert page.context["depth"] is None
    assert page.context["band_picture"] == ""
    assert "flagged" not in found


@pytest.mark.parametrize(("role", "place"), COUNTERS.items())
def test_it_hides_a_neighbour_that_would_give_a_small_number_away(posted, signed_in, village, india, role, place):
    builders.families(village, {}, 3)
    builders.families(india["east village 2"], {}, 12)
    context = signed_in(posted(role, place)).get(f"/places/{india['east block'].pk}/").context
    shown = {row.place.name: row.figures[0].value for row in context["table"].rows}
    assert shown == {"east village 1": None, "east village 2": None}
    assert context["table"].whole.figures[0].value == 15


@pytest.mark.parametrize(("role", "place"), COUNTERS.items())
def test_it_gives_who_may_only_count_no_code_no_name_and_no_list(told, posted, signed_in, village, india, role, place):
    client = signed_in(posted(role, place))
    for name in ("state", "east", "east block", "east village 1"):
        page = client.get(f"/places/{india[name].pk}/").content.decode()
        assert NAME not in page
        assert not any(one.household.shown_code in page for one in told)
        assert "/families/" not in page
        assert "/registers/" not in page


def test_it_never_shows_a_survivors_return(village, signed_in, crp):
    family(village, RETURNED)
    page = signed_in(crp).get(f"/places/{village.pk}/").content.decode()
    assert "survivor" not in page.lower()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("where", ["east village 2", "west village 1", "far village 1", "east block", "far state"])
def test_it_answers_a_place_elsewhere_as_one_that_does_not_exist(posted, signed_in, india, role, where):
    client = signed_in(posted(role, "east village 1"))
    elsewhere, nowhere = (client.get(f"/places/{pk}/") for pk in (india[where].pk, 987_654_321))
    assert elsewhere.status_code == nowhere.status_code == 404
    assert alike(elsewhere) == alike(nowhere)


@pytest.mark.parametrize("page", ["", "map/", "print/"])
def test_it_shows_a_stranger_nothing_of_the_next_village(told, signed_in, village, stranger, page):
    client = signed_in(stranger)
    elsewhere, nowhere = client.get(f"/places/{village.pk}/{page}"), client.get(f"/places/987654321/{page}")
    assert elsewhere.status_code == nowhere.status_code == 404
    assert alike(elsewhere) == alike(nowhere)


@pytest.mark.skipif(not paper.are_here(), reason="the fonts are not here: script/setup")
def test_the_wall_is_a_file_too_that_names_nobody(told, posted, signed_in, village, stranger):
    address = f"/places/{village.pk}/print/?as=pdf"
    text = text_of(signed_in(posted("vo_leader", "east village 1")).get(address).content)
    assert ("Child helpline" in text, "not told" in text) == (True, True)
    assert signed_in(stranger).get(address).status_code == 404


def test_it_prints_for_the_wall_without_a_code_and_without_a_small_count(told, posted, signed_in, village):
    answer = signed_in(posted("vo_leader", "east village 1")).get(f"/places/{village.pk}/print/")
    page = answer.content.decode()
    assert "1098" in page
    assert not any(one.household.shown_code in page for one in told)
    assert {one.key: one.shown for one in answer.context["wall"]} == {"surveyed": "14", "at_risk": "not told", "migration": "0"}


def test_it_tells_no_wall_that_nearly_every_family_is_at_risk(posted, signed_in, village):
    builders.families(village, AT_RISK, 12)
    builders.families(village, {}, 2)
    answer = signed_in(posted("vo_leader", "east village 1")).get(f"/places/{village.pk}/print/")
    assert {one.key: one.value for one in answer.context["wall"]} == {"surveyed": 14, "at_risk": None, "migration": 0}
    assert "would give such a number away" in answer.content.decode()


def test_it_says_nothing_false_of_a_large_number_beside_a_small_one(posted, signed_in, village, india):
    """One word for both: were the large one told apart, 14 in all would leave from 1 to 3 for the small one."""
    builders.families(village, {}, 2)
    builders.families(india["east village 2"], {}, 12)
    for url in (f"/places/{india['east block'].pk}/", f"/places/{india['east village 2'].pk}/"):
        page = signed_in(posted("state_expert", "state")).get(url).content.decode()
        assert "not told" in page
        assert "&lt;11" not in page


def alike(answer) -> str:
    """The page without what names its own address, and without the token that differs each time."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|"X-CSRFToken": "[^"]+"', "", answer.content.decode())
    return re.sub(r'/places/\d+/', "", text)
