"""The trail: who did what and who read what, for who may read it there."""

import pytest

from aanchal.access.acting import acting
from aanchal.access.permissions import Permission
from aanchal.access.roles import ROLES
from aanchal.people import actions as people
from aanchal.people.models import Person
from tests.factories import make_household, member

NAME = "Sunaina Devi"
PAGE = "/trail/"


@pytest.fixture
def reading(india, crp):
    """A family whose names the Gender CRP has opened."""
    household = make_household(india["east village 1"], member(name=NAME))
    with acting(crp):
        people.open_names(people=Person.objects.filter(place_no=household.place_no), reason="VISIT", by=crp)
    return household


def lines(client, **asked):
    return client.get(PAGE, asked).context["lines"]


def test_it_says_who_read_a_name_and_not_the_name(reading, signed_in, officer, crp):
    page = signed_in(officer).get(PAGE, {"only": "readings"})
    assert [(line["did"], line["who"]) for line in page.context["lines"]] == [("read a name", crp)]
    assert NAME not in page.content.decode()


def test_it_shows_what_was_done_to_one_record(reading, signed_in, officer):
    assert {line["record"] for line in lines(signed_in(officer), record=str(reading.pk))} == {str(reading.pk)}


def test_it_shows_what_one_person_did(reading, signed_in, officer, crp):
    client = signed_in(officer)
    assert {line["who"] for line in lines(client, who=crp.username.upper())} == {crp}
    assert lines(client, who="nobody") == []


def test_it_narrows_to_a_place(reading, signed_in, officer, india):
    client = signed_in(officer)
    assert lines(client, place=india["east village 1"].pk)
    assert lines(client, place=india["east village 2"].pk) == []


@pytest.mark.parametrize("where", ["west", "far"])
def test_it_shows_an_officer_elsewhere_nothing(reading, signed_in, posted, where):
    client = signed_in(posted("block_officer", f"{where} block"))
    assert lines(client) == []
    assert lines(client, record=str(reading.pk)) == []


@pytest.mark.parametrize("place", ["west village 1", "state", "nation"])
def test_it_answers_a_place_elsewhere_as_one_that_does_not_exist(signed_in, officer, india, place):
    client = signed_in(officer)
    assert [client.get(PAGE, {"place": pk}).status_code for pk in (india[place].pk, 987_654_321, "x")] == [404] * 3


@pytest.mark.parametrize("role", ROLES)
def test_it_opens_for_who_may_read_the_trail(signed_in, posted, role):
    may = Permission.TRAIL_READ in ROLES[role].permissions
    assert signed_in(posted(role, "state")).get(PAGE).status_code == (200 if may else 404)
