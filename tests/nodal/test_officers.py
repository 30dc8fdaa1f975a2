"""Nodal officers: who is named and how fresh it is, for the Cell and the State; the same list for everyone."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aanchal.access.acting import acting
from aanchal.access.policy import day_in_india
from aanchal.network import stakeholders
from aanchal.network.stakeholders import Details
from aanchal.nodal import officers
from aanchal.places.models import Place
from aanchal.places.terms import Level
from tests.nodal.builders import NOW
from tests.signing_in import sign_in

TODAY = day_in_india(NOW)


def name(place, by, days_ago=0, **told):
    """Confirmed on the day it is entered."""
    details = Details(**{"kind": "NODAL_OFFICE", "name": "Inspector General (Crime)", "phone": "040 100", "is_public": True} | told)
    with acting(by):
        return stakeholders.record(place=place, details=details, at=NOW - timedelta(days=days_ago), by=by)


def other_states() -> int:
    return Place.objects.filter(level=Level.STATE).count() - 1


@pytest.fixture
def runner(posted):
    return posted("programme_officer", "state")


def test_a_state_that_names_nobody_or_has_not_confirmed_for_long_comes_first(india, posted, runner):
    analyst = posted("national_analyst", "nation")
    name(india["state"], runner, days_ago=10)
    with acting(analyst):
        told = {one.place.pk: one for one in officers.of_states(analyst, TODAY)}
        assert not told[india["state"].pk].needs_care
        assert told[india["far state"].pk].needs_care
        order = [one.needs_care for one in officers.of_states(analyst, TODAY)]
        assert order == sorted(order, reverse=True)
        later = officers.of_states(analyst, TODAY + timedelta(days=180))
        assert [one.offices[0].is_stale for one in later if one.offices] == [True]


@pytest.mark.parametrize(("days_ago", "stale"), [(0, False), (180, False), (181, True)])
def test_what_nobody_confirmed_within_half_a_year_is_stale(india, posted, runner, days_ago, stale):
    analyst = posted("national_analyst", "nation")
    name(india["state"], runner, days_ago)
    with acting(analyst):
        [office] = [office for one in officers.of_states(analyst, TODAY) for office in one.offices]
    assert office.is_stale is stale


def test_the_cell_reads_all_states_and_a_state_its_own(india, posted, runner, signed_in):
    name(india["state"], runner)
    page = signed_in(posted("national_analyst", "nation")).get("/nodal/officers/").content.decode()
    assert "Inspector General (Crime)" in page
    assert f"{other_states()} States name nobody" in page
    own = sign_in(Client(), posted("nodal_officer", "far state"))
    page = own.get("/nodal/officers/").content.decode()
    assert "Inspector General (Crime)" not in page
    assert "1 State names nobody" in page


def test_a_gender_crp_does_not_find_the_page(crp, signed_in):
    assert signed_in(crp).get("/nodal/officers/").status_code == 404


def test_everyone_reads_what_is_public_and_nothing_else(india, runner, client):
    name(india["state"], runner)
    name(india["state"], runner, name="An office that is not told", is_public=False)
    page = client.get("/public/nodal-officers/?lang=en").content.decode()
    assert "Inspector General (Crime)" in page
    assert "tel:040100" in page
    assert "not told" not in page
    [lacking] = page.split("Nobody is named yet. Call 112.")[1:]
    assert lacking.split('class="names"')[1].split("</ul>")[0].count("<li>") == other_states()


def test_the_page_asks_no_more_with_more_states(india, posted, runner, signed_in):
    client = signed_in(posted("national_analyst", "nation"))
    client.get("/nodal/officers/")
    with CaptureQueriesContext(connection) as before:
        client.get("/nodal/officers/")
    for n in range(3):
        name(india["state"], runner, name=f"Office {n}")
    with CaptureQueriesContext(connection) as after:
        client.get("/nodal/officers/")
    assert len(after) == len(before)
